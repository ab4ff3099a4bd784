"""A customer of a salon gets an appointment in an ordinary conversation, told bit by bit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from agent_runtime.contracts import (
    AllowedRequests,
    EnabledServices,
    HandoverReason,
    KnownRequest,
    OpeningHours,
    Rule,
    ServiceOffer,
    TurnResult,
)
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, Conversation, engine_settings

WEEK = tuple(OpeningHours(weekday=day, start="09:00", end="18:00") for day in range(5))
NOTHING: dict[str, Any] = {
    "notice_minutes": 0,
    "required_information": None,
    "confirmation": None,
    "duration_minutes": 60,
    "windows": WEEK,
}
HAIR = turns.scheduling(1, service="Cabelo e unhas", **NOTHING)
SKIN = turns.scheduling(2, service="Limpeza de pele e massagem", **NOTHING)
TABLE = turns.scheduling(3, service="Reserva de mesa", **NOTHING).model_copy(
    update={"text": "Reservamos mesas para até 12 pessoas."}
)
OFFERS = (
    ServiceOffer(key="ai.service.offer,1", name="Corte feminino", description="Com lavagem."),
    ServiceOffer(key="ai.service.offer,2", name="Escova", description="Conforme o cabelo."),
    ServiceOffer(key="ai.service.offer,3", name="Manicure", description="Unhas das mãos."),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def talk(settings: Settings, *rules: Rule) -> Conversation:
    config = turns.config(
        services=EnabledServices(scheduling=True, support=True),
        requests=AllowedRequests(booking=True),
        offers=OFFERS,
    )
    customer = Conversation(Bench.of(settings, config), {"rules": rules or (HAIR, SKIN)})
    customer.history = [turns.said("crew", "Olá!")]
    return customer


def say(customer: Conversation, *texts: str) -> TurnResult:
    """What comes of the last; what is asked before is shown with its buttons, as Odoo keeps it."""
    for text in texts:
        result = customer.say(text)
        if result.choices:
            rows = "\n".join(f"{n}. {c.title}" for n, c in enumerate(result.choices, 1))
            customer.history[-1] = turns.said("crew", f"{result.parts[-1]}\n\n{rows}")
    return result


def when(result: TurnResult) -> str:
    """What was noted, and for when."""
    (wish,) = result.requests
    assert result.handover is None
    return f"{wish.starts_at:%d %H:%M} {wish.summary}"


@pytest.mark.parametrize(
    ("texts", "noted"),
    [
        (("oii queria marcar uma escova p segunda de tarde", "pode ser 15h"), "23 15:00"),
        (("quero marcar mao e pe pra terça q vem as 10",), "24 10:00"),
        (("quero marcar corte e escova terça", "as 11"), "24 11:00"),
        (("quero agendar", "corte e escova", "terça de manhã", "10"), "24 10:00"),
        (("quero agendar", "1", "terça às 3 da tarde"), "24 15:00"),
        (("quero marcar escova às 15h", "terça"), "24 15:00"),
        (("quero fazer luzes terça depois das 14h", "14h"), "24 14:00"),
        (("tem vaga terça pra manicure?", "a primeira"), "24 09:00"),
        (("quais os horários livres pra escova?", "terça", "9h"), "24 09:00"),
        (("tem como fazer o pé e a mão terça?", "depois do almoço", "14h"), "24 14:00"),
        (("queria agendar escova na terça 24/11 às 10h",), "24 10:00"),
        (("preciso de 2 horários pra terça, escova", "9h"), "24 09:00"),
        (("marca uma escova pra mim dia 24 as 10h?",), "24 10:00"),
    ],
)
def test_what_is_told_bit_by_bit_makes_an_appointment(
    settings: Settings, texts: tuple[str, ...], noted: str
) -> None:
    told = when(say(talk(settings), *texts))
    assert told.startswith(f"{noted} Cabelo e unhas")


def test_the_request_says_what_shall_be_done(settings: Settings) -> None:
    told = when(say(talk(settings), "quero marcar corte e escova terça às 11h"))
    assert told.endswith("(corte, escova)")


def test_the_half_of_the_day_and_the_day_asked_for_are_offered(settings: Settings) -> None:
    (text,) = say(talk(settings), "queria agendar limpeza de pele na terça que vem de manhã").parts
    assert "24/11/2026: 9h, 10h, 11h\n" in text
    assert text.count("/11/2026") == 1


def test_a_weekday_with_its_date_is_that_day(settings: Settings) -> None:
    (text,) = say(talk(settings), "queria agendar escova na terça, dia 1/12").parts
    assert "01/12/2026" in text
    assert "24/11/2026" not in text


def test_what_is_not_free_is_said(settings: Settings) -> None:
    (text,) = say(talk(settings), "tem vaga domingo pra escova?").parts
    assert text.startswith("Nesse dia não há horário livre.")
    (text,) = say(talk(settings), "tem horário terça de noite pra escova?").parts
    assert text.startswith("Nesse período não há horário livre.")
    assert "24/11/2026" in text


def test_every_free_time_may_be_told_whatever_the_door_s_hours(settings: Settings) -> None:
    result = say(talk(settings), "quero marcar escova às 15h")
    assert result.handover is None
    assert result.parts[0].count("15h") == 3


def test_no_question_is_asked_a_third_time(settings: Settings) -> None:
    customer = talk(settings)
    first = say(customer, "quero marcar um horário")
    assert [choice.title for choice in first.choices] == ["Cabelo e unhas", "Limpeza de pele…"]
    assert say(customer, "isso").choices == first.choices
    third = say(customer, "isso")
    assert third.choices == ()
    assert third.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


@pytest.mark.parametrize(
    "ask",
    ["tem mesa pra segunda as 20h? somos 6", "reserva pra segunda, umas 10h, 8 pessoas"]
    + ["mesa pra 2 hoje à noite", "tem horário livre amanhã?"],
)
def test_who_asks_for_a_place_is_told_the_free_times(settings: Settings, ask: str) -> None:
    result = say(talk(settings, TABLE), ask)
    assert result.decision.intents[0] == "booking"
    assert result.handover is None
    assert "Reserva de mesa" in result.parts[0]


@pytest.mark.parametrize(
    "ask", ["qual o horário hoje?", "que horas abre segunda?", "tem vaga de emprego?"]
)
def test_the_door_s_hours_and_a_job_are_no_appointment(settings: Settings, ask: str) -> None:
    assert "booking" not in say(talk(settings), ask).decision.intents


def test_where_nothing_is_booked_a_free_hour_is_the_door_s(settings: Settings) -> None:
    bench = Bench.of(settings, turns.config())
    assert "booking" not in bench.run(turns.turn("tem horário amanhã?")).decision.intents


def test_the_request_keeps_the_number_of_people(settings: Settings) -> None:
    customer = talk(settings, TABLE)
    result = say(customer, "quero reservar uma mesa pra 4 pessoas segunda as 10h")
    assert when(result).endswith("(4 pessoas)")
    assert "4 pessoas" in result.parts[0]
    (wish,) = result.requests
    known = KnownRequest(
        kind="booking",
        state="waiting",
        summary=wish.summary,
        scheduling_rule=wish.scheduling_rule,
        starts_at=wish.starts_at,
    )
    customer.fixed["known_requests"] = (known,)
    again = say(customer, "confirma")
    assert "já está anotado" in again.parts[0]
    assert again.requests == ()


def test_another_time_names_the_one_asked_for_before(settings: Settings) -> None:
    customer = talk(settings, TABLE)
    known = KnownRequest(
        kind="booking",
        state="waiting",
        summary="Reserva de mesa: 23/11/2026 10:00",
        scheduling_rule=TABLE.key,
        starts_at=datetime(2026, 11, 23, 10, tzinfo=turns.ZONE),
    )
    customer.fixed["known_requests"] = (known,)
    told = when(say(customer, "quero reservar uma mesa segunda às 12h"))
    assert told.endswith("(pedido antes deste: Reserva de mesa: 23/11/2026 10:00)")


def test_what_is_asked_beside_it_is_not_lost(settings: Settings) -> None:
    result = say(talk(settings, TABLE), "preciso de uma mesa terça 10h, tem cadeirão?")
    assert result.requests
    assert result.handover is not None, "nobody here knows of a chair for children"


def test_more_people_than_there_is_place_for_need_a_person(settings: Settings) -> None:
    result = say(talk(settings, TABLE), "mesa p 15 pessoas segunda às 10h")
    assert "até 12 pessoas" in result.parts[0]
    assert result.requests == ()
    assert result.handover is not None
