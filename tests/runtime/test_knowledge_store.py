"""The knowledge service on the embedded store, with an embedder that counts its work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_runtime.contracts import KnowledgeReceipt
from agent_runtime.knowledge import names
from agent_runtime.knowledge.errors import ForeignOrigin, StoreBusy, StoreUnavailable
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.settings import Settings
from tests.doubles.knowledge_services import MODEL, ask, everything, item, records, upsert
from tests.doubles.mongo_stand_in import free_port
from tests.doubles.word_embedder import WordEmbedder

LONG = "\n\n".join(f"Parágrafo {n} fala de girafas. " + "palavra " * 90 for n in range(5))


@asynccontextmanager
async def service(folder: Path, slug: str = "words") -> AsyncIterator[KnowledgeService]:
    settings = Settings.from_environ(
        {"AGENT_RUNTIME_TOKEN": "t" * 32, "AGENT_RUNTIME_STATE_DIR": str(folder)}
    )
    knowledge = KnowledgeService(settings, WordEmbedder(slug))
    await knowledge.start()
    try:
        yield knowledge
    finally:
        await knowledge.close()


def hashes(receipt: KnowledgeReceipt) -> list[str | None]:
    return [entry.content_hash for entry in receipt.receipts]


def run(folder: Path, scenario, slug: str = "words") -> None:
    async def play() -> None:
        async with service(folder, slug) as knowledge:
            await scenario(knowledge)

    asyncio.run(play())


def test_what_was_written_is_found_and_the_receipt_is_read_back(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        receipt = await knowledge.upsert(
            upsert(item(1, "Entregamos aos sábados."), item(2, "Aceitamos Pix."))
        )
        assert receipt.collection == "7_support_documents"
        assert hashes(receipt) == ["hash of Entregamos aos sábados.", "hash of Aceitamos Pix."]
        assert [entry.points for entry in receipt.receipts] == [1, 1]
        assert await ask(knowledge, "vocês entregam no sábado?") == [1]
        assert await ask(knowledge, "aceita pix?") == [2]
        assert await ask(knowledge, "passagem aérea") == []
        assert await ask(knowledge, "   ") == []

    run(tmp_path, scenario)


def test_unchanged_content_is_not_embedded_again(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, "Entregamos aos sábados.")))
        embedded = len(knowledge.embedder.embedded)
        receipt = await knowledge.upsert(
            upsert(item(1, "Entregamos aos sábados.", version=2), item(2, "Aceitamos Pix."))
        )
        assert len(knowledge.embedder.embedded) == embedded + 1
        assert [entry.points for entry in receipt.receipts] == [1, 1]

    run(tmp_path, scenario)


def test_a_changed_validity_is_written_although_the_text_is_the_same(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, "Frete grátis.", "h")))
        past = datetime.now(UTC) - timedelta(hours=1)
        await knowledge.upsert(upsert(item(1, "Frete grátis.", "h", valid_until=past)))
        assert await ask(knowledge, "frete grátis") == []

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "promotion"},
        {"language": "en_US"},
        {"content_hash": "another"},
        {"attributes": {"colour": "azul"}},
        {"valid_until": datetime(2000, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_changed_label_is_written_without_embedding(tmp_path: Path, changed: dict) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        plain = {"type": "policy", "language": "pt_BR", "content_hash": "h"}
        await knowledge.upsert(upsert(item(1, LONG, **plain)))
        (before,) = (await everything(knowledge, 7)).values()
        embedded = len(knowledge.embedder.embedded)
        (receipt,) = (await knowledge.upsert(upsert(item(1, LONG, **plain | changed)))).receipts
        assert (receipt.content_hash, receipt.points) == (changed.get("content_hash", "h"), 5)
        (after,) = (await everything(knowledge, 7)).values()
        for one, other in zip(before, after, strict=True):
            stays = {"id": one["id"], "document": one["payload"]["document"]}
            assert stays == {"id": other["id"], "document": other["payload"]["document"]}
            assert one["vector"]["bm25"] == other["vector"]["bm25"]
            assert one["vector"]["fast-words"] == pytest.approx(other["vector"]["fast-words"])
            was, now = one["payload"]["metadata"], other["payload"]["metadata"]
            assert {key for key in now if now[key] != was[key]} == set(changed)
        assert len(knowledge.embedder.embedded) == embedded

    run(tmp_path, scenario)


def test_only_the_changed_passage_of_a_long_text_is_embedded(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, LONG)))
        embedded = len(knowledge.embedder.embedded)
        await knowledge.upsert(upsert(item(1, LONG.replace("Parágrafo 3", "Capítulo 3"))))
        assert len(knowledge.embedder.embedded) == embedded + 1
        # The title is part of what a passage is found by.
        await knowledge.upsert(upsert(item(1, LONG, title="Animais da savana")))
        assert len(knowledge.embedder.embedded) == embedded + 6

    run(tmp_path, scenario)


@pytest.mark.parametrize(("lost", "said"), [(0, None), (2, "incomplete"), (4, "incomplete")])
def test_a_record_that_lost_a_passage_is_not_whole_and_is_mended(
    tmp_path: Path, lost: int, said: str | None
) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, LONG), item(2, "Aceitamos Pix.")))
        (name,) = await knowledge.collections.of_account(7)
        doomed = names.point_id(7, MODEL, 1, lost)
        await knowledge.access.run(lambda client: client.delete(name, [doomed]))
        assert hashes(await knowledge.receipts(records(1))) == [said]
        assert hashes(await knowledge.upsert(upsert(item(1, LONG)))) == [f"hash of {LONG}"]
        assert hashes(await knowledge.receipts(records(1))) == [f"hash of {LONG}"]
        await knowledge.access.run(lambda client: client.delete(name, [doomed]))
        (receipt,) = (await knowledge.delete(records(1))).receipts
        assert (receipt.content_hash, receipt.points) == (None, 0)
        assert len((await everything(knowledge, 7))[name]) == 1

    run(tmp_path, scenario)


def test_a_request_repeated_while_it_runs_is_embedded_once(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        again = [knowledge.upsert(upsert(item(1, LONG))) for _ in range(3)]
        for receipt in await asyncio.gather(*again):
            assert hashes(receipt) == [f"hash of {LONG}"]
        assert len(knowledge.embedder.embedded) == 5

    run(tmp_path, scenario)


def test_chunks_of_a_longer_past_are_gone(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        (receipt,) = (await knowledge.upsert(upsert(item(1, LONG)))).receipts
        assert receipt.points == 5
        (receipt,) = (await knowledge.upsert(upsert(item(1, "Só elefantes.")))).receipts
        assert receipt.points == 1
        assert await ask(knowledge, "girafas") == []

    run(tmp_path, scenario)


def test_deleted_records_leave_nothing(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, "Aceitamos Pix."), item(2, "Entregamos.")))
        assert hashes(await knowledge.delete(records(1))) == [None]
        assert hashes(await knowledge.receipts(records(2, 1))) == ["hash of Entregamos.", None]
        assert await ask(knowledge, "aceita pix?") == []

    run(tmp_path, scenario)


def test_an_unknown_collection_is_empty_not_an_error(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        assert hashes(await knowledge.delete(records(1))) == [None]
        assert hashes(await knowledge.receipts(records(1))) == [None]
        assert await ask(knowledge, "qualquer coisa") == []

    run(tmp_path, scenario)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [(-2, -1, []), (1, 2, []), (-1, 1, [1]), (None, 1, [1]), (-1, None, [1])],
)
def test_only_what_holds_now_is_found(
    tmp_path: Path, start: int | None, end: int | None, found: list[int]
) -> None:
    def hours(count: int | None) -> datetime | None:
        return None if count is None else datetime.now(UTC) + timedelta(hours=count)

    async def scenario(knowledge: KnowledgeService) -> None:
        dated = item(1, "Promoção de ração.", valid_from=hours(start), valid_until=hours(end))
        await knowledge.upsert(upsert(dated))
        assert await ask(knowledge, "promoção de ração") == found

    run(tmp_path, scenario)


def test_expired_points_do_not_crowd_out_valid_ones(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        past = datetime.now(UTC) - timedelta(hours=1)
        expired = [item(n, "Promoção de ração.", valid_until=past) for n in range(1, 61)]
        await knowledge.upsert(upsert(*expired))
        await knowledge.upsert(upsert(item(99, "Promoção de ração para gatos e outros animais.")))
        assert await ask(knowledge, "promoção de ração") == [99]

    run(tmp_path, scenario)


def test_a_copied_database_cannot_touch_the_originals_knowledge(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, "Aceitamos Pix.")))
        with pytest.raises(ForeignOrigin):
            await knowledge.upsert(upsert(item(1, "Texto do clone."), origin="clone"))
        with pytest.raises(ForeignOrigin):
            await knowledge.delete(records(1, origin="clone"))
        assert hashes(await knowledge.receipts(records(1, origin="clone"))) == [None]
        assert await ask(knowledge, "aceita pix?") == [1]

    run(tmp_path, scenario)


def test_first_writes_at_once_make_one_collection(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        await asyncio.gather(
            *(knowledge.upsert(upsert(item(n, f"Texto sobre girafas {n}."))) for n in range(1, 9))
        )
        receipt = await knowledge.receipts(records(*range(1, 9)))
        assert None not in hashes(receipt)

    run(tmp_path, scenario)


def test_knowledge_survives_a_restart(tmp_path: Path) -> None:
    async def write(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, "Aceitamos Pix.")))

    async def read(knowledge: KnowledgeService) -> None:
        assert await ask(knowledge, "aceita pix?") == [1]

    run(tmp_path, write)
    run(tmp_path, read)


def test_another_embedder_rebuilds_from_the_stored_texts(tmp_path: Path) -> None:
    async def write(knowledge: KnowledgeService) -> None:
        await knowledge.upsert(upsert(item(1, "Aceitamos Pix.")))
        await knowledge.upsert(upsert(item(5, "Só dinheiro."), account_id=8, origin="db-8"))

    async def read(knowledge: KnowledgeService) -> None:
        assert await ask(knowledge, "aceita pix?") == [1]
        assert await ask(knowledge, "dinheiro", account_id=8) == [5]
        assert hashes(await knowledge.receipts(records(1))) == ["hash of Aceitamos Pix."]
        aliases = await knowledge.collections.aliases()
        assert set(aliases.values()) == {
            "7_support_documents__other",
            "8_support_documents__other",
        }

    run(tmp_path, write)
    run(tmp_path, read, slug="other")


def test_a_store_that_grows_too_large_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("agent_runtime.knowledge.service.EMBEDDED_LIMIT", 1)

    async def scenario(knowledge: KnowledgeService) -> None:
        for n in range(1, 5):
            await knowledge.upsert(upsert(item(n, f"Texto {n}.")))

    run(tmp_path, scenario)
    assert caplog.text.count("QDRANT_URL") == 1


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    given = {
        "AGENT_RUNTIME_TOKEN": "t" * 32,
        "AGENT_RUNTIME_STATE_DIR": str(tmp_path),
        "QDRANT_URL": address,
    }

    async def play() -> None:
        knowledge = KnowledgeService(Settings.from_environ(given), WordEmbedder())
        with pytest.raises(StoreUnavailable, match=address):
            await knowledge.start()
        assert not knowledge.ready
        await knowledge.close()

    asyncio.run(play())


def test_a_folder_has_one_owner(tmp_path: Path) -> None:
    async def scenario(_: KnowledgeService) -> None:
        with pytest.raises(StoreBusy, match="QDRANT_URL"):
            async with service(tmp_path):
                pass

    run(tmp_path, scenario)
