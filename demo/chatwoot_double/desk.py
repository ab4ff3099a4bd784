"""The conversation desk: what happens to conversations, and which events that raises.

Not thread-safe by itself: the double calls it under its lock.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from . import channels, liquid
from .payloads import conversation_event, message_event
from .state import Account, Bot, Contact, Conversation, Inbox, Message, Team, User

Emit = Callable[[Conversation, str, Callable[[], dict[str, Any]], "Message | None", int], None]
"""Conversation, event, maker of the payload, message and number of copies."""

DELETED = "This message was deleted"


class Desk:
    """Applies actions to conversations as Chatwoot's models do and emits their events.

    ``bots_are_assigned``: whether a bot's conversations have it as assignee, as from 4.16 on.
    """

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.bots_are_assigned = False
        self._message_ids = itertools.count(90_001)
        self._contact_inbox_ids = itertools.count(501)

    def conversation_for(self, account: Account, inbox: Inbox, contact: Contact) -> Conversation:
        """The contact's unresolved conversation in the inbox, or a new one.

        With a bot attached a new conversation is ``pending``. A resolved one is reopened only
        where the inbox keeps to a single conversation.
        """
        for conversation in account.conversations.values():
            same = conversation.inbox is inbox and conversation.contact is contact
            if same and (conversation.status != "resolved" or inbox.lock_to_single):
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
        if self.bots_are_assigned and conversation.status == "pending":
            conversation.assignee = inbox.bot
        account.conversations[display_id] = conversation
        self._conversation_event("conversation_created", conversation)
        return conversation

    def customer_message(self, conversation: Conversation, text: str, copies: int = 1) -> Message:
        """The customer writes. ``copies`` repeats the webhook of the message."""
        if conversation.status == "snoozed":
            # The bot is passed over on purpose: a snoozed conversation belongs to people.
            self.change_status(conversation, "open")
        elif conversation.status == "resolved" and not conversation.contact.blocked:
            self.change_status(conversation, "pending" if conversation.inbox.bot else "open")
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
        template_params: dict[str, Any] | None = None,
    ) -> Message:
        """A bot or a person writes, publicly or as a private note."""
        rendered = None if text is None else liquid.render(text, conversation)
        message = self._add(conversation, rendered, "outgoing", sender, private=private)
        message.content_type = content_type
        message.content_attributes = content_attributes or {}
        message.source_id = source_id
        if template_params:
            message.additional_attributes = {"template_params": template_params}
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
        if source_id is None:
            self._send(message)
        return message

    def phone_echo(self, conversation: Conversation, text: str) -> Message:
        """A person answers from the channel's own app; Chatwoot only learns of it."""
        message = self._add(conversation, text, "outgoing", None)
        message.source_id, message.status = f"echo-{message.id}", "delivered"
        message.content_attributes = {"external_echo": True}
        self._message_event("message_created", message)
        return message

    def _send(self, message: Message) -> None:
        if failure := channels.refusal(message):
            self.delivery_failed(message, failure)
        elif message.conversation.inbox.channel in channels.MIRRORED:
            self.update_message(message, source_id=f"out-{message.id}")

    def delivery_failed(self, message: Message, error: str) -> None:
        """The channel could not deliver a message that was created long before."""
        attributes = {**message.content_attributes, "external_error": error}
        self.update_message(message, status="failed", content_attributes=attributes)

    def delete_message(self, message: Message) -> None:
        """Somebody deletes a message: its text gives way to a placeholder."""
        self.update_message(message, content=DELETED, content_attributes={"deleted": True})

    def update_message(self, message: Message, **values: Any) -> None:
        """Change columns of a message; any change raises the same event."""
        for name, value in values.items():
            setattr(message, name, value)
        message.updated_at = time.time()
        self._message_event("message_updated", message)

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
        """A bot hands a pending conversation to people, and is its assignee no longer."""
        if isinstance(conversation.assignee, Bot):
            self._assignee(conversation, None)
        if not conversation.waiting_since:
            before = conversation.updated_at
            conversation.waiting_since = time.time()
            changes = {"waiting_since": (0, int(conversation.waiting_since))}
            self._updated(conversation, changes, before)
        self.change_status(conversation, "open")

    def assign(self, conversation: Conversation, assignee: User | Bot | None) -> None:
        """Give the conversation to somebody, or take it from them.

        Where bots are assigned, this also moves it between the bot's and the people's status.
        """
        owned_by_bot = isinstance(conversation.assignee, Bot)
        self._assignee(conversation, assignee)
        if self.bots_are_assigned and isinstance(assignee, Bot):
            self.change_status(conversation, "pending")
        elif owned_by_bot and isinstance(assignee, User) and conversation.status == "pending":
            self.change_status(conversation, "open")

    def assign_team(self, conversation: Conversation, team: Team | None) -> None:
        """Give the conversation to a team."""
        before, previous = conversation.updated_at, conversation.team
        conversation.team = team
        ids = (previous.id if previous else None, team.id if team else None)
        self._updated(conversation, {"team_id": ids}, before)

    def set_priority(self, conversation: Conversation, priority: str | None) -> None:
        """Set or clear the priority."""
        before, previous = conversation.updated_at, conversation.priority
        conversation.priority = priority
        self._updated(conversation, {"priority": (previous, priority)}, before)

    def _assignee(self, conversation: Conversation, assignee: User | Bot | None) -> None:
        before, previous = conversation.updated_at, conversation.assignee
        conversation.assignee = assignee
        column = "assignee_agent_bot_id" if isinstance(assignee or previous, Bot) else "assignee_id"
        ids = (previous.id if previous else None, assignee.id if assignee else None)
        self._updated(conversation, {column: ids}, before)

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
        make = partial(message_event, event, message)
        self._emit(message.conversation, event, make, message, copies)

    def _conversation_event(
        self, event: str, conversation: Conversation, changes: dict[str, Any] | None = None
    ) -> None:
        make = partial(conversation_event, event, conversation, changes)
        self._emit(conversation, event, make, None, 1)

    def _updated(self, conversation: Conversation, changes: dict[str, Any], before: float) -> None:
        conversation.updated_at = time.time()
        changes = {**changes, "updated_at": (before, conversation.updated_at)}
        self._conversation_event("conversation_updated", conversation, changes)
