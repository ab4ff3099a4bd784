"""What customers and attendants do, and what happens to messages later."""

from __future__ import annotations

import threading
import time

from . import interactive
from .desk import Desk
from .state import Account, Contact, Conversation, Inbox, Message, User


class PeopleActions:
    """The part of the double that a test plays with; each action wakes whoever waits."""

    changed: threading.Condition
    accounts: dict[int, Account]
    arrivals: dict[int, float]
    """Monotonic time at which each message was made, by message id."""
    desk: Desk

    def customer_says(
        self, account_id: int, inbox: Inbox, contact: Contact, text: str, copies: int = 1
    ) -> Message:
        """A customer writes; ``copies`` sends the same delivery that often at once."""
        with self.changed:
            account = self.accounts[account_id]
            conversation = self.desk.conversation_for(account, inbox, contact)
            return self._arrived(self.desk.customer_message(conversation, text, copies))

    def visitor_picks(self, message: Message, value: str) -> Message:
        """The customer picks a choice of ``message``; returns the message that carries it.

        The web widget updates the message itself; elsewhere the choice is written as text.
        """
        with self.changed:
            item = interactive.chosen(message, value)
            conversation = message.conversation
            if conversation.inbox.channel == "Channel::WebWidget":
                submitted = [{"title": item["title"], "value": item["value"]}]
                attributes = {**message.content_attributes, "submitted_values": submitted}
                self.desk.update_message(message, content_attributes=attributes)
                return self._arrived(message)
            by_value = conversation.inbox.channel in interactive.ANSWERED_BY_VALUE
            text = item["value" if by_value else "title"]
            return self._arrived(self.desk.customer_message(conversation, text))

    def attendant_takes(self, conversation: Conversation, user: User) -> None:
        """An attendant takes over: assigned and open."""
        with self.changed:
            self.desk.assign(conversation, user)
            self.desk.change_status(conversation, "open")
            self.changed.notify_all()

    def attendant_says(
        self, conversation: Conversation, user: User, text: str, private: bool = False
    ) -> Message:
        """An attendant writes to the customer, or a private note."""
        with self.changed:
            return self._arrived(self.desk.reply(conversation, user, text, private=private))

    def attendant_gives_back(self, conversation: Conversation) -> None:
        """An attendant returns the conversation to the bot: unassigned and pending."""
        with self.changed:
            self.desk.assign(conversation, None)
            self.desk.change_status(conversation, "pending")
            self.changed.notify_all()

    def set_status(self, conversation: Conversation, status: str) -> None:
        """An attendant sets the status."""
        with self.changed:
            self.desk.change_status(conversation, status)
            self.changed.notify_all()

    def phone_echo(self, conversation: Conversation, text: str) -> Message:
        """Somebody answers the customer on the company's phone instead of in Chatwoot."""
        with self.changed:
            return self._arrived(self.desk.phone_echo(conversation, text))

    def edits(self, message: Message, text: str) -> None:
        """The author changes a message."""
        with self.changed:
            self.desk.update_message(message, content=text)
            self.changed.notify_all()

    def deletes(self, message: Message) -> None:
        """Somebody deletes a message."""
        with self.changed:
            self.desk.delete_message(message)
            self.changed.notify_all()

    def channel_fails(self, message: Message, error: str = "131026: Undeliverable") -> None:
        """The channel reports that it could not deliver a message of ours."""
        with self.changed:
            self.desk.delivery_failed(message, error)
            self.changed.notify_all()

    def time_passes(self, conversation: Conversation, seconds: float) -> None:
        """Let everything in the conversation have happened so much earlier."""
        with self.changed:
            for message in conversation.messages:
                message.created_at -= seconds

    def _arrived(self, message: Message) -> Message:
        self.arrivals[message.id] = time.monotonic()
        self.changed.notify_all()
        return message
