from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime import opening

from ..tools.short_transaction import in_short_transaction

AHEAD = 366
"""Days within which an opening is looked for, as far as days off are known."""


class AccountClosing(models.Model):
    _inherit = "chatwoot.account"

    def _hours(self):
        """The company's hours as they are now, ``None`` when its calendar is unclear.

        Such a calendar was refused when it was chosen and has been changed since; the company's
        publication shows it as an error. A company whose hours nobody can tell is not closed.
        """
        self.ensure_one()
        try:
            return self.tenant_id._hours()
        except ValidationError:
            return None

    def _opening(self):
        """Until when customers only read that the company is closed (naive UTC).

        It is now unless that is what the company does now. When no opening is known, the end of
        what can be seen.
        """
        hours, now = self._hours(), fields.Datetime.now()
        moment = now.replace(tzinfo=UTC)
        if hours is None or opening.conduct(hours, moment) != "closed_message":
            return now
        found = opening.next_opening(hours, moment, AHEAD)
        if not found:
            return now.replace(hour=0, minute=0, second=0) + timedelta(days=AHEAD)
        return found.start.astimezone(UTC).replace(tzinfo=None)


class TurnClosing(models.Model):
    """What happens to a turn while the company is closed.

    The tenant's conduct says it. ``closed_message``: the customer reads once per closing when
    the company opens; the question, and whatever is written until then, waits and is answered
    at the opening. The runtime is told so and asks no model, but still hears who needs a person
    or answers the rating request, which is seen to at once.
    """

    _inherit = "chatwoot.turn"

    deferred = fields.Boolean(
        string="Waits for the opening",
        readonly=True,
        help="The customer was only told that the company is closed. The messages are answered "
        "when it opens.",
    )

    def _hours(self):
        return self.chatwoot_account_id._hours()

    def _outside(self):
        """What is to be done at the turn's moment; ``answer`` while the company is open."""
        hours = self._hours()
        if hours is None:
            return "answer"
        return opening.conduct(hours, self.moment.replace(tzinfo=UTC), self._internal_access())

    def _waits_for_opening(self):
        """Whether the customer has been told already in this closing, and waits."""
        told_until = self.conversation_id.closed_told_until
        return bool(told_until and told_until > self.moment and self._outside() == "closed_message")

    def _left_for_the_opening(self):
        """Whether the turn has ended without an answer to what the customer wrote."""
        return (self.deferred and self.state == "delivered") or self.ignored_reason == "closed"


class ConversationClosing(models.Model):
    _inherit = "chatwoot.conversation"

    closed_told_until = fields.Datetime(
        string="Told to wait until",
        readonly=True,
        help="The customer has read that the company is closed until then, and does not read "
        "it again before. Follows the hours when they are changed.",
    )
    _told = models.Index("(closed_told_until) WHERE closed_told_until IS NOT NULL")

    def _wait_for_opening(self, turn):
        """Put the messages of a turn that only said "closed", or nothing, back until opening.

        What the customer has written since is heard in its own time: it may be urgent.
        """
        self.ensure_one()
        opens = self.chatwoot_account_id._opening()
        self.closed_told_until = opens
        if not self._waiting_messages():
            self.write({"due_at": opens, "first_waiting_at": False})
        elif not self.due_at:
            self.due_at = fields.Datetime.now()
        turn.message_ids.turn_id = False
        self._wake_prepare(self.due_at)

    @api.model
    def _heed_changed_hours(self):
        """Have what waits for an opening follow the hours as they are now; by the cron.

        Whatever was changed: a day off, the week, the time zone, what is done while closed.
        """
        told = self.search([("closed_told_until", ">", fields.Datetime.now())])
        for account, conversations in told.grouped("chatwoot_account_id").items():
            opens = account._opening()
            for conversation in conversations:
                if conversation.closed_told_until != opens:
                    in_short_transaction(self.env, _wait_until, conversation.id, opens)

    def _wait_until(self, opens):
        """Let what waits for the opening wait until ``opens`` instead."""
        self.ensure_one()
        self._lock()
        waits = self.due_at and self.due_at == self.closed_told_until
        self.closed_told_until = opens
        if waits:
            self.due_at = opens
            self._wake_prepare(opens)


def _wait_until(env, conversation_id, opens):
    env["chatwoot.conversation"].browse(conversation_id)._wait_until(opens)
