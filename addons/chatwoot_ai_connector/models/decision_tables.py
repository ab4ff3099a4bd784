"""A decision as an owner reads it: who could have led, and what counted."""

from odoo import models
from odoo.tools.misc import formatLang

from agent_runtime.contracts import HandoverReason

DECIDING = {"default_role", "points", "nothing", *HandoverReason}
"""Names of factors that say who leads, or that a person answers; a rule's has its number."""


class DecisionTables(models.AbstractModel):
    """Shows the parts of ``contracts.Decision``, kept as data, in tables."""

    _name = "chatwoot.decision.tables"
    _description = "Tables of a decision"

    def _ranking_table(self, ranking, role):
        """Every role with its points; ``ranking`` as ``contracts.Candidate`` dicts."""
        most = max((candidate["score"] for candidate in ranking), default=0) or 1
        rows = [
            {
                "role": self._role_label(candidate["name"]),
                "points": self._number(candidate["score"]),
                "share": round(100 * candidate["score"] / most),
                "leads": candidate["name"] == role,
            }
            for candidate in ranking
        ]
        return self._rendered("decision_ranking", rows=rows)

    def _factors_table(self, factors):
        """What was looked at; what gave points first. ``factors`` as ``contracts.Factor`` dicts."""
        groups = {
            "content": self.env._("What was written"),
            "context": self.env._("What was said before"),
            "rules": self.env._("Rules"),
            "channel": self.env._("Channel"),
        }
        rows = [
            {
                "group": groups.get(factor["group"], factor["group"]),
                "detail": factor["detail"][:1].upper() + factor["detail"][1:],
                "role": self._role_label(factor.get("role")),
                **self._points(factor),
            }
            for factor in sorted(factors, key=_in_order)
        ]
        return self._rendered("turn_factors", factors=rows)

    def _points(self, factor):
        """Weight, score and their product of what counts; nothing for what is only told."""
        if not factor.get("role"):
            return {"weight": "", "score": "", "points": ""}
        points = factor["weight"] * factor["score"]
        return {
            name: self._number(value)
            for name, value in (
                ("weight", factor["weight"]),
                ("score", factor["score"]),
                ("points", points),
            )
        }

    def _entities_table(self, entities):
        """What the customer named; ``entities`` as ``contracts.Entity`` dicts, masked."""
        kinds = {
            "order": self.env._("Order"),
            "date": self.env._("Date"),
            "time": self.env._("Time"),
            "product": self.env._("Product"),
            "money": self.env._("Amount"),
            "quantity": self.env._("Quantity"),
            "postal_code": self.env._("Postal code"),
            "cpf": "CPF",
            "cnpj": "CNPJ",
            "phone": self.env._("Phone"),
            "email": self.env._("E-mail"),
        }
        rows = [{**one, "kind": kinds.get(one["kind"], one["kind"])} for one in entities]
        return self._rendered("decision_entities", rows=rows) if rows else False

    def _role_label(self, role):
        labels = dict(self.env["chatwoot.turn"]._fields["role"]._description_selection(self.env))
        return labels.get(role, role or "")

    def _number(self, value):
        return formatLang(self.env, value, digits=2)

    def _rendered(self, template, **values):
        return self.env["ir.qweb"]._render(f"chatwoot_ai_connector.{template}", values)


def _in_order(factor):
    """What decided, then what gave points, most first, then what was only told."""
    name, told = factor["name"], not factor.get("role")
    decides = told and (name in DECIDING or name.startswith("routing_rule_"))
    # What was passed over has no weight.
    decided = factor["weight"] and (decides or factor["group"] == "channel")
    points = factor["weight"] * factor["score"]
    return (not decided, not factor.get("role"), -points)
