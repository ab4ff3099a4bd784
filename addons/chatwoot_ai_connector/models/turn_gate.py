from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..gate import ASKS_PERSON, GateFacts

FRESH = timedelta(hours=1)


class TurnGate(models.Model):
    _inherit = "chatwoot.turn"

    def _gate_facts(self):
        """What :func:`..gate.refusal` needs to know of this turn, as Odoo knows it now.

        Hours and the number of answers count until the answer is there, not again before it is
        sent: an answer that closing time overtook is still welcome.
        """
        self.ensure_one()
        conversation = self.conversation_id
        account = conversation.chatwoot_account_id
        undecided = self.state in ("prepared", "answered")
        return GateFacts(
            status=conversation.status,
            answers_open=account.registration == "account_webhook",
            assignee_type=conversation.assignee_type or None,
            handed_over=bool(conversation.handed_over_at),
            human_replied=self._human_replied(),
            bot_enabled=(
                conversation.inbox_id.bot_enabled and account.active and account.tenant_id.active
            ),
            contact_blocked=conversation.contact_blocked,
            automatic=all(self.message_ids.mapped("automatic")),
            has_text=any(self.message_ids.mapped("content")),
            can_reply=conversation.can_reply or (undecided and self._just_asked()),
            waits_for_opening=self.deferred and self._waits_for_opening(),
            recent_replies=self._recent_replies() if undecided and account.loop_replies else 0,
            most_replies=account.loop_replies,
        )

    def _just_asked(self):
        """Whether the customer wrote so lately that any channel's reply window is open.

        The event that announces a conversation says that it is not, and may come last.
        """
        newest = max(self.message_ids.mapped("sent_at"))
        return newest > fields.Datetime.now() - FRESH

    def _human_replied(self):
        """Whether a person has spoken to the customer, so that the assistant must not."""
        conversation = self.conversation_id
        by_people = Domain(
            [
                ("conversation_id", "=", conversation.id),
                ("author", "=", "attendant"),
                ("private", "=", False),
            ]
        )
        spoken = Domain("message_id", ">", min(self.message_ids.mapped("message_id")))
        if conversation.chatwoot_account_id.registration == "account_webhook":
            since = conversation.episode_from
            spoken |= Domain("sent_at", ">", since) if since else Domain.TRUE
        return bool(self.env["chatwoot.message"].search_count(by_people & spoken, limit=1))

    def _recent_replies(self):
        """The assistant's answers in this conversation within the account's minutes."""
        account = self.chatwoot_account_id
        return self.search_count(
            [
                ("conversation_id", "=", self.conversation_id.id),
                ("state", "in", ("delivered", "handed_over")),
                (
                    "finished_at",
                    ">",
                    fields.Datetime.now() - timedelta(minutes=account.loop_minutes),
                ),
            ]
        )

    def _refuse(self, reason):
        """End a prepared turn that the gate refuses, or have a person asked; under the lock."""
        self.ensure_one()
        if reason in ASKS_PERSON:
            self._give_up(reason, False)
            return
        self.write(
            {
                "state": "ignored",
                "ignored_reason": reason,
                "finished_at": fields.Datetime.now(),
            }
        )
        self.conversation_id._turn_ended(self)
