from contextlib import suppress

from odoo import api, models

from ..delivery.problems import Doubtful, NotFound, Rejected
from ..gate import OPEN

NO_TURN = 0


class IntakeUnread(models.Model):
    """A customer's message that we cannot work on ends with a person, not in silence."""

    _inherit = "chatwoot.intake"

    @api.model
    def _ask_people_instead(self, row):
        """See to it that people read the message of ``row``, which has been set aside."""
        message = row["payload"].get("message") if row["kind"] == "chatwoot" else None
        account = self.env["chatwoot.account"].browse(row["chatwoot_account_id"]).exists()
        if not account or not message or message.get("author") != "customer":
            return
        number = row["display_id"]
        account.last_error = account._in_tenant_language()._unread(number)
        account.with_delay(
            channel="root.chatwoot",
            description=self.env._("Open conversation %s for people", number),
        )._job_ask_people(number)


class AccountUnread(models.Model):
    _inherit = "chatwoot.account"

    def _unread(self, display_id):
        return self.env._(
            "A message in conversation %s could not be worked on. People are asked to answer "
            "it. See Incoming Events, where it can be worked on again.",
            display_id,
        )

    def _job_ask_people(self, display_id):
        """Open the conversation and say why; a note that may have arrived is not repeated."""
        self.ensure_one()
        note = self._in_tenant_language()._unread_note()
        with self._asking(display_id) as chatwoot, suppress(NotFound, Rejected, Doubtful):
            chatwoot.set_status(display_id, OPEN)
            chatwoot.create_message(display_id, note, NO_TURN, NO_TURN, private=True)

    def _unread_note(self):
        return self.env._(
            "The assistant could not read the customer's last message. Please answer it."
        )
