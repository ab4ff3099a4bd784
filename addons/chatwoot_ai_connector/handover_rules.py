"""Which rules of a company hold for a hand-over, and what they ask for. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_SEPARATOR = re.compile(r"[,;\n]+")


@dataclass(frozen=True)
class HandoverRule:
    """One rule: conditions, and what is done where all of them hold.

    An empty condition restricts nothing; within a condition one of its values is enough.
    """

    id: int
    reasons: frozenset[str] = frozenset()
    inboxes: frozenset[int] = frozenset()
    crews: frozenset[str] = frozenset()
    intents: frozenset[str] = frozenset()
    keywords: tuple[str, ...] = ()
    """Words or phrases of the customer, however written: see :func:`mentions`."""
    always: bool = False
    """Whether a person is asked before the assistant answers."""
    labels: tuple[str, ...] = ()
    team: int | None = None
    priority: str | None = None


@dataclass(frozen=True)
class HandoverCase:
    """What is known of the turn that is handed over."""

    reason: str | None
    inbox: int
    text: str
    crew: str | None = None
    intents: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Measures:
    """What is done in Chatwoot besides opening the conversation."""

    labels: tuple[str, ...] = ()
    team: int | None = None
    priority: str | None = None


def holds(rule: HandoverRule, case: HandoverCase) -> bool:
    """Whether every condition of the rule is met."""
    return (
        (not rule.reasons or case.reason in rule.reasons)
        and (not rule.inboxes or case.inbox in rule.inboxes)
        and (not rule.crews or case.crew in rule.crews)
        and (not rule.intents or not rule.intents.isdisjoint(case.intents))
        and (not rule.keywords or any(mentions(case.text, word) for word in rule.keywords))
    )


def measures(rules: Iterable[HandoverRule], case: HandoverCase) -> Measures:
    """What the rules ask for. They come in the company's order: labels add up; the first rule
    that names a team decides the team, and the first that names a priority the priority."""
    fitting = [rule for rule in rules if holds(rule, case)]
    return Measures(
        labels=tuple(dict.fromkeys(label for rule in fitting for label in rule.labels)),
        team=next((rule.team for rule in fitting if rule.team), None),
        priority=next((rule.priority for rule in fitting if rule.priority), None),
    )


def at_once(rules: Iterable[HandoverRule], case: HandoverCase) -> HandoverRule | None:
    """The first rule by which people answer this, before any model is asked."""
    return next((rule for rule in rules if rule.always and holds(rule, case)), None)


def mentions(text: str, phrase: str) -> bool:
    """Whether the text holds the phrase as whole words, whatever the accents and capitals."""
    words = plain(phrase).split()
    if not words:
        return False
    pattern = r"\s+".join(re.escape(word) for word in words)
    return re.search(rf"(?<!\w){pattern}(?!\w)", plain(text)) is not None


def plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def listed(text: str | None) -> tuple[str, ...]:
    """The entries of a list that a person typed with commas, semicolons or one per line."""
    entries = (" ".join(entry.split()) for entry in _SEPARATOR.split(text or ""))
    return tuple(dict.fromkeys(filter(None, entries)))
