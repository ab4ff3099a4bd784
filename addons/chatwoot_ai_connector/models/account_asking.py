from contextlib import contextmanager

from odoo import models
from odoo.addons.company_services.tools import secrets
from odoo.addons.company_services.tools.crypto import SecretKeyMissing, SecretUnreadable
from odoo.addons.queue_job.exception import RetryableJobError

from ..delivery.chatwoot_api import ChatwootApi
from ..delivery.problems import Doubtful, NotFound, Refused, Rejected, Unavailable
from ..tools.short_transaction import in_short_transaction

SOON, LATER = 10, 300
"""Seconds until a job tries again: when Chatwoot stumbles, and when somebody must act first."""


class AccountAsking(models.Model):
    """How jobs call this account's Chatwoot."""

    _inherit = "chatwoot.account"

    def _chatwoot_api(self):
        """The adapter with this account's tokens; the caller closes it."""
        account = self.sudo()
        token = secrets.reveal(account, "bot_token")
        if not token:
            raise Refused("no bot token is set")
        return ChatwootApi(
            account.base_url,
            account.account_id,
            token,
            secrets.reveal(account, "user_token") or None,
        )

    @contextmanager
    def _asking(self, display_id=None):
        """The adapter, for jobs that may as well be run later, from the beginning.

        Whatever keeps Chatwoot from answering becomes a later try of the job; what somebody must
        do about it is shown on the account. No transaction may be open around it.
        """
        self.ensure_one()
        if seconds := self._shortly("_seconds_to_wait"):
            raise RetryableJobError("the account is paused", seconds, ignore_retry=True)
        try:
            with self._chatwoot_api() as chatwoot:
                yield chatwoot
        except (Unavailable, Doubtful) as error:
            asked_for = getattr(error, "retry_after", None)
            pause = error.out_of_reach and self._shortly("_note_unreachable", str(error), asked_for)
            raise RetryableJobError(str(error), pause or SOON, ignore_retry=True) from error
        except (Refused, NotFound, Rejected, SecretKeyMissing, SecretUnreadable) as error:
            self._shortly("_note_refusal", error, display_id)
            raise RetryableJobError(str(error), LATER, ignore_retry=True) from error
        else:
            self._shortly("_note_reached")

    def _shortly(self, method, *args):
        """Call a method of this account in a short transaction of its own."""
        return in_short_transaction(
            self.env, lambda env: getattr(self.with_env(env), method)(*args)
        )
