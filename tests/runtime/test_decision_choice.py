"""What a customer picks from what the crew offered."""

from __future__ import annotations

import pytest

from agent_runtime.decision.choice import Pick, chosen
from tests.doubles import turns

QUESTION = "Encontrei mais de uma opção. Qual delas você procura?"
OFFER = turns.said("crew", f"{QUESTION}\n\n1. Filhotes 3 kg\n2. Adultos 15 kg\n3. Castrados 15 kg")
HISTORY = (turns.said("customer", "quanto custa a ração golden?"), OFFER)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("2", "Adultos 15 kg"),
        ("2.", "Adultos 15 kg"),
        ("a 2", "Adultos 15 kg"),
        ("2ª", "Adultos 15 kg"),
        ("2️⃣", "Adultos 15 kg"),
        ("opção 3", "Castrados 15 kg"),
        ("número 1 por favor", "Filhotes 3 kg"),
        ("quero a 1", "Filhotes 3 kg"),
        ("2\nobrigada!", "Adultos 15 kg"),
        ("oi\na de castrados", "Castrados 15 kg"),
        ("a segunda", "Adultos 15 kg"),
        ("Segunda opção", "Adultos 15 kg"),
        ("a primeira, por favor", "Filhotes 3 kg"),
        ("a última", "Castrados 15 kg"),
        ("the second one", "Adultos 15 kg"),
        ("la tercera", "Castrados 15 kg"),
        ("a de filhotes", "Filhotes 3 kg"),
        ("o de 3 kg", "Filhotes 3 kg"),
        ("o de 3kg", "Filhotes 3 kg"),
        ("3 quilos", "Filhotes 3 kg"),
        ("ok 2", "Adultos 15 kg"),
        ("sim, a 2", "Adultos 15 kg"),
        ("blz, 2", "Adultos 15 kg"),
        ("dois", "Adultos 15 kg"),
        ("tres", "Castrados 15 kg"),
        ("castrado", "Castrados 15 kg"),
        ("Adultos 15 kg", "Adultos 15 kg"),
        ("Ração Golden Castrados 15 kg", "Ração Golden Castrados 15 kg"),
    ],
)
def test_a_reply_picks_one(text: str, picked: str) -> None:
    assert chosen(text, HISTORY) == Pick(picked)


@pytest.mark.parametrize(
    "text",
    [
        "4",
        "0",
        "a quinta",
        "15 kg",
        "as duas",
        "1 e 2",
        "nenhuma",
        "2 unidades",
        "abrem na segunda?",
        "segunda, vocês abrem?",
        "quero a 1 e a 3",
        "1, 3",
        "as 2 horas vocês abrem?",
        "vocês abrem a 8h?",
        "os dois",
        "vocês entregam a de filhotes?",
        "obrigada",
        "20",
    ],
)
def test_what_is_unclear_or_something_else_picks_nothing(text: str) -> None:
    assert chosen(text, HISTORY) is None


def test_nothing_is_picked_from_what_was_not_just_asked() -> None:
    priced = turns.said("crew", "Adultos 15 kg: R$ 189,90.")
    taken_over = turns.said("attendant", "Oi, aqui é a Eva.")
    steps = turns.said("crew", "Para trocar:\n1. Traga a nota\n2. Traga o produto")
    assert chosen("2", ()) is None
    assert chosen("2", (*HISTORY, turns.said("customer", "a 2"), priced)) is None
    assert chosen("2", (*HISTORY, taken_over)) is None
    assert chosen("2", (steps,)) is None


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("o sem fio, quanto?", "Fone Onix Air"),
        ("sem fio", "Fone Onix Air"),
        ("o com fio, quanto custa?", "Fone com fio Onix Basic"),
        ("tem o air?", "Fone Onix Air"),
    ],
)
def test_what_one_of_them_has_not_tells_it_from_the_others(text: str, picked: str) -> None:
    shown = "1. Fone Onix Air\n2. Fone com fio Onix Basic"
    history = (
        turns.said("customer", "quanto custa o fone?"),
        turns.said("crew", f"Qual?\n{shown}"),
    )
    found = chosen(text, history)
    assert found
    assert found.words == picked


def test_a_reply_in_two_messages_still_answers_the_offer() -> None:
    assert chosen("a 2", (*HISTORY, turns.said("customer", "hum"))) == Pick("Adultos 15 kg")


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("2\nqual o horário de vocês?", "qual o horário de vocês?"),
        ("qual o horário?\na 2", "qual o horário?"),
        ("2, e vocês entregam?", "vocês entregam?"),
        ("quero a 2. Aceitam pix?", "Aceitam pix?"),
        ("a segunda, vocês entregam?", "vocês entregam?"),
    ],
)
def test_what_is_asked_beside_the_pick_is_not_lost(text: str, beside: str) -> None:
    assert chosen(text, HISTORY) == Pick("Adultos 15 kg", beside)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("tem a 2 em estoque?", "tem Adultos 15 kg em estoque?"),
        ("a 3 tem previsão?", "Castrados 15 kg tem previsão?"),
    ],
)
def test_a_question_about_one_of_them_names_it(text: str, picked: str) -> None:
    assert chosen(text, HISTORY) == Pick(picked)
