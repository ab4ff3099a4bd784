"""``webhook_ingest``: the webhook against a minimal Odoo route that inserts one record.

Both are served by the same Odoo in the same run, in turns, so that a busy machine slows both.
The requests are made and signed beforehand: the sender shares the machine with the server.
The events are authentic messages in a conversation that a person has taken: each costs
signature, directory, row and wake-up, and the jobs then find nothing to answer.
"""

from __future__ import annotations

import itertools
import queue
import time
import uuid

import requests

from demo.chatwoot_double.outbox import webhook_headers
from demo.chatwoot_double.payloads import message_event
from demo.chatwoot_double.wire import rails_json
from demo.stage import Stage

from .load import Load, run
from .rows import Row, percentile

ROUNDS = 3
SECONDS = 6.0
PREPARED = 6_000
"""Deliveries a round, more than a server here takes in."""
FIRST_ID = 10_000_000
"""Message ids far above those that the double gives."""


def measure(stage: Stage) -> list[Row]:
    """Requests a second and the 99th percentile, in milliseconds."""
    staged = stage.tenants["patas"]
    webhook, minimal = _Webhook(stage), _minimal(stage, staged.database)
    webhook.prepare(PREPARED)
    for warm in (webhook, minimal):
        run(warm, 1.0)
    ours: list[Load] = []
    theirs: list[Load] = []
    for _ in range(ROUNDS):
        theirs.append(run(minimal, SECONDS))
        webhook.prepare(PREPARED)
        ours.append(run(webhook, SECONDS))
    return [
        Row("webhook_ingest", _mean(ours), "requests/s", _mean(theirs)),
        Row("webhook_ingest_p99", _p99(ours), "ms", _p99(theirs)),
    ]


class _Webhook:
    """Sends one prepared delivery a call."""

    def __init__(self, stage: Stage) -> None:
        staged = stage.tenants["patas"]
        contact = stage.double.add_contact(staged.tenant.account_id, "Carga")
        inbox = staged.inboxes["web"]
        message = stage.double.customer_says(staged.tenant.account_id, inbox, contact, "Olá")
        stage.double.attendant_takes(message.conversation, staged.user)
        stage.double.wait_for(stage.double.idle, 30)
        self._event = message_event("message_created", message)
        self._ids = itertools.count(FIRST_ID)
        self._url, self._secret = staged.webhook_url, staged.bot.secret
        self._ready: queue.SimpleQueue[tuple[bytes, dict[str, str]]] = queue.SimpleQueue()

    def prepare(self, count: int) -> None:
        """Have ``count`` deliveries ready; what is left of earlier ones is too old to be sent."""
        self._ready = queue.SimpleQueue()
        for _ in range(count):
            body = rails_json({**self._event, "id": next(self._ids)})
            now = int(time.time())
            self._ready.put((body, webhook_headers(self._secret, body, str(uuid.uuid4()), now)))

    def __call__(self, session: requests.Session) -> requests.Response:
        body, headers = self._ready.get_nowait()
        return session.post(self._url, data=body, headers=headers, timeout=30)


def _minimal(stage: Stage, database: str):
    url = f"{stage.odoo.url}/bench/minimal"
    body = b'{"content": "x"}'
    headers = {"X-Odoo-Database": database, "Content-Type": "application/json"}

    def send(session: requests.Session) -> requests.Response:
        return session.post(url, data=body, headers=headers, timeout=30)

    return send


def _mean(loads: list[Load]) -> float:
    return sum(load.per_second for load in loads) / len(loads)


def _p99(loads: list[Load]) -> float:
    return 1000 * percentile([second for load in loads for second in load.seconds], 0.99)
