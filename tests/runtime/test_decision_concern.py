"""Which messages a person must answer, and which everyday ones must stay with the crew."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from agent_runtime.contracts import HandoverReason
from agent_runtime.decision import sensitive
from agent_runtime.decision.concern import Concern, concern
from tests.doubles import turns

MESSAGES = Path(__file__).parent / "messages"
"""What customers write, a message a line; ``sensitive_`` goes before the topic."""


def lines(name: str) -> list[str]:
    return (MESSAGES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


SENSITIVE = [
    (path.stem.removeprefix("sensitive_"), line)
    for path in sorted(MESSAGES.glob("sensitive_*.txt"))
    for line in lines(path.stem)
]


@pytest.mark.parametrize("text", lines("everyday"))
def test_an_everyday_message_stays_with_the_crew(text: str) -> None:
    assert concern(text) is None


@pytest.mark.parametrize("text", lines("frustration"))
def test_an_annoyed_customer_gets_a_person(text: str) -> None:
    found = concern(text)
    assert found
    assert found.reason is HandoverReason.FRUSTRATION


@pytest.mark.parametrize(("topic", "text"), SENSITIVE)
def test_a_sensitive_topic_gets_a_person(topic: str, text: str) -> None:
    assert concern(text) == Concern(HandoverReason.SENSITIVE_TOPIC, topic)


def test_the_tables_are_long_enough_to_mean_something() -> None:
    must = len(lines("frustration")) + len(SENSITIVE)
    assert len(lines("everyday")) >= 60
    assert must >= 60
    assert {topic for topic, _text in SENSITIVE} == set(sensitive.TOPICS)


@pytest.mark.parametrize("text", ["quero falar com uma pessoa", "me passa um atendente por favor"])
def test_a_wish_for_a_person_is_named_as_such(text: str) -> None:
    assert concern(text) == Concern(HandoverReason.ASKED_FOR_PERSON)


def test_the_gravest_concern_is_named() -> None:
    text = "que absurdo, quero falar com um atendente ou vou no procon"
    assert concern(text) == Concern(HandoverReason.SENSITIVE_TOPIC, "legal")


@pytest.mark.parametrize("text", ["o cliente vai no procon, qual é a política?", "que absurdo"])
def test_the_companys_own_people_are_not_annoyed_customers(text: str) -> None:
    assert concern(text)
    assert concern(text, internal=True) is None


def test_a_long_message_is_judged_quickly() -> None:
    start = time.process_time()
    concern("não perguntei duas vezes e um absurdo? " * 20_000)
    assert time.process_time() - start < 2


LETTERS = (
    "Bom dia, qual o preço da ração?\n\nAtenciosamente,\nJoão Lima\nACME Ltda.\n"
    "Seus dados pessoais são tratados conforme a LGPD. Em caso de abuso, procure o Procon.",
    "Vocês entregam em Moema?\n\n-- \nAna Souza\nAdvogada\nNão quer mais receber? Descadastre-se.",
    "Segue o pedido 12.\n\nEm seg., 3 de nov. de 2025 às 10:00, Loja <a@b.com> escreveu:\n"
    "> Se não queira receber mais e-mails, descadastre-se\n> quero falar com um atendente",
    "Do you open on Sunday?\n\nBest regards,\nJoe\nTo report a data breach call my lawyer.",
    "Qual o horário?\n\nTo unsubscribe click here. Atendemos ao Código de Defesa do Consumidor.",
    "> não quero mais receber mensagens\n\nQual o valor?\n\n-----Mensagem original-----\né golpe",
)


@pytest.mark.parametrize("text", LETTERS)
def test_what_is_printed_under_a_letter_is_not_its_writers_concern(text: str) -> None:
    assert concern(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Vou no procon se não resolverem.\n\nAtt,\nJoão",
        "Att,\nJoão: vou processar vocês",
        "> vou processar vocês",
        "Apaguem meus dados.\n-- \nAna",
    ],
)
def test_what_a_letter_says_itself_is_judged(text: str) -> None:
    assert concern(text)


ASKED = "quanto custa a ração golden de filhotes?"


def asked(times: int, text: str = ASKED) -> tuple:
    pair = (turns.said("customer", text), turns.said("crew", "Qual produto você procura?"))
    return pair * times


def test_the_same_question_a_third_time_is_asked_in_vain() -> None:
    assert concern(ASKED, asked(1)) is None
    found = Concern(HandoverReason.FRUSTRATION, "repeated")
    assert concern(ASKED, asked(2)) == found
    assert concern("Quanto custa a racao Golden filhotes", asked(2)) == found


@pytest.mark.parametrize(
    "text", ["oi", "ok", "2", "sim", "quanto custa a ração golden de adultos?"]
)
def test_a_short_or_another_message_is_no_repetition(text: str) -> None:
    assert concern(text, asked(3, text if len(text) < 5 else ASKED)) is None


def test_the_same_question_on_another_day_is_no_repetition() -> None:
    assert concern(ASKED, asked(2), turns.NOW)
    assert concern(ASKED, asked(2), turns.NOW + timedelta(hours=12)) is None


def test_what_an_attendant_answered_was_not_answered_by_the_crew() -> None:
    pair = (turns.said("customer", ASKED), turns.said("attendant", "Já vejo."))
    assert concern(ASKED, pair * 3) is None
