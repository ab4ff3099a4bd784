"""What becomes of ranked passages before they are shown: no text twice, no record alone, and
where it is asked for the chunks beside each. Pure code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from .chunking import joined

ChunkKey = tuple[str, int, int]
"""A chunk's model, record id and number."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A found chunk. ``metadata`` as stored (see :func:`points.metadata`)."""

    document: str
    metadata: dict[str, Any]
    score: float
    """0 to 1."""

    @property
    def key(self) -> ChunkKey:
        """Which chunk it is."""
        data = self.metadata
        return data["model"], data["record_id"], data["chunk"]


def spread(passages: list[Passage], limit: int, per_record: int) -> list[Passage]:
    """The best ``limit``, without repeated texts; no long record fills the whole answer.

    A text counts once however many records hold it. The name is part of what is said: "Yes." of
    two questions are two texts.
    """
    records: Counter[tuple[str, int]] = Counter()
    texts: set[tuple[str, str]] = set()
    result = []
    for passage in passages:
        data = passage.metadata
        text = _plain(data["title"]), _plain(passage.document)
        record = data["model"], data["record_id"]
        if text in texts or records[record] >= per_record:
            continue
        texts.add(text)
        records[record] += 1
        result.append(passage)
    return result[:limit]


def beside(passages: list[Passage]) -> set[ChunkKey]:
    """The chunks before and after each passage, without those that are in hand."""
    wanted = set()
    for passage in passages:
        model, record_id, chunk = passage.key
        numbers = range(max(chunk - 1, 0), min(chunk + 2, passage.metadata["chunks"]))
        wanted |= {(model, record_id, number) for number in numbers}
    return wanted - {passage.key for passage in passages}


def widened(passages: list[Passage], around: Mapping[ChunkKey, dict[str, Any]]) -> list[Passage]:
    """Each passage with its neighbours' text, in the record's order; no chunk is told twice.

    A neighbour of another write than the passage's is left out: the record has just changed.
    """
    texts = {passage.key: passage.document for passage in passages}
    told: set[ChunkKey] = set()
    result = []
    for passage in passages:
        if passage.key in told:
            continue
        model, record_id, chunk = passage.key
        keys = [(model, record_id, number) for number in (chunk - 1, chunk, chunk + 1)]
        parts = []
        for key in keys:
            if key in told:
                continue
            if key in texts:
                parts.append(texts[key])
            elif key in around and _same_write(around[key], passage):
                parts.append(around[key]["document"])
            else:
                continue
            told.add(key)
        result.append(replace(passage, document=joined(parts)))
    return result


def _same_write(payload: dict[str, Any], passage: Passage) -> bool:
    return payload["metadata"]["content_hash"] == passage.metadata["content_hash"]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
