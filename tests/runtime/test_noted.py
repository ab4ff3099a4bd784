"""Only what the customer reads to be noted is asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent_runtime.contracts import AllowedRequests
from agent_runtime.engine.ledger import Ledger
from agent_runtime.engine.wishes import Wishes
from agent_runtime.evidence import Evidence
from agent_runtime.evidence_check.deeds import Deeds
from agent_runtime.evidence_check.noted import tells_noted
from tests.doubles.errand_shop import BATHS, MONDAY_10

NINE = MONDAY_10 - timedelta(hours=1)
KINDS = ("booking", "quotation", "lead")


def wishes(*kinds: str) -> Wishes:
    """A turn in which these were noted: a bath on Monday at 9, two sacks of dog food, a call."""
    ledger = Ledger()
    ledger.add(
        [
            *(
                Evidence(
                    kind="slot",
                    reference=BATHS.key,
                    title="Banho",
                    text=f"segunda-feira, 23/11/2026, {start:%H}h",
                    data={"starts_at": start.isoformat(), "rule": BATHS.key},
                    via="rules",
                )
                for start in (NINE, MONDAY_10)
            ),
            Evidence(
                kind="product",
                reference="product.template,1",
                title="Ração Golden 15 kg",
                text="Ração Golden 15 kg",
                via="mcp-qdrant",
            ),
        ]
    )
    noted = Wishes(AllowedRequests(booking=True, quotation=True, lead=True), ledger, "pt_BR")
    if "booking" in kinds:
        noted.book(NINE.isoformat())
    if "quotation" in kinds:
        noted.quote([("product.template,1", 2)])
    if "lead" in kinds:
        noted.lead("Quer revender")
    return noted


def told(body: str, *kinds: str) -> set[str]:
    return {wish.kind for wish in wishes(*kinds).told_in(body)}


@pytest.mark.parametrize(
    "body",
    [
        "Recebemos cartão e pix.",
        "O pedido mínimo é de 50 reais.",
        "Infelizmente não consegui anotar.",
        "Ainda não anotei o seu pedido de orçamento.",
        "Abrimos às 8:00 e recebemos até 18:00.",
        "Pedidos registrados até as 14h saem no mesmo dia.",
        "Posso anotar o seu pedido?",
        "Somos uma clínica registrada no conselho.",
        "Your request matters to us.",
        "Passamos na sua rua às terças com a nossa equipe.",
        "Seu pedido sai em 2 dias depois de registrado.",
        "Seu pedido S00042 foi recebido em 20/11.",
        "Recebemos pedidos até as 18h.",
        "Solicitamos um sinal de 50%.",
        "A nota foi encaminhada ao seu e-mail.",
        "Se quiser, anoto o seu pedido.",
        "As requested, here is the price.",
        "A equipe já recebeu o seu pedido 42.",
        "A equipe recebe o seu pedido pelo site.",
        "A equipe tem prazo de 2 dias.",
        "Assim que a equipe receber o seu pedido, avisamos.",
    ],
)
def test_what_tells_of_nothing_noted_asks_for_nothing(body: str) -> None:
    assert told(body, *KINDS) == set()
    for kind in KINDS:
        assert told(body, kind) == set()


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("Anotei o seu horário das 9:00.", {"booking"}),
        ("Anotei segunda às 9h para o Rex.", {"booking"}),
        ("Anotei o banho do Rex.", {"booking"}),
        ("Registramos o seu pedido de orçamento.", {"quotation"}),
        ("Anotei 2 sacos da Ração Golden.", {"quotation"}),
        ("Anotei o seu interesse e passei para a equipe.", {"lead"}),
        ("Encaminhei o seu contato ao time.", {"lead"}),
        ("Não achei a ração. Mas anotei o seu agendamento.", {"booking"}),
        ("Não consegui anotar o horário. Anotei o seu pedido de orçamento.", {"quotation"}),
        ("O seu pedido de agendamento foi encaminhado, e o de orçamento também.",
         {"booking", "quotation"}),
        ("Anotei os seus pedidos.", set(KINDS)),
        ("Anotei o seu telefone.", {"lead"}),
        ("I have noted your request for an appointment.", {"booking"}),
        ("We've forwarded your quote request.", {"quotation"}),
    ],
)  # fmt: skip
def test_of_several_those_are_asked_for_that_are_told(body: str, kinds: set[str]) -> None:
    assert told(body, *KINDS) == kinds


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body",
    [
        "Anotei o seu pedido, avisamos assim que for confirmado.",
        "Recebi o seu pedido e passei adiante.",
        "Anotado! A equipe confirma por aqui.",
        "Your request is noted.",
        "O seu pedido está anotado.",
        "Pedido registrado! A equipe confirma.",
        "Certo, solicitação enviada à equipe.",
        "Já deixei tudo anotado, é só aguardar.",
        "Repassei para o time.",
        "A equipe já recebeu o seu pedido.",
        "O time já está com o seu pedido, é só aguardar.",
        "O seu pedido já está com a equipe.",
        "Your request has been sent to the team.",
        "Abrimos às 8:00. Anotei o seu pedido.",
    ],
)
def test_the_only_one_needs_no_name(body: str, kind: str) -> None:
    assert told(body, kind) == {kind}


def test_another_time_or_kind_is_not_the_one_that_was_noted() -> None:
    assert told("Anotei o seu banho para segunda às 10h.", "booking") == set()
    assert told("Anotei o seu banho. Será segunda às 10h.", "booking") == set()
    assert told("Anotei o seu pedido de orçamento.", "booking") == set()
    assert told("Anotei o seu pedido de agendamento.", "quotation") == set()


def test_what_the_wishes_say_themselves_tells_of_them() -> None:
    for kind in KINDS:
        noted = wishes(kind)
        [text] = [e.text for e in noted._ledger.evidence if "request" in e.data]
        assert {wish.kind for wish in noted.told_in(text)} == {kind}
        assert tells_noted(text)


def test_one_note_makes_no_other_true() -> None:
    booking = Evidence(
        kind="slot",
        reference=BATHS.key,
        title="Banho",
        text="",
        data={"request": "booking"},
        via="rules",
    )
    deeds = Deeds([booking])
    for sentence in ("anotei o seu agendamento.", "anotei o seu pedido."):
        assert not deeds.untold(sentence, sentence)
    lie = "anotei o seu pedido de orcamento."
    assert deeds.untold(lie, lie)
    lead = booking.model_copy(update={"data": {"request": "lead"}})
    assert not Deeds([lead]).untold(lie, lie), "interest in whatever it may be"
