"""Several questions in one message: each is answered, or it is said that it is not."""

from __future__ import annotations

import pytest

from agent_runtime.decision.queries import document_queries
from agent_runtime.engine.rules_evidence import of_rules
from agent_runtime.evidence import Evidence
from tests.doubles import turns
from tests.doubles.briefings import answered

PARKING = Evidence(
    kind="document",
    reference="business.support.document,2",
    title="Estacionamento",
    text="Temos estacionamento gratuito para clientes atrás da loja.",
    via="mcp-qdrant",
    score=0.7,
)


@pytest.mark.parametrize(
    "question",
    [
        "aceitam pix e tem wifi?",
        "que horas abrem hoje? vendem passarinho?",
        "tem golden filhotes? fazem tatuagem?",
    ],
)
def test_a_question_that_nothing_is_known_of_is_not_dropped(question: str) -> None:
    draft = answered(question, *of_rules([turns.PAYMENT], True), turns.product())
    assert "não encontrei a informação" in draft.body
    assert draft.unanswered


@pytest.mark.parametrize(
    "question",
    [
        "aceitam pix? tem estacionamento?",
        "tem golden filhotes? quanto é?",
        "tem estacionamento? qual é o limite?",
        "qual o endereço? quanto custa a golden filhotes?",
        "comprei aí ontem. quanto custa a golden filhotes e que horas abrem?",
    ],
)
def test_where_all_is_known_nothing_is_missed(question: str) -> None:
    draft = answered(question, *of_rules([turns.PAYMENT], True), turns.product(), PARKING)
    assert "não encontrei" not in draft.body
    assert not draft.unanswered


def test_each_of_several_questions_is_looked_up_by_itself() -> None:
    queries = document_queries("aceitam pix? tem estacionamento? posso levar meu cachorro?")
    assert "tem estacionamento" in queries
    assert "posso levar meu cachorro" in queries
    assert document_queries("posso trocar um produto?") == ["posso trocar um produto"]
