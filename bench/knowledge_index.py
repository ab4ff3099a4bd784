"""``knowledge_index``: texts indexed through the running runtime against bare batch encoding.

Both do the same texts with the same model, in turns and first by turns, so that a busy machine
slows both. Ours includes HTTP, cutting, word vectors, writing and reading back; texts are sent as
Odoo's bulk jobs send them. The baseline has the batch size that is the faster one here. The rows
show the rounds with the median, the smallest and the greatest ratio: far apart, they tell of a
busy machine and of nothing else.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from agent_runtime.client import RuntimeClient
from agent_runtime.contracts import KnowledgeItem
from agent_runtime.knowledge.profiles import PACKAGED

from .knowledge_runtime import running_runtime
from .knowledge_texts import SENT_AT_ONCE, batches, item, receipt_of
from .rows import Row

ROUNDS = 9
SECONDS = 150
"""After so long no further round begins; on two idle cores all rounds take less."""
TEXTS = 4 * SENT_AT_ONCE
"""Texts a round, of 20 to 60 words."""
BATCH_SIZES = (8, 32)
"""The first is ours, the second the library's default."""


def measure() -> list[Row]:
    """Texts a second; the baseline is sentence-transformers' ``encode`` of a round's texts."""
    from agent_runtime.knowledge.embedder import open_model

    model = open_model(PACKAGED)
    rounds: list[Row] = []
    with running_runtime() as client:
        _round(model, client, 0, BATCH_SIZES[0])  # warms both up
        trial = [item(n) for n in range(TEXTS)]
        size = min(BATCH_SIZES, key=lambda size: _encode(model, trial, size))
        until = time.perf_counter() + SECONDS
        while len(rounds) < ROUNDS and (not rounds or time.perf_counter() < until):
            rounds.append(_round(model, client, len(rounds) + 1, size))
    rounds.sort(key=lambda row: row.ratio or 0.0)
    chosen = {"": len(rounds) // 2, "_least": 0, "_most": -1}
    return [replace(rounds[n], name=f"knowledge_index{end}") for end, n in chosen.items()]


def _round(model: Any, client: RuntimeClient, number: int, size: int) -> Row:
    items = [item(number * TEXTS + n) for n in range(TEXTS)]
    if number % 2:
        ours, bare = _index(client, items), _encode(model, items, size)
    else:
        bare, ours = _encode(model, items, size), _index(client, items)
    return Row("knowledge_index", TEXTS / ours, "texts/s", TEXTS / bare)


def _index(client: RuntimeClient, items: list[KnowledgeItem]) -> float:
    begun = time.perf_counter()
    for part in batches(items, SENT_AT_ONCE):
        receipt = receipt_of(client, "products", part, "bulk")
        if receipt.embedded != len(part):
            raise RuntimeError("not every text was embedded")
    return time.perf_counter() - begun


def _encode(model: Any, items: list[KnowledgeItem], size: int) -> float:
    texts = [f"{entry.title}\n{entry.text}" for entry in items]
    begun = time.perf_counter()
    model.encode(texts, batch_size=size, normalize_embeddings=True, show_progress_bar=False)
    return time.perf_counter() - begun
