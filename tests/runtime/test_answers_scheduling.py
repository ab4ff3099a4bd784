"""How a service is booked: every term of a scheduling rule is an answer to somebody."""

from __future__ import annotations

from datetime import datetime

import pytest

from agent_runtime.contracts import Closure, EnabledServices, HandoverReason
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, Conversation, engine_settings
from tests.doubles.openai_server import OpenAIServer
from tests.doubles.turns import ZONE

VISIT = turns.scheduling()
BATH = turns.scheduling(
    2, service="Banho", duration_minutes=90, notice_minutes=0, horizon_days=None, rescheduling=None
)
BOOKS = turns.config(services=EnabledServices(scheduling=True))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def ask(settings: Settings, question: str, *rules: object, config: object = BOOKS) -> object:
    history = (turns.said("crew", "Olá!"),)
    request = turns.turn(question, rules=rules, history=history)
    return Bench.of(settings, config).run(request)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("como remarco minha consulta?", "Remarcações são feitas pelo telefone."),
        ("e se eu precisar desmarcar?", "Cancelamentos até 6 horas antes não têm custo."),
        (
            "com quanta antecedência preciso marcar?",
            "Agendamentos com pelo menos 24 horas de antecedência. "
            "A agenda fica aberta para os próximos 30 dias.",
        ),
        ("quanto dura a consulta?", "Duração: 45 minutos."),
        ("que horários posso marcar?", "Horários para agendamento: segunda, das 9h às 17h."),
        ("o que preciso levar pra consulta?", "Traga a carteira de vacinação."),
    ],
)
def test_every_term_is_an_answer(settings: Settings, question: str, told: str) -> None:
    result = ask(settings, question, VISIT)
    assert result.parts == (told,)
    assert result.handover is None
    assert [s.reference for s in result.sources] == [VISIT.key]


@pytest.mark.parametrize(
    "wish", ["quero remarcar minha consulta de amanhã", "preciso mudar o horário da minha consulta"]
)
def test_who_wants_an_appointment_moved_reads_the_policy_and_gets_a_person(
    settings: Settings, wish: str
) -> None:
    result = ask(settings, wish, VISIT)
    assert result.parts[0].startswith("Remarcações são feitas pelo telefone.")
    assert "abrimos" not in result.parts[0]
    assert result.handover


def test_a_models_answer_to_such_a_wish_brings_a_person_too(settings: Settings) -> None:
    said = f"Remarcações são feitas pelo telefone.\n@sources: {VISIT.key}"
    with OpenAIServer([said]) as server:
        model = {"model": "openai/scripted", "base_url": server.url, "api_key": "k"}
        request = turns.turn("quero remarcar minha consulta de amanhã", rules=(VISIT,), model=model)
        result = Bench.of(settings, BOOKS).run(request)
    assert "Remarcações são feitas pelo telefone." in result.parts[0]
    assert result.handover


def test_the_service_that_is_named_decides(settings: Settings) -> None:
    assert ask(settings, "quanto dura o banho?", VISIT, BATH).parts == (
        "Duração: 1 hora e 30 minutos.",
    )
    assert ask(settings, "com quanta antecedência marco o banho?", VISIT, BATH).parts == (
        "É possível agendar sem antecedência.",
    )


CONGRESS = Closure(
    name="Congresso",
    start=datetime(2026, 11, 30, tzinfo=ZONE),
    end=datetime(2026, 12, 1, tzinfo=ZONE),
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("que horários posso marcar?", "Atenção: em 30/11/2026 não agendamos (Congresso)."),
        ("quais horários tem pra marcar dia 30/11?", "não agendamos (Congresso)."),
        ("que horários posso marcar na segunda?", "(23/11/2026) agendamos das 9h às 17h."),
        ("que horários posso marcar amanhã?", "Amanhã (domingo) não agendamos."),
    ],
)
def test_days_off_of_the_appointments_are_known(
    settings: Settings, question: str, told: str
) -> None:
    result = ask(settings, question, turns.scheduling(closures=(CONGRESS,)))
    assert result.parts[0].startswith("Horários para agendamento: segunda, das 9h às 17h.")
    assert result.parts[0].endswith(told)
    assert result.handover is None


def test_without_a_name_every_service_is_told_apart(settings: Settings) -> None:
    text = ask(settings, "quanto tempo demora?", VISIT, BATH).parts[0]
    assert "Consulta: Duração: 45 minutos." in text
    assert "Banho: Duração: 1 hora e 30 minutos." in text


@pytest.mark.parametrize("question", ["quero agendar um banho pra amanhã", "quanto dura o banho?"])
def test_what_the_rules_do_not_tell_goes_to_a_person(settings: Settings, question: str) -> None:
    off = turns.config()
    result = ask(settings, question, BATH, config=off)
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


def test_a_model_may_say_a_duration_in_its_own_words(settings: Settings) -> None:
    said = f"O banho leva 1h30.\n@sources: {BATH.key}"
    with OpenAIServer([said]) as server:
        model = {"model": "openai/scripted", "base_url": server.url, "api_key": "k"}
        request = turns.turn("quanto dura o banho?", rules=(BATH,), model=model)
        result = Bench.of(settings, BOOKS).run(request)
    assert "1h30" in result.parts[0]
    assert result.handover is None


def test_an_english_conversation(settings: Settings) -> None:
    config = turns.config(
        language="en_US", services=EnabledServices(scheduling=True, delivery=True)
    )
    rules = (VISIT, turns.delivery())
    talk = Conversation(Bench.of(settings, config), {"rules": rules})
    talk.history = [turns.said("crew", "Hello!")]
    for question, told in (
        ("how far in advance do I need to book?", "at least 24 hours in advance"),
        ("when can I book?", "Hours for appointments: Monday, from 9:00 to 17:00."),
        ("how do I reschedule?", "Remarcações são feitas pelo telefone."),
        ("do you deliver to Contagem?", "delivery fee R$ 12.00 (free from R$ 150.00)"),
        ("what if I buy for $200?", "free delivery for an order of R$ 200.00"),
    ):
        result = talk.say(question)
        assert told in result.parts[0]
        assert result.handover is None
