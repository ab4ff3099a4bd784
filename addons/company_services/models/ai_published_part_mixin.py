"""What belongs to a tenant and stands in its published document."""

from odoo import api, models


class AiPublishedPartMixin(models.AbstractModel):
    """A part that stands in the tenant's published document: every change marks the tenant."""

    _name = "ai.published.part.mixin"
    _inherit = "ai.tenant.part.mixin"
    _description = "Published part of a tenant"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.tenant_id._publish_mark()
        return parts

    def write(self, vals):
        result = super().write(vals)
        self.tenant_id._publish_mark()
        return result

    def unlink(self):
        tenants = self.tenant_id
        result = super().unlink()
        tenants._publish_mark()
        return result
