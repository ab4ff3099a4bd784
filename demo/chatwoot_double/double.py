"""The double itself: administration, what people do, waiting, and the server's life."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from .desk import Desk
from .faults import Fault, FaultPlan
from .outbox import Delivery, Outbox
from .people_actions import PeopleActions
from .server import RestServer
from .state import Account, Bot, Contact, Conversation, Inbox, Message, Team, User, Webhook

VERSION = "4.15.1"
MESSAGE_EVENTS = ("message_created", "message_updated")
CONVERSATION_EVENTS = ("conversation_status_changed", "conversation_updated")
BOT_EVENTS = (
    *MESSAGE_EVENTS, *CONVERSATION_EVENTS, "conversation_opened", "conversation_resolved",
)  # fmt: skip
WEBHOOK_EVENTS = (*MESSAGE_EVENTS, *CONVERSATION_EVENTS, "conversation_created")
"""What an account webhook is subscribed to unless told otherwise."""


class ChatwootDouble(PeopleActions):
    """A running Chatwoot. ``port=0`` takes a free one; ``retry_delay`` is 3 s in the original.

    ``version`` may be set at any time; what bots may do and who is the assignee of their
    conversations depends on it. Every change wakes :meth:`wait_for`, so that a script waits for
    what it wants to see and never for a time.
    """

    def __init__(self, port: int = 0, host: str = "127.0.0.1", retry_delay: float = 3.0) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.accounts: dict[int, Account] = {}
        self.faults = FaultPlan()
        self.arrivals: dict[int, float] = {}
        self.read_before: dict[int, float | None] = {}
        """When the conversation had last been read, by the id of each message made over REST."""
        self._ids = {
            kind: itertools.count(start)
            for kind, start in (
                ("user", 4), ("bot", 7), ("webhook", 9), ("inbox", 31), ("contact", 55), ("team", 2)
            )
        }  # fmt: skip
        self.outbox = Outbox(self._delivery_done, self.changed, retry_delay)
        self.desk = Desk(self._emit)
        self.version = VERSION
        self.webhook_secrets: list[str] = []
        """Those of all account webhooks there have ever been."""
        self.platform_token = secrets.token_urlsafe(18)
        """A platform app's, which opens nothing here."""
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

    @property
    def version(self) -> str:
        """What ``GET /api`` tells."""
        return self._version

    @version.setter
    def version(self, value: str) -> None:
        self._version = value
        self.desk.bots_are_assigned = self.version_number >= (4, 16, 0)

    @property
    def version_number(self) -> tuple[int, ...]:
        """The version as numbers that compare."""
        return tuple(int(part) for part in self._version.split("."))

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

    def add_webhook(
        self, account_id: int, url: str, subscriptions: tuple[str, ...] = WEBHOOK_EVENTS
    ) -> Webhook:
        """Register an account webhook; its secret is its own."""
        webhook = Webhook(next(self._ids["webhook"]), account_id, "Odoo", url, subscriptions)
        self.accounts[account_id].webhooks.append(webhook)
        self.webhook_secrets.append(webhook.secret)
        return webhook

    def add_team(self, account_id: int, name: str) -> Team:
        """Create a team."""
        team = Team(next(self._ids["team"]), name)
        self.accounts[account_id].teams.append(team)
        return team

    def add_inbox(
        self, account_id: int, name: str, channel: str, bot: Bot | None = None, **values: Any
    ) -> Inbox:
        """Create an inbox and attach the bot; ``values`` are further fields of :class:`Inbox`."""
        inbox = Inbox(next(self._ids["inbox"]), account_id, name, channel, bot, **values)
        self.accounts[account_id].inboxes[inbox.id] = inbox
        return inbox

    def add_contact(self, account_id: int, name: str, **values: Any) -> Contact:
        """Create a customer; ``values`` are fields of :class:`Contact`."""
        number = next(self._ids["contact"])
        values.setdefault("phone_number", f"+55119{number:08d}")
        values.setdefault("email", f"cliente{number}@example.test")
        contact = self.accounts[account_id].contacts[number] = Contact(number, name, **values)
        return contact

    # -- deliveries ---------------------------------------------------------------------------

    def redeliver(self, delivery: Delivery, copies: int = 1) -> Delivery:
        """Send the bytes of an earlier delivery again, as a new one (a logical duplicate)."""
        with self.changed:
            again = Delivery(delivery.target, delivery.event, delivery.make, delivery.message)
            again.body = delivery.body
            self.outbox.enqueue(again, copies)
        return again

    @contextmanager
    def holding_back(self) -> Iterator[list[Delivery]]:
        """Send no webhooks in the block; yields what would have left, for :meth:`release`.

        What is not released is lost, as when Chatwoot's workers are killed.
        """
        with self.changed:
            held = self.outbox.held = []
        try:
            yield held
        finally:
            with self.changed:
                self.outbox.held = None

    def release(self, deliveries: Iterable[Delivery]) -> None:
        """Send what was held back, in this order."""
        with self.changed:
            for delivery in deliveries:
                self.outbox.enqueue(delivery)

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

    def _emit(
        self,
        conversation: Conversation,
        event: str,
        make: Callable[[], dict[str, Any]],
        message: Message | None,
        copies: int,
    ) -> None:
        def of_this_version() -> dict[str, Any]:
            payload = make()
            if self.version_number < (4, 14, 2):
                del payload.get("conversation", payload)["account"]
            return payload

        for target in self._receivers(conversation, event):
            delivery = self.outbox.build(target, event, of_this_version, message)
            self.outbox.enqueue(delivery, copies)

    def _receivers(self, conversation: Conversation, event: str) -> list[Bot | Webhook]:
        """The inbox's bot and the assigned one, each once, and who subscribed to the event."""
        found: list[Bot | Webhook] = []
        if event in BOT_EVENTS:
            for bot in (conversation.inbox.bot, conversation.assignee):
                if isinstance(bot, Bot) and bot.outgoing_url and bot not in found:
                    found.append(bot)
        hooks = conversation.account.webhooks
        return found + [hook for hook in hooks if event in hook.subscriptions]

    def _delivery_done(self, delivery: Delivery) -> None:
        with self.changed:
            judged = isinstance(delivery.target, Bot) and delivery.event in MESSAGE_EVENTS
            if judged and delivery.message and not delivery.delivered:
                self.desk.open_after_bot_failure(delivery.message.conversation)
            self.changed.notify_all()
