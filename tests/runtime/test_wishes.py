"""Free times, and what customers want done, through the engine, with CrewAI really running."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from agent_runtime.contracts import (
    AllowedRequests,
    KnownRequest,
    Rule,
)
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import engine_settings
from tests.doubles.errand_shop import (
    BATHS,
    MONDAY_10,
    asked_for_a_bath,
    said,
    scripted,
    shop,
    text,
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


@pytest.mark.parametrize(
    "pick", ["pode ser às 11h", "11h", "segunda às 11", "o de 11h por favor", "11:00 está ótimo"]
)
def test_free_times_are_offered_and_one_is_taken(settings: Settings, pick: str) -> None:
    bench = shop(settings)
    bench.box.busy = [(MONDAY_10, MONDAY_10 + timedelta(hours=1))]
    first = bench.run(turns.turn("Quero marcar um banho para segunda", rules=(BATHS,)))
    assert "segunda" in text(first)
    assert "9h, 11h" in text(first)
    assert first.handover is None
    assert first.requests == ()
    history = said(("customer", "Quero marcar um banho para segunda"), ("crew", text(first)))
    second = bench.run(turns.turn(pick, rules=(BATHS,), history=history))
    (wish,) = second.requests
    assert (wish.kind, wish.scheduling_rule) == ("booking", BATHS.key)
    assert wish.starts_at == MONDAY_10 + timedelta(hours=1)
    assert "Anotei o seu pedido de agendamento" in text(second)
    assert "confirmado" in text(second)
    assert second.handover is None


ANSWERS = {
    "segunda não posso às 10h": "9h, 11h",
    "às 10h não dá": "9h, 11h",
    "segunda às 10h não consigo": "9h, 11h",
    "nem às 9h nem às 10h": "11h",
    "não posso na segunda": "terça-feira",
    "not at 10:00, sorry": "9h, 11h",
}


@pytest.mark.parametrize("no", ANSWERS)
def test_a_time_that_is_refused_is_no_wish(settings: Settings, no: str) -> None:
    bench = shop(settings)
    history = asked_for_a_bath(bench)
    result = bench.run(turns.turn(no, rules=(BATHS,), history=history))
    assert result.requests == ()
    assert ANSWERS[no] in text(result), "the times that are left"
    assert "não está livre" not in text(result)


@pytest.mark.parametrize(
    "ask",
    [
        "Quero marcar um banho segunda, não pode ser às 10h?",
        "Quero marcar um banho. Não tem às 10h na segunda?",
        "Nao da pra marcar um banho segunda as 10h?",
        "não consegue me encaixar na segunda?",
        "às 10h não dá?",
    ],
)
def test_a_polite_no_in_a_question_refuses_nothing(settings: Settings, ask: str) -> None:
    bench = shop(settings)
    result = bench.run(turns.turn(ask, rules=(BATHS,), history=asked_for_a_bath(bench)))
    assert result.requests or "9h, 10h, 11h" in text(result)


@pytest.mark.parametrize(
    "say",
    [
        "às 10h é ruim para mim",
        "10h fica muito cedo",
        "às 10h tenho aula",
        "prefiro depois das 10h",
        "segunda tem às 10h?",
    ],
)
def test_a_time_that_is_not_taken_is_no_wish(settings: Settings, say: str) -> None:
    bench = shop(settings)
    history = asked_for_a_bath(bench)
    assert bench.run(turns.turn(say, rules=(BATHS,), history=history)).requests == ()


@pytest.mark.parametrize(
    ("say", "at"),
    [
        ("pode ser às 10h para a minha cachorra Mel", (23, 10)),
        ("não posso às 10h, pode ser às 11h", (23, 11)),
        ("Segunda não dá, terça às 9h", (24, 9)),
        ("às 10h, por que não", (23, 10)),
        ("no dia 24 às 9h", (24, 9)),
    ],
)
def test_what_stands_beside_a_no_is_taken(
    settings: Settings, say: str, at: tuple[int, int]
) -> None:
    bench = shop(settings)
    history = asked_for_a_bath(bench)
    (wish,) = bench.run(turns.turn(say, rules=(BATHS,), history=history)).requests
    assert (wish.starts_at.day, wish.starts_at.hour) == at


def test_whoever_calls_it_off_gets_a_person(settings: Settings) -> None:
    bench = shop(settings)
    history = asked_for_a_bath(bench) + said(
        ("customer", "segunda às 10h"), ("crew", "Anotei o seu pedido de agendamento.")
    )
    say = "mudei de ideia, às 10h não"
    result = bench.run(turns.turn(say, rules=(BATHS,), history=history))
    assert result.requests == ()
    assert result.handover is not None


def test_the_times_of_an_appointment_are_no_opening_hours(settings: Settings) -> None:
    say = "Quero marcar um banho no dia 23/11/2026. Que horários tem?"
    result = shop(settings).run(turns.turn(say, rules=(BATHS,)))
    assert "9h, 10h, 11h" in text(result)
    assert "abertos" not in text(result)
    assert "Nosso horário" not in text(result)
    assert result.handover is None


def test_a_time_that_is_taken_is_no_wish(settings: Settings) -> None:
    bench = shop(settings)
    bench.box.busy = [(MONDAY_10, MONDAY_10 + timedelta(hours=1))]
    result = bench.run(turns.turn("Quero marcar um banho segunda às 10h", rules=(BATHS,)))
    assert result.requests == ()
    assert "não está livre" in text(result)
    assert "9h, 11h" in text(result)


def known(state: str) -> KnownRequest:
    return KnownRequest(
        kind="booking",
        state=state,
        summary="Banho: 23/11/2026 10:00",
        scheduling_rule=BATHS.key,
        starts_at=MONDAY_10.astimezone(UTC),
    )


@pytest.mark.parametrize(
    ("state", "told"), [("waiting", "já está anotado"), ("done", "está confirmado")]
)
def test_whoever_confirms_the_own_time_is_not_contradicted(
    settings: Settings, state: str, told: str
) -> None:
    bench = shop(settings)
    history = asked_for_a_bath(bench) + said(
        ("customer", "segunda às 10h"), ("crew", "Anotei o seu pedido de agendamento.")
    )
    bench.box.busy = [(MONDAY_10, MONDAY_10 + timedelta(hours=1))]  # this very appointment
    say, before = "combinado, segunda às 10h estarei aí", (known(state),)
    turn = turns.turn(say, rules=(BATHS,), history=history, known_requests=before)
    result = bench.run(turn)
    assert result.requests == ()
    assert told in text(result)
    assert "23/11/2026" in text(result)
    assert "não está livre" not in text(result)
    assert result.handover is None
    other = turns.turn(
        "Quero marcar um banho segunda às 11h", rules=(BATHS,), known_requests=(known(state),)
    )
    assert [wish.starts_at.hour for wish in bench.run(other).requests] == [11]


def test_a_model_asks_for_no_time_twice(settings: Settings) -> None:
    arguments = {"starts_at": MONDAY_10.isoformat()}
    say, before = "Quero marcar um banho", (known("waiting"),)
    result = scripted(settings, "request_booking", arguments, say=say, known_requests=before)
    assert result.requests == ()


def of_service(number: int, service: str) -> Rule:
    terms = BATHS.scheduling.model_copy(update={"service": service})
    changes = {"key": f"business.scheduling.rule,{number}", "name": service, "scheduling": terms}
    return BATHS.model_copy(update=changes)


PARLOUR = (of_service(1, "Banho"), of_service(2, "Tosa"), of_service(3, "Banho e tosa"))


@pytest.mark.parametrize(
    ("say", "service"),
    [
        ("quero marcar um banho", "Banho"),
        ("quero agendar uma tosa na segunda", "Tosa"),
        ("quero marcar banho e tosa", "Banho e tosa"),
    ],
)
def test_the_service_that_is_called_so_is_meant(settings: Settings, say: str, service: str) -> None:
    result = shop(settings).run(turns.turn(say, rules=PARLOUR))
    assert f"Horários livres para {service}:" in text(result)
    assert result.handover is None


def test_which_service_is_asked_and_the_choice_taken(settings: Settings) -> None:
    bench = shop(settings)
    say = "quero marcar um horário na segunda"
    first = bench.run(turns.turn(say, rules=PARLOUR))
    assert "Para qual destes serviços?" in text(first)
    assert [choice.title for choice in first.choices] == ["Banho", "Tosa", "Banho e tosa"]
    assert first.handover is None
    offer = "Para qual destes serviços?\n1. Banho\n2. Tosa\n3. Banho e tosa"
    history = said(("customer", say), ("crew", offer))
    second = bench.run(turns.turn("2", rules=PARLOUR, history=history))
    assert "Horários livres para Tosa:" in text(second)
    assert "segunda-feira" in text(second)


def test_everything_said_at_once_is_noted_at_once(settings: Settings) -> None:
    result = shop(settings).run(
        turns.turn("Quero marcar um banho para segunda-feira às 10h", rules=(BATHS,))
    )
    assert [wish.starts_at for wish in result.requests] == [MONDAY_10]


def test_where_no_appointments_are_taken_no_times_are_told(settings: Settings) -> None:
    bench = shop(settings, AllowedRequests())
    result = bench.run(turns.turn("Quero marcar um banho segunda às 10h", rules=(BATHS,)))
    assert result.requests == ()
    assert "livres" not in text(result)
    assert result.handover is not None


def test_a_quotation_of_what_was_found(settings: Settings) -> None:
    result = shop(settings).run(
        turns.turn("Quero um orçamento de 3 sacos de ração golden filhotes")
    )
    (wish,) = result.requests
    assert wish.kind == "quotation"
    assert [(line.product, line.quantity) for line in wish.products] == [(1, 3.0)]
    assert "Anotei o seu pedido de orçamento: 3 ×" in text(result)
    assert result.handover is None


@pytest.mark.parametrize(
    "say",
    [
        "não quero orçamento da ração golden filhotes, só o preço",
        "não quero orçamento nenhum, quero falar do meu pedido",
        "já recebi o orçamento, não preciso de outro",
        "Obrigado pelo orçamento da ração golden, preciso pensar",
        "pode cancelar o orçamento da ração golden",
        "quero saber do meu orçamento",
        "vocês fazem orçamento?",
        "quero aprovar o orçamento S00012",
        "não tenho interesse",
        "não quero ser revendedor, obrigado",
        "I do not need a quote for the golden food",
    ],
)
def test_a_no_is_no_wish(settings: Settings, say: str) -> None:
    assert shop(settings).run(turns.turn(say)).requests == ()


@pytest.mark.parametrize(
    ("say", "count"),
    [
        ("Pode me mandar um orçamento da ração golden filhotes?", 1.0),
        ("quero orçamento de dois sacos de ração golden", 2.0),
        ("Quero um orçamento de 1.000 pacotes de ração golden", 1000.0),
        ("gostaria de uma cotação de uma dúzia de ração golden", 12.0),
        ("Orçamento da ração golden filhotes 15 kg por favor", 1.0),
        ("preciso de ração golden para filhotes, pode fazer um orçamento de 20 unidades?", None),
        ("quero orçamento da ração golden para 40 cachorros", None),
    ],
)
def test_the_quantity_is_what_was_said_or_a_person_s_to_ask(
    settings: Settings, say: str, count: float | None
) -> None:
    (wish,) = shop(settings).run(turns.turn(say)).requests
    told = [(line.product, line.quantity) for line in wish.products]
    assert (wish.kind, told) == (("quotation", [(1, count)]) if count else ("lead", []))


def test_an_interest_is_passed_on(settings: Settings) -> None:
    result = shop(settings).run(turns.turn("Tenho interesse em revender a ração de vocês"))
    assert [wish.kind for wish in result.requests] == ["lead"]
