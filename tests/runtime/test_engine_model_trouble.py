"""A provider that is down, refuses, is too slow or too expensive: on the wire."""

from __future__ import annotations

import socket
import threading

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import HandoverReason, ModelAccess, TurnRequest, TurnResult
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.openai_server import COMPLETION_TOKENS, PROMPT_TOKENS, OpenAIServer, call

HOURS = "qual o horário de vocês?"
TECHNICAL = ("http", "erro", "model", "timeout", "token", "api")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of an installation that wants no answer of the built-in responder's instead."""
    known = engine_settings(tmp_path_factory.mktemp("state"))
    return known.model_copy(update={"fallback_grounded": False})


def access(url: str) -> ModelAccess:
    return ModelAccess(model="openai/scripted", base_url=url, api_key=SecretStr("key-of-7"))


def asked(settings: Settings, url: str, text: str = HOURS, **changes: object) -> TurnResult:
    request: TurnRequest = turns.turn(text, model=access(url), **changes)
    return Bench.of(settings, evidence=(turns.EXCHANGE, turns.product(1))).run(request)


def assert_down(result: TurnResult, trouble: str) -> None:
    assert result.handover
    assert result.handover.reason is HandoverReason.MODEL_DOWN
    assert result.error == f"ModelDown: {trouble}"
    assert "Uma pessoa da equipe vai responder você." in result.parts[0]
    assert not any(word in result.parts[0].casefold() for word in TECHNICAL)
    assert "key-of-7" not in result.model_dump_json()


@pytest.mark.parametrize("status", [500, 503, 401, 403, 404, 429])
def test_a_provider_that_refuses_is_down(settings: Settings, status: int) -> None:
    with OpenAIServer([status]) as server:
        result = asked(settings, server.url)
        tries = len(server.requests)
    assert_down(result, f"HTTP {status}")
    assert tries > 1 or status in (401, 403, 404)


def test_a_provider_that_recovers_at_once_is_not_down(settings: Settings) -> None:
    with OpenAIServer([500, "Abrimos às 8h.\n@sources: config"]) as server:
        result = asked(settings, server.url)
    assert result.handover is None
    assert "8h" in result.parts[0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_provider_cannot_make_a_turn_sleep(settings: Settings, status: int) -> None:
    """What it would have to wait for too long is not asked before that either."""
    with OpenAIServer([status], retry_after=60) as server:
        result = asked(settings, server.url)
        assert len(server.requests) == 1
    assert_down(result, f"HTTP {status}")
    assert result.timings_ms["crew"] < 30_000


@pytest.mark.parametrize("status", [429, 503])
def test_a_provider_is_given_the_moment_it_asks_for(settings: Settings, status: int) -> None:
    with OpenAIServer([status, "Abrimos às 8h.\n@sources: config"], retry_after=2) as server:
        result = asked(settings, server.url)
    assert result.handover is None
    assert "8h" in result.parts[0]
    assert 2_000 <= result.timings_ms["crew"] < 10_000


def test_nobody_waits_for_a_provider_beyond_the_turn(settings: Settings) -> None:
    with OpenAIServer([429], retry_after=2) as server:
        result = asked(settings, server.url, deadline_seconds=2.0)
        assert len(server.requests) == 1
    assert result.handover.reason is HandoverReason.MODEL_DOWN


def test_a_provider_that_does_not_answer_in_time_is_down(settings: Settings) -> None:
    impatient = settings.model_copy(update={"model_timeout": 0.2})
    with OpenAIServer(["too late"], gate=threading.Event()) as server:
        result = asked(impatient, server.url)
    assert_down(result, "no whole answer in time (TimeoutError)")


def test_the_time_for_a_call_is_part_of_the_turns(settings: Settings) -> None:
    with OpenAIServer(["too late"], gate=threading.Event()) as server:
        result = asked(settings, server.url, deadline_seconds=2.0)
    assert result.handover
    assert result.handover.reason in (HandoverReason.MODEL_DOWN, HandoverReason.DEADLINE)


def test_nobody_listening_is_down(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    result = asked(settings, f"http://127.0.0.1:{port}/v1")
    assert_down(result, "it refuses connections (ConnectionRefusedError)")


def test_an_address_that_does_not_exist_is_down(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody(*place: object, **kind: object) -> list:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    result = asked(settings, "https://mistyped.example/v1")
    assert_down(result, "its address is not known (gaierror)")


def test_the_note_suggests_what_the_evidence_says(settings: Settings) -> None:
    with OpenAIServer([500]) as server:
        note = asked(settings, server.url).handover.note
    assert "**Motivo:** o modelo de linguagem está fora do ar" in note
    assert "**Resposta sugerida (não enviada):**" in note
    assert "> Agora estamos abertos, até as 12h." in note
    assert "scripted failure" not in note


def test_a_fault_of_ours_is_no_dead_model(settings: Settings) -> None:
    broken = Bench.of(settings, RuntimeError("boom"))
    with OpenAIServer(["never"]) as server:
        result = broken.run(turns.turn(HOURS, model=access(server.url)))
    assert result.handover.reason is HandoverReason.ERROR


# --- the budget of a turn --------------------------------------------------------------------

LOOKS = [call("find_products", query=f"golden {n}") for n in range(10)]


def test_a_turn_that_used_up_its_calls_is_handed_over(settings: Settings) -> None:
    frugal = settings.model_copy(update={"max_model_calls": 2})
    with OpenAIServer(LOOKS) as server:
        result = asked(frugal, server.url, "quanto custa a golden filhotes?")
        assert len(server.requests) == 2
    assert result.handover.reason is HandoverReason.BUDGET
    assert result.error == "BudgetSpent: 2 model calls"
    assert result.usage.calls == 2
    assert "limite de uso do modelo" in result.handover.note
    assert "R$ 1.189,90" in result.handover.note
    assert not any(word in result.parts[0].casefold() for word in TECHNICAL)


def test_a_model_that_calls_tools_for_ever_is_answered_for(settings: Settings) -> None:
    question = "quanto custa a golden filhotes?"
    with OpenAIServer([call("find_products", query="ração")] * 40) as server:
        assert_down(
            asked(settings, server.url, question),
            "it goes on calling tools where it was to answer",
        )
        standing_in = settings.model_copy(update={"fallback_grounded": True})
        result = asked(standing_in, server.url, question)
    assert "R$ 1.189,90" in result.parts[0]
    assert result.handover is None


def test_a_turn_that_used_up_its_tokens_is_handed_over(settings: Settings) -> None:
    each = PROMPT_TOKENS + COMPLETION_TOKENS
    frugal = settings.model_copy(update={"max_model_tokens": each + 1})
    with OpenAIServer(LOOKS) as server:
        result = asked(frugal, server.url, "quanto custa a golden filhotes?")
        assert len(server.requests) == 2
    assert result.handover.reason is HandoverReason.BUDGET
    assert result.usage.prompt_tokens + result.usage.completion_tokens == 2 * each


def test_an_answer_on_the_last_call_is_an_answer(settings: Settings) -> None:
    frugal = settings.model_copy(update={"max_model_calls": 1})
    with OpenAIServer(["Abrimos às 8h.\n@sources: config"]) as server:
        result = asked(frugal, server.url)
    assert result.handover is None


def test_the_limits_of_one_turn_are_not_the_next_ones(settings: Settings) -> None:
    frugal = settings.model_copy(update={"max_model_calls": 1})
    with OpenAIServer(["Abrimos às 8h.\n@sources: config"]) as server:
        results = [asked(frugal, server.url) for _ in range(3)]
    assert [result.handover for result in results] == [None] * 3
