"""The runtime's part of synchronising: an edit beside mass work, unchanged texts, the nightly look.

One run of three measurements over the runtime's HTTP API, without Odoo (for the whole way see
``odoo_live_edit``), on the same 10,000 short texts (4 words, two collections of 5,000, which is
what the embedded store is good for):

- ``runtime_live_during_bulk``: while they are indexed in the bulk lane, one promotion after the
  other is changed in the live lane and searched for until its new text is found;
- ``runtime_resync``: then all are sent again, unchanged, as many at once as the API takes;
- ``runtime_inventory``: then all points of one collection are listed and compared. With a
  ``QDRANT_URL`` that collection has 50,000 points, which take minutes to write.
"""

from __future__ import annotations

import threading
import time

from agent_runtime.client import RuntimeClient
from agent_runtime.contracts import (
    KnowledgeInventory,
    KnowledgeItem,
    KnowledgeSearch,
    StoredPoint,
)

from .knowledge_runtime import ACCOUNT, ON_SERVER, ORIGIN, running_runtime
from .knowledge_texts import SENT_AT_ONCE, batches, item, receipt_of
from .rows import Row, percentile

COLLECTIONS = ("products", "support_documents")
RECORDS = 5_000
"""Short texts in each collection."""
ON_A_SERVER = 50_000
RESENT_AT_ONCE = 100
WORDS = 4
PAUSE = 0.5
"""Seconds between two edits: an owner types."""
PATIENCE = 60


def measure() -> list[Row]:
    """The rows; times in seconds."""
    with running_runtime() as client:
        rows = [_live_during_bulk(client), *_resync(client)]
        return [*rows, _reconcile(client)]


def _texts(count: int = RECORDS) -> list[KnowledgeItem]:
    return [item(number, WORDS) for number in range(count)]


def _live_during_bulk(client: RuntimeClient) -> Row:
    failures: list[Exception] = []

    def bulk() -> None:
        try:
            for collection in COLLECTIONS:
                for items in batches(_texts(), SENT_AT_ONCE):
                    receipt_of(client, collection, items, "bulk")
        except Exception as error:
            failures.append(error)

    taken: list[float] = []
    sending = threading.Thread(target=bulk)
    sending.start()
    while sending.is_alive():
        taken.append(_edit(client, len(taken)))
        time.sleep(PAUSE)
    sending.join()
    if failures:
        raise failures[0]
    return Row("runtime_live_during_bulk_p95", percentile(taken, 0.95), "s")


def _edit(client: RuntimeClient, number: int) -> float:
    """Seconds from a changed promotion until a search finds the change."""
    word = f"girafa{number}"
    changed = KnowledgeItem(
        model="business.temporary.rule",
        record_id=1,
        title="Promoção",
        text=f"Desconto em {word}.",
        content_hash=word,
    )
    question = KnowledgeSearch(account_id=ACCOUNT, collection="business_rules", query=word)
    begun = time.perf_counter()
    receipt_of(client, "business_rules", [changed])
    while not any(word in hit.text for hit in client.search(question).hits):
        if time.perf_counter() - begun > PATIENCE:
            raise RuntimeError("a changed promotion is not found")
    return time.perf_counter() - begun


def _resync(client: RuntimeClient) -> list[Row]:
    embedded = 0
    begun = time.perf_counter()
    for collection in COLLECTIONS:
        for items in batches(_texts(), RESENT_AT_ONCE):
            embedded += receipt_of(client, collection, items, "bulk").embedded
    taken = time.perf_counter() - begun
    return [
        Row("runtime_resync", taken, "s"),
        Row("runtime_resync_embedded", embedded, "texts"),
    ]


def _reconcile(client: RuntimeClient) -> Row:
    collection, items = COLLECTIONS[0], _texts()
    if ON_SERVER:
        items = _texts(ON_A_SERVER)
        for part in batches(items[RECORDS:], RESENT_AT_ONCE):
            receipt_of(client, collection, part, "bulk")
    expected = {(entry.model, entry.record_id): entry.content_hash for entry in items}
    begun = time.perf_counter()
    listed = _listed(client, collection)
    stored = {(point.model, point.record_id): point.content_hash for point in listed}
    taken = time.perf_counter() - begun
    if stored != expected or len(listed) != len(expected):
        raise RuntimeError("the store does not hold what was sent")
    return Row(f"runtime_inventory_{len(listed)}", taken, "s")


def _listed(client: RuntimeClient, collection: str) -> list[StoredPoint]:
    listed: list[StoredPoint] = []
    after = None
    while True:
        page = client.inventory(
            KnowledgeInventory(
                account_id=ACCOUNT, collection=collection, origin=ORIGIN, after=after
            )
        )
        listed += page.points
        if (after := page.next) is None:
            return listed
