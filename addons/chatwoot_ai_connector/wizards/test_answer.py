"""A tried answer as the test conversation's screen shows it."""

from __future__ import annotations

from odoo.tools.misc import formatLang

from .. import handover_rules
from ..delivery.split import limit_of, split
from ..handover_rules import HandoverCase
from ..note_html import note_html

MILLISECONDS = 1000


class TestAnswer:
    """Reads one ``chatwoot.test.exchange`` that has ended; writes nothing."""

    def __init__(self, exchange):
        self._exchange = exchange
        self._env = exchange.env
        self._result = exchange._result()

    def told(self):
        """``parts`` (HTML, one a message), ``choices``, ``handover``, ``requests`` and ``why``;
        texts in the user's language but for the assistant's own words."""
        if self._result is None:
            return {"parts": [], "choices": [], "requests": [], "why": None} | self._ruled()
        result = self._result
        limit = limit_of(self._exchange.channel)
        return {
            "parts": [note_html(piece) for part in result.parts for piece in split(part, limit)],
            "choices": [choice.title for choice in result.choices],
            "handover": self._handover(),
            "waits": result.deferred,
            "requests": [self._request(request) for request in result.requests],
            "why": self._why(),
        }

    def _ruled(self):
        reason = self._label("handover_reason", "rule")
        note = self._env._("The assistant is not asked: the rule “%s” gives this to people.")
        return {
            "handover": {
                "reason": reason,
                "note": note_html(note % self._exchange.rule_name),
                **self._measures("rule"),
            }
        }

    def _handover(self):
        handover = self._result.handover
        if handover is None:
            return None
        return {
            "reason": self._label("handover_reason", handover.reason.value),
            "note": note_html(handover.note),
            **self._measures(handover.reason.value),
        }

    def _measures(self, reason):
        """Labels, team and priority that the company's rules would set in Chatwoot."""
        decision = self._result.decision if self._result else None
        case = HandoverCase(
            reason=reason,
            inbox=0,
            text=self._exchange.question,
            crew=decision.crew if decision else None,
            intents=frozenset(decision.intents if decision else ()),
        )
        asked = handover_rules.measures(self._exchange.chat_id._handover_rules(), case)
        priority = self._env["chatwoot.handover.rule"]._fields["priority"]
        names = dict(priority._description_selection(self._env))
        return {
            "labels": list(asked.labels),
            "team": asked.team or False,
            "priority": names.get(asked.priority, False),
        }

    def _request(self, request):
        kind = self._label("kind", request.kind, "chatwoot.request")
        return {"kind": kind, "summary": request.summary}

    def _why(self):
        result, decision = self._result, self._result.decision
        return {
            "crew": self._label("crew", decision.crew) if decision else "",
            "role": self._label("role", decision.role) if decision else "",
            "reason": decision.reason if decision else "",
            **self._considered(),
            "sources": [self._source(source) for source in result.sources],
            "timings": [
                {"stage": stage, "milliseconds": self._number(taken, 0)}
                for stage, taken in self._env["chatwoot.turn"]._stages(result.timings_ms)
            ],
            "seconds": self._number(result.timings_ms.get("total", 0.0) / MILLISECONDS, 1),
            "usage": self._usage(),
            "error": result.error or "",
        }

    def _considered(self):
        """What the decision rests on, in the tables of a turn (HTML)."""
        tables, decision = self._env["chatwoot.decision.tables"], self._result.decision
        if not decision:
            return {"entities": False, "factors": False, "ranking": False}
        told = decision.model_dump(mode="json")
        factors, ranking = told["factors"], told["ranking"]
        return {
            "entities": tables._entities_table(told["entities"]),
            "factors": tables._factors_table(factors) if factors else False,
            "ranking": tables._ranking_table(ranking, decision.role) if ranking else False,
        }

    def _source(self, source):
        """A source with the record to open, where there is one."""
        model, _comma, number = source.reference.partition(",")
        if model == "config":
            model, number = "ai.tenant", str(self._exchange.chat_id.tenant_id.id)
        known = model in self._env and number.isdecimal()
        return {
            "kind": self._label("kind", source.kind, "chatwoot.turn.source"),
            "title": source.title,
            "via": source.via,
            "score": self._number(source.score) if source.score is not None else "",
            "model": model if known else False,
            "id": int(number) if known else False,
        }

    def _usage(self):
        """What the language model was asked and cost; ``None`` for the built-in responder."""
        usage = self._result.usage
        if not usage or not usage.calls:
            return None
        cost = self._exchange.chat_id._account()._cost_of(usage)
        return {
            "model": usage.model,
            "calls": usage.calls,
            "tokens": self._number(usage.prompt_tokens + usage.completion_tokens, 0),
            "cost": self._number(cost, 6) if cost else "",
        }

    def _number(self, value, digits=2):
        return formatLang(self._env, value, digits=digits)

    def _label(self, field, value, model="chatwoot.turn"):
        """How the selection names a value; the value itself where it has no name."""
        selection = self._env[model]._fields[field]._description_selection(self._env)
        return dict(selection).get(value, value)
