"""The judge itself: an outcome that is wrong must not pass."""

import dataclasses

import pytest

from demo.scenario import PLAYS, Outcome, Play, SourceSeen, TurnSeen, failures

PLAY = Play(
    key="x",
    title="x",
    tenant="patas",
    inbox="web",
    customer="Ana",
    says=("Oi",),
    expected=(r"189,90",),
    forbidden=(r"199,90",),
    via=("mcp-odoo",),
    crew="web",
)
TURN = TurnSeen(
    id=1,
    state="delivered",
    crew="web",
    reason="the channel is the web widget",
    handover_reason=None,
    handover_note=None,
    attempt=1,
    messages=1,
    sources=(SourceSeen("product", "Ração", "mcp-odoo"),),
)


def _outcome(play=PLAY, turn=TURN, answers=("Custa R$ 189,90.",), **values):
    return Outcome(play=play, answers=list(answers), turns=[turn] if turn else [], **values)


def test_right_outcome_passes():
    assert failures(_outcome()) == []


@pytest.mark.parametrize(
    "outcome",
    [
        _outcome(turn=None),
        _outcome(answers=("Custa R$ 199,90.",)),
        _outcome(answers=("Custa R$ 189,90, antes R$ 199,90.",)),
        _outcome(answers=()),
        _outcome(answers=("R$ 189,90", "R$ 189,90")),
        _outcome(turn=dataclasses.replace(TURN, crew="email")),
        _outcome(turn=dataclasses.replace(TURN, reason=None)),
        _outcome(turn=dataclasses.replace(TURN, sources=())),
        _outcome(turn=dataclasses.replace(TURN, state="dispatched")),
        _outcome(turn=dataclasses.replace(TURN, state="failed")),
        _outcome(turn=dataclasses.replace(TURN, state="ignored")),
        _outcome(turn=dataclasses.replace(TURN, state="superseded")),
        _outcome(notes=["O preço anterior era R$ 199,90."]),
        _outcome(status="open"),
        _outcome(play=dataclasses.replace(PLAY, says=("Oi", "preço?"))),
    ],
)
def test_wrong_outcomes_fail(outcome):
    assert failures(outcome)


@pytest.mark.parametrize("missing", ["status", "notes", "labels", "reason"])
def test_handover_needs_all_its_marks(missing):
    play = dataclasses.replace(PLAY, expected=(), via=(), handover=("asked_for_person",))
    reason = None if missing == "reason" else "asked_for_person"
    outcome = _outcome(
        play=play,
        turn=dataclasses.replace(TURN, state="handed_over", handover_reason=reason),
        status="pending" if missing == "status" else "open",
        notes=[] if missing == "notes" else ["Pediu uma pessoa."],
        labels=[] if missing == "labels" else ["ai_handover"],
    )
    assert failures(outcome)


BY_KEY = {play.key: play for play in PLAYS}
UNKNOWN = "Não encontrei essa informação por aqui."
DENIED = "Não temos essa promoção em vigor no momento.\n\nLimpeza Dental: R$ 180,00."


def _played(key, *answers, state="delivered", notes=()):
    """The outcome of a conversation of the demonstration, handed over when there are notes."""
    play = BY_KEY[key]
    handed_over = bool(notes)
    turn = dataclasses.replace(
        TURN,
        state="handed_over" if handed_over else state,
        crew=play.crew,
        handover_reason="no_grounded_answer" if handed_over else None,
    )
    return _outcome(
        play,
        turn,
        answers,
        notes=list(notes),
        status="open" if handed_over else "pending",
        labels=["ai_handover"] if handed_over else [],
    )


@pytest.mark.parametrize(
    "outcome",
    [
        _played("expired_discount", DENIED),
        _played("expired_discount", DENIED, notes=["Cliente: ainda está com 25% de desconto?"]),
        _played("foreign_data", UNKNOWN, notes=["Cliente: o telefone da Patas & Cia?"]),
        _played("hidden_product", UNKNOWN, notes=["Cliente: a caminha de mostruário?"]),
    ],
)
def test_right_refusals_pass(outcome):
    assert failures(outcome) == []


@pytest.mark.parametrize(
    "outcome",
    [
        _played(
            "expired_discount",
            "Limpeza dental com 25% de desconto (válida até 19/11/2026). Custa R$ 180,00.",
        ),
        _played("expired_discount", "Temos 25 % na limpeza, que custa R$ 180,00."),
        _played("expired_discount", "Vinte e cinco por cento a menos que R$ 180,00."),
        _played("expired_discount", "R$ 180,00. Aproveite o Mês da Limpeza!"),
        _played("expired_discount", DENIED, notes=["Fontes: Mês da Limpeza"]),
        _played("foreign_data"),
        _played("foreign_data", state="failed"),
        _played("foreign_data", UNKNOWN, state="failed"),
        _played("foreign_data", UNKNOWN, state="ignored"),
        _played("foreign_data", "O telefone é (31) 3333-0101."),
        _played("foreign_data", UNKNOWN, notes=["Encontrado: Rua Timbiras, 1010"]),
        _played("foreign_data", notes=["Cliente: o telefone da Patas & Cia?"]),
        _played("hidden_product", state="failed"),
        _played("hidden_product", UNKNOWN, state="ignored"),
        _played("hidden_product", "A caminha custa R$ 49,00."),
        _played("hidden_product", UNKNOWN, notes=["Caminha: R$ 49,00"]),
        dataclasses.replace(_played("hidden_product", UNKNOWN, notes=["x"]), status="pending"),
    ],
)
def test_wrong_refusals_fail(outcome):
    assert failures(outcome)
