"""A customer's own phone, e-mail or tax number is no question for the company's."""

from __future__ import annotations

import pytest

from agent_runtime.decision import vocabulary as v
from agent_runtime.decision.entities import entities
from agent_runtime.decision.intents import intents
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize(
    "text",
    [
        "meu telefone é (11) 98765-4321, sou a Ana, cade meu pedido S00042",
        "tel (41) 99999-1234",
        "Telefone: 41 99999-1234",
        "meu cnpj 12.345.678/0001-90 e meu email joao@x.com",
        "o cnpj da minha empresa é 12.345.678/0001-90, fazem nota?",
        "e-mail: joao@x.com",
        "meu email é joao@x.com e meu tel 41 99999-1234, me manda um orçamento de 2 mouses",
        "meu contato: ana@site.com.br",
        "me manda no meu whatsapp",
        "pode enviar a nota para o meu e-mail?",
        "meu endereço é Rua das Flores, 45, entregam aí?",
        "my phone number is 11 98765-4321, where is my order?",
        "mi telefono es 11 98765-4321",
    ],
)
def test_what_a_customer_tells_of_themselves(text: str) -> None:
    assert v.ADDRESS_CONTACT not in intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "qual o telefone de vocês?",
        "o telefone de vocês é (19) 3255-1234?",
        "o telefone é (19) 3255-1234?",
        "esse telefone 19 3255-1234 é de vocês?",
        "me manda seu e-mail? o meu é joao@x.com",
        "meu telefone é 11 98765-4321, qual o de vocês? e o endereço?",
        "qual o cnpj?",
        "cade o endereço, meu amigo?",
        "what is your phone number? mine is 11 98765-4321",
    ],
)
def test_what_a_customer_asks_for(text: str) -> None:
    assert v.ADDRESS_CONTACT in intents(text)


def test_it_is_known_as_an_entity_and_ours_is_not_told(settings: Settings) -> None:
    said = "meu telefone é (11) 98765-4321, aceita pix?"
    assert [entity.kind for entity in entities(said)] == ["phone"]
    result = Bench.of(settings, evidence=(turns.EXCHANGE,)).run(turns.turn(said))
    phone = turns.config().company.phone
    assert phone
    assert not any(phone in part for part in result.parts)
