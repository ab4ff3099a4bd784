"""The built-in responder on opening hours, closures and holidays."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agent_runtime import opening
from agent_runtime.contracts import Closure, Hours, OpeningHours
from agent_runtime.evidence import Evidence
from tests.doubles.briefings import HOURS, answered
from tests.doubles.turns import NOW, ZONE

# --- calendar --------------------------------------------------------------------------------


def at(day_: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day_, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(20, 7, 59), False),
        (at(20, 8), True),
        (at(20, 12), False),
        (at(20, 13), True),
        (at(20, 18, 29), True),
        (at(20, 18, 30), False),
        (at(22, 10), False),
    ],
)
def test_open_at_the_borders(moment: datetime, is_open: bool) -> None:
    assert bool(opening.open_now(HOURS, moment)) is is_open


def test_the_moment_is_read_on_the_companys_clock() -> None:
    utc = at(20, 8).astimezone(tz=None)
    assert opening.open_now(HOURS, utc)


def test_a_closure_takes_its_part_of_the_day() -> None:
    noon = Closure(name="Reunião", start=at(20, 10), end=at(20, 14))
    hours = HOURS.model_copy(update={"closures": (noon,)})
    spans = [(i.start.hour, i.end.hour) for i in opening.open_intervals(hours, at(20, 0).date())]
    assert spans == [(8, 10), (14, 18)]


def test_the_next_opening_skips_closed_days() -> None:
    monday = Closure(name="Feriado", start=at(23, 0), end=at(24, 0))
    hours = HOURS.model_copy(update={"closures": (monday,)})
    assert opening.next_opening(hours, at(21, 12)).start == at(24, 8)


def test_midnight_as_an_end() -> None:
    late = Hours(
        timezone="America/Sao_Paulo", week=(OpeningHours(weekday=5, start="18:00", end="24:00"),)
    )
    assert opening.open_now(late, at(21, 23, 59))
    assert "até as 0h" in answered("estão abertos?", hours=late, now=at(21, 20)).body
    assert "das 18h às 24h" in answered("que horas abrem sábado?", hours=late).body


# --- hours -----------------------------------------------------------------------------------


def test_a_general_question_gets_now_the_week_and_what_comes() -> None:
    body = answered("qual o horário?", now=NOW + timedelta(days=25)).body
    assert "Agora estamos abertos, até as 12h." in body
    assert "segunda a sexta, das 8h às 12h e das 13h às 18h30" in body
    assert "domingo, fechado" in body
    assert "Natal" in body


def test_closed_now_says_when_it_opens() -> None:
    body = answered("estão abertos agora?", now=at(21, 13)).body
    assert "Agora estamos fechados; abrimos segunda-feira (23/11/2026) às 8h." in body


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("abrem amanhã?", "Amanhã (domingo) não abrimos."),
        (
            "abrem dia 24? e 30?",
            "Terça-feira (24/11/2026) abrimos das 8h às 12h e das 13h às 18h30. "
            "Segunda-feira (30/11/2026) abrimos das 8h às 12h e das 13h às 18h30.",
        ),
        ("abrem na quarta?", "Quarta-feira (25/11/2026) abrimos das 8h às 12h e das 13h às 18h30."),
        ("abrem hoje?", "Hoje abrimos das 8h às 12h. Agora estamos abertos, até as 12h."),
    ],
)
def test_a_day_asked_for(question: str, answer: str) -> None:
    assert answered(question).body == answer


def test_a_day_closed_by_a_holiday_names_it() -> None:
    body = answered("abrem na sexta?", now=datetime(2026, 12, 22, 9, tzinfo=ZONE)).body
    assert body == "Sexta-feira (25/12/2026) não abrimos (Natal)."


def test_holidays_asked_for_and_none_near() -> None:
    assert "nenhum fechamento" in answered("abrem no feriado?").body


def test_a_holiday_told_with_its_day_is_neither_denied_nor_told_twice() -> None:
    far = answered("vc abre sábado? e feriado do natal?").body
    assert "Sexta-feira (25/12/2026) não abrimos (Natal)." in far
    assert "nenhum fechamento" not in far
    near = answered("abrem no feriado do natal?", now=datetime(2026, 12, 20, 9, tzinfo=ZONE)).body
    assert near.count("Natal") == 1
    later = answered("vc abre no feriado do natal?\ne dia 31?", latest="e dia 31?").body
    assert later == "Quinta-feira (31/12/2026) abrimos das 8h às 12h e das 13h às 18h30."


NEW_YEAR = Closure(
    name="Confraternização Universal",
    start=datetime(2027, 1, 1, tzinfo=ZONE),
    end=datetime(2027, 1, 2, tzinfo=ZONE),
)
CARNIVAL = Closure(
    name="Recesso de Carnaval",
    start=datetime(2027, 2, 8, tzinfo=ZONE),
    end=datetime(2027, 2, 10, tzinfo=ZONE),
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Vcs abrem no ano novo?", "Sexta-feira (01/01/2027) não abrimos (Confraternização"),
        ("abrem no Réveillon?", "Sexta-feira (01/01/2027) não abrimos (Confraternização"),
        ("abrem na véspera de Natal?", "Quinta-feira (24/12/2026) abrimos das 8h"),
        ("abrem na véspera de ano novo?", "Quinta-feira (31/12/2026) abrimos das 8h"),
        ("abrem em Tiradentes?", "Quarta-feira (21/04/2027) abrimos"),
        ("abrem no carnaval?", "Segunda-feira (08/02/2027) não abrimos (Recesso de Carnaval)"),
    ],
)
def test_a_holiday_by_its_everyday_name(question: str, answer: str) -> None:
    hours = HOURS.model_copy(update={"closures": (*HOURS.closures, NEW_YEAR, CARNIVAL)})
    body = answered(question, hours=hours).body
    assert body.startswith(answer)
    assert body.count(". ") == 0


@pytest.mark.parametrize("question", ["abrem no carnaval?", "abrem sábado e na páscoa?"])
def test_a_movable_holiday_that_is_not_published_is_not_guessed(question: str) -> None:
    draft = answered(question)
    assert draft.body == ""
    assert draft.unanswered == ("opening_hours",)


def test_without_published_hours_nothing_is_said() -> None:
    draft = answered("qual o horário?", hours=Hours(timezone="UTC"))
    assert draft.body == ""
    assert draft.unanswered == ("opening_hours",)


def test_a_holiday_is_known_by_name_and_by_date() -> None:
    for question in ("abrem no Natal?", "abrem dia 25/12?", "abrem em 25 de dezembro?"):
        assert answered(question).body == "Sexta-feira (25/12/2026) não abrimos (Natal)."


ORDERS = Evidence(
    kind="document",
    reference="business.support.document,1",
    title="Bolos sob encomenda",
    text="O bolo de festa sem lactose deve ser pedido até as 17h do dia anterior.",
    via="mcp-qdrant",
    score=0.4,
)


def test_a_time_that_is_not_the_door_s_is_told_by_who_knows_it() -> None:
    told = answered("até que horas posso pedir bolo sem lactose?", ORDERS)
    assert told.references == (ORDERS.reference,)
    for question in ("até que horas vocês abrem?", "que horas vocês atendem sábado?"):
        assert answered(question, ORDERS).references == ("config",)
