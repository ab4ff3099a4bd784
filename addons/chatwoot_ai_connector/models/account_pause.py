from datetime import timedelta

from odoo import fields, models

from ..delivery.pause import LONGEST, PROBE, pause_after

CHANNEL = "root.chatwoot"
ACCESS = {"base_url": "last_error", "bot_token": "last_error", "user_token": "reading_error"}
"""What Chatwoot is reached by, and the field in which its refusal is shown."""


class AccountPause(models.Model):
    """One account's Chatwoot that is out of reach holds up nobody else's.

    Whoever finds it out of reach pauses the account. Jobs of a paused account put themselves off
    without calling; when the pause is over, one of them tries for all.
    """

    _inherit = "chatwoot.account"

    paused_until = fields.Datetime(
        string="Next Try",
        readonly=True,
        copy=False,
        help="Until then nothing is sent to this Chatwoot, so that other accounts do not wait.",
    )
    unreachable_since = fields.Datetime(readonly=True, copy=False)
    unreachable_error = fields.Char(string="Last Attempt", readonly=True, copy=False)

    def write(self, vals):
        """Whoever changes how Chatwoot is reached wants to see at once whether it helped."""
        result = super().write(vals)
        if changed := ACCESS.keys() & vals.keys():
            errors = {ACCESS[name]: False for name in changed}
            for account in self:
                account._note_reached()
                super(AccountPause, account).write(errors)
                account.with_delay(
                    channel=CHANNEL,
                    description=self.env._("Send what waits for %s", account.name),
                )._job_send_waiting()
        return result

    def _job_send_waiting(self):
        """Have every answer that waits for this Chatwoot tried now."""
        turns = self.env["chatwoot.turn"].search(
            [("chatwoot_account_id", "in", self.ids), ("state", "in", ("answered", "delivering"))]
        )
        for turn in turns:
            turn._enqueue_delivery()

    def _seconds_to_wait(self):
        """How long to leave this account's Chatwoot in peace; 0: call it now.

        Who is let through at the end of an outage's pause tries for all: the others wait for the
        outcome. A pause that only gave way to other accounts is over for everybody at once.
        To be called in a short transaction, so that of two at once one begins anew.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        if self._is_paused():
            return max(int((self.paused_until - now).total_seconds()), 1)
        if self.unreachable_since:
            self.paused_until = now + timedelta(seconds=PROBE)
        return 0

    def _is_paused(self):
        return bool(self.paused_until) and self.paused_until > fields.Datetime.now()

    def _note_unreachable(self, error, asked_for=None):
        """Pause, and return for how many seconds.

        ``error`` is technical, ``asked_for`` the seconds that Chatwoot wants itself.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        since = self.unreachable_since or now
        pause = pause_after((now - since).total_seconds(), asked_for)
        self.write(
            {
                "unreachable_since": since,
                "paused_until": now + timedelta(seconds=pause),
                "unreachable_error": error,
            }
        )
        return pause

    def _give_way(self, seconds):
        """Let other accounts go first for so long, though this one can be reached."""
        self.ensure_one()
        if not self._is_paused():
            pause = timedelta(seconds=min(seconds, LONGEST))
            self.paused_until = fields.Datetime.now() + pause

    def _note_reached(self):
        """It answers: go on at full speed."""
        self.ensure_one()
        if self.paused_until or self.unreachable_since:
            self.write(
                {"unreachable_since": False, "paused_until": False, "unreachable_error": False}
            )
