from odoo import models


class AiTenant(models.Model):
    """The account number is also a key of the server-side directory of webhooks."""

    _inherit = "ai.tenant"

    def _renumbered(self):
        result = super()._renumbered()
        accounts = self.env["chatwoot.account"].sudo().with_context(active_test=False)
        if accounts.search_count([("tenant_id", "in", self.ids)], limit=1):
            accounts._mark_directory()
        return result
