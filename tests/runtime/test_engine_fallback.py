"""The turn's models in their order: the next when one fails, the built-in one at last."""

from __future__ import annotations

import asyncio
import json

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import HandoverReason, ModelAccess, ModelPrice, ModelTested, dump_json
from agent_runtime.llm.metered import LATE
from agent_runtime.llm.probe import probe
from agent_runtime.llm.provider import trouble
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.openai_server import COMPLETION_TOKENS, PROMPT_TOKENS, OpenAIServer, call

HOURS = "qual o horário de vocês?"
ANSWER = "Abrimos às 8h.\n@sources: config"
LOOKS = [call("find_products", query=f"golden {n}") for n in range(10)]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def access(server: OpenAIServer, name: str = "scripted", **changes: object) -> ModelAccess:
    return ModelAccess(
        model=f"openai/{name}", base_url=server.url, api_key=SecretStr(f"key-{name}"), **changes
    )


def bench(settings: Settings) -> Bench:
    return Bench.of(settings, evidence=(turns.EXCHANGE, turns.product(1)))


def test_the_second_model_answers_when_the_first_is_down(settings: Settings) -> None:
    with OpenAIServer([503]) as down, OpenAIServer([ANSWER]) as up:
        models = (access(down, "first"), access(up, "second"))
        result = bench(settings).run(turns.turn(HOURS, models=models))
    assert result.handover is None
    assert "8h" in result.parts[0]
    assert result.usage.model == "openai/second"
    assert result.usage.calls == 1
    calls = [(entry.model, entry.error) for entry in result.usage.ledger]
    assert calls == [("openai/first", "HTTP 503")] * 2 + [("openai/second", None)]
    assert result.usage.ledger[-1].prompt_tokens == PROMPT_TOKENS
    assert result.usage.ledger[-1].completion_tokens == COMPLETION_TOKENS


def test_the_next_model_answers_where_the_first_wants_a_long_time(settings: Settings) -> None:
    with OpenAIServer([429], retry_after=30) as busy, OpenAIServer([ANSWER]) as up:
        models = (access(busy, "first"), access(up, "second"))
        result = bench(settings).run(turns.turn(HOURS, models=models))
    assert result.handover is None
    calls = [(entry.model, entry.error) for entry in result.usage.ledger]
    assert calls == [("openai/first", "HTTP 429"), ("openai/second", None)]


def test_each_key_goes_to_its_own_endpoint_only(settings: Settings) -> None:
    with OpenAIServer([500]) as down, OpenAIServer([ANSWER]) as up:
        models = (access(down, "first"), access(up, "second"))
        result = bench(settings).run(turns.turn(HOURS, models=models))
        assert {h["Authorization"] for h in down.headers} == {"Bearer key-first"}
        assert {h["Authorization"] for h in up.headers} == {"Bearer key-second"}
    assert "key-" not in dump_json(result)


def test_the_built_in_responder_stands_in_and_says_so_to_the_owner(settings: Settings) -> None:
    with OpenAIServer([500]) as down:
        result = bench(settings).run(turns.turn(HOURS, model=access(down)))
    assert result.handover is None
    assert "12h" in result.parts[0]
    assert result.usage.model == "grounded"
    assert result.error == "ModelDown: HTTP 500"
    assert [entry.error for entry in result.usage.ledger] == ["HTTP 500"] * 2


def test_what_the_built_in_responder_cannot_answer_waits_for_a_person(settings: Settings) -> None:
    with OpenAIServer([500]) as down:
        request = turns.turn("vocês fazem adestramento de iguana?", model=access(down))
        result = bench(settings).run(request)
    assert result.handover.reason is HandoverReason.MODEL_DOWN


def test_what_it_can_answer_of_two_questions_is_told(settings: Settings) -> None:
    say = "qual o horário de vocês? e aceitam bitcoin?"
    with OpenAIServer([500]) as down:
        result = bench(settings).run(turns.turn(say, model=access(down)))
    assert "12h" in result.parts[0]
    assert result.handover.reason is HandoverReason.MODEL_DOWN
    assert result.sources


def test_a_tenant_may_list_the_built_in_model_where_the_installation_does_not(
    settings: Settings,
) -> None:
    strict = settings.model_copy(update={"fallback_grounded": False})
    with OpenAIServer([500]) as down:
        alone = bench(strict).run(turns.turn(HOURS, model=access(down)))
        models = (access(down), ModelAccess(model="grounded"))
        listed = bench(strict).run(turns.turn(HOURS, models=models))
    assert alone.handover.reason is HandoverReason.MODEL_DOWN
    assert listed.handover is None


