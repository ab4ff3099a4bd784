"""The double itself: administration, what people do, waiting, and the server's life."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from typing import Any, Self

from .desk import Desk
from .faults import Fault, FaultPlan
from .outbox import Delivery, Outbox
from .server import RestServer
from .state import Account, Bot, Contact, Conversation, Inbox, Message, User

MESSAGE_EVENTS = ("message_created", "message_updated")


class ChatwootDouble:
    """A running Chatwoot. ``port=0`` takes a free one; ``retry_delay`` is 3 s in the original.

    Every change wakes :meth:`wait_for`, so that a script waits for what it wants to see and never
    for a time.
    """

    def __init__(self, port: int = 0, host: str = "127.0.0.1", retry_delay: float = 3.0) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.accounts: dict[int, Account] = {}
        self.faults = FaultPlan()
        self.arrivals: dict[int, float] = {}
        """Monotonic time at which each message was made, by message id."""
        self._ids = {
            kind: itertools.count(start)
            for kind, start in (("user", 4), ("bot", 7), ("inbox", 31), ("contact", 55))
        }
        self.outbox = Outbox(self._delivery_done, retry_delay)
        self.desk = Desk(self._emit)
        self._server = RestServer((host, port), self)

    # -- life ---------------------------------------------------------------------------------

    def start(self) -> Self:
        """Serve in a thread of its own."""
        self._server.start()
        return self

    def stop(self) -> None:
        """Close the port and the webhook workers."""
        self._server.stop()
        self.outbox.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_exc: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Base address, the ``FRONTEND_URL`` of the original."""
        return self._server.url

    # -- administration -----------------------------------------------------------------------

    def add_account(self, account_id: int, name: str) -> Account:
        """Create an account with the id that the tenant is known by."""
        with self.changed:
            account = self.accounts[account_id] = Account(id=account_id, name=name)
        return account

    def add_user(self, account_id: int, name: str, role: str = "agent") -> User:
        """Create an attendant (``agent``) or an ``administrator``."""
        number = next(self._ids["user"])
        user = User(id=number, name=name, email=f"user{number}@example.test", role=role)
        self.accounts[account_id].users.append(user)
        return user

    def add_bot(self, account_id: int, name: str, outgoing_url: str) -> Bot:
        """Create an AgentBot; its token and secret are generated, as in the original."""
        bot = Bot(next(self._ids["bot"]), account_id, name, outgoing_url)
        self.accounts[account_id].bots.append(bot)
        return bot

    def add_inbox(self, account_id: int, name: str, channel: str, bot: Bot | None = None) -> Inbox:
        """Create an inbox and attach the bot."""
        inbox = Inbox(next(self._ids["inbox"]), account_id, name, channel, bot)
        self.accounts[account_id].inboxes[inbox.id] = inbox
        return inbox

    def add_contact(self, account_id: int, name: str, **values: Any) -> Contact:
        """Create a customer; ``values`` are fields of :class:`Contact`."""
        number = next(self._ids["contact"])
        values.setdefault("phone_number", f"+55119{number:08d}")
        values.setdefault("email", f"cliente{number}@example.test")
        contact = self.accounts[account_id].contacts[number] = Contact(number, name, **values)
        return contact

    # -- what people do -----------------------------------------------------------------------

    def customer_says(
        self, account_id: int, inbox: Inbox, contact: Contact, text: str, copies: int = 1
    ) -> Message:
        """A customer writes; ``copies`` sends the same delivery that often at once."""
        with self.changed:
            account = self.accounts[account_id]
            conversation = self.desk.conversation_for(account, inbox, contact)
            return self._arrived(self.desk.customer_message(conversation, text, copies))

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

    def set_status(self, conversation: Conversation, status: str) -> None:
        """An attendant sets the status."""
        with self.changed:
            self.desk.change_status(conversation, status)
            self.changed.notify_all()

    def redeliver(self, delivery: Delivery, copies: int = 1) -> Delivery:
        """Send the bytes of an earlier delivery again, as a new one (a logical duplicate)."""
        again = Delivery(delivery.bot, delivery.event, delivery.body, delivery.message)
        with self.changed:
            self.outbox.enqueue(again, copies)
        return again

    # -- looking ------------------------------------------------------------------------------

    def wait_for(self, predicate: Callable[[], Any], timeout: float = 30.0) -> Any:
        """Wait until ``predicate()`` is true and return its value, or its last value at timeout."""
        with self.changed:
            return self.changed.wait_for(predicate, timeout)

    def answers(self, conversation: Conversation, after: Message | None = None) -> list[Message]:
        """Public messages by bots, optionally only those after ``after``."""
        first = after.id if after else 0
        with self.changed:
            return [
                m
                for m in conversation.public_messages()
                if isinstance(m.sender, Bot) and m.id > first
            ]

    def notes(self, conversation: Conversation) -> list[Message]:
        """Private notes, oldest first."""
        with self.changed:
            return [m for m in conversation.messages if m.private]

    def delivery_of(self, message: Message) -> Delivery:
        """The ``message_created`` delivery of a message."""
        with self.changed:
            return next(
                d
                for d in self.outbox.deliveries
                if d.message is message and d.event == "message_created"
            )

    def idle(self) -> bool:
        """Whether every webhook queued so far has ended."""
        with self.changed:
            return all(delivery.done for delivery in self.outbox.deliveries)

    def fail_next(self, fault: Fault) -> None:
        """Plan trouble for the REST API."""
        self.faults.add(fault)

    # -- joints -------------------------------------------------------------------------------

    def _arrived(self, message: Message) -> Message:
        self.arrivals[message.id] = time.monotonic()
        self.changed.notify_all()
        return message

    def _emit(
        self,
        conversation: Conversation,
        event: str,
        payload: dict[str, Any],
        message: Message | None,
        copies: int,
    ) -> None:
        bot = conversation.inbox.bot
        if bot is not None and bot.outgoing_url:
            self.outbox.enqueue(self.outbox.build(bot, event, payload, message), copies)

    def _delivery_done(self, delivery: Delivery) -> None:
        with self.changed:
            if not delivery.delivered and delivery.message and delivery.event in MESSAGE_EVENTS:
                self.desk.open_after_bot_failure(delivery.message.conversation)
            self.changed.notify_all()
