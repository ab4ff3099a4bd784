"""``knowledge_index``: texts indexed through the running runtime against bare batch encoding.

Both do the same texts with the same model, in turns, so that a busy machine slows both. Ours
includes HTTP, cutting, word vectors, writing and reading back.
"""

from __future__ import annotations

import time

from agent_runtime.knowledge.profiles import PACKAGED

from .knowledge_runtime import running_runtime
from .knowledge_texts import SENT_AT_ONCE, batches, item, receipt_of
from .rows import Row

ROUNDS = 6
SECONDS = 150
"""After so long no further round begins; on two idle cores all rounds take less."""
TEXTS = 6 * SENT_AT_ONCE
"""Texts a round, of 20 to 60 words."""


def measure() -> list[Row]:
    """Texts a second; the baseline is sentence-transformers' ``encode`` of a round's texts."""
    from agent_runtime.knowledge.embedder import open_model

    model = open_model(PACKAGED)
    ours = bare = 0.0
    with running_runtime() as client:
        until = time.perf_counter() + SECONDS
        rounds = 0
        for number in range(ROUNDS + 1):
            if rounds and time.perf_counter() > until:
                break
            items = [item(number * TEXTS + n) for n in range(TEXTS)]
            begun = time.perf_counter()
            model.encode(
                [f"{entry.title}\n{entry.text}" for entry in items],
                batch_size=32,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            encoded = time.perf_counter()
            for part in batches(items, SENT_AT_ONCE):
                receipt = receipt_of(client, "products", part)
                if receipt.embedded != SENT_AT_ONCE:
                    raise RuntimeError("not every text was embedded")
            if number:  # the first round warms both up
                bare += encoded - begun
                ours += time.perf_counter() - encoded
                rounds += 1
    texts = rounds * TEXTS
    return [Row("knowledge_index", texts / ours, "texts/s", texts / bare)]
