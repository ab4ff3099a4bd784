"""The conversation desk: what happens to conversations, and which events that raises.

Not thread-safe by itself: the double calls it under its lock.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

from . import liquid
from .payloads import conversation_event, message_event
from .state import Account, Bot, Contact, Conversation, Inbox, Message, User

Emit = Callable[[Conversation, str, dict[str, Any], "Message | None", int], None]

MIRRORED_CHANNELS = ("Channel::Whatsapp", "Channel::FacebookPage", "Channel::Instagram")
"""Channels that give a sent message an id of their own, which raises ``message_updated``."""


class Desk:
    """Applies actions to conversations as Chatwoot's models do and emits their events."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._message_ids = itertools.count(90_001)
        self._contact_inbox_ids = itertools.count(501)

    def conversation_for(self, account: Account, inbox: Inbox, contact: Contact) -> Conversation:
        """The contact's unresolved conversation in the inbox, or a new one.

        With a bot attached a new conversation is ``pending``; a resolved one is not reopened.
        """
        for conversation in account.conversations.values():
            same = conversation.inbox is inbox and conversation.contact is contact
            if same and conversation.status != "resolved":
                return conversation
        display_id = len(account.conversations) + 1
        contact_inbox_id = next(self._contact_inbox_ids)
        conversation = Conversation(
            display_id=display_id,
            account=account,
            inbox=inbox,
            contact=contact,
            status="resolved" if contact.blocked else ("pending" if inbox.bot else "open"),
            contact_inbox_id=contact_inbox_id,
            source_id=(contact.phone_number or f"contact-{contact_inbox_id}").lstrip("+"),
        )
        account.conversations[display_id] = conversation
        return conversation

    def customer_message(self, conversation: Conversation, text: str, copies: int = 1) -> Message:
        """The customer writes. ``copies`` repeats the webhook of the message."""
        if conversation.status == "snoozed":
            # The bot is passed over on purpose: a snoozed conversation belongs to people.
            self.change_status(conversation, "open")
        message = self._add(conversation, text, "incoming", conversation.contact)
        message.source_id = f"in-{message.id}"
        if conversation.inbox.channel == "Channel::Email":
            self._as_email(message, text)
        before, was_waiting = conversation.updated_at, conversation.waiting_since
        self._message_event("message_created", message, copies)
        if not was_waiting:
            conversation.waiting_since = message.created_at
            self._updated(conversation, {"waiting_since": (0, int(message.created_at))}, before)
        return message

    def reply(
        self,
        conversation: Conversation,
        sender: Bot | User,
        text: str | None,
        private: bool = False,
        content_type: str = "text",
        content_attributes: dict[str, Any] | None = None,
        source_id: str | None = None,
    ) -> Message:
        """A bot or a person writes, publicly or as a private note."""
        rendered = None if text is None else liquid.render(text, conversation)
        message = self._add(conversation, rendered, "outgoing", sender, private=private)
        message.content_type = content_type
        message.content_attributes = content_attributes or {}
        message.source_id = source_id
        self._message_event("message_created", message)
        if private:
            return message
        before = conversation.updated_at
        if isinstance(sender, User) and conversation.first_reply_created_at is None:
            conversation.first_reply_created_at = message.created_at
        if conversation.waiting_since:
            waited, conversation.waiting_since = conversation.waiting_since, 0
            self._updated(conversation, {"waiting_since": (int(waited), 0)}, before)
        # A given source_id marks an echo of the channel, which is not sent to it again.
        if source_id is None and conversation.inbox.channel in MIRRORED_CHANNELS:
            message.source_id = f"out-{message.id}"
            message.updated_at = time.time()
            self._message_event("message_updated", message)
        return message

    def change_status(self, conversation: Conversation, status: str) -> None:
        """Set the status; raises up to three events for one change."""
        if conversation.status == status:
            return
        before, previous = conversation.updated_at, conversation.status
        conversation.status = status
        if status in ("open", "resolved"):
            name = "conversation_opened" if status == "open" else "conversation_resolved"
            self._conversation_event(name, conversation)
        self._conversation_event("conversation_status_changed", conversation)
        self._updated(conversation, {"status": (previous, status)}, before)

    def bot_handoff(self, conversation: Conversation) -> None:
        """A bot hands a pending conversation to people."""
        if not conversation.waiting_since:
            before = conversation.updated_at
            conversation.waiting_since = time.time()
            changes = {"waiting_since": (0, int(conversation.waiting_since))}
            self._updated(conversation, changes, before)
        self.change_status(conversation, "open")

    def assign(self, conversation: Conversation, user: User | None) -> None:
        """Give the conversation to an attendant, or take it from one; keeps the status."""
        before, previous = conversation.updated_at, conversation.assignee
        conversation.assignee = user
        ids = (previous.id if previous else None, user.id if user else None)
        self._updated(conversation, {"assignee_id": ids}, before)

    def set_labels(self, conversation: Conversation, labels: list[str]) -> None:
        """Replace the labels; Chatwoot raises the event of a label change twice."""
        before, previous = conversation.updated_at, list(conversation.labels)
        conversation.labels = list(dict.fromkeys(labels))
        for _ in range(2):
            self._updated(conversation, {"label_list": (previous, conversation.labels)}, before)

    def open_after_bot_failure(self, conversation: Conversation) -> None:
        """The bot could not be reached: people get the conversation, with an activity line."""
        if conversation.account.keep_pending_on_bot_failure or conversation.status != "pending":
            return
        text = "Conversation was marked open by system due to an error with the agent bot."
        self._add(conversation, text, "activity", None)
        self.change_status(conversation, "open")

    def _add(
        self,
        conversation: Conversation,
        content: str | None,
        message_type: str,
        sender: Contact | User | Bot | None,
        private: bool = False,
    ) -> Message:
        message = Message(
            id=next(self._message_ids),
            conversation=conversation,
            content=content,
            message_type=message_type,
            sender=sender,
            private=private,
        )
        conversation.messages.append(message)
        return message

    def _as_email(self, message: Message, text: str) -> None:
        conversation = message.conversation
        subject = f"Contato de {conversation.contact.name}"
        conversation.additional_attributes = {
            "source": "email",
            "in_reply_to": None,
            "auto_reply": False,
            "mail_subject": subject,
        }
        parts = {"full": text, "reply": text, "quoted": text}
        message.content_type = "incoming_email"
        message.source_id = f"mail-{message.id}@example.test"
        message.content_attributes = {
            "email": {
                "from": [conversation.contact.email],
                "to": ["atendimento@example.test"],
                "subject": subject,
                "message_id": message.source_id,
                "text_content": parts,
                "html_content": parts,
                "auto_reply": False,
            }
        }

    def _message_event(self, event: str, message: Message, copies: int = 1) -> None:
        payload = message_event(event, message)
        self._emit(message.conversation, event, payload, message, copies)

    def _conversation_event(
        self, event: str, conversation: Conversation, changes: dict[str, Any] | None = None
    ) -> None:
        self._emit(conversation, event, conversation_event(event, conversation, changes), None, 1)

    def _updated(self, conversation: Conversation, changes: dict[str, Any], before: float) -> None:
        conversation.updated_at = time.time()
        changes = {**changes, "updated_at": (before, conversation.updated_at)}
        self._conversation_event("conversation_updated", conversation, changes)
