"""What was asked last of each record, while requests about it are under way.

Embedding takes seconds, in which a later request may delete the record or bring a newer text.
Before points change, a request therefore asks whether what it wants is still what was asked last.
Several requests may want the same, as when a sender lost its patience and asks again: all stand.

In this process only: replicas on one Qdrant server do not know each other's requests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ..contracts import KnowledgeItem
from . import names

Wish = KnowledgeItem | None
"""The record's content; ``None`` when nothing of it is to be stored."""
Key = tuple[str, int]
"""A record's model and id."""


@dataclass(slots=True)
class _Asked:
    last: Wish
    requests: int = 0


class Wishes:
    """Remembers a record from the first to the last of the requests that overlap on it."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, str, Key], _Asked] = {}

    def __len__(self) -> int:
        return len(self._asked)

    @contextmanager
    def asked(self, alias: str, origin: str, wanted: Mapping[Key, Wish]) -> Iterator[None]:
        """Enter on a request's arrival, leave when it is answered or given up."""
        for key, wish in wanted.items():
            entry = self._asked.setdefault((alias, origin, key), _Asked(wish))
            entry.last = wish
            entry.requests += 1
        try:
            yield
        finally:
            for key in wanted:
                entry = self._asked[alias, origin, key]
                entry.requests -= 1
                if not entry.requests:
                    del self._asked[alias, origin, key]

    def stands(self, alias: str, origin: str, key: Key, wish: Wish) -> bool:
        """Whether ``wish`` is what was asked last. Only for requests that are under way."""
        return self._asked[alias, origin, key].last == wish

    def purged(self, account_id: int, origin: str) -> None:
        """From now on nothing that is under way is wanted any more."""
        for (alias, sender, _key), entry in self._asked.items():
            if sender == origin and names.account_of(alias) == account_id:
                entry.last = None
