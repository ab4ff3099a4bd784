"""Sending webhooks as Sidekiq does: concurrently, unordered; only an AgentBot's are retried."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import requests

from .state import Bot, Message, Webhook
from .wire import rails_json, signature

TIMEOUT = 5
"""Chatwoot's default patience in seconds, for connecting and for reading."""
RETRIED = (429, 500)
ATTEMPTS = 3


@dataclass(eq=False)
class Delivery:
    """One event on its way to one receiver; the id stays the same over its attempts."""

    target: Bot | Webhook
    event: str
    make: Callable[[], dict[str, Any]] = field(repr=False)
    """Makes the payload from what the double knows at that moment."""
    message: Message | None = None
    delivery_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    statuses: list[int | str] = field(default_factory=list)
    """Status code, or the kind of network error, of each attempt."""
    first_sent_at: float | None = None
    """Monotonic time at which the first attempt left."""
    seconds: float | None = None
    """How long the last attempt took."""
    running: int = 0
    """Copies that have been queued and have not ended."""

    @cached_property
    def body(self) -> bytes:
        """Made when it is first asked for; every attempt sends the same."""
        return rails_json(self.make())

    @property
    def done(self) -> bool:
        """Whether every copy has ended."""
        return bool(self.statuses) and not self.running

    @property
    def delivered(self) -> bool:
        """Whether the last attempt was answered with success."""
        last = self.statuses[-1] if self.statuses else None
        return isinstance(last, int) and 200 <= last < 300


def webhook_headers(secret: str, body: bytes, delivery_id: str, timestamp: int) -> dict[str, str]:
    """The header trio, for a body signed at ``timestamp`` (unix seconds)."""
    return {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "X-Chatwoot-Delivery": delivery_id,
        "X-Chatwoot-Timestamp": str(timestamp),
        "X-Chatwoot-Signature": signature(secret, str(timestamp), body),
    }


class Outbox:
    """The worker pool; ``on_done`` learns of every copy of a delivery that has ended.

    ``rows`` is the lock under which payloads are made.
    """

    def __init__(
        self,
        on_done: Callable[[Delivery], None],
        rows: AbstractContextManager[Any],
        retry_delay: float = 3.0,
    ) -> None:
        self.on_done = on_done
        self._rows = rows
        self.retry_delay = retry_delay
        self.deliveries: list[Delivery] = []
        self.held: list[Delivery] | None = None
        """While a list: what would be sent now is put there instead."""
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(max_workers=10, thread_name_prefix="chatwoot-webhook")
        self._local = threading.local()

    @staticmethod
    def build(
        target: Bot | Webhook,
        event: str,
        make: Callable[[], dict[str, Any]],
        message: Message | None,
    ) -> Delivery:
        """A bot's payload shows the moment of the event, an account webhook's that of leaving."""
        delivery = Delivery(target, event, make, message)
        if isinstance(target, Bot):
            _ = delivery.body
        return delivery

    def enqueue(self, delivery: Delivery, copies: int = 1) -> None:
        """Queue a delivery; ``copies`` > 1 sends the very same one that often at once."""
        if self.held is not None:
            self.held.append(delivery)
            return
        self.deliveries.append(delivery)
        delivery.running += copies
        for _ in range(copies):
            self._pool.submit(self._run, delivery)

    def stop(self) -> None:
        """Drop what waits and let running attempts end."""
        self._stopping.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, delivery: Delivery) -> None:
        with self._rows:
            _ = delivery.body
        attempts = ATTEMPTS if isinstance(delivery.target, Bot) else 1
        for attempt in range(1, attempts + 1):
            status = self._attempt(delivery)
            delivery.statuses.append(status)
            if status not in RETRIED or attempt == attempts:
                break
            if self._stopping.wait(self.retry_delay):
                return
        with self._rows:
            delivery.running -= 1
            self.on_done(delivery)

    def _attempt(self, delivery: Delivery) -> int | str:
        # The timestamp belongs to the attempt, so a retry carries a signature of its own.
        headers = webhook_headers(
            delivery.target.secret, delivery.body, delivery.delivery_id, int(time.time())
        )
        started = time.monotonic()
        if delivery.first_sent_at is None:
            delivery.first_sent_at = started
        try:
            answer = self._session().post(
                delivery.target.outgoing_url, data=delivery.body, headers=headers, timeout=TIMEOUT
            )
        except requests.RequestException as error:
            return type(error).__name__
        finally:
            delivery.seconds = time.monotonic() - started
        return answer.status_code

    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = requests.Session()
            # A proxy of the environment must not get between two local processes.
            self._local.session.trust_env = False
        return self._local.session
