"""The decision in plain words, in the tenant's language: read by the owner in Odoo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..contracts import RoutingRule
from . import wording_en, wording_pt
from .routing import Taken


@dataclass(frozen=True)
class Wording:
    """Sentences of one language."""

    texts: dict[str, Any]

    def intent(self, name: str) -> str:
        """An intent as the owner would call it."""
        return self.texts["intents"].get(name, name)

    def concern(self, detail: str) -> str:
        """What in particular asks for a person: the sensitive topic, or how annoyance shows."""
        return self.texts["concerns"].get(detail, detail)

    def needs_person(self, reason: str, detail: str) -> str:
        """That the message asks for a person, and why."""
        why = self.texts["needs_person"][reason]
        return f"{why} ({self.concern(detail)})" if detail else why

    def route(self, taken: Taken, channel: str) -> str:
        """Why the turn goes to the crew."""
        crew = self.texts["crews"][taken.name]
        if taken.by == "channel":
            return self.texts["channel"].format(channel=self.texts["channels"][channel], crew=crew)
        if taken.rule is None:
            sentence = "internal" if taken.by == "internal" else "default_crew"
            return self.texts[sentence].format(crew=crew)
        return self.texts["routing_rule"].format(
            number=taken.number, fits=self._fits(taken.rule), crew=crew
        )

    def leads(self, taken: Taken) -> str:
        """Why the role leads the answer."""
        fits = self._fits(taken.rule) if taken.rule else ""
        return self.texts["leads"][taken.by].format(
            number=taken.number, fits=fits, role=self.role(taken.name)
        )

    def role(self, name: str) -> str:
        """A role as the owner would call it."""
        return self.texts["roles"][name]

    def off(self, role: str) -> str:
        """That a role may not lead."""
        return self.texts["off"].format(role=self.role(role))

    def last_role(self, name: str) -> str:
        """Who led the answer before."""
        return self.texts["last_role"].format(role=self.role(name))

    def rules_of(self, role: str, count: int) -> str:
        """How many rules hold that a role deals with."""
        return self.texts["rules_of"].format(role=self.role(role), count=count)

    def _fits(self, rule: RoutingRule) -> str:
        """What a rule asks for, in words."""
        texts = self.texts
        asked = [texts["channels"][rule.channel.value] if rule.channel else texts["any_channel"]]
        if rule.inbox is not None:
            asked.append(texts["inbox"].format(inbox=rule.inbox))
        if rule.intent is not None:
            named = texts["rule_intents"].get(rule.intent, rule.intent)
            asked.append(texts["intent"].format(intent=named))
        if rule.keywords:
            asked.append(texts["keywords"].format(words=" / ".join(rule.keywords)))
        if rule.hours is not None:
            asked.append(texts[f"hours_{rule.hours}"])
        if rule.label is not None:
            asked.append(texts["label"].format(label=rule.label))
        if rule.priority is not None:
            asked.append(texts["priority"].format(priority=texts["priorities"][rule.priority]))
        return ", ".join(asked)

    def history(self, count: int) -> str:
        """How much of the conversation came before."""
        return self.texts["history"].format(count=count) if count else self.texts["no_history"]

    def topic(self, follows: bool) -> str:
        """Whether the message continues an earlier one."""
        return self.texts["follows" if follows else "stands_alone"]

    def opened(self, is_open: bool) -> str:
        """Whether the company is open at the moment of the turn."""
        return self.texts["open" if is_open else "closed"]

    def known(self, known: bool) -> str:
        """Whether the customer's name is known."""
        return self.texts["known" if known else "unknown"]

    def in_force(self, count: int, temporary: int) -> str:
        """How many rules hold."""
        return self.texts["in_force"].format(count=count, temporary=temporary)

    def services(self, names: list[str]) -> str:
        """Which services the tenant has switched on."""
        listed = ", ".join(self.texts["services"][name] for name in names)
        return self.texts["enabled"].format(services=listed or self.texts["none"])

    def reason(
        self,
        *,
        taken: Taken,
        role: Taken,
        channel: str,
        intents: list[str],
        follows: bool,
        history: int,
        rules: int,
    ) -> str:
        """The whole decision in a few short sentences."""
        parts = [
            self.route(taken, channel),
            self.leads(role),
            self.texts["topics"].format(topics=", ".join(self.intent(i) for i in intents)),
        ]
        if follows:
            parts.append(self.texts["follows"])
        parts.append(self.history(history))
        parts.append(self.texts["rules"].format(count=rules))
        return " ".join(f"{part.rstrip('.')}." for part in parts)


def of(language: str) -> Wording:
    """The wording of an Odoo language code; English for what we do not speak."""
    return _PT if language.lower().startswith("pt") else _EN


_PT = Wording(wording_pt.TEXTS)
_EN = Wording(wording_en.TEXTS)
