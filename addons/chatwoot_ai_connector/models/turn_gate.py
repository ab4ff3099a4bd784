from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ..gate import ASKS_PERSON, GateFacts

FRESH = timedelta(hours=1)
STILL_AT_IT = timedelta(days=1)
"""A person who answered so shortly before, without a word on whose it is, is still with them."""


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
            answers_open=conversation._answers_open(),
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
        """Whether a person has spoken to the customer in this episode: the assistant must not.

        A conversation that they left pending is the assistant's again after a while. Of what was
        said before the assistant joined, nobody knows whose the conversation was afterwards:
        pending, it is the assistant's; open, it is theirs if that was lately.
        """
        if all(message.passed_over == "seen_to" for message in self.message_ids):
            return True
        conversation = self.conversation_id
        lately = Domain("sent_at", ">", min(self.message_ids.mapped("sent_at")) - STILL_AT_IT)
        heard = Domain("passed_over", "!=", "history")
        counts = heard | lately if conversation._answers_open() else heard & lately
        if conversation.episode_from:
            counts &= Domain("sent_at", ">", conversation.episode_from)
        return bool(
            self.env["chatwoot.message"].search_count(conversation._by_people() & counts, limit=1)
        )

    def _recent_replies(self):
        """The assistant's answers in this episode within the account's minutes."""
        account, conversation = self.chatwoot_account_id, self.conversation_id
        since = fields.Datetime.now() - timedelta(minutes=account.loop_minutes)
        return self.search_count(
            [
                ("conversation_id", "=", conversation.id),
                ("state", "in", ("delivered", "handed_over")),
                ("finished_at", ">", max(since, conversation.episode_from or since)),
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
