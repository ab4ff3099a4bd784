"""What was said before the assistant joined the conversation."""

import logging
from datetime import UTC

from odoo import fields, models
from odoo.addons.company_services.tools.crypto import SecretKeyMissing, SecretUnreadable

from .. import gate
from ..delivery.problems import ChatwootProblem
from ..normalise import normalise

_logger = logging.getLogger(__name__)
PAGES = 5
"""Pages of twenty messages, as many as an account may want to read."""


class ConversationHistory(models.Model):
    _inherit = "chatwoot.conversation"

    history_read_at = fields.Datetime(
        readonly=True,
        help="When the messages from before the assistant joined were asked for, once. That "
        "needs the access token of an agent on the account.",
    )


class TurnHistory(models.Model):
    _inherit = "chatwoot.turn"

    def _read_history_once(self):
        """Read what was said before the first message that we know of, with the user's token.

        Once per conversation, before its first question leaves, in short transactions with none
        open while Chatwoot is asked. Without an answer the question goes without the context.
        What is found may be a person's answer: then the gate decides anew.
        """
        self.ensure_one()
        if self.conversation_id.history_read_at or not self._reads_messages():
            return
        oldest = self._shortly("_begin_history")
        if not oldest:
            return
        try:
            with self.chatwoot_account_id._chatwoot_api() as api:
                found = self._older_messages(api, oldest)
        except (ChatwootProblem, SecretKeyMissing, SecretUnreadable) as problem:
            if getattr(problem, "out_of_reach", False):
                self._shortly("_unavailable", problem)
            _logger.info("turn %s goes without history: %s", self.id, type(problem).__name__)
            return
        self.chatwoot_account_id._shortly("_note_reached")
        if found:
            self._shortly("_keep_history", found)

    def _reads_messages(self):
        account = self.chatwoot_account_id.sudo()
        return bool(account.user_token) and account.context_messages > 0

    def _begin_history(self):
        """Chatwoot's number of the oldest message known, if it is now to be read what precedes."""
        self._lock_turn()
        conversation = self.conversation_id
        if self.state != "prepared" or conversation.history_read_at:
            return None
        if self.chatwoot_account_id._seconds_to_wait():
            return None
        conversation.history_read_at = fields.Datetime.now()
        return min(conversation.message_ids.mapped("message_id"))

    def _older_messages(self, api, oldest):
        """The public messages before ``oldest``, as many as the account's context wants."""
        display_id = self.conversation_id.display_id
        wanted = self.chatwoot_account_id.context_messages
        found = []
        for _page in range(PAGES):
            page = api.messages(display_id, before=oldest)
            if not page:
                break
            oldest = min(message["id"] for message in page)
            found += filter(None, (_public(display_id, message) for message in page))
            if len(found) >= wanted:
                break
        return found

    def _keep_history(self, found):
        """Store messages so that they never start a turn; those already known stay as they are."""
        self._lock_turn()
        conversation = self.conversation_id
        Message = self.env["chatwoot.message"]
        known = Message.search(
            [
                ("chatwoot_account_id", "=", self.chatwoot_account_id.id),
                ("message_id", "in", [news.message_id for news in found]),
            ]
        ).mapped("message_id")
        Message.create(
            [
                {
                    "conversation_id": conversation.id,
                    "message_id": news.message_id,
                    "author": news.author,
                    "author_name": news.author_name,
                    "content": news.content,
                    "sent_at": news.sent_at.astimezone(UTC).replace(tzinfo=None),
                    "passed_over": "history",
                }
                for news in found
                if news.message_id not in known
            ]
        )
        if self.state == "prepared" and (reason := gate.refusal(self._gate_facts())):
            self._refuse(reason)


def _public(display_id, message):
    """The message as we know messages; ``None`` for what is no words said in public."""
    event = normalise({"event": "message_created", **message, "conversation": {"id": display_id}})
    news = event and event.message
    return news if news and news.sent_at and not news.private else None
