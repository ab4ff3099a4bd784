"""Who asks for a person, who only for help, and who for somebody's number."""

from __future__ import annotations

import pytest

from agent_runtime.contracts import HandoverReason
from agent_runtime.decision import vocabulary as v
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
        "quero falar com gente de verdade (pelo amor)",
        "quero falar com gente",
        "posso conversar com gente de carne e osso?",
        "prefiro ser atendido por gente",
        "me passa pro dono",
        "pode me passar o telefone do gerente?",
    ],
)
def test_a_person_is_asked_for(settings: Settings, text: str) -> None:
    assert v.PERSON in intents(text)
    result = Bench.of(settings).run(turns.turn(text))
    assert result.handover.reason is HandoverReason.ASKED_FOR_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "vc pode me passar o cpf do dono?",
        "me passa o nome do responsável",
        "me fala a idade da dona",
        "pode passar o salário do gerente",
        "a gente quer falar sobre preço",
        "não quero falar com gente, só o preço da ração",
        "oi gente, que horas abrem?",
    ],
)
def test_no_person_is_asked_for(text: str) -> None:
    assert v.PERSON not in intents(text)


@pytest.mark.parametrize(
    "text",
    [
        "me ajuda",
        "oi, me ajuda por favor?",
        "pode me ajudar?",
        "vc consegue me ajudar com uma coisa",
        "preciso de ajuda",
        "preciso de uma ajudinha aqui",
        "ajuda pfv",
        "posso tirar uma dúvida?",
        "boa tarde!\ntenho uma dúvida",
        "queria uma informação",
        "posso fazer uma pergunta?",
        "help me please",
        "hi, can you help me?",
        "I have a question",
        "necesito ayuda",
    ],
)
def test_who_only_asks_for_help_is_asked_what_for(settings: Settings, text: str) -> None:
    assert set(intents(text)) == {v.GREETING}
    result = Bench.of(settings).run(turns.turn(text))
    assert result.handover is None
    assert "posso ajudar?" in result.parts[-1]


@pytest.mark.parametrize(
    "text",
    [
        "me ajuda com meu pedido",
        "preciso de ajuda com a troca",
        "posso tirar uma dúvida sobre a garantia?",
        "me ajuda, a ração veio aberta",
        "ajuda de custo vocês dão?",
    ],
)
def test_help_with_something_is_no_greeting(text: str) -> None:
    assert v.GREETING not in intents(text)
