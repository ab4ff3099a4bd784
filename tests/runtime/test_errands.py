"""Orders, free times and wishes through the engine, with CrewAI really running."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import (
    AllowedRequests,
    Customer,
    EnabledServices,
    HandoverReason,
    HistoryEntry,
    KnownRequest,
    ModelAccess,
    OpeningHours,
    ProvenIdentity,
    Rule,
    RuleKind,
    SchedulingTerms,
    TurnResult,
)
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.attacked import ORDER
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.openai_server import OpenAIServer, call

BATHS = Rule(
    key="business.scheduling.rule,5",
    kind=RuleKind.SCHEDULING,
    name="Banho",
    text="Banho com hora marcada.",
    scheduling=SchedulingTerms(
        service="Banho",
        duration_minutes=60,
        timezone="America/Sao_Paulo",
        windows=tuple(OpeningHours(weekday=d, start="09:00", end="12:00") for d in range(5)),
    ),
)
ANA = Customer(name="Ana", identity=ProvenIdentity(by="phone", partners=(9,)))
ALL = AllowedRequests(booking=True, lead=True, quotation=True)
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=turns.ZONE)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def shop(
    settings: Settings, allowed: AllowedRequests = ALL, reads_orders: bool = True, **services: bool
) -> Bench:
    on = EnabledServices(**{"sales": True, "scheduling": True, "support": True, **services})
    config = turns.config(services=on, requests=allowed, reads_orders=reads_orders)
    return Bench.of(
        settings,
        config,
        (ORDER, turns.product(1), turns.product(2, "Areia para gatos", price=32.5)),
    )


def text(result: TurnResult) -> str:
    return "\n".join(result.parts)


def said(*texts: tuple[str, str]) -> tuple[HistoryEntry, ...]:
    return tuple(
        HistoryEntry(role=role, text=words, sent_at=turns.NOW - timedelta(minutes=5 - n))
        for n, (role, words) in enumerate(texts)
    )


def test_the_proven_customer_hears_of_the_order(settings: Settings) -> None:
    result = shop(settings).run(turns.turn("Cadê meu pedido S00042?", customer=ANA))
    assert "S00042" in text(result)
    assert "confirmado" in text(result)
    assert "24/11/2026" in text(result)
    assert "R$ 379,80" in text(result)
    assert result.handover is None
    assert ("order", "sale.order,42") in {(s.kind, s.reference) for s in result.sources}


@pytest.mark.parametrize("question", ["Cadê meu pedido S00042?", "Onde está meu pedido?"])
def test_nobody_else_does_and_a_person_is_asked(settings: Settings, question: str) -> None:
    typed = f"{question} Meu telefone é 31 98888-7777, meu e-mail é ana@example.com"
    bench = shop(settings)
    result = bench.run(turns.turn(typed))
    assert "confirmado" not in text(result)
    assert "379" not in text(result)
    assert "comprova quem está escrevendo" in text(result)
    assert result.handover is not None
    assert not [q for q in bench.box.queries if q[0] == "order"], "nothing was even read"


def test_somebody_else_s_order_is_like_one_that_does_not_exist(settings: Settings) -> None:
    answers = []
    for number in ("S00041", "S99999"):
        result = shop(settings).run(turns.turn(f"Cadê meu pedido {number}?", customer=ANA))
        assert result.handover is not None
        answers.append(text(result).replace(number, ""))
    assert answers[0] == answers[1]
    assert "Não encontrei esse pedido" in answers[0]


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


def asked_for_a_bath(bench: Bench) -> tuple[HistoryEntry, ...]:
    first = "Quero marcar um banho para segunda"
    return said(("customer", first), ("crew", text(bench.run(turns.turn(first, rules=(BATHS,))))))


@pytest.mark.parametrize("no", ANSWERS)
def test_a_time_that_is_refused_is_no_wish(settings: Settings, no: str) -> None:
    bench = shop(settings)
    history = asked_for_a_bath(bench)
    result = bench.run(turns.turn(no, rules=(BATHS,), history=history))
    assert result.requests == ()
    assert ANSWERS[no] in text(result), "the times that are left"
    assert "não está livre" not in text(result)


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


def scripted(settings: Settings, tool: str, arguments: dict[str, Any], **more: Any) -> TurnResult:
    """A hostile or clumsy model calls a tool and then says that it is noted."""
    told = more.pop("told", "Anotei o seu pedido, avisamos assim que for confirmado.")
    with OpenAIServer([call(tool, **arguments), told]) as server:
        model = ModelAccess(model="openai/scripted", base_url=server.url, api_key=SecretStr("k"))
        bench = more.pop("bench", None) or shop(settings)
        return bench.run(turns.turn(more.pop("say"), model=model, rules=(BATHS,), **more))


def test_a_model_that_leaves_out_the_offset_means_the_time_it_was_offered(
    settings: Settings,
) -> None:
    arguments = {"starts_at": "2026-11-23T10:00:00"}
    say = "Quero marcar um banho segunda às 10h"
    result = scripted(settings, "request_booking", arguments, say=say)
    assert [wish.starts_at for wish in result.requests] == [MONDAY_10]


BOOK_10 = {"starts_at": MONDAY_10.isoformat()}
ASKED_10 = "Quero marcar um banho segunda às 10h"


def test_nobody_gets_an_appointment_for_asking_what_is_free(settings: Settings) -> None:
    say = "Que horários para banho tem segunda?"
    result = scripted(settings, "request_booking", BOOK_10, say=say)
    assert result.requests == ()
    assert "Anotei" not in text(result)
    assert result.handover


def test_a_time_that_was_offered_may_be_taken_in_any_words(settings: Settings) -> None:
    history = said(("customer", "quero marcar um banho"), ("crew", "Livre: 23/11: 9h, 10h. Qual?"))
    more = {"say": "quero marcar no segundo horário do banho", "history": history}
    result = scripted(settings, "request_booking", BOOK_10, **more)
    assert [wish.starts_at for wish in result.requests] == [MONDAY_10]


def test_what_is_noted_in_a_refused_answer_is_asked_of_nobody(settings: Settings) -> None:
    lie = "Anotei o seu pedido, e o banho custa só R$ 9,99."
    result = scripted(settings, "request_booking", BOOK_10, say=ASKED_10, told=lie)
    assert "Anotei" not in text(result)
    assert result.handover
    assert result.requests == ()


def test_a_wish_is_the_customer_s_who_reads_of_it(settings: Settings) -> None:
    told = "Temos 9h, 10h ou 11h na segunda, 23/11. Qual prefere?"
    result = scripted(settings, "request_booking", BOOK_10, say=ASKED_10, told=told)
    assert "Qual prefere?" in text(result)
    assert result.requests == ()


def test_a_wish_dies_with_the_model_that_noted_it(settings: Settings) -> None:
    claim = "Anotei o seu pedido para segunda às 10h."
    with (
        OpenAIServer([call("request_booking", **BOOK_10), 401]) as dying,
        OpenAIServer([claim]) as next_one,
    ):
        models = tuple(
            ModelAccess(model=f"openai/{n}", base_url=server.url, api_key=SecretStr("k"))
            for n, server in enumerate((dying, next_one))
        )
        turn = turns.turn(ASKED_10, models=models, rules=(BATHS,))
        result = shop(settings).run(turn)
        assert len(dying.requests) == 2
    assert result.requests == ()
    assert "Anotei" not in text(result), "the one who answers has noted nothing"


def test_two_lines_of_one_product_are_added(settings: Settings) -> None:
    lines = [{"product": "product.template,1", "quantity": count} for count in (2, 3)]
    say = "quanto custa a ração golden?"
    result = scripted(settings, "request_quotation", {"lines": lines}, say=say)
    (wish,) = result.requests
    assert [(line.product, line.quantity) for line in wish.products] == [(1, 5.0)]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("request_booking", {"starts_at": "2026-11-23T13:00:00"}),
        ("request_booking", {"starts_at": "2026-11-23T10:17:00-03:00"}),
        ("request_booking", {"starts_at": "1999-01-01"}),
        ("request_booking", {"starts_at": "' OR 1=1 --"}),
        ("request_booking", {"starts_at": MONDAY_10.isoformat(), "account_id": 8}),
        ("request_quotation", {"lines": [{"product": "product.template,99", "quantity": 1}]}),
        ("request_quotation", {"lines": [{"product": "res.partner,1", "quantity": 1}]}),
        ("request_quotation", {"lines": []}),
        ("free_slots", {"service": "banho", "date": "2026-02-31"}),
        ("request_lead", {"summary": "  "}),
        ("request_lead", {"summary": "x", "partner_id": 1}),
    ],
)
def test_hostile_arguments_make_no_wish(
    settings: Settings, tool: str, arguments: dict[str, Any]
) -> None:
    say = "Quero marcar um banho segunda às 10h ou 13h e quanto custa a ração golden?"
    assert scripted(settings, tool, arguments, say=say).requests == ()


@pytest.mark.parametrize(
    ("customer", "reads_orders", "arguments", "read"),
    [
        (ANA, True, {"number": "S00042"}, True),
        (ANA, True, {"number": "S00042", "partner_id": 8}, False),
        (Customer(name="Ana"), True, {"number": "S00042"}, False),
        (ANA, False, {"number": "S00042"}, False),
    ],
)
def test_a_model_reads_the_orders_of_the_proven_customer_alone(
    settings: Settings,
    customer: Customer,
    reads_orders: bool,
    arguments: dict[str, Any],
    read: bool,
) -> None:
    bench = shop(settings, reads_orders=reads_orders)
    say = "Meu pedido deu defeito, o que faço?"
    scripted(settings, "order_status", arguments, say=say, customer=customer, bench=bench)
    # Asked for by number only by the model: the customer has named none.
    assert (("order", "S00042") in bench.box.queries) is read


def test_where_there_are_no_orders_nobody_is_told_that_proof_is_missing(
    settings: Settings,
) -> None:
    result = shop(settings, reads_orders=False).run(turns.turn("Cadê meu pedido?"))
    assert "comprova" not in text(result)
    assert result.handover is not None
    assert result.handover.reason is not HandoverReason.ERROR


def test_a_wish_of_a_kind_that_is_not_taken_has_no_tool(settings: Settings) -> None:
    bench = shop(settings, AllowedRequests(quotation=True))
    result = scripted(
        settings, "request_lead", {"summary": "call me"}, say="Quanto custa a ração?", bench=bench
    )
    assert result.requests == ()
    assert json.loads(result.model_dump_json())["requests"] == []
