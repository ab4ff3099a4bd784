"""Endpoints of models that misbehave in ways of their own: on the wire."""

from __future__ import annotations

import json
import socket
import threading
import time

import httpx
import pytest
from pydantic import SecretStr

from agent_runtime.contracts import ModelAccess, ModelPrice, TurnResult
from agent_runtime.llm.endpoint import send
from agent_runtime.llm.meter import Limits, Meter
from agent_runtime.llm.metered import LATE, MeteredLLM, ModelDown
from agent_runtime.llm.provider import NO_KEY, installation, open_model, reveal, trouble
from agent_runtime.providers import ADDRESSES
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.openai_server import OpenAIServer, Raw, call

HOURS = "qual o horário de vocês?"
ANSWER = "Abrimos às 8h.\n@sources: config"
JSON = {"Content-Type": "application/json"}
PAGE = Raw(200, b"<html>Please log in</html>")
REDIRECTION = 307


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    known = engine_settings(tmp_path_factory.mktemp("state"))
    return known.model_copy(update={"fallback_grounded": False})


def access(server: OpenAIServer, name: str = "same", **changes: object) -> ModelAccess:
    known = {"model": f"openai/{name}", "base_url": server.url, "api_key": SecretStr("key-of-7")}
    return ModelAccess(**{**known, **changes})


def asked(
    settings: Settings, *models: ModelAccess, text: str = HOURS, **changes: object
) -> TurnResult:
    request = turns.turn(text, models=models, **changes)
    return Bench.of(settings, evidence=(turns.EXCHANGE, turns.product(1))).run(request)


def refusal(words: str, code: str | None = None) -> Raw:
    error = {"message": words, "type": "invalid_request_error", "code": code}
    return Raw(400, json.dumps({"error": error}).encode(), JSON)


TOO_LONG = refusal("This model's maximum context length is 10 tokens", "context_length_exceeded")


# --- one that does not end -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Raw(200, b" ", JSON, drip=0.02), LATE),
        (Raw(200, bytes(500_000), JSON, drip=0.001), "its answer has no end (AnswerTooLarge)"),
    ],
)
def test_an_answer_that_does_not_end_is_hung_up_on(
    settings: Settings, answer: Raw, trouble: str
) -> None:
    impatient = settings.model_copy(update={"model_timeout": 2.0})
    with OpenAIServer([answer]) as endless, OpenAIServer([ANSWER]) as up:
        started = time.monotonic()
        result = asked(impatient, access(endless), access(up))
        assert time.monotonic() - started < 30
        assert endless.hung_up.wait(10)
    assert result.handover is None
    assert [entry.error for entry in result.usage.ledger] == [trouble, trouble, None]


def test_no_call_is_repeated_after_its_turn() -> None:
    with OpenAIServer([503]) as server:
        model = access(server)
        ends = time.monotonic() + 0.1
        llm = MeteredLLM(open_model(model, 5, ends), model, Meter(Limits(9, 9000)), ends=ends)
        with pytest.raises(ModelDown):
            llm.call("Hello")
        assert len(server.requests) <= 1


def test_a_call_ends_with_its_turn_however_long_it_may_take() -> None:
    with OpenAIServer(["too late"], gate=threading.Event()) as server:
        started = time.monotonic()
        llm = open_model(access(server), 30, ends=started + 0.3)
        with pytest.raises(ConnectionError):
            llm.call("Hello")
        assert time.monotonic() - started < 20


