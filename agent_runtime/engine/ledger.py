"""Everything a turn has read so far, by whichever way it was read."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from ..evidence import Evidence
from .commands import without_orders


class Ledger:
    """Evidence of one turn. Written from the event loop and from CrewAI's threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pieces: dict[tuple[str, str], Evidence] = {}
        self._queries: list[str] = []
        self._failures: list[str] = []

    def add(self, pieces: Iterable[Evidence]) -> None:
        """Keep evidence, without orders in it; the same text of the same record counts once, with
        what any reading knows of it."""
        with self._lock:
            for piece in map(without_orders, pieces):
                known = self._pieces.setdefault((piece.reference, piece.text), piece)
                if piece.data.keys() - known.data.keys():
                    data = {**piece.data, **known.data}
                    self._pieces[piece.reference, piece.text] = known.model_copy(
                        update={"data": data}
                    )

    def retract(self, pieces: Iterable[Evidence]) -> None:
        """Take evidence back that holds no longer."""
        with self._lock:
            for piece in map(without_orders, pieces):
                self._pieces.pop((piece.reference, piece.text), None)

    def searched(self, tool: str, query: str, found: Iterable[Evidence]) -> None:
        """Note a query that was made and keep what it found."""
        with self._lock:
            self._queries.append(f"{tool}: {query}")
        self.add(found)

    def failed(self, what: str, error: BaseException) -> None:
        """Note a reading that did not come about."""
        with self._lock:
            self._failures.append(f"{what}: {type(error).__name__}")

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence, in the order it was found."""
        with self._lock:
            return tuple(self._pieces.values())

    @property
    def queries(self) -> tuple[str, ...]:
        """Queries made, ``tool: query``."""
        with self._lock:
            return tuple(self._queries)

    @property
    def failures(self) -> tuple[str, ...]:
        """Readings that failed, ``what: error class``."""
        with self._lock:
            return tuple(self._failures)
