from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from agent_runtime import contracts
from agent_runtime.delivery import normalise_postal_code

AREAS_BEING_SAVED = "delivery_areas_being_saved"
"""Key of the context while a rule is saved with its areas, which Odoo deletes before it creates
new ones; the rule is checked when all is done."""


class BusinessDeliveryArea(models.Model):
    """A part of a delivery rule's area: a range of postal codes (CEP) or a city."""

    _name = "business.delivery.area"
    _description = "Delivery Area"
    _order = "sequence, id"

    rule_id = fields.Many2one(
        "business.delivery.rule", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    name = fields.Char(compute="_compute_name")
    sequence = fields.Integer(default=10)
    postal_first = fields.Char(
        string="Postal Code From", help="CEP with or without hyphen, for example 30110-000."
    )
    postal_last = fields.Char(
        string="Postal Code To", help="Belongs to the range. Empty: only the first code."
    )
    city = fields.Char(help="Instead of postal codes. Capitals and accents do not matter.")
    state_id = fields.Many2one(
        "res.country.state", string="State (UF)", domain="[('country_id.code', '=', 'BR')]"
    )

    _city_or_codes = models.Constraint(
        "CHECK ((postal_first IS NOT NULL) != (city IS NOT NULL) "
        "AND (postal_first IS NOT NULL OR postal_last IS NULL))",
        "A delivery area is either a postal-code range or a city. Use two lines for both.",
    )
    # As text: with hyphen and eight digits their order is that of the numbers.
    _codes_in_order = models.Constraint(
        "CHECK (postal_first IS NULL OR postal_first <= postal_last)",
        "A postal-code range begins with its lowest code.",
    )

    @api.depends("postal_first", "postal_last", "city", "state_id")
    @api.depends_context("lang")
    def _compute_name(self):
        for area in self:
            area.name = area._in_words()

    def _in_words(self):
        """The area as customers read it, in the language of the context."""
        if self.city:
            return self._city()
        if self.postal_last in (False, self.postal_first):
            return self.env._("postal code %s", self.postal_first or "")
        return self.env._(
            "postal codes %(first)s to %(last)s", first=self.postal_first, last=self.postal_last
        )

    def _city(self):
        """City and state, ``None`` for a postal-code range."""
        return " - ".join(filter(None, [self.city, self.state_id.code])) if self.city else None

    def _postal_range(self):
        """:rtype: agent_runtime.contracts.PostalRange | None"""
        if not self.postal_first:
            return None
        first, last = self.postal_first, self.postal_last or self.postal_first
        return contracts.PostalRange(
            first=normalise_postal_code(first), last=normalise_postal_code(last)
        )

    @api.model_create_multi
    def create(self, vals_list):
        areas = super().create([self._normalised(vals) for vals in vals_list])
        areas.rule_id._index_mark()
        return areas

    def write(self, vals):
        # Its rule may be left without areas, and would then hold everywhere.
        if "rule_id" in vals and set(self.rule_id.ids) != {vals["rule_id"]}:
            raise UserError(
                self.env._(
                    "A delivery area stays with its rule. Add it to the other rule and delete it "
                    "here."
                )
            )
        result = super().write(self._normalised(vals))
        self.rule_id._index_mark()
        return result

    def unlink(self):
        rules = self.rule_id
        result = super().unlink()
        if not self.env.context.get(AREAS_BEING_SAVED):
            rules.exists()._check_areas()
        rules.exists()._index_mark()
        return result

    def _normalised(self, vals):
        """The values with postal codes written as ``30110-000`` and a city without blanks."""
        vals = dict(vals)
        for name in ("postal_first", "postal_last"):
            if name in vals:
                vals[name] = self._normalised_code(vals[name])
        if "city" in vals:
            vals["city"] = (vals["city"] or "").strip() or False
        return vals

    def _normalised_code(self, text):
        if not (text or "").strip():
            return False
        try:
            digits = normalise_postal_code(text)
        except ValueError as error:
            raise ValidationError(
                self.env._(
                    "“%s” is not a postal code (CEP). It has eight digits, for example 30110-000.",
                    text,
                )
            ) from error
        return f"{digits[:5]}-{digits[5:]}"
