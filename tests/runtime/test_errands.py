"""Orders and the tools of a model through the engine, with CrewAI really running."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import (
    AllowedRequests,
    Customer,
    HandoverReason,
    ModelAccess,
)
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import engine_settings
from tests.doubles.errand_shop import (
    ANA,
    BATHS,
    MONDAY_10,
    said,
    scripted,
    shop,
    text,
)
from tests.doubles.openai_server import OpenAIServer, call


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def test_the_proven_customer_hears_of_the_order(settings: Settings) -> None:
    result = shop(settings).run(turns.turn("Cadê meu pedido S00042?", customer=ANA))
    assert "S00042" in text(result)
    assert "confirmado" in text(result)
    assert "24/11/2026" in text(result)
    assert "R$ 379,80" in text(result)
    assert result.handover is None
    assert ("order", "sale.order,42") in {(s.kind, s.reference) for s in result.sources}


@pytest.mark.parametrize("question", ["Cadê meu pedido S00042?", "Onde está meu pedido?"])
def test_nobody_else_does_and_a_person_is_asked(settings: Settings, question: str) -> None:
    typed = f"{question} Meu telefone é 31 98888-7777, meu e-mail é ana@example.com"
    bench = shop(settings)
    result = bench.run(turns.turn(typed))
    assert "confirmado" not in text(result)
    assert "379" not in text(result)
    assert "comprova quem está escrevendo" in text(result)
    assert result.handover is not None
    assert not [q for q in bench.box.queries if q[0] == "order"], "nothing was even read"


def test_somebody_else_s_order_is_like_one_that_does_not_exist(settings: Settings) -> None:
    answers = []
    for number in ("S00041", "S99999"):
        result = shop(settings).run(turns.turn(f"Cadê meu pedido {number}?", customer=ANA))
        assert result.handover is not None
        answers.append(text(result).replace(number, ""))
    assert answers[0] == answers[1]
    assert "Não encontrei esse pedido" in answers[0]


def test_a_model_that_leaves_out_the_offset_means_the_time_it_was_offered(
    settings: Settings,
) -> None:
    arguments = {"starts_at": "2026-11-23T10:00:00"}
    say = "Quero marcar um banho segunda às 10h"
    result = scripted(settings, "request_booking", arguments, say=say)
    assert [wish.starts_at for wish in result.requests] == [MONDAY_10]


BOOK_10 = {"starts_at": MONDAY_10.isoformat()}
ASKED_10 = "Quero marcar um banho segunda às 10h"


def test_nobody_gets_an_appointment_for_asking_what_is_free(settings: Settings) -> None:
    say = "Que horários para banho tem segunda?"
    result = scripted(settings, "request_booking", BOOK_10, say=say)
    assert result.requests == ()
    assert "Anotei" not in text(result)
    assert result.handover


def test_a_time_that_was_offered_may_be_taken_in_any_words(settings: Settings) -> None:
    history = said(("customer", "quero marcar um banho"), ("crew", "Livre: 23/11: 9h, 10h. Qual?"))
    more = {"say": "quero marcar no segundo horário do banho", "history": history}
    result = scripted(settings, "request_booking", BOOK_10, **more)
    assert [wish.starts_at for wish in result.requests] == [MONDAY_10]


def test_what_is_noted_in_a_refused_answer_is_asked_of_nobody(settings: Settings) -> None:
    lie = "Anotei o seu pedido, e o banho custa só R$ 9,99."
    result = scripted(settings, "request_booking", BOOK_10, say=ASKED_10, told=lie)
    assert "Anotei" not in text(result)
    assert result.handover
    assert result.requests == ()


def test_a_wish_is_the_customer_s_who_reads_of_it(settings: Settings) -> None:
    told = "Temos 9h, 10h ou 11h na segunda, 23/11. Qual prefere?"
    result = scripted(settings, "request_booking", BOOK_10, say=ASKED_10, told=told)
    assert "Qual prefere?" in text(result)
    assert result.requests == ()


def test_a_wish_dies_with_the_model_that_noted_it(settings: Settings) -> None:
    claim = "Anotei o seu pedido para segunda às 10h."
    with (
        OpenAIServer([call("request_booking", **BOOK_10), 401]) as dying,
        OpenAIServer([claim]) as next_one,
    ):
        models = tuple(
            ModelAccess(model=f"openai/{n}", base_url=server.url, api_key=SecretStr("k"))
            for n, server in enumerate((dying, next_one))
        )
        turn = turns.turn(ASKED_10, models=models, rules=(BATHS,))
        result = shop(settings).run(turn)
        assert len(dying.requests) == 2
    assert result.requests == ()
    assert "Anotei" not in text(result), "the one who answers has noted nothing"


def test_two_lines_of_one_product_are_added(settings: Settings) -> None:
    lines = [{"product": "product.template,1", "quantity": count} for count in (2, 3)]
    say = "quanto custa a ração golden?"
    result = scripted(settings, "request_quotation", {"lines": lines}, say=say)
    (wish,) = result.requests
    assert [(line.product, line.quantity) for line in wish.products] == [(1, 5.0)]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("request_booking", {"starts_at": "2026-11-23T13:00:00"}),
        ("request_booking", {"starts_at": "2026-11-23T10:17:00-03:00"}),
        ("request_booking", {"starts_at": "1999-01-01"}),
        ("request_booking", {"starts_at": "' OR 1=1 --"}),
        ("request_booking", {"starts_at": MONDAY_10.isoformat(), "account_id": 8}),
        ("request_quotation", {"lines": [{"product": "product.template,99", "quantity": 1}]}),
        ("request_quotation", {"lines": [{"product": "res.partner,1", "quantity": 1}]}),
        ("request_quotation", {"lines": []}),
        ("free_slots", {"service": "banho", "date": "2026-02-31"}),
        ("request_lead", {"summary": "  "}),
        ("request_lead", {"summary": "x", "partner_id": 1}),
    ],
)
def test_hostile_arguments_make_no_wish(
    settings: Settings, tool: str, arguments: dict[str, Any]
) -> None:
    say = "Quero marcar um banho segunda às 10h ou 13h e quanto custa a ração golden?"
    assert scripted(settings, tool, arguments, say=say).requests == ()


@pytest.mark.parametrize(
    ("customer", "reads_orders", "arguments", "read"),
    [
        (ANA, True, {"number": "S00042"}, True),
        (ANA, True, {"number": "S00042", "partner_id": 8}, False),
        (Customer(name="Ana"), True, {"number": "S00042"}, False),
        (ANA, False, {"number": "S00042"}, False),
    ],
)
def test_a_model_reads_the_orders_of_the_proven_customer_alone(
    settings: Settings,
    customer: Customer,
    reads_orders: bool,
    arguments: dict[str, Any],
    read: bool,
) -> None:
    bench = shop(settings, reads_orders=reads_orders)
    say = "Meu pedido deu defeito, o que faço?"
    scripted(settings, "order_status", arguments, say=say, customer=customer, bench=bench)
    # Asked for by number only by the model: the customer has named none.
    assert (("order", "S00042") in bench.box.queries) is read


def test_where_there_are_no_orders_nobody_is_told_that_proof_is_missing(
    settings: Settings,
) -> None:
    result = shop(settings, reads_orders=False).run(turns.turn("Cadê meu pedido?"))
    assert "comprova" not in text(result)
    assert result.handover is not None
    assert result.handover.reason is not HandoverReason.ERROR


def test_a_wish_of_a_kind_that_is_not_taken_has_no_tool(settings: Settings) -> None:
    bench = shop(settings, AllowedRequests(quotation=True))
    result = scripted(
        settings, "request_lead", {"summary": "call me"}, say="Quanto custa a ração?", bench=bench
    )
    assert result.requests == ()
    assert json.loads(result.model_dump_json())["requests"] == []
