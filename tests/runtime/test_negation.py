"""What a message refuses, clause by clause, and what only sounds so."""

from __future__ import annotations

import pytest

from agent_runtime.decision.negation import affirmed, refused


@pytest.mark.parametrize(
    "text",
    [
        "não teria horário às 15h?",
        "Não tem às 10h na segunda?",
        "não consegue me encaixar na quinta?",
        "vocês não teriam vaga na sexta?",
        "às 10h não dá?",
        "não posso marcar às 10h?",
        "can't you do 10:00?",
        "Don't you have Friday?",
    ],
)
def test_a_polite_question_refuses_nothing(text: str) -> None:
    assert refused(text) == ""


@pytest.mark.parametrize(
    ("text", "no", "yes"),
    [
        ("não dá às 10h, tem outro horário?", "nao da as 10h", "tem outro horario"),
        ("às 10h não posso. Não tem mais tarde?", "as 10h nao posso", "nao tem mais tarde"),
        ("não tem outro dia sem ser segunda?", "nao tem outro dia sem ser segunda", ""),
        ("segunda não posso?", "segunda nao posso", ""),
        ("não dá na segunda", "nao da na segunda", ""),
        ("não pode ser às 9h! E às 10h?", "nao pode ser as 9h!", "e as 10h"),
        ("não tem como remarcar para terça?", "nao tem como remarcar para terca", ""),
    ],
)
def test_what_is_refused_stays_so_beside_a_question(text: str, no: str, yes: str) -> None:
    assert refused(text).rstrip("!") == no.rstrip("!")
    assert affirmed(text) == yes
