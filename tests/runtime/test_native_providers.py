"""Models of Anthropic and Google, which speak languages of their own: on the wire."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import time
from typing import Any, NamedTuple

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import ModelAccess, ModelPrice, TurnResult, dump_json
from agent_runtime.llm.metered import LATE
from agent_runtime.llm.probe import probe
from agent_runtime.llm.provider import NO_KEY, installation, open_model
from agent_runtime.providers import NATIVE
from agent_runtime.service.logs import LineFormatter
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.anthropic_server import AnthropicServer
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.gemini_server import GeminiServer
from tests.doubles.model_server import COMPLETION_TOKENS, PROMPT_TOKENS, ModelServer, Raw, call
from tests.doubles.openai_server import OpenAIServer

HOURS = "qual o horário de vocês?"
ANSWER = "Abrimos às 8h.\n@sources: config"
COSTS = "quanto custa a golden filhotes?"
COST = "A Ração Golden Filhotes 15kg custa R$ 1.189,90.\n@sources: product.template,1"
JSON = {"Content-Type": "application/json"}
PICTURE = "data:image/png;base64,iVBORw0KGgo="
ENVIRONMENT = (
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_AUTH_TOKEN",
    "GEMINI_API_KEY",
    "GOOGLE_API_KEY",
    "GOOGLE_CLOUD_PROJECT",
    "OPENAI_API_KEY",
)


class Native(NamedTuple):
    """A provider with a language of its own."""

    name: str
    model: str
    header: str
    """Of the key, in lower case."""
    double: type[ModelServer]
    address: str
    """Variable of the environment that names another address."""

    def at(self, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have the provider's public address be the double's."""
        monkeypatch.setitem(NATIVE, self.name, server.url)

    def access(self, key: str | None = "key-of-7", **changes: Any) -> ModelAccess:
        """As a tenant names the model."""
        known = {"model": f"{self.name}/{self.model}", "api_key": SecretStr(key) if key else None}
        return ModelAccess(**{**known, **changes})

    def keys(self, server: ModelServer) -> list[str | None]:
        """What each request brought as its key."""
        lower = ({name.lower(): v for name, v in told.items()} for told in server.headers)
        return [told.get(self.header) for told in lower]


ALL = (
    Native("anthropic", "claude-haiku-4-5", "x-api-key", AnthropicServer, "ANTHROPIC_BASE_URL"),
    Native("gemini", "gemini-2.5-flash", "x-goog-api-key", GeminiServer, "GOOGLE_GEMINI_BASE_URL"),
)


@pytest.fixture(params=ALL, ids=lambda native: native.name)
def native(request: pytest.FixtureRequest) -> Native:
    return request.param


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    known = engine_settings(tmp_path_factory.mktemp("state"))
    return known.model_copy(update={"fallback_grounded": False})


def asked(
    settings: Settings, *models: ModelAccess, text: str = HOURS, **changes: Any
) -> TurnResult:
    request = turns.turn(text, models=models, **changes)
    return Bench.of(settings, evidence=(turns.EXCHANGE, turns.product(1))).run(request)


def elsewhere(server: OpenAIServer) -> ModelAccess:
    return ModelAccess(model="openai/up", base_url=server.url, api_key=SecretStr("key-openai"))


# --- a tenant has such a model ---------------------------------------------------------------


