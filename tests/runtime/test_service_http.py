"""The HTTP face, its refusals and the client, over a socket; no crew runs here."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
import requests
import uvicorn

from agent_runtime.client import RuntimeBusy, RuntimeClient, RuntimeRefused, RuntimeUnavailable
from agent_runtime.contracts import (
    AccountCollections,
    AccountKnowledge,
    ChunkPreview,
    Chunks,
    CollectionState,
    Health,
    KnowledgeAdopt,
    KnowledgeDelete,
    KnowledgeHit,
    KnowledgeHits,
    KnowledgeInventory,
    KnowledgeInventoryPage,
    KnowledgeItem,
    KnowledgeMove,
    KnowledgeMoved,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
    Played,
    PointReceipt,
    RecordKey,
    StoredPoint,
    TurnAccepted,
    TurnRequest,
)
from agent_runtime.knowledge.errors import ForeignOrigin, Impossible, StoreBusy
from agent_runtime.service.app import KNOWLEDGE, create_app
from agent_runtime.service.desk import TurnsFull
from agent_runtime.settings import Settings
from tests.doubles import turns

TOKEN = "t" * 32
PROMETHEUS = "p" * 32
RECORD = RecordKey(model="product.template", record_id=1)


@dataclass
class Parts:
    """Stands for the runtime behind the application: answers by what the test sets."""

    settings: Settings
    trouble: Exception | None = None
    configured: bool = True
    seen: list[object] = field(default_factory=list)

    @property
    def sender(self) -> Parts:
        return self

    @property
    def desk(self) -> Parts:
        return self

    @property
    def playground(self) -> Parts:
        return self

    @property
    def running(self) -> int:
        return 2

    def look(self, account_id: int, turn_id: str) -> Played | None:
        self.seen.append(turn_id)
        known = (account_id, turn_id) == (7, "db:test/7")
        return Played(state="running") if known else None

    def start(self) -> None:
        self.seen.append("start")

    async def close(self) -> None:
        self.seen.append("close")

    def submit(self, request: TurnRequest) -> TurnAccepted:
        return self._do(
            request, TurnAccepted(turn_id=request.turn_id, attempt=request.attempt, boot_id="b")
        )

    async def knowledge(self) -> Parts:
        return self

    async def upsert(self, body: KnowledgeUpsert) -> KnowledgeReceipt:
        return self._receipt(body)

    async def delete(self, body: KnowledgeDelete) -> KnowledgeReceipt:
        return self._receipt(body)

    async def receipts(self, body: KnowledgeDelete) -> KnowledgeReceipt:
        return self._receipt(body)

    async def search(self, body: KnowledgeSearch) -> KnowledgeHits:
        hit = KnowledgeHit(model="m", record_id=1, title="Título", text="x", score=0.5)
        return self._do(body, KnowledgeHits(hits=(hit,)))

    async def inventory(self, body: KnowledgeInventory) -> KnowledgeInventoryPage:
        point = StoredPoint(model="m", record_id=1, chunk=0, chunks=1, content_hash="h")
        return self._do(body, KnowledgeInventoryPage(points=(point,), next="n"))

    async def states(self, body: AccountKnowledge) -> AccountCollections:
        return self._do(body, _collections("stated"))

    async def purge(self, body: AccountKnowledge) -> AccountCollections:
        return self._do(body, _collections("purged"))

    async def adopt(self, body: KnowledgeAdopt) -> AccountCollections:
        return self._do(body, _collections("adopted"))

    async def move(self, body: KnowledgeMove) -> KnowledgeMoved:
        return self._do(body, KnowledgeMoved(moved=3, left=4))

    async def chunks(self, body: ChunkPreview) -> Chunks:
        return self._do(body, Chunks(chunks=("a", "b")))

    def health(self) -> Health:
        return Health(status="ok", boot_id="b", version="1", checks={"crews": "ok"})

    def _receipt(self, body: object) -> KnowledgeReceipt:
        receipt = PointReceipt(model=RECORD.model, record_id=1, content_hash="h", points=2)
        return self._do(body, KnowledgeReceipt(collection="products", receipts=(receipt,)))

    def _do(self, body: object, answer: object) -> object:
        self.seen.append(body)
        if self.trouble:
            raise self.trouble
        return answer


def _collections(name: str) -> AccountCollections:
    return AccountCollections(collections=(CollectionState(collection=name, points=1, foreign=0),))


class QuietServer(uvicorn.Server):
    """Runs in a thread, where signals cannot be handled; tells when it serves."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.serving = threading.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list | None = None) -> None:
        await super().startup(sockets)
        self.serving.set()


