"""The key of account 7's agent alone, in a real Odoo: nothing of account 8's comes back.

Every layer of ours is left out. The calls go straight to Odoo with the key that a turn carries,
and once through the stock ``odoo-mcp`` without our policy.
"""

from __future__ import annotations

import asyncio
import xmlrpc.client
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from pydantic import SecretStr

from agent_runtime.contracts import OdooAccess
from agent_runtime.mcp.odoo import ORDERS, PRODUCTS, environment
from agent_runtime.mcp.stdio import stdio_session
from demo.stage import Stage
from tests.doubles.attempts import SECRET, TOPIC, attempt, looked_at
from tests.doubles.turn_tools import settings

from . import foreign_asks
from .foreign_asks import Ask
from .odoo_side.neighbours import SECRET_DAY, SECRET_NUMBER
from .stores import in_odoo

ALONE = "odoo, key alone"
SECRETS = (str(SECRET_NUMBER), SECRET_DAY)
AT_ONCE = 4
NOTHING = ("[]", "0", '{"length": 0, "records": []}')


@dataclass
class Neighbours:
    """Two accounts in one database, and how account 7 asks."""

    seven: OdooAccess
    eight: OdooAccess
    records: dict[str, int]
    shared: dict[str, int]
    models: list[str]

    def ask(self, path: str, body: dict[str, Any], **crossed: Any) -> requests.Response:
        """The answer to account 7's key; ``crossed``: fields of the access that are another's."""
        return post(self.seven.model_copy(update=crossed), path, body)

    def attempts(self, asks: Iterator[Ask]) -> list[tuple[str, int, str]]:
        """Path, status and text of the answers, none of which holds a secret."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            asked = [(path, pool.submit(self.ask, path, body)) for path, body in asks]
        answers = [(path, one.result()) for path, one in asked]
        for _path, answer in answers:
            looked_at(ALONE, answer.text, *SECRETS)
        return [(path, answer.status_code, answer.text) for path, answer in answers]


def post(access: OdooAccess, path: str, body: dict[str, Any]) -> requests.Response:
    key = access.api_key.get_secret_value()
    return requests.post(
        f"{access.url}/json/2/{path}",
        json=body,
        headers={"Authorization": f"bearer {key}", "X-Odoo-Database": access.database},
        timeout=30,
    )


def seen(access: OdooAccess, path: str, body: dict[str, Any]) -> list[str]:
    """The secrets in an answer that must be one."""
    answer = post(access, path, body)
    assert answer.status_code == 200, answer.text
    return [secret for secret in (SECRET, *SECRETS) if secret in answer.text]


@pytest.fixture(scope="module")
def neighbours(stage: Stage) -> Neighbours:
    made = in_odoo(stage, stage.tenants["patas"], "odoo_side.make_neighbours(env)")
    access = {name: OdooAccess.model_validate_json(one) for name, one in made["access"].items()}
    return Neighbours(access["7"], access["8"], made["records"], made["shared"], made["models"])


@pytest.fixture
def administrator(patas, neighbours: Neighbours) -> OdooAccess:
    """Who may see every company."""
    return neighbours.seven.model_copy(update={"api_key": SecretStr(patas.api_key)})


def test_what_account_8_has_is_there_to_be_found(neighbours, administrator):
    """The other tests can fail: its own key and the administrator are told the secrets."""
    eight, records = neighbours.eight, neighbours.records
    for model in foreign_asks.OPEN:
        asked = {"domain": [["id", "=", records[model]]], "fields": foreign_asks.TOLD[model]}
        assert seen(eight, f"{model}/search_read", asked), model
    shelf = {"ids": [neighbours.shared["product.template"]], "fields": foreign_asks.OFFER}
    assert seen(eight, "product.template/read", shelf) == [str(SECRET_NUMBER)]
    context = {"allowed_company_ids": [records["res.company"]]}
    for model in records.keys() - set(foreign_asks.OPEN):
        asked = {"ids": [records[model]], "context": context}
        assert seen(administrator, f"{model}/read", asked), model
    # And what is its own, account 7 is told.
    told = neighbours.ask("product.template/search_read", {"domain": []})
    assert {"Elefante", "Zebra"} <= {one["name"] for one in told.json()}


def test_no_record_is_reached_by_its_id(neighbours, administrator):
    ids, context = neighbours.records, {"allowed_company_ids": [neighbours.records["res.company"]]}

    def state() -> dict[str, str]:
        asked = {m: {"ids": [record], "context": context} for m, record in ids.items()}
        return {m: post(administrator, f"{m}/read", body).text for m, body in asked.items()}

    before = state()
    told = [
        (path, status, text)
        for path, status, text in neighbours.attempts(foreign_asks.of_records(ids))
        if status == 200 and text not in NOTHING
    ]
    assert told == []
    assert state() == before


def test_no_model_holds_anything_of_the_other_account(neighbours):
    answers = neighbours.attempts(foreign_asks.of_models(neighbours.models))
    read = {path.partition("/")[0] for path, status, _text in answers if status == 200}
    assert read == {
        "product.template",
        "product.category",
        "sale.order",
        "chatwoot.busy.time",
        # Those of the records above; there are none.
        "ir.attachment",
    }


def test_no_domain_tells_what_it_does_not_show(neighbours):
    guesses = list(foreign_asks.guesses(neighbours.records, neighbours.shared))
    asks = [
        (f"{model}/search_read", {"domain": domain, "fields": ["id"]})
        for model, *domains in guesses
        for domain in domains
    ]
    answers = [
        (status, text if status == 200 else "")
        for _path, status, text in neighbours.attempts(iter(asks))
    ]
    pairs = zip(guesses, answers[::2], answers[1::2], strict=True)
    assert [(guess, true, none) for guess, true, none in pairs if true != none] == []


def test_no_context_shows_the_other_company(neighbours):
    shared = neighbours.shared
    expected = {p: t for p, _s, t in neighbours.attempts(foreign_asks.in_context({}, shared))}
    for context in foreign_asks.contexts(neighbours.records):
        for path, status, text in neighbours.attempts(foreign_asks.in_context(context, shared)):
            if path == "product.template/read" and status == 200:
                assert text == expected[path], context


def test_no_function_shows_or_grants_anything(neighbours):
    asks = foreign_asks.of_functions(neighbours.records, neighbours.shared)
    neighbours.attempts(asks)
    # What it is has not changed: another company is as far away as before.
    theirs = {"context": {"allowed_company_ids": [neighbours.records["res.company"]]}}
    for _path, status, _text in neighbours.attempts(
        (f"{model}/search_read", theirs) for model in foreign_asks.OPEN
    ):
        assert status == 403


def test_the_key_opens_no_other_database(stage, sorriso, neighbours):
    for database in (
        sorriso.database,
        "postgres",
        f"{sorriso.database},{neighbours.seven.database}",
    ):
        answer = neighbours.ask("product.template/search_read", {}, database=database)
        looked_at(ALONE, answer.text, *SECRETS)
        assert answer.status_code in (401, 404), answer.text
    answer = neighbours.ask("res.users/context_get", {}, login="ai-agent-8", database="")
    looked_at(ALONE, answer.text)
    assert answer.status_code in (400, 401, 404), answer.text


def test_no_other_interface_lets_the_key_in_further(stage, sorriso, neighbours):
    seven, records = neighbours.seven, neighbours.records
    key = seven.api_key.get_secret_value()
    place = f"{seven.url}/xmlrpc/2"
    common, objects = xmlrpc.client.ServerProxy(f"{place}/common"), f"{place}/object"
    models: Any = xmlrpc.client.ServerProxy(objects)
    user: Any = common.login(seven.database, seven.login, key)
    assert user
    logins = ((sorriso.database, seven.login), (seven.database, neighbours.eight.login))
    for database, login in logins:
        looked_at(ALONE, entered := common.login(database, login, key))
        assert not entered
    product, company = records["product.template"], records["res.company"]
    context = {"context": {"allowed_company_ids": [company]}}
    for database, who, model, method, arguments, more in (
        (seven.database, user, "product.template", "read", [[product], ["name"]], {}),
        (seven.database, user, "product.template", "search_read", [[]], context),
        (seven.database, user, "res.users", "search_read", [[]], {}),
        (seven.database, 1, "product.template", "read", [[product], ["name"]], {}),
        (seven.database, records["res.users"], "res.users", "read", [[1]], {}),
        (sorriso.database, user, "product.template", "search_read", [[]], {}),
    ):
        answer: Any = "refused"
        with suppress(xmlrpc.client.Fault):
            answer = models.execute_kw(database, who, key, model, method, arguments, more)
        looked_at(ALONE, answer, *SECRETS)
        assert answer == "refused", (model, method)
    entered = requests.post(
        f"{seven.url}/web/session/authenticate",
        json={"params": {"db": seven.database, "login": seven.login, "password": key}},
        timeout=30,
    )
    looked_at(ALONE, entered.text)
    assert "error" in entered.json(), "a key is no password for the screens"


def test_the_stock_server_gets_no_further_with_the_key(neighbours, tmp_path: Path):
    """Without our policy: any model, domain and field that ``odoo-mcp`` takes."""
    seven, records = neighbours.seven, neighbours.records

    async def play() -> None:
        values, command = environment(seven, None), settings(tmp_path).odoo_mcp
        async with stdio_session(command, values, tmp_path, "bare") as session:
            for reading in (PRODUCTS, ORDERS):
                asked = {"model": reading.model, "fields": list(reading.fields)}
                for domain in (
                    [],
                    [["id", "=", records[reading.model]]],
                    [["company_id", "=", records["res.company"]]],
                    [["name", "ilike", TOPIC]],
                ):
                    call = session.call_tool("search_records", {**asked, "domain": domain})
                    answer = await attempt("odoo, key alone through odoo-mcp", call)
                    told = answer.model_dump_json()
                    assert not any(secret in told for secret in SECRETS)
            for model in ("res.partner", "chatwoot.request", "ai.tenant", "sale.order.line"):
                call = session.call_tool("search_records", {"model": model, "domain": []})
                answer = await attempt("odoo, key alone through odoo-mcp", call)
                assert not answer.structuredContent.get("result"), answer

    asyncio.run(play())
