from odoo import models


class AiTenant(models.Model):
    """Orders can be told here."""

    _inherit = "ai.tenant"

    def _reads_orders(self):
        return True
