"""An embedder without a model: texts that share words are similar. Counts its work."""

from __future__ import annotations

import math
from hashlib import blake2b

from agent_runtime.knowledge.lanes import Lane
from agent_runtime.knowledge.profiles import Profile
from agent_runtime.knowledge.words import content_words, stem


class WordEmbedder:
    def __init__(self, slug: str = "words", size: int = 512) -> None:
        self.slug = slug
        self.size = size
        self.profile = Profile(dense_weight=0.3, unrelated=0.1, certain=0.9)
        self.embedded: list[str] = []

    async def load(self) -> None:
        return

    async def close(self) -> None:
        return

    async def embed_passages(
        self, texts: list[str], lane: Lane = Lane.LIVE, account_id: int = 0
    ) -> list[list[float]]:
        self.embedded += texts
        return [self._vector(text) for text in texts]

    async def embed_query(self, text: str) -> list[float]:
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * self.size
        for word in content_words(text):
            digest = blake2b(stem(word).encode(), digest_size=2).digest()
            vector[int.from_bytes(digest, "big") % self.size] += 1.0
        length = math.hypot(*vector) or 1.0
        return [value / length for value in vector]