@pytest.fixture
def parts() -> Parts:
    env = {
        "AGENT_RUNTIME_TOKEN": TOKEN,
        "AGENT_RUNTIME_TOKENS": f"prometheus:{PROMETHEUS}",
        "AGENT_RUNTIME_STATE_DIR": "/unused",
    }
    return Parts(Settings.from_environ(env))


@pytest.fixture
def url(parts: Parts) -> Iterator[str]:
    server = QuietServer(
        uvicorn.Config(create_app(parts), host="127.0.0.1", port=0, log_config=None)
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    assert server.serving.wait(20)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    assert parts.seen[-1] == "close"


@pytest.fixture
def client(url: str) -> RuntimeClient:
    return RuntimeClient(url, TOKEN)


def upsert() -> KnowledgeUpsert:
    item = KnowledgeItem(model=RECORD.model, record_id=1, title="t", text="x", content_hash="h")
    return KnowledgeUpsert(account_id=7, collection="products", origin="db", items=(item,))


def deletion() -> KnowledgeDelete:
    return KnowledgeDelete(account_id=7, collection="products", origin="db", records=(RECORD,))


def test_every_endpoint_and_the_client_agree(client: RuntimeClient, parts: Parts) -> None:
    search = KnowledgeSearch(account_id=7, collection="products", query="ração")
    assert client.submit_turn(turns.turn("oi")).boot_id == "b"
    assert client.upsert(upsert()).receipts[0].points == 2
    assert client.delete(deletion()).collection == "products"
    assert client.receipts(deletion()).receipts[0].content_hash == "h"
    assert client.search(search).hits[0].title == "Título"
    assert client.health().checks == {"crews": "ok"}
    assert parts.seen == ["start", turns.turn("oi"), upsert(), deletion(), deletion(), search]


def test_the_endpoints_of_an_account_and_the_client_agree(
    client: RuntimeClient, parts: Parts
) -> None:
    account = AccountKnowledge(account_id=7, origin="db")
    listing = KnowledgeInventory(account_id=7, collection="products", origin="db", after="a")
    move = KnowledgeMove(account_id=7, to_account_id=9, origin="db")
    adopt = KnowledgeAdopt(account_id=7, origin="db")
    assert client.inventory(listing).next == "n"
    assert client.collections(account).collections[0].collection == "stated"
    assert client.purge(account).collections[0].collection == "purged"
    assert client.adopt(adopt).collections[0].collection == "adopted"
    assert client.move(move).left == 4
    assert client.chunks(ChunkPreview(text="a b")).chunks == ("a", "b")
    asked = [listing, account, account, adopt, move, ChunkPreview(text="a b")]
    assert parts.seen == ["start", *asked]


def test_a_tried_turn_is_looked_up_by_its_name(client: RuntimeClient, parts: Parts) -> None:
    assert client.play(turns.turn("oi", turn_id="db:test/7")).turn_id == "db:test/7"
    assert client.played(7, "db:test/7").state == "running"
    for account_id, turn_id in ((7, "db:test/8"), (8, "db:test/7")):
        with pytest.raises(RuntimeRefused) as unknown:
            client.played(account_id, turn_id)
        assert unknown.value.status == 404


def test_a_full_playground_asks_to_come_back(client: RuntimeClient, parts: Parts) -> None:
    parts.trouble = TurnsFull("8 turns are in hand")
    with pytest.raises(RuntimeBusy):
        client.play(turns.turn("oi"))


def test_numbers_are_for_callers_only(url: str) -> None:
    assert requests.get(f"{url}/metrics", timeout=5).status_code == 401
    headers = {"Authorization": f"Bearer {PROMETHEUS}"}
    answer = requests.get(f"{url}/metrics", headers=headers, timeout=5)
    assert answer.status_code == 200
    assert "agent_runtime_turns_in_hand 2.0" in answer.text


def test_every_caller_has_a_token_and_a_name(
    url: str, parts: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "agent_runtime.service.http"):
        for token in (TOKEN, PROMETHEUS):
            RuntimeClient(url, token).submit_turn(turns.turn("oi"))
    assert [record.caller for record in caplog.records] == ["odoo", "prometheus"]
    assert TOKEN not in caplog.text
    with pytest.raises(RuntimeRefused):
        RuntimeClient(url, "r" * 32).submit_turn(turns.turn("oi"))


@pytest.mark.parametrize("header", [None, "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer é"])
def test_without_the_token_nothing_is_read(url: str, parts: Parts, header: str | None) -> None:
    headers = {"Authorization": header.encode()} if header else {}
    assert requests.get(f"{url}/v1/playground/x", headers=headers, timeout=5).status_code == 401
    for path in ("turns", "playground", *(f"knowledge/{name}" for name in KNOWLEDGE)):
        answer = requests.post(f"{url}/v1/{path}", b"{}", headers=headers, timeout=5)
        assert answer.status_code == 401
    assert parts.seen == ["start"]


def test_health_tells_strangers_only_that_it_serves(url: str) -> None:
    assert requests.get(f"{url}/health", timeout=5).json()["checks"] == {}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 422),
        (b'{"surprise": "segredo da Ana"}', 422),
        (b"x" * (5 * 1024 * 1024 + 1), 413),
    ],
)
def test_bad_bodies(url: str, parts: Parts, body: bytes, status: int) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = requests.post(f"{url}/v1/turns", body, headers=headers, timeout=5)
    assert answer.status_code == status
    assert "Ana" not in answer.text
    assert parts.seen == ["start"]


