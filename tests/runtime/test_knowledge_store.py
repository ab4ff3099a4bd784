"""The knowledge service on the embedded store, with an embedder that counts its work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent_runtime.contracts import (
    KnowledgeDelete,
    KnowledgeItem,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
    RecordKey,
)
from agent_runtime.knowledge.errors import ForeignOrigin, StoreBusy, StoreUnavailable
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.settings import Settings
from tests.doubles.mongo_stand_in import free_port
from tests.doubles.word_embedder import WordEmbedder

MODEL = "business.support.document"


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


def item(record_id: int, text: str, content_hash: str | None = None, **more) -> KnowledgeItem:
    return KnowledgeItem(
        model=MODEL,
        record_id=record_id,
        title=more.pop("title", f"Documento {record_id}"),
        text=text,
        content_hash=content_hash or f"hash of {text}",
        **more,
    )


def upsert(*items: KnowledgeItem, account_id: int = 7, origin: str = "db-7") -> KnowledgeUpsert:
    return KnowledgeUpsert(
        account_id=account_id, collection="support_documents", origin=origin, items=items
    )


def records(*record_ids: int, account_id: int = 7, origin: str = "db-7") -> KnowledgeDelete:
    return KnowledgeDelete(
        account_id=account_id,
        collection="support_documents",
        origin=origin,
        records=tuple(RecordKey(model=MODEL, record_id=n) for n in record_ids),
    )


async def ask(knowledge: KnowledgeService, query: str, account_id: int = 7) -> list[int]:
    request = KnowledgeSearch(account_id=account_id, collection="support_documents", query=query)
    return [hit.record_id for hit in (await knowledge.search(request)).hits]


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


def test_chunks_of_a_longer_past_are_gone(tmp_path: Path) -> None:
    async def scenario(knowledge: KnowledgeService) -> None:
        long = "\n\n".join(f"Parágrafo {n} fala de girafas. " + "palavra " * 90 for n in range(5))
        (receipt,) = (await knowledge.upsert(upsert(item(1, long)))).receipts
        assert receipt.points > 3
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
