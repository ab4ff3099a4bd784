from datetime import UTC, timedelta

from odoo import api, fields, models

from ..burst import Grouping, due_at
from ..passed_over import passed_over


class ConversationEvents(models.Model):
    """What an event of Chatwoot changes: the conversation's state, a message, the due time."""

    _inherit = "chatwoot.conversation"

    channel_class = fields.Char(
        string="Kind of channel",
        help="Chatwoot's own name of it, which tells apart what the assistant treats as one.",
    )

    @api.model
    def _apply_event(self, account, event, received_at):
        """Take an :class:`~..normalise.Event` up; called by the drain, row by row.

        ``received_at`` (naive UTC) is our own clock's: bursts are measured by it, because
        Chatwoot's and the channels' clocks are not ours.
        """
        conversation = self._found(account, event.conversation)
        conversation._lock()
        conversation._apply_news(event.conversation)
        account._note_event(received_at)
        if not event.message:
            return
        message, is_new = conversation._apply_message(event.message, received_at)
        if message.author == "customer":
            conversation._customer_told(message, is_new, received_at)
        if message.turn_ref and message.part_ref:
            turn = self.env["chatwoot.turn"].browse(message.turn_ref).exists()
            # A mark is only believed within the conversation it was found in.
            if turn.conversation_id == conversation:
                turn._note_echo(message.part_ref)

    @api.model
    def _found(self, account, news):
        """The conversation that ``news`` is about; made when it was not known."""
        conversation = self.search(
            [("chatwoot_account_id", "=", account.id), ("display_id", "=", news.display_id)]
        )
        if conversation:
            conversation.inbox_id._learn_name(news.inbox_name)
            return conversation
        inbox = self.env["chatwoot.inbox"]._found(
            account, news.inbox_id, news.inbox_name, news.channel
        )
        return self.create(
            {
                "chatwoot_account_id": account.id,
                "inbox_id": inbox.id,
                "display_id": news.display_id,
                "channel": self._channel(inbox, news.channel),
            }
        )

    @api.model
    def _channel(self, inbox, told):
        """What the customer writes on: behind an API inbox, only the inbox's setting knows."""
        return inbox.channel if told == "api" else told

    def _apply_news(self, news):
        """Take up the state, unless something newer is known already."""
        self.ensure_one()
        # As exact as it is stored: rounding must not make an event older than itself.
        told_at = None if news.updated_at is None else round(news.updated_at, 6)
        if told_at is not None and told_at < self.remote_updated_at:
            return
        before = self._standing()
        values = {
            "status": news.status or self.status,
            "contact_name": news.contact_name or self.contact_name,
            "contact_id": news.contact_id or self.contact_id,
            "channel_class": news.channel_class or self.channel_class,
            "remote_updated_at": told_at or self.remote_updated_at,
        }
        if news.can_reply is not None:
            values["can_reply"] = news.can_reply
        if news.contact_blocked is not None:
            values["contact_blocked"] = news.contact_blocked
        if news.labels is not None:
            values["labels"] = list(news.labels) or False
        if news.priority is not None:
            values["priority"] = news.priority or False
        if news.phone:
            values["internal_phone"] = self._own_people_s(news.phone)
        if news.assignee_known:
            values["assignee_type"] = news.assignee_type or False
            values["assignee_name"] = news.assignee_name or False
        self.write({name: value for name, value in values.items() if self[name] != value})
        self._follow_episode(before, told_at)

    def _own_people_s(self, number):
        """``number`` if it belongs to the company's own people; customers' numbers are not kept."""
        known = self.chatwoot_account_id.tenant_id._internal_access(number)
        return number if known else False

    def _apply_message(self, news, received_at):
        """The message's record and whether it is new."""
        self.ensure_one()
        message = self.env["chatwoot.message"].search(
            [
                ("chatwoot_account_id", "=", self.chatwoot_account_id.id),
                ("message_id", "=", news.message_id),
                ("author", "=" if news.author == "customer" else "!=", "customer"),
            ]
        )
        if message.passed_over == "history" and not news.is_change:
            # It was read before its own news came: these make it one to be answered after all.
            message.passed_over = passed_over(news)
            return message, True
        if message:
            message._apply_update(news, received_at)
            return message, False
        sent_at = news.sent_at.astimezone(UTC).replace(tzinfo=None) if news.sent_at else received_at
        message = self.env["chatwoot.message"].create(
            {
                "conversation_id": self.id,
                "message_id": news.message_id,
                "author": news.author,
                "author_name": news.author_name,
                "private": news.private,
                "content": news.content,
                "attachments": list(news.attachments) or False,
                "sent_at": sent_at,
                "automatic": news.automatic,
                "passed_over": passed_over(news),
                "deleted": news.deleted,
                "remote_updated_at": news.updated_at if news.is_change else 0,
                "delivery_error": news.delivery_error,
                "turn_ref": news.turn_ref,
                "part_ref": news.part_ref,
            }
        )
        if not news.private:
            self.last_message_at = max(self.last_message_at or sent_at, sent_at)
        return message, True

    def _customer_told(self, message, is_new, received_at):
        """See to the answer after an event about a customer's message."""
        if is_new and not message.passed_over:
            self._customer_wrote(received_at)
        elif self.due_at and self.due_at <= fields.Datetime.now():
            # The turn was put off until this event was taken up, see _prepare_turn.
            self._wake_prepare(self.due_at)

    def _customer_wrote(self, received_at):
        """Move the due time, as the inbox's grouping says, and have the turn prepared then.

        What is due at once is prepared here and now, which saves the customer a job's turn-round.
        """
        self.ensure_one()
        inbox = self.inbox_id
        grouping = Grouping(inbox.group_window, inbox.group_max_wait, inbox.group_max_count)
        first = self.first_waiting_at or received_at
        due = due_at(grouping, first, received_at, len(self._waiting_messages()))
        # Odoo's clock counts whole seconds: a fraction would never be reached within its second,
        # and rounding down would shorten the window.
        rounded = due.replace(microsecond=0)
        if received_at < due and rounded < due:
            rounded += timedelta(seconds=1)
        self.write({"first_waiting_at": first.replace(microsecond=0), "due_at": rounded})
        if rounded > fields.Datetime.now():
            self._wake_prepare(rounded)
        else:
            self._prepare_turn()

    def _waiting_messages(self):
        """Customer messages that no turn has taken up yet, in the customer's order."""
        self.ensure_one()
        return self.env["chatwoot.message"].search(
            [
                ("conversation_id", "=", self.id),
                ("author", "=", "customer"),
                ("passed_over", "=", False),
                ("turn_id", "=", False),
            ],
            order="message_id",
        )

    def _wake_prepare(self, due):
        """Enqueue the job for a due time. Every change of the due time enqueues its own.

        No identity key: it would find a job that starts before this transaction is committed,
        and the job would not see what it is wanted for.
        """
        self.ensure_one()
        self.with_delay(
            channel="root.chatwoot",
            eta=due if due > fields.Datetime.now() else None,
            description=f"Prepare turn of conversation {self.display_id}",
        )._job_prepare_turn()