def test_it_answers_and_is_paid_for(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    price = ModelPrice(read=1000, written=5000)
    with native.double([ANSWER]) as server:
        native.at(server, monkeypatch)
        result = asked(settings, native.access(price=price))
        assert native.keys(server) == ["key-of-7"]
    assert result.handover is None
    assert "Abrimos às 8h." in result.parts[0]
    [entry] = result.usage.ledger
    assert entry.model == f"{native.name}/{native.model}"
    assert (entry.prompt_tokens, entry.completion_tokens) == (PROMPT_TOKENS, COMPLETION_TOKENS)
    assert entry.cost == pytest.approx(0.2)
    assert entry.error is None


def test_it_uses_tools(native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The double refuses a call without its result, and a result without its call."""
    looks = [call("find_products", query="golden filhotes"), call("find_products", query="golden")]
    with native.double([*looks, COST]) as server:
        native.at(server, monkeypatch)
        result = asked(settings, native.access(), text=COSTS)
        shown = json.dumps(server.requests[-1], ensure_ascii=False)
        assert len(server.requests) == 3
    assert [entry.error for entry in result.usage.ledger] == [None] * 3
    assert result.handover is None
    assert "R$ 1.189,90" in result.parts[0]
    assert "golden filhotes" in shown
    assert "product.template,1" in shown.partition("golden filhotes")[2]


def test_it_has_the_last_word_after_many_rounds_of_tools(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for it without tools, though the conversation is full of their calls."""

    def answer(body: dict[str, Any]) -> Any:
        may = body.get("tools") and body.get("tool_choice", {}).get("type") != "none"
        return call("find_products", query="golden filhotes") if may else COST

    with native.double([answer]) as server:
        native.at(server, monkeypatch)
        result = asked(settings, native.access(), text=COSTS)
        assert len(server.requests) > 3
    assert [entry.error for entry in result.usage.ledger] == [None] * len(server.requests)
    assert result.handover is None
    assert "R$ 1.189,90" in result.parts[0]


def test_a_model_of_googles_without_a_version_in_its_name_uses_tools(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with GeminiServer([call("find_products", query="golden"), COST]) as server:
        monkeypatch.setitem(NATIVE, "gemini", server.url)
        result = asked(settings, ModelAccess(model="gemini/gemini-flash-latest"), text=COSTS)
    assert "R$ 1.189,90" in result.parts[0]
    assert result.usage.calls == 2


def test_it_is_shown_pictures(native: Native, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = [{"type": "image_url", "image_url": {"url": PICTURE}}]
    with native.double(["A dog."]) as server:
        native.at(server, monkeypatch)
        said = open_model(native.access(), 20).call([{"role": "user", "content": shown}])
        body = json.dumps(server.requests[0])
    assert said == "A dog."
    assert "iVBORw0KGgo=" in body
    assert "image/png" in body
    assert "image_url" not in body


def test_it_is_tried_out(native: Native, monkeypatch: pytest.MonkeyPatch) -> None:
    open_model(native.access(), 1)  # Its library is imported once a process.
    with native.double(["OK"]) as server:
        native.at(server, monkeypatch)
        assert asyncio.run(probe(native.access())).ok


# --- it is down, slow or refuses -------------------------------------------------------------


def test_the_next_model_answers_when_it_is_down(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with native.double([503]) as down, OpenAIServer([ANSWER]) as up:
        native.at(down, monkeypatch)
        result = asked(settings, native.access(), elsewhere(up))
        # Once more by us, and not by the provider's own client besides.
        assert len(down.requests) == 2
        assert "key-of-7" not in str(up.headers)
        assert "key-openai" not in str(down.headers)
    assert result.handover is None
    assert [entry.error for entry in result.usage.ledger] == ["HTTP 503", "HTTP 503", None]


def test_it_answers_where_another_is_down(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer([401]) as down, native.double([ANSWER]) as up:
        native.at(up, monkeypatch)
        result = asked(settings, elsewhere(down), native.access())
    assert result.handover is None
    assert result.usage.model == f"{native.name}/{native.model}"


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (Raw(200, b" ", JSON, drip=0.02), LATE),
        (Raw(200, bytes(500_000), JSON, drip=0.001), "its answer has no end (AnswerTooLarge)"),
    ],
)
def test_an_answer_that_does_not_end_is_hung_up_on(
    native: Native,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    answer: Raw,
    trouble: str,
) -> None:
    impatient = settings.model_copy(update={"model_timeout": 2.0})
    with native.double([answer]) as endless, OpenAIServer([ANSWER]) as up:
        native.at(endless, monkeypatch)
        started = time.monotonic()
        result = asked(impatient, native.access(), elsewhere(up))
        assert time.monotonic() - started < 30
        assert endless.hung_up.wait(10)
    assert result.handover is None
    assert [entry.error for entry in result.usage.ledger] == [trouble, trouble, None]


@pytest.mark.parametrize("answer", [Raw(200, b"<html>"), Raw(200, b"{}", JSON), " ", 429])
def test_the_next_model_answers_where_it_has_no_answer(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    with native.double([answer]) as broken, OpenAIServer([ANSWER]) as up:
        native.at(broken, monkeypatch)
        result = asked(settings, native.access(), elsewhere(up))
    assert result.handover is None
    assert result.usage.ledger[0].error
    assert result.usage.ledger[-1].error is None


def test_a_redirection_leads_nowhere(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with native.double([ANSWER]) as other:
        with native.double([Raw(307, headers={"Location": other.url})]) as server:
            native.at(server, monkeypatch)
            result = asked(settings, native.access())
        assert other.requests == []
    assert result.error == "ModelDown: HTTP 307"


def test_a_model_that_takes_no_temperature_is_asked_without(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"error": {"type": "invalid_request_error", "message": "`temperature` is deprecated"}}
    refusal = Raw(400, json.dumps(words).encode(), JSON)

    def answer(body: dict[str, Any]) -> Any:
        told = {**body, **body.get("generationConfig", {})}
        return refusal if "temperature" in told else ANSWER

    with native.double([answer]) as new:
        native.at(new, monkeypatch)
        result = asked(settings, native.access())
    assert result.handover is None
    assert result.usage.calls == 1


@pytest.mark.parametrize("native", ALL, ids=lambda native: native.name)
def test_a_key_that_is_refused_is_told_as_such(
    native: Native, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Google answers 400, and says why in the details."""
    open_model(native.access(), 1)
    script = [401] if native.name == "anthropic" else ["OK"]
    with native.double(script) as server:
        native.at(server, monkeypatch)
        tested = asyncio.run(probe(native.access("unknown key")))
    assert tested.trouble == "HTTP 401"


# --- whose key -------------------------------------------------------------------------------


def test_two_accounts_at_once_use_their_own_keys(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Account 7 and account 8 share the provider, never a key, also when calls interleave."""
    with native.double([ANSWER], delay=0.2) as server:
        native.at(server, monkeypatch)
        both = Bench.of(settings)

        async def all_at_once() -> list[TurnResult]:
            def asking(account: int, number: int) -> Any:
                return turns.turn(
                    f"{HOURS} [{account}]",
                    model=native.access(f"key-of-{account}"),
                    account_id=account,
                    turn_id=f"db:{account}-{number}",
                )

            asked = [asking(account, number) for number in range(4) for account in (7, 8)]
            return await asyncio.gather(*map(both.arun, asked))

        results = asyncio.run(all_at_once())
        seen = {
            (account, key)
            for body, key in zip(server.requests, native.keys(server), strict=True)
            for account in (7, 8)
            if f"[{account}]" in json.dumps(body)
        }
    assert seen == {(7, "key-of-7"), (8, "key-of-8")}
    assert "key-of-" not in json.dumps([dump_json(result) for result in results])


def test_a_tenants_call_has_nothing_of_the_machines_environment(
    native: Native, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ENVIRONMENT:
        monkeypatch.setenv(name, f"secret-{name}")
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "true")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with native.double(["OK"]) as operators, native.double(["OK"]) as server:
        monkeypatch.setenv(native.address, operators.url)
        native.at(server, monkeypatch)
        assert open_model(native.access(), 20).call("Hello") == "OK"
        assert open_model(native.access(None), 20).call("Hello") == "OK"
        assert operators.requests == []
        assert native.keys(server) == ["key-of-7", NO_KEY]
        assert "secret" not in str(server.headers)


def test_an_address_of_the_tenants_hears_no_key_of_the_installations(
    native: Native, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ENVIRONMENT:
        monkeypatch.setenv(name, f"secret-{name}")
    with OpenAIServer(["OK"]) as gateway:
        access = native.access(None, base_url=gateway.url)
        assert open_model(access, 20).call("Hello") == "OK"
        assert "secret" not in str(gateway.headers)
        assert gateway.headers[0]["Authorization"] == f"Bearer {NO_KEY}"
        # A gateway of many providers is asked for the whole name.
        assert gateway.requests[0]["model"] == access.model


def test_the_installations_model_takes_its_environment(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = settings.model_copy(update={"model": f"{native.name}/{native.model}"})
    with native.double([ANSWER]) as server:
        monkeypatch.setenv(f"{native.name.upper()}_API_KEY", "the operator's")
        monkeypatch.setenv(native.address, server.url)
        assert "Abrimos às 8h." in asked(ours).parts[0]
        assert native.keys(server) == ["the operator's"]
    assert installation(ours).base_url is None


def test_no_key_is_in_a_log_or_a_result(
    native: Native, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where the provider says it back."""
    words = {"error": {"type": "authentication_error", "message": "no such key: key-of-7"}}
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        with native.double([Raw(401, json.dumps(words).encode(), JSON)]) as server:
            native.at(server, monkeypatch)
            result = asked(settings, native.access())
    finally:
        root.removeHandler(handler)
    assert result.error == "ModelDown: HTTP 401"
    assert "model failed" in lines.getvalue()
    assert "key-of-7" not in lines.getvalue()
    assert "key-of-7" not in dump_json(result)
