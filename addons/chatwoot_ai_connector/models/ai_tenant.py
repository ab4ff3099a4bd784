from odoo import models


class AiTenant(models.Model):
    """Number and routing: the webhooks' directory and the published configuration need them."""

    _inherit = "ai.tenant"

    def _renumbered(self):
        result = super()._renumbered()
        accounts = self.env["chatwoot.account"].sudo().with_context(active_test=False)
        if accounts.search_count([("tenant_id", "in", self.ids)], limit=1):
            accounts._mark_directory()
        return result

    def _routing(self):
        self.ensure_one()
        # A preview's record lives in memory only; its account is the saved one's.
        accounts = self.env["chatwoot.account"].sudo()
        account = accounts.search([("tenant_id", "in", self._origin.ids)], limit=1)
        return account._routing() if account else super()._routing()
