import time

from odoo import models

from ..tools.stage_log import stage_log


class TurnStage(models.Model):
    """The turn's lines in the log of stages."""

    _inherit = "chatwoot.turn"

    def _log_stage(self, stage, outcome=None, started=None, detail=False, **ids):
        """Tell that the turn has come through ``stage`` with ``outcome``, a fixed word of ours.

        ``started`` (of ``time.monotonic``) gives the duration. A ``detail`` is only told while
        the account's log is detailed.
        """
        self.ensure_one()
        if started is not None:
            ids["ms"] = (time.monotonic() - started) * 1000
        account = self.chatwoot_account_id
        if account.debug or not detail:
            stage_log(
                stage,
                account=account.account_id,
                conversation=self.conversation_id.display_id,
                turn=f"{self.env.cr.dbname}:{self.id}",
                outcome=outcome,
                **ids,
            )
