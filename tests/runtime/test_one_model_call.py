"""The common question of each role: everything is in the first prompt, one call, its own tools."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import (
    ROLES,
    AllowedRequests,
    Customer,
    EnabledServices,
    ModelAccess,
    ProvenIdentity,
    TurnResult,
)
from agent_runtime.crews.abilities import ABILITIES, tools_of
from agent_runtime.evidence import Evidence
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.openai_server import OpenAIServer

SERVICES = EnabledServices(sales=True, scheduling=True, delivery=True, support=True)
REQUESTS = AllowedRequests(booking=True, lead=True, quotation=True)
NOTES = {"remember", "recall"}
"""Of a conversation, whatever the tenant's services."""


class Common(NamedTuple):
    """What customers often write, and what a model that knows its evidence answers."""

    role: str
    question: str
    needs: str
    """Has to stand in the prompt, for the answer to be known without a tool."""
    answer: str
    source: str


COMMON = (
    Common(
        "service",
        "qual o endereço de vocês?",
        "Rua das Flores, 100",
        "Estamos na Rua das Flores, 100, Campinas.",
        "config",
    ),
    Common(
        "service",
        "comprei uma coleira que não serviu, posso trocar?",
        "até 7 dias corridos",
        "Produtos podem ser trocados em até 7 dias corridos, com nota fiscal.",
        "business.support.document,9",
    ),
    Common(
        "service",
        "vocês entregam em Contagem?",
        "Contagem",
        "Entregamos em Contagem, com frete de R$ 12,00.",
        "business.delivery.rule,1",
    ),
    Common(
        "sales",
        "quanto custa a golden filhotes?",
        "1189.9",
        "A Ração Golden Filhotes 15kg custa R$ 1.189,90.",
        "product.template,1",
    ),
    Common(
        "sales",
        "tem alguma promoção?",
        "20% de desconto",
        "Temos 20% de desconto em banho e tosa para cães de pequeno porte.",
        "business.temporary.rule,1",
    ),
    Common(
        "scheduling",
        "como faço para agendar uma consulta?",
        "carteira de vacinação",
        "Para a consulta, traga a carteira de vacinação.",
        "business.scheduling.rule,1",
    ),
    Common(
        "scheduling",
        "quero marcar uma consulta na segunda",
        "Consulta: 23/11/2026 09:00",
        "Na segunda, 23/11/2026, a Consulta pode ser às 9h.",
        "business.scheduling.rule,1",
    ),
    Common(
        "support",
        "minha balança não liga, como eu uso?",
        "pressione o botão",
        "Na Balança Digital, pressione o botão por alguns segundos.",
        "business.support.document,10",
    ),
    Common(
        "orders",
        "cadê meu pedido S00042?",
        "24/11/2026",
        "O pedido S00042 está confirmado.",
        "sale.order,42",
    ),
)
ORDER = Evidence(
    kind="order",
    reference="sale.order,42",
    title="S00042",
    text="S00042; confirmed; 18/11/2026; 24/11/2026; R$ 379,80; 2 × Ração Golden",
    via="mcp-odoo",
    data={"number": "S00042", "state": "confirmed", "total": 379.8, "currency": "BRL"},
)
ANA = Customer(name="Ana", identity=ProvenIdentity(by="phone", partners=(9,)))
MANUAL = turns.EXCHANGE.model_copy(
    update={
        "reference": "business.support.document,10",
        "title": "Como usar a Balança Digital",
        "text": "Como usar a Balança Digital\nPara ligar, pressione o botão por alguns segundos.",
    }
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def asked(
    settings: Settings, common: Common, services: EnabledServices = SERVICES
) -> tuple[TurnResult, list[dict[str, Any]]]:
    """The turn's result, and what the model was sent."""
    config = turns.config(services=services, requests=REQUESTS)
    evidence = (turns.EXCHANGE, MANUAL, ORDER, turns.product(1))
    rules = (turns.promotion(), turns.delivery(), turns.scheduling())
    with OpenAIServer([f"{common.answer}\n@sources: {common.source}"]) as server:
        access = ModelAccess(model="openai/x", base_url=server.url, api_key=SecretStr("k"))
        request = turns.turn(common.question, models=(access,), rules=rules, customer=ANA)
        return Bench.of(settings, config, evidence).run(request), server.requests


@pytest.mark.parametrize("common", COMMON, ids=lambda common: f"{common.role}: {common.question}")
def test_the_common_question_costs_one_call(settings: Settings, common: Common) -> None:
    result, sent = asked(settings, common)
    assert result.decision.role == common.role
    assert result.handover is None
    assert common.answer in result.parts[0]
    assert [source.reference for source in result.sources] == [common.source]
    assert (len(sent), result.usage.calls) == (1, 1)
    assert common.needs in json.dumps(sent[0]["messages"], ensure_ascii=False)


@pytest.mark.parametrize("off", [None, *EnabledServices.model_fields])
@pytest.mark.parametrize("common", COMMON, ids=lambda common: f"{common.role}: {common.question}")
def test_the_model_is_offered_no_tool_of_a_service_that_is_off(
    settings: Settings, common: Common, off: str | None
) -> None:
    services = SERVICES.model_copy(update={off: False} if off else {})
    _result, sent = asked(settings, common, services)
    names = {tool["function"]["name"] for request in sent for tool in request.get("tools", ())}
    most = tools_of(ROLES, turns.config(services=services, requests=REQUESTS))
    assert names <= most | NOTES
    assert names - NOTES <= ABILITIES.keys()
