"""The tenant's catalogue of services."""

from odoo import fields, models

from agent_runtime.contracts import ServiceOffer


class AiTenant(models.Model):
    """Catalogue of the tenant."""

    _inherit = "ai.tenant"

    offer_ids = fields.One2many("ai.service.offer", "tenant_id", string="Service Catalogue")
    offer_count = fields.Integer(string="Services", compute="_compute_offer_count")

    def _compute_offer_count(self):
        groups = self.env["ai.service.offer"]._read_group(
            [("tenant_id", "in", self.ids)], ["tenant_id"], ["__count"]
        )
        counts = {tenant.id: count for tenant, count in groups}
        for tenant in self:
            tenant.offer_count = counts.get(tenant._origin.id, 0)

    def _offers(self) -> tuple[ServiceOffer, ...]:
        """The published catalogue: what is active and may be known, in the company's order."""
        self.ensure_one()
        return tuple(
            offer._contract() for offer in self.offer_ids if offer.active and offer.visible_in_ai
        )

    def action_view_offers(self):
        """Open the catalogue."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "company_services.ai_service_offer_action"
        )
        return {
            **action,
            "domain": [("tenant_id", "=", self.id)],
            "context": {"default_tenant_id": self.id},
        }
