"""Telling who wants an agreement changed from who asks how that is done."""

from __future__ import annotations

import pytest

from agent_runtime.decision.own_change import wants_change


@pytest.mark.parametrize(
    "text",
    [
        "quero cancelar meu horario de amanha",
        "remarcar meu horario de terça pra quinta",
        "preciso mudar o horário da escova de amanhã",
        "desmarca a escova de sábado pra mim?",
        "cancela minha reserva por favor",
        "oi, não vou conseguir ir hoje às 17, tem multa?",
        "quero cancelar o meu pedido",
        "dá pra adiar a consulta?",
        "I need to reschedule my appointment",
        "quiero cancelar mi cita",
    ],
)
def test_somebody_has_to_do_it(text: str) -> None:
    assert wants_change(text)


@pytest.mark.parametrize(
    "text",
    [
        "até quando posso cancelar minha consulta?",
        "se eu desmarcar minha escova em cima da hora cobram?",
        "como faço pra remarcar meu horário?",
        "como remarco minha consulta?",
        "posso trocar meu produto?",
        "vocês mudaram o horário de funcionamento?",
        "vão mudar o horário de funcionamento no natal?",
        "posso trocar a ração por outra?",
        "quero mudar a cor do meu cabelo",
        "qual a política de cancelamento?",
        "segunda não posso, terça às 10h",
    ],
)
def test_who_asks_wants_nothing_done(text: str) -> None:
    assert not wants_change(text)