def test_names_that_nobody_resolves_hold_up_no_other_endpoint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their lookups go on for long after the calls were given up."""
    looked_up, over, known = [], threading.Event(), socket.getaddrinfo

    def lookup(host: str | bytes, *place: object, **kind: object) -> list:
        name = host if isinstance(host, str) else host.decode()
        if name.endswith(".invalid"):
            looked_up.append(name)
            over.wait(30)
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return known(host, *place, **kind)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    dead = [f"http://n{number}.invalid/v1" for number in (*range(20), *[0] * 60)]
    try:
        calls = [send(httpx.Request("POST", url), 0.2) for url in dead]
        for given_up in calls:
            with pytest.raises(httpx.TimeoutException):
                given_up.result(10)
        with OpenAIServer([ANSWER]) as server:
            healthy = server.url.replace("127.0.0.1", "localhost")
            assert open_model(access(server, base_url=healthy), 5).call("Hello") == ANSWER
    finally:
        over.set()
    assert sorted(looked_up) == sorted(set(looked_up))


# --- one that is no model --------------------------------------------------------------------


@pytest.mark.parametrize("answer", [PAGE, Raw(200, b"{}", JSON), "", "  \n", TOO_LONG])
def test_the_next_model_answers_where_one_has_no_answer(settings: Settings, answer: object) -> None:
    with OpenAIServer([answer]) as broken, OpenAIServer([ANSWER]) as up:
        result = asked(settings, access(broken), access(up))
    assert result.handover is None
    assert "8h" in result.parts[0]
    assert result.usage.ledger[0].error


def test_a_key_that_no_header_takes_is_the_models_trouble(settings: Settings) -> None:
    with OpenAIServer([ANSWER]) as up:
        result = asked(settings, access(up, api_key=SecretStr("chave-ção-€")), access(up))
    assert result.handover is None


def test_a_redirection_leads_nowhere(settings: Settings) -> None:
    with OpenAIServer([ANSWER]) as elsewhere:
        sent_on = Raw(REDIRECTION, headers={"Location": f"{elsewhere.url}/chat/completions"})
        with OpenAIServer([sent_on]) as server:
            result = asked(settings, access(server))
        assert elsewhere.requests == []
    assert result.error == "ModelDown: HTTP 307"


def test_no_cookie_of_one_turn_comes_with_the_next(settings: Settings) -> None:
    with OpenAIServer([Raw(401, headers={"Set-Cookie": "who=7; Path=/"})]) as server:
        for account in (7, 8):
            asked(settings, access(server), account_id=account)
        assert len(server.headers) == 2
        assert not any("Cookie" in headers for headers in server.headers)


# --- one that knows less than others ---------------------------------------------------------


def test_a_model_that_takes_no_temperature_is_asked_without(settings: Settings) -> None:
    words = "Unsupported value: 'temperature' does not support 0.0 with this model."
    with OpenAIServer([lambda body: refusal(words) if "temperature" in body else ANSWER]) as new:
        results = [asked(settings, access(new)) for _turn in range(2)]
        # Only the first turn has to find it out.
        assert ["temperature" in body for body in new.requests] == [True, False, False]
        asked(settings, access(new, name="another"))
        assert "temperature" in new.requests[3]
    for result in results:
        assert result.handover is None
        assert result.usage.calls == 1


def test_a_model_without_tools_answers_with_what_was_found(settings: Settings) -> None:
    def answer(body: dict) -> object:
        return refusal("small does not support tools") if body.get("tools") else ANSWER

    with OpenAIServer([answer]) as small:
        result = asked(settings, access(small))
    assert result.handover is None
    assert "8h" in result.parts[0]


# --- whose, and what it costs ----------------------------------------------------------------


def test_an_answer_is_mended_by_the_model_that_gave_it(settings: Settings) -> None:
    """The same model at two endpoints, the first of them down."""
    lie = "Abrimos às 5h.\n@sources: config"
    with OpenAIServer([401]) as down, OpenAIServer([lie, ANSWER]) as up:
        result = asked(settings, access(down), access(up))
        assert len(down.requests) == 1
    assert result.handover is None
    assert [entry.purpose for entry in result.usage.ledger] == ["answer", "answer", "repair"]


def test_each_call_costs_what_its_own_endpoint_asks(settings: Settings) -> None:
    dear, cheap = ModelPrice(read=1000, written=0), ModelPrice(read=10, written=0)
    with OpenAIServer([PAGE]) as down, OpenAIServer([ANSWER]) as up:
        result = asked(settings, access(down, price=dear), access(up, price=cheap))
    assert result.usage.ledger[-1].cost == pytest.approx(0.001)


def test_an_endpoint_that_does_not_count_is_paid_for_all_the_same(settings: Settings) -> None:
    looks = [call("find_products", query=f"golden {number}") for number in range(10)]
    with OpenAIServer(looks, counts=False) as server:
        price = ModelPrice(read=1000, written=0)
        result = asked(
            settings, access(server, price=price), text="quanto custa a golden?", max_cost=0.01
        )
        assert len(server.requests) == 1
    assert result.error == "BudgetSpent: 0.01 for model calls"
    assert result.usage.prompt_tokens > 500


def test_a_tenants_model_has_nothing_of_the_installations(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI", "DEEPSEEK"):
        monkeypatch.setenv(f"{name}_API_KEY", "the operator's")
        monkeypatch.setenv(f"{name}_BASE_URL", "https://operator.example")
    for model in ("openai/gpt-5", "deepseek/deepseek-chat"):
        opened = open_model(ModelAccess(model=model), 1)
        assert opened.api_key == NO_KEY
        assert opened.base_url == ADDRESSES[model.partition("/")[0]]
        assert opened.model == model.partition("/")[2]


def test_a_tenants_endpoint_hears_nothing_of_the_machines_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Gateway: secret-1\nAuthorization: secret-2")
    monkeypatch.setenv("OPENAI_ORG_ID", "secret-3")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "secret-4")
    with OpenAIServer([ANSWER]) as server:
        open_model(access(server), 5).call("Hello")
        open_model(access(server), 5, ours=True).call("Hello")
    theirs, ours = server.headers
    assert "secret" not in str(theirs)
    assert theirs["Authorization"] == "Bearer key-of-7"
    assert theirs["Content-Type"] == "application/json"
    for number in range(1, 5):
        assert f"secret-{number}" in str(ours)


@pytest.mark.parametrize("model", ["openrouter/openai/gpt-4o", "deepinfra/openai/gpt-oss-20b"])
def test_a_broker_of_models_is_asked_for_the_whole_name_it_knows(model: str) -> None:
    assert open_model(ModelAccess(model=model), 1).model == model.partition("/")[2]


def test_prices_that_are_not_understood_are_told(settings: Settings) -> None:
    strange = settings.model_copy(update={"model_prices": "openai/x 1 2, openai/y cheap"})
    assert trouble(settings) is None
    assert "openai/y cheap" in trouble(strange)


@pytest.mark.parametrize("model", ["ollama/llama3", "hosted_vllm/x", "bedrock/amazon.nova-lite"])
def test_a_tenants_model_without_address_is_none_on_this_machine(model: str) -> None:
    with pytest.raises(ModelDown, match="needs an address"):
        open_model(ModelAccess(model=model), 1)


def test_the_installations_model_may_use_its_environment(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "the operator's")
    ours = installation(settings.model_copy(update={"model": "openai/gpt-4o-mini"}))
    assert reveal(ours.api_key) == "the operator's"
    local = installation(settings.model_copy(update={"model": "ollama/llama3"}))
    assert "11434" in open_model(local, 1, ours=True).base_url
