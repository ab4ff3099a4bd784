"""``knowledge_index``: texts indexed through the running runtime against bare batch encoding.

Both do the same texts with the same model and the same settings of its threads, each in a process
of its own, in turns and first by turns, so that a busy machine slows both. Ours includes HTTP,
cutting, word vectors, writing and reading back; texts are sent as Odoo's bulk jobs send them. The
baseline has the batch size that is the faster one here.

The same encoder differs by a tenth from one process to the next, so several pairs of processes are
measured. The rows show the pairs with the median, the smallest and the greatest ratio.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from statistics import median

from agent_runtime.client import RuntimeClient
from agent_runtime.contracts import KnowledgeItem
from agent_runtime.crews import environment
from agent_runtime.knowledge.profiles import PACKAGED

from .knowledge_runtime import running_runtime
from .knowledge_texts import SENT_AT_ONCE, batches, item, receipt_of
from .rows import Row

PAIRS = 5
ROUNDS = 8
"""Rounds of a pair of processes."""
TEXTS = SENT_AT_ONCE
"""Texts a round, of 20 to 60 words."""
BATCH_SIZES = (8, 32)
"""The first is ours, the second the library's default."""


def measure() -> list[Row]:
    """Texts a second; the baseline is sentence-transformers' ``encode`` of a round's texts."""
    pairs = sorted((_pair() for _ in range(PAIRS)), key=lambda row: row.ratio or 0.0)
    chosen = {"": len(pairs) // 2, "_least": 0, "_most": -1}
    return [replace(pairs[n], name=f"knowledge_index{end}") for end, n in chosen.items()]


def _pair() -> Row:
    ours, bare = list[float](), list[float]()
    with running_runtime() as client, _encoder() as encoder:
        _index(client, _texts(0))  # warms up, as the trial of the sizes does
        size = min(BATCH_SIZES, key=lambda size: _encode(encoder, _texts(0), size))
        for number in range(1, ROUNDS + 1):
            items = _texts(number)
            if number % 2:
                bare.append(_encode(encoder, items, size))
                ours.append(_index(client, items))
            else:
                ours.append(_index(client, items))
                bare.append(_encode(encoder, items, size))
    return Row("knowledge_index", TEXTS / median(ours), "texts/s", TEXTS / median(bare))


def _texts(number: int) -> list[KnowledgeItem]:
    return [item(number * TEXTS + n) for n in range(TEXTS)]


def _index(client: RuntimeClient, items: list[KnowledgeItem]) -> float:
    begun = time.perf_counter()
    for part in batches(items, SENT_AT_ONCE):
        receipt = receipt_of(client, "products", part, "bulk")
        if receipt.embedded != len(part):
            raise RuntimeError("not every text was embedded")
    return time.perf_counter() - begun


def _encode(encoder: Connection, items: list[KnowledgeItem], size: int) -> float:
    encoder.send(([f"{entry.title}\n{entry.text}" for entry in items], size))
    return encoder.recv()


@contextmanager
def _encoder() -> Iterator[Connection]:
    """A fresh process that encodes what it is sent, with a batch size, and answers the seconds."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,))
    process.start()
    there.close()
    try:
        yield here
    finally:
        here.close()  # ends it
        process.join(30)


def _serve(requests: Connection) -> None:
    for name, value in environment.SHARING.items():
        os.environ.setdefault(name, value)
    from agent_runtime.knowledge.embedder import open_model

    model = open_model(PACKAGED)
    while True:
        try:
            texts, size = requests.recv()
        except EOFError:
            return
        begun = time.perf_counter()
        model.encode(texts, batch_size=size, normalize_embeddings=True, show_progress_bar=False)
        requests.send(time.perf_counter() - begun)
