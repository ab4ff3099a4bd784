from markupsafe import Markup
from odoo import api, fields, models

from agent_runtime.rule_conflicts import Reason, conflicts


class BusinessRuleMixin(models.AbstractModel):
    """Contradictions: other rules that hold for the same customers and say something else."""

    _inherit = "business.rule.mixin"

    in_conflict = fields.Boolean(
        compute="_compute_conflicts",
        search="_search_in_conflict",
        help="Another rule holds for the same customers at the same time and says something else.",
    )
    conflict_note = fields.Html(string="Contradictions", compute="_compute_conflicts")

    @api.depends_context("lang")
    def _compute_conflicts(self):
        found = self._conflicts_of(self.company_id)
        labels = self._conflict_labels()
        for rule in self:
            mine = found.get(rule._origin.id, [])
            rule.in_conflict = bool(mine)
            rule.conflict_note = Markup().join(
                Markup("<div><a href='/odoo/%s/%s'>%s</a>: %s</div>")
                % (other._name, other.id, other.name, labels[reason])
                for other, reason in mine
            )

    def _search_in_conflict(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Only ever asked for {True} or {False}, and with both there is nothing to restrict.
        found = [("id", "in", list(self._conflicts_of(self.env.companies)))]
        return found if True in value else ["!", *found]

    @api.model
    def _conflicts_of(self, companies):
        """Contradictions among the rules of each company that answers may use now or later.

        :rtype: dict[int, list[tuple[models.Model, str]]]
        :returns: the others and in what they differ, a key of :meth:`_conflict_labels`, by the
            id of the rule
        """
        found = {}
        usable = [("company_id", "in", companies.ids), ("visible_in_ai", "=", True)]
        rules = self.sudo().search([*usable, *self._not_over()])
        for own in rules.grouped("company_id").values():
            for first, second, reason in conflicts(
                [rule._to_contract() for rule in own], own._categories_of_products()
            ):
                pair = [own.browse(int(key.rpartition(",")[2])) for key in (first, second)]
                for rule, other in (pair, reversed(pair)):
                    found.setdefault(rule.id, []).append((other, reason))
            own._add_conflicts(found)
        return found

    def _add_conflicts(self, found):
        """Add what these rules contradict besides one another to ``found``."""

    @api.model
    def _not_over(self):
        """Domain of the rules that may still come to hold."""
        return []

    def _categories_of_products(self):
        """Category id of each product that these rules are limited to."""
        if "product_ids" not in self._fields:
            return {}
        return {product.id: product.categ_id.id for product in self.product_ids}

    @api.model
    def _conflict_labels(self):
        return {
            Reason.DISCOUNT: self.env._("another discount for the same products and time"),
            Reason.TEXT: self.env._("the same name with another text"),
            Reason.FEE: self.env._("another delivery fee for the same area"),
            Reason.LEAD_TIME: self.env._("another delivery time for the same area"),
            Reason.DURATION: self.env._("another duration for the same service"),
            Reason.NOTICE: self.env._("another minimum notice for the same service"),
            Reason.HORIZON: self.env._("another limit for booking ahead for the same service"),
            Reason.HOURS: self.env._("other appointment hours for the same service"),
            Reason.POLICY: self.env._("other terms of cancelling or moving the same service"),
        }
