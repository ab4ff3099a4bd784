from odoo import models


class AiTenant(models.Model):
    """Number, routing and requests: the webhooks' directory and the published configuration."""

    _inherit = "ai.tenant"

    def _renumbered(self):
        result = super()._renumbered()
        accounts = self.env["chatwoot.account"].sudo().with_context(active_test=False)
        if accounts.search_count([("tenant_id", "in", self.ids)], limit=1):
            accounts._mark_directory()
        return result

    def _routing(self):
        self.ensure_one()
        account = self._connected_account()
        return account._routing() if account else super()._routing()

    def _requests(self):
        self.ensure_one()
        account = self._connected_account()
        return account._requests() if account else super()._requests()

    def _connected_account(self):
        # A preview's record lives in memory only; its account is the saved one's.
        accounts = self.env["chatwoot.account"].sudo()
        return accounts.search([("tenant_id", "in", self._origin.ids)], limit=1)
