from odoo import fields, models

from ..tools.stage_log import stage_log


class AccountDebug(models.Model):
    """More of one account in the server's log, while somebody looks for a fault."""

    _inherit = "chatwoot.account"

    debug = fields.Boolean(
        string="Detailed Log",
        help="The server's log then tells every step of this account's conversations: numbers and "
        "fixed words only, never what customers write.",
    )

    def _stage_detail(self, stage, **ids):
        """A line as :func:`stage_log` writes it, only while this account's log is detailed."""
        if self.debug:
            stage_log(stage, account=self.account_id, **ids)