def test_a_body_without_length_is_cut_off_too(url: str, parts: Parts) -> None:
    chunks = (b"x" * 1024 * 1024 for _ in range(6))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = requests.post(f"{url}/v1/turns", data=chunks, headers=headers, timeout=5)
    assert answer.status_code == 413
    assert parts.seen == ["start"]


def test_a_full_desk_asks_to_come_back(client: RuntimeClient, parts: Parts) -> None:
    parts.trouble = TurnsFull("32 turns are in hand")
    with pytest.raises(RuntimeBusy) as busy:
        client.submit_turn(turns.turn("oi"))
    assert busy.value.retry_after == 1


def test_a_full_account_is_told_to_wait_longer(client: RuntimeClient, parts: Parts) -> None:
    parts.trouble = TurnsFull("16 turns of account 7 are in hand", 3)
    with pytest.raises(RuntimeBusy, match="account 7") as busy:
        client.submit_turn(turns.turn("oi"))
    assert busy.value.retry_after == 3


def test_without_a_callback_turns_are_not_taken(client: RuntimeClient, parts: Parts) -> None:
    parts.configured = False
    with pytest.raises(RuntimeUnavailable, match="CALLBACK_URL"):
        client.submit_turn(turns.turn("oi"))


def test_another_databases_collection_is_refused(client: RuntimeClient, parts: Parts) -> None:
    parts.trouble = ForeignOrigin("the collection belongs to another database")
    with pytest.raises(RuntimeRefused, match="another database") as refused:
        client.upsert(upsert())
    assert refused.value.status == 409


def test_a_store_in_trouble_may_be_asked_again(client: RuntimeClient, parts: Parts) -> None:
    parts.trouble = StoreBusy("the folder is in use")
    with pytest.raises(RuntimeUnavailable, match="in use"):
        client.search(KnowledgeSearch(account_id=7, collection="products", query="x"))


def test_a_question_as_long_as_a_book_is_refused(client: RuntimeClient) -> None:
    search = KnowledgeSearch.model_construct(
        account_id=7, collection="products", query="troca " * 1000
    )
    with pytest.raises(RuntimeRefused, match="query: .* at most 4000 characters") as refused:
        client.search(search)
    assert refused.value.status == 422


def test_what_cannot_exist_is_refused(client: RuntimeClient, parts: Parts) -> None:
    parts.trouble = Impossible("a collection type is lower case letters")
    with pytest.raises(RuntimeRefused, match="lower case letters") as refused:
        client.upsert(upsert())
    assert refused.value.status == 422


@pytest.mark.parametrize("fault", [LookupError, ValueError])
def test_a_fault_says_nothing_of_itself(
    client: RuntimeClient, parts: Parts, fault: type[Exception]
) -> None:
    parts.trouble = fault("words of Ana")
    with pytest.raises(RuntimeUnavailable) as seen:
        client.upsert(upsert())
    assert "Ana" not in str(seen.value)


def test_a_wrong_token_is_a_refusal(url: str) -> None:
    with pytest.raises(RuntimeRefused) as refused:
        RuntimeClient(url, "u" * 32).submit_turn(turns.turn("oi"))
    assert refused.value.status == 401


def test_nobody_there_is_unavailable() -> None:
    with pytest.raises(RuntimeUnavailable):
        RuntimeClient("http://127.0.0.1:9", TOKEN, timeout=1).health()
