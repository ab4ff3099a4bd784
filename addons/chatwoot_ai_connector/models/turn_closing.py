from datetime import UTC, timedelta

from odoo import fields, models
from odoo.exceptions import ValidationError

from agent_runtime import opening


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
        """The company's hours as they are now, ``None`` when its calendar is unclear.

        Such a calendar was refused when it was chosen and has been changed since; the company's
        publication shows it as an error. A company whose hours nobody can tell is not closed.
        """
        try:
            return self.chatwoot_account_id.tenant_id._hours()
        except ValidationError:
            return None

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

    def _opening(self):
        """When the company opens after the turn's moment (naive UTC).

        When no opening is in sight, the end of what can be seen: then it is looked at again.
        """
        moment = self.moment.replace(tzinfo=UTC)
        hours = self._hours()
        found = opening.next_opening(hours, moment) if hours else None
        if not found:
            return self.moment + timedelta(days=opening.HORIZON)
        return found.start.astimezone(UTC).replace(tzinfo=None)


class ConversationClosing(models.Model):
    _inherit = "chatwoot.conversation"

    closed_told_until = fields.Datetime(
        string="Told to wait until",
        readonly=True,
        help="The customer has read that the company is closed until then, and does not read "
        "it again before.",
    )

    def _wait_for_opening(self, turn):
        """Put the messages of a turn that only said "closed", or nothing, back until opening.

        What the customer has written since is heard in its own time: it may be urgent.
        """
        self.ensure_one()
        opens = turn._opening()
        if turn.state == "delivered":
            self.closed_told_until = opens
        if not self._waiting_messages():
            self.write({"due_at": opens, "first_waiting_at": False})
        elif not self.due_at:
            self.due_at = fields.Datetime.now()
        turn.message_ids.turn_id = False
        self._wake_prepare(self.due_at)