def test_a_provider_that_nobody_can_call_is_passed_over(settings: Settings) -> None:
    with OpenAIServer([ANSWER]) as up:
        models = (ModelAccess(model="bedrock/amazon.nova-lite-v1:0"), access(up))
        result = bench(settings).run(turns.turn(HOURS, models=models))
    assert result.usage.model == "openai/scripted"
    first = result.usage.ledger[0]
    assert first.model == "bedrock/amazon.nova-lite-v1:0"
    assert first.error == "it needs an address"


@pytest.mark.parametrize("model", ["bedrock/amazon.nova-lite-v1:0", "azure/gpt-4o"])
def test_a_provider_that_is_not_installed_is_told_to_the_operator(
    settings: Settings, model: str
) -> None:
    ours = settings.model_copy(update={"model": model})
    told = f"{model} cannot be used: its provider is not installed with the runtime"
    assert trouble(ours) == told


def test_a_slow_model_leaves_time_for_the_next(settings: Settings) -> None:
    with OpenAIServer(["too late"], delay=30) as slow, OpenAIServer([ANSWER]) as up:
        models = (access(slow, "slow"), access(up, "quick"))
        result = bench(settings).run(turns.turn(HOURS, models=models, deadline_seconds=4.0))
        assert len(slow.requests) == 1
    assert result.handover is None
    assert result.usage.model == "openai/quick"


def test_a_turn_that_costs_too_much_is_answered_without_further_calls(settings: Settings) -> None:
    price = ModelPrice(read=1000, written=0)
    each = PROMPT_TOKENS * 1000 / 1_000_000
    with OpenAIServer(LOOKS) as server:
        request = turns.turn(
            "quanto custa a golden filhotes?",
            model=access(server, price=price),
            max_cost=each * 1.5,
        )
        result = bench(settings).run(request)
        assert len(server.requests) == 2
    assert result.handover is None
    assert "R$ 1.189,90" in result.parts[0]
    assert result.error == "BudgetSpent: 0.15 for model calls"


def test_the_installations_prices_count_where_the_tenant_gives_none(settings: Settings) -> None:
    priced = settings.model_copy(update={"model_prices": "openai/scripted 1000 0"})
    with OpenAIServer(LOOKS) as server:
        request = turns.turn("quanto custa a golden?", model=access(server), max_cost=0.05)
        bench(priced).run(request)
        assert len(server.requests) == 1


def test_two_accounts_at_once_use_their_own_keys(settings: Settings) -> None:
    """Account 7 and account 8 share an endpoint, never a key, also when calls interleave."""
    with OpenAIServer([ANSWER], delay=0.2) as server:
        both = Bench.of(settings)

        async def all_at_once() -> list:
            def asking(account: int, number: int) -> object:
                model = ModelAccess(
                    model=f"openai/m{account}",
                    base_url=server.url,
                    api_key=SecretStr(f"key-of-{account}"),
                )
                return turns.turn(
                    HOURS, model=model, account_id=account, turn_id=f"db:{account}-{number}"
                )

            asked = [asking(account, number) for number in range(4) for account in (7, 8)]
            return await asyncio.gather(*map(both.arun, asked))

        results = asyncio.run(all_at_once())
        seen = {
            (body["model"], headers["Authorization"])
            for body, headers in zip(server.requests, server.headers, strict=True)
        }
    assert seen == {("m7", "Bearer key-of-7"), ("m8", "Bearer key-of-8")}
    assert {(r.account_id, r.usage.model) for r in results} == {
        (7, "openai/m7"),
        (8, "openai/m8"),
    }
    assert "key-of-" not in json.dumps([dump_json(r) for r in results])


# --- a model tried out -----------------------------------------------------------------------


def test_a_model_that_answers_is_fine() -> None:
    with OpenAIServer(["OK"]) as server:
        tested = asyncio.run(probe(access(server)))
        assert len(server.requests) == 1
    assert tested.ok
    assert tested.trouble is None


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_a_model_that_refuses_is_not(status: int) -> None:
    with OpenAIServer([status]) as server:
        tested = asyncio.run(probe(access(server)))
    assert tested == ModelTested(ok=False, trouble=f"HTTP {status}", seconds=tested.seconds)
    assert "scripted failure" not in dump_json(tested)


def test_nobody_waits_long_for_a_model_that_is_tried_out() -> None:
    with OpenAIServer(["late"], delay=30) as server:
        tested = asyncio.run(probe(access(server)))
    assert tested.trouble == LATE
    assert tested.seconds < 5


def test_the_built_in_model_needs_no_trying() -> None:
    assert asyncio.run(probe(ModelAccess(model="grounded"))).ok
