"""What the store holds of this database, and where it differs from what Odoo believes.

Plain code without Odoo.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from agent_runtime.client import RuntimeClient
from agent_runtime.contracts import KnowledgeInventory

from .receipts import Key


class Stored(NamedTuple):
    """All passages of one record."""

    points: int
    content_hash: str | None
    """``None`` when the passages are not all of one writing."""


class Known(NamedTuple):
    """What Odoo believes about one record; ``confirmed`` is the moment the store was last read."""

    binding_id: int
    key: Key
    state: str
    content_hash: str | None
    points: int
    confirmed: datetime | None


class Differences(NamedTuple):
    """``orphans``: stored, but unknown to Odoo. ``stale``: bindings the store does not confirm."""

    orphans: list[Key]
    stale: list[int]


def read_inventory(
    client: RuntimeClient, account_id: int, collection: str, origin: str
) -> dict[Key, Stored]:
    """Everything ``origin`` has in a collection, by record; page by page."""
    seen: dict[Key, tuple[set[int], set[tuple[str, int]]]] = {}
    after: str | None = None
    while True:
        page = client.inventory(
            KnowledgeInventory(
                account_id=account_id, collection=collection, origin=origin, after=after
            )
        )
        for point in page.points:
            passages, writings = seen.setdefault((point.model, point.record_id), (set(), set()))
            passages.add(point.chunk)
            writings.add((point.content_hash, point.chunks))
        after = page.next
        if after is None:
            return {key: _whole(*parts) for key, parts in seen.items()}


def differences(
    stored: dict[Key, Stored], known: Iterable[Known], read_at: datetime
) -> Differences:
    """Compare, leaving out what has been confirmed after ``read_at`` or is still under way."""
    orphans = set(stored)
    stale = []
    for binding in known:
        orphans.discard(binding.key)
        if binding.state != "indexed" or binding.confirmed is None or binding.confirmed >= read_at:
            continue
        if stored.get(binding.key) != Stored(binding.points, binding.content_hash):
            stale.append(binding.binding_id)
    return Differences(sorted(orphans), stale)


def _whole(passages: set[int], writings: set[tuple[str, int]]) -> Stored:
    content_hash, total = next(iter(writings))
    complete = len(writings) == 1 and len(passages) == total
    return Stored(len(passages), content_hash if complete else None)
