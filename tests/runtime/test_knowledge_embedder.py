"""The packaged model: found without a hub, unit vectors, one encoding for one question."""

from __future__ import annotations

import asyncio
import math

import pytest

from agent_runtime.knowledge import embedder
from agent_runtime.knowledge.embedder import SentenceTransformerEmbedder
from agent_runtime.knowledge.errors import EmbedderUnavailable


def test_the_packaged_model_needs_no_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    # Whatever the model tried to fetch would go to a port where nobody listens.
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def play() -> None:
        embedder = SentenceTransformerEmbedder()
        assert not embedder.loaded
        with pytest.raises(EmbedderUnavailable):
            _ = embedder.size
        await asyncio.gather(embedder.load(), embedder.load())
        assert embedder.size == 384
        assert embedder.slug == "all-minilm-l6-v2"
        assert embedder.vector_name == "fast-all-minilm-l6-v2"
        one, same, other = await embedder.embed_passages(["ração", "ração", "dentista"])
        assert math.isclose(sum(value * value for value in one), 1.0, abs_tol=1e-4)
        assert one == pytest.approx(same, abs=1e-5)
        assert sum(a * b for a, b in zip(one, other, strict=True)) < 0.95
        encoded = []
        whole = embedder._encode
        embedder._encode = lambda prefix, texts: encoded.append(texts) or whole(prefix, texts)
        vectors = await asyncio.gather(*(embedder.embed_query("ração") for _ in range(5)))
        assert vectors[0] == pytest.approx(one, abs=1e-5)
        assert encoded == [["ração"]]
        await embedder.close()

    asyncio.run(play())


def test_an_unknown_model_is_named_with_the_remedy() -> None:
    async def play() -> None:
        embedder = SentenceTransformerEmbedder("/no/such/folder")
        with pytest.raises(EmbedderUnavailable, match="AGENT_RUNTIME_EMBEDDER"):
            await embedder.load()
        await embedder.close()

    asyncio.run(play())


def test_a_question_is_read_as_far_as_models_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy

    seen: list[int] = []

    class Model:
        def encode(self, texts: list[str], **_options: object) -> numpy.ndarray:
            seen.extend(map(len, texts))
            return numpy.ones((len(texts), 2))

    monkeypatch.setattr(embedder, "open_model", lambda _name: Model())

    async def play() -> None:
        reader = SentenceTransformerEmbedder()
        await reader.embed_query("posso trocar? " * 200_000)
        await reader.close()

    asyncio.run(play())
    assert seen == [4000]
