"""A turn's lookups through the real servers: MongoDB's, Qdrant's and Odoo's."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_runtime.evidence import Evidence
from agent_runtime.knowledge.errors import StoreBusy
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.mcp.errors import McpError, McpUnavailable
from agent_runtime.tools.toolbox import ConfigMissing, ToolboxFactory
from tests.doubles.mongo_stand_in import mongo_stand_in, publish
from tests.doubles.odoo_json2 import Tenant, odoo_stub, product
from tests.doubles.turn_tools import configuration, learn, settings, toolboxes
from tests.doubles.word_embedder import WordEmbedder

DOCUMENTS = ("support_documents", "business.support.document")
PRODUCTS = ("products", "product.template")


@pytest.fixture(scope="module")
def mongodb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with mongo_stand_in(tmp_path_factory.mktemp("mongo")) as url:
        yield url


def test_the_configuration_is_read_once_per_version(tmp_path: Path, mongodb_url: str) -> None:
    async def play() -> None:
        publish(mongodb_url, configuration(7, version=1))
        async with toolboxes(tmp_path, mongodb_url) as (factory, _):
            config = await factory.open(7, 1, None).company()
            assert (config.company.name, config.version) == ("Empresa 7", 1)
            publish(mongodb_url, configuration(7, version=2))
            assert (await factory.open(7, 1, None).company()).version == 1
            assert (await factory.open(7, 2, None).company()).version == 2
            # A publication that is still on its way does not stop the answer.
            assert (await factory.open(7, 3, None).company()).version == 2
            assert factory.health()["mcp-mongodb"] == "ok"

    asyncio.run(play())


def test_missing_and_unusable_configurations_say_what_to_do(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        publish(mongodb_url, configuration(21, unknown_setting=1))
        stolen = configuration(23) | {"_id": 22, "account_id": 22, "company": {"name": "x"}}
        publish(mongodb_url, stolen)
        async with toolboxes(tmp_path, mongodb_url) as (factory, _):
            with pytest.raises(ConfigMissing, match="publish"):
                await factory.open(20, 1, None).company()
            with pytest.raises(ConfigMissing, match="unknown_setting"):
                await factory.open(21, 1, None).company()

    asyncio.run(play())


def test_without_mongodb_the_trouble_is_named(tmp_path: Path) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path) as (factory, _):
            assert "MONGODB_URL" in factory.health()["mcp-mongodb"]
            with pytest.raises(McpUnavailable, match="MONGODB_URL"):
                await factory.open(7, 1, None).company()

    asyncio.run(play())


def test_documents_come_with_reference_title_and_score(tmp_path: Path, mongodb_url: str) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path, mongodb_url) as (factory, knowledge):
            texts = {
                3: ("Trocas", "Aceitamos trocas em até 30 dias, com a nota fiscal."),
                4: ("Entrega", "Entregamos aos sábados pela manhã."),
            }
            await learn(knowledge, 7, *DOCUMENTS, texts)
            toolbox = factory.open(7, 1, None)
            (found,) = await toolbox.search_documents("posso trocar sem nota fiscal?")
            assert found.kind == "document"
            assert found.reference == "business.support.document,3"
            assert found.title == "Trocas"
            assert "30 dias" in found.text
            assert found.via == "mcp-qdrant"
            assert 0 < found.score <= 1
            assert await toolbox.search_documents("vocês vendem passagem aérea?") == []
            assert await toolbox.find_products("ração") == []

    asyncio.run(play())


def test_products_carry_live_price_and_stock(tmp_path: Path, mongodb_url: str) -> None:
    async def play() -> None:
        publish(mongodb_url, configuration(7))
        goods = [
            product(11, "Ração Golden 15 kg", 189.9, default_code="RG15"),
            product(12, "Areia para gatos", 32.5, ai_stock_state="not_tracked"),
        ]
        with odoo_stub(Tenant("db7", "key-7", goods)) as odoo:
            async with toolboxes(tmp_path, mongodb_url) as (factory, knowledge):
                texts = {
                    11: ("Ração Golden 15 kg", "Ração para cães adultos, sabor frango."),
                    12: ("Areia para gatos", "Areia de mandioca que controla odores."),
                    13: ("Ração antiga", "Ração que saiu de linha."),
                }
                await learn(knowledge, 7, *PRODUCTS, texts)
                toolbox = factory.open(7, 1, odoo.access("db7"))
                (found,) = await toolbox.find_products("quanto custa a ração golden?")
                assert found.reference == "product.template,11"
                assert found.via == "mcp-odoo"
                assert found.data == {
                    "price": 189.9,
                    "currency": "BRL",
                    "stock_state": "in_stock",
                    "quantity": 5.0,
                    "uom": "Unidades",
                    "default_code": "RG15",
                }
                goods[0]["ai_selling_price"] = 199.0
                (found,) = await toolbox.find_products("quanto custa a ração golden?")
                assert found.data["price"] == 199.0
                (sand,) = await toolbox.find_products("areia pro gato")
                assert "quantity" not in sand.data
                # In the index, but Odoo no longer offers it.
                assert all(
                    item.reference != "product.template,13"
                    for item in await toolbox.find_products("ração antiga")
                )
        assert {search["context"]["lang"] for search in odoo.searches()} == {"pt_BR"}
        assert all("standard_price" not in search["fields"] for search in odoo.searches())

    asyncio.run(play())


def test_a_product_not_yet_indexed_is_found_by_name(tmp_path: Path, mongodb_url: str) -> None:
    async def play() -> None:
        goods = [product(11, "Coleira antipulgas", 59.9), product(12, "Brinquedo corda", 19.0)]
        with odoo_stub(Tenant("db7", "key-7", goods)) as odoo:
            async with toolboxes(tmp_path, mongodb_url) as (factory, _):
                toolbox = factory.open(7, 1, odoo.access("db7"))
                (found,) = await toolbox.find_products("vocês têm coleira?")
                assert found.reference == "product.template,11"
                assert await toolbox.find_products("quanto custa?") == []
                assert await toolbox.find_products("notebook gamer") == []

    asyncio.run(play())


def test_odoo_down_is_an_error_of_the_lookup_not_of_the_runtime(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        with odoo_stub(Tenant("db7", "key-7", [product(11, "Coleira", 59.9)])) as odoo:
            access = odoo.access("db7")
        async with toolboxes(tmp_path, mongodb_url) as (factory, _):
            with pytest.raises(McpError):
                await factory.open(7, 1, access).find_products("coleira")
            assert await factory.open(7, 1, None).search_documents("coleira") == []

    asyncio.run(play())


def test_rules_are_found_by_key_in_the_collections_that_exist(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        async with toolboxes(tmp_path, mongodb_url) as (factory, knowledge):
            rules = {5: ("Pagamento", "Aceitamos Pix e cartão."), 6: ("Cães", "Cães de coleira.")}
            await learn(knowledge, 7, "business_rules", "business.rule", rules)
            theirs = {9: ("Pagamento", "Aceitamos Pix e boleto.")}
            await learn(knowledge, 8, "business_rules", "business.rule", theirs)
            wanted = ("business_rules", "scheduling_rules", "delivery_rules")
            seven = await factory.open(7, 1, None).search_rules("aceitam pix?", wanted)
            assert list(seven) == ["business.rule,5"]
            assert 0 < seven["business.rule,5"] <= 1
            eight = await factory.open(8, 1, None).search_rules("aceitam pix?", wanted)
            assert list(eight) == ["business.rule,9"]
            assert await factory.open(9, 1, None).search_rules("aceitam pix?", wanted) == {}

    asyncio.run(play())


def test_products_by_id_are_those_on_offer_to_this_account(
    tmp_path: Path, mongodb_url: str
) -> None:
    async def play() -> None:
        seven = Tenant("db7", "key-7", [product(11, "Banho", 80.0, categ_id=[4, "Serviços"])])
        eight = Tenant("db8", "key-8", [product(11, "Limpeza", 180.0)])
        with odoo_stub(seven, eight) as odoo:
            async with toolboxes(tmp_path, mongodb_url) as (factory, _):
                toolbox = factory.open(7, 1, odoo.access("db7"))
                (found,) = await toolbox.products_by_id([11, 99])
                assert found.reference == "product.template,11"
                assert (found.title, found.data["price"]) == ("Banho", 80.0)
                assert found.data["category"] == 4
                (theirs,) = await factory.open(8, 1, odoo.access("db8")).products_by_id([11])
                assert (theirs.title, theirs.data["price"]) == ("Limpeza", 180.0)
                assert await toolbox.products_by_id([]) == []
                assert await factory.open(7, 1, None).products_by_id([11]) == []
        domain = odoo.searches()[0]["domain"]
        assert ["visible_in_ai", "=", True] in domain
        assert ["sale_ok", "=", True] in domain

    asyncio.run(play())


def test_a_search_waits_for_the_store_to_open_and_tells_that_it_did_not(tmp_path: Path) -> None:
    async def begun(factory: ToolboxFactory) -> asyncio.Task[list[Evidence]]:
        search = asyncio.create_task(factory.open(7, 1, None).search_documents("troca"))
        done, _ = await asyncio.wait({search}, timeout=0.2)
        assert not done
        return search

    async def play() -> None:
        given = settings(tmp_path)
        owner, second = (KnowledgeService(given, WordEmbedder()) for _ in range(2))
        first, late = ToolboxFactory(given, owner), ToolboxFactory(given, second)
        waiting = await begun(first)
        await first.warm()
        assert await waiting == []
        refused = await begun(late)
        with pytest.raises(StoreBusy):
            await late.warm()
        with pytest.raises(McpError):
            await refused
        for closing in (first, late, owner, second):
            await closing.close()

    asyncio.run(play())
