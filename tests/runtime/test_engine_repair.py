"""A refused answer is written once more, and no more than that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agent_runtime.contracts import HandoverReason, TurnResult
from agent_runtime.settings import Settings
from tests.doubles import attacked, turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.lying_server import LyingServer
from tests.doubles.openai_server import OpenAIServer

SAY = "quanto custa a areia sanitária?"
LIE = "A areia custa R$ 19,90.\n@sources: product.template,2"
TRUTH = "A areia custa R$ 24,90.\n@sources: product.template,2"
HALF = "A areia custa R$ 24,90. O frete custa R$ 1,00."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def asked(settings: Settings, server: LyingServer, **changes: object) -> TurnResult:
    bench = Bench.of(settings, attacked.config(), attacked.EVIDENCE)
    return bench.run(attacked.turn(SAY, server.model, **changes))


def purposes(result: TurnResult) -> list[str]:
    return [call.purpose for call in result.usage.ledger]


def test_a_model_that_corrects_itself_is_sent(settings: Settings) -> None:
    with LyingServer(LIE, TRUTH) as server:
        result = asked(settings, server)
        told = str(server.requests[1]["messages"])
    assert "R$ 24,90" in result.parts[0]
    assert "19,90" not in result.parts[0]
    assert result.handover is None
    assert purposes(result) == ["answer", "repair"]
    assert '"kind": "price", "claim": "19.9"' in told.replace('\\"', '"')
    assert told.count("</briefing>") == 1


def test_a_stubborn_model_is_asked_once(settings: Settings) -> None:
    with LyingServer(LIE) as server:
        result = asked(settings, server)
        assert len(server.requests) == 2
    assert "19,90" not in result.parts[0]
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER
    assert "19.9" in result.handover.note


def test_an_honest_model_is_not_asked_again(settings: Settings) -> None:
    with LyingServer(TRUTH) as server:
        result = asked(settings, server)
    assert purposes(result) == ["answer"]


def test_what_stands_is_kept_where_the_repair_is_worse(settings: Settings) -> None:
    with LyingServer(HALF, "Custa R$ 5,00.") as server:
        result = asked(settings, server)
    assert "R$ 24,90" in result.parts[0]
    assert "1,00" not in result.parts[0]
    assert "5,00" not in result.parts[0]
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


BOTH = "quanto custa a areia sanitária e aceitam cheque?"
CHEQUE = "A areia custa R$ 24,90. Aceitamos cheque."


@pytest.mark.parametrize(
    ("again", "told"),
    [
        ("A areia custa R$ 24,90.", "24,90"),
        ("A areia custa R$ 24,90. Não tenho informação sobre cheque.", "24,90"),
        ("Posso ajudar em algo mais?", ""),
    ],
)
def test_what_a_repair_only_leaves_out_is_a_person_s(
    settings: Settings, again: str, told: str
) -> None:
    bench = Bench.of(settings, attacked.config(), attacked.EVIDENCE)
    with LyingServer(CHEQUE, again) as server:
        result = bench.run(attacked.turn(BOTH, server.model))
    assert told in result.parts[0]
    assert "mais?" not in result.parts[0]
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


def test_a_repair_that_tells_the_truth_of_it_needs_nobody(settings: Settings) -> None:
    bench = Bench.of(settings, attacked.config(), attacked.EVIDENCE)
    again = "A areia custa R$ 24,90. Aceitamos Pix, dinheiro e cartão."
    with LyingServer("A areia custa R$ 24,90. Não aceitamos Pix.", again) as server:
        result = bench.run(attacked.turn("quanto custa a areia? aceitam pix?", server.model))
    assert "Aceitamos Pix" in result.parts[0]
    assert result.handover is None


def test_without_calls_left_the_first_has_to_do(settings: Settings) -> None:
    frugal = settings.model_copy(update={"max_model_calls": 1})
    with LyingServer(HALF) as server:
        result = asked(frugal, server)
        assert len(server.requests) == 1
    assert "R$ 24,90" in result.parts[0]
    assert result.handover


def test_without_time_left_the_first_has_to_do(settings: Settings) -> None:
    with LyingServer(HALF) as server:
        result = asked(settings, server, deadline_seconds=3.0)
        assert len(server.requests) == 1
    assert result.handover


def test_a_provider_that_fails_at_the_repair_costs_no_answer(settings: Settings) -> None:
    with LyingServer(HALF, 500) as server:
        result = asked(settings, server)
    assert "R$ 24,90" in result.parts[0]
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER
    assert purposes(result)[0] == "answer"


def test_a_promotion_that_ends_while_the_crew_writes_is_not_told(settings: Settings) -> None:
    ends = turns.promotion(9, valid_until=turns.NOW + timedelta(seconds=1))
    told = "Banho e tosa para cães de pequeno porte com 20% de desconto!"
    bench = Bench.of(settings, attacked.config())
    with OpenAIServer([told], delay=1.2) as slow, LyingServer(told) as fast:
        model = fast.model
        late = bench.run(
            attacked.turn(
                "tem promoção?", model.model_copy(update={"base_url": slow.url}), rules=(ends,)
            )
        )
        holds = turns.promotion(9)
        in_time = bench.run(attacked.turn("tem promoção?", model, rules=(holds,)))
    assert "20%" not in late.parts[0]
    assert "20%" in in_time.parts[0]
    assert in_time.depends_on == (holds.key,)
