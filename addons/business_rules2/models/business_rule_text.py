from odoo import api, fields, models


class BusinessTextRule(models.AbstractModel):
    """A rule that somebody writes out in their own words."""

    _name = "business.text.rule.mixin"
    _description = "Business Rule (in own words)"
    _inherit = ["business.product.scope.mixin", "business.blank.mixin"]

    text = fields.Text(
        string="Text for Customers",
        required=True,
        tracking=True,
        help="What the agent may tell customers, in your own words.",
    )
    service_ids = fields.Many2many(
        "business.service",
        string="Only with Services",
        ondelete="restrict",
        help="Holds only while one of these services is switched on for the company. Leave "
        "empty for a rule that always holds.",
    )

    @api.depends("service_ids")
    def _compute_service_off(self):
        return super()._compute_service_off()

    def _contract_kind(self):
        return self.kind

    def _contract_services(self):
        return self.service_ids.mapped("code")

    def _customer_text(self):
        self.ensure_one()
        return self.text

    def _index_relevant_fields(self):
        return super()._index_relevant_fields() | {"text", "kind"}
