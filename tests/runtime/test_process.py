"""The real process: started as Odoo's supervisor starts it, on the real stores, and stopped."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import requests
from pydantic import SecretStr

from agent_runtime.client import RuntimeClient, RuntimeUnavailable
from agent_runtime.contracts import (
    HandoverReason,
    KnowledgeItem,
    KnowledgeSearch,
    KnowledgeUpsert,
    ModelAccess,
    ModelTest,
    TurnResult,
)
from agent_runtime.signing import verify
from tests.doubles import turns
from tests.doubles.callback_server import CallbackServer
from tests.doubles.mongo_stand_in import mongo_stand_in, publish
from tests.doubles.openai_server import OpenAIServer

TOKEN = "process-token-process-token"
WARM = 120
"""Seconds allowed for importing CrewAI and loading the embedder on a busy machine."""


class Service(NamedTuple):
    process: subprocess.Popen[str]
    client: RuntimeClient
    url: str
    environ: dict[str, str]
    log: Path


@pytest.fixture(scope="module")
def odoo() -> Iterator[CallbackServer]:
    with CallbackServer() as server:
        yield server


@pytest.fixture(scope="module")
def service(odoo: CallbackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("runtime")
    with mongo_stand_in(folder / "mongo") as mongo:
        publish(mongo, turns.config().model_dump(mode="json"))
        publish(mongo, turns.clinic().model_dump(mode="json"))
        environ = {
            **os.environ,
            "AGENT_RUNTIME_TOKEN": TOKEN,
            "AGENT_RUNTIME_STATE_DIR": str(folder / "state"),
            "AGENT_RUNTIME_CALLBACK_URL": odoo.url,
            "MONGODB_URL": mongo,
        }
        with running(environ, folder / "log") as started:
            wait_until_warm(started)
            yield started


@contextlib.contextmanager
def running(environ: dict[str, str], log: Path) -> Iterator[Service]:
    """The process on a socket of ours, as when it is embedded."""
    with socket.create_server(("127.0.0.1", 0)) as listening, log.open("w") as out:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        process = subprocess.Popen(
            [sys.executable, "-m", "agent_runtime", "serve"],
            env=environ | {"AGENT_RUNTIME_FD": str(listening.fileno())},
            pass_fds=[listening.fileno()],
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield Service(process, RuntimeClient(url, TOKEN, timeout=60), url, environ, log)
        finally:
            process.kill()
            process.wait(10)


def wait_until_warm(service: Service) -> None:
    until = time.monotonic() + WARM
    while service.client.health().status == "starting":
        assert service.process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.2)


def result_of(odoo: CallbackServer, turn_id: str) -> TurnResult:
    """The result of a turn, its signature verified."""
    seen = 0
    while True:
        arrived = odoo.wait(seen + 1, 60)
        assert len(arrived) > seen, "no result came"
        for posted in arrived[seen:]:
            result = TurnResult.model_validate_json(posted.body)
            if result.turn_id == turn_id:
                assert verify(
                    TOKEN,
                    posted.headers["X-Agent-Runtime-Timestamp"],
                    posted.body,
                    posted.headers["X-Agent-Runtime-Signature"],
                    time.time(),
                )
                return result
        seen = len(arrived)


def test_a_models_key_reaches_its_provider_and_no_log(
    service: Service, odoo: CallbackServer
) -> None:
    """Refused in a turn, which the built-in responder answers, and tried out by a manager."""
    key = "key-of-account-seven"
    with OpenAIServer([401, "OK", 401]) as provider:
        access = ModelAccess(model="openai/x", base_url=provider.url, api_key=SecretStr(key))
        # The turn comes first: what CrewAI loads with its first call takes no test's time.
        service.client.submit_turn(turns.turn("qual o horário?", turn_id="db_a:91", model=access))
        result = result_of(odoo, "db_a:91")
        test = ModelTest(account_id=7, model=access)
        tried = [service.client.test_model(test) for _again in range(2)]
        assert {headers["Authorization"] for headers in provider.headers} == {f"Bearer {key}"}
    assert [(one.ok, one.trouble) for one in tried] == [(True, None), (False, "HTTP 401")]
    assert result.handover is None
    assert result.error == "ModelDown: HTTP 401"
    assert [call.error for call in result.usage.ledger] == ["HTTP 401"]
    written = service.log.read_text(encoding="utf-8")
    assert "model failed" in written
    assert key not in written
    assert key not in result.model_dump_json()


def test_it_is_well(service: Service) -> None:
    health = service.client.health()
    assert health.status == "ok", health.checks
    assert health.checks["mcp-mongodb"] == "ok"


def test_a_turn_is_answered_from_the_stores(service: Service, odoo: CallbackServer) -> None:
    item = KnowledgeItem(
        model="business.support.document",
        record_id=9,
        title=turns.EXCHANGE.title,
        text=turns.EXCHANGE.text,
        content_hash="h",
    )
    service.client.upsert(
        KnowledgeUpsert(account_id=7, collection="support_documents", origin="a", items=(item,))
    )
    accepted = service.client.submit_turn(
        turns.turn("que horas abrem hoje? posso trocar um produto?", turn_id="a:1")
    )
    result = result_of(odoo, "a:1")
    assert result.boot_id == accepted.boot_id
    assert "12h" in result.parts[0]
    assert "7 dias corridos" in result.parts[0]
    assert {s.via for s in result.sources} == {"mcp-mongodb", "mcp-qdrant"}
    assert result.handover is None


def test_the_other_account_sees_none_of_it(service: Service, odoo: CallbackServer) -> None:
    found = service.client.search(
        KnowledgeSearch(account_id=8, collection="support_documents", query="posso trocar?")
    )
    assert found.hits == ()
    service.client.submit_turn(turns.turn("posso trocar um produto?", turn_id="b:1", account_id=8))
    result = result_of(odoo, "b:1")
    assert "7 dias" not in result.parts[0]
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


def test_an_account_without_configuration_is_handed_over(
    service: Service, odoo: CallbackServer
) -> None:
    service.client.submit_turn(turns.turn("que horas abrem?", turn_id="c:1", account_id=9))
    result = result_of(odoo, "c:1")
    assert result.handover.reason is HandoverReason.ERROR
    assert "ConfigMissing" in result.error
    assert "ConfigMissing" not in result.parts[0]


def test_the_command_line_goes_through_the_service(service: Service) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "agent_runtime", *arguments, "--url", service.url]
        return subprocess.run(
            command, env=service.environ, capture_output=True, text=True, timeout=60, check=False
        )

    searched = run(
        *("search", "--account", "7", "--collection", "support_documents", "posso trocar?")
    )
    assert "business.support.document,9" in searched.stdout
    assert run("health").stdout.startswith("ok")
    assert '"status": "ok"' in run("health", "--json").stdout


def test_a_conversation_from_the_command_line(service: Service) -> None:
    command = [sys.executable, "-m", "agent_runtime", "chat", "--account", "7", "--json"]
    talked = subprocess.run(
        [*command, "--url", service.url],
        env=service.environ,
        # By the real clock, so that no day may be named.
        input="qual o horário de vocês?\n\nquero falar com uma pessoa\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert talked.returncode == 0, talked.stderr
    hours, person = map(TurnResult.model_validate_json, talked.stdout.splitlines())
    assert "12h" in hours.parts[0]
    assert person.handover.reason is HandoverReason.ASKED_FOR_PERSON


def test_a_tried_turn_reaches_nobody(service: Service, odoo: CallbackServer) -> None:
    before = len(odoo.wait(0, 0))
    service.client.play(turns.turn("que horas abrem hoje?", turn_id="db:test:1"))
    until = time.monotonic() + 60
    while (played := service.client.played(7, "db:test:1")).state == "running":
        assert time.monotonic() < until
        time.sleep(0.05)
    assert played.result.parts
    assert len(odoo.wait(0, 0)) == before


def test_what_happened_is_counted_without_a_name(service: Service) -> None:
    text = requests.get(
        f"{service.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10
    ).text
    assert 'agent_runtime_turns_total{crew="whatsapp",outcome="answered"' in text
    assert 'agent_runtime_tool_calls_total{outcome="ok",server="mcp-mongodb"}' in text
    assert "agent_runtime_turn_seconds_count" in text
    assert "agent_runtime_search_seconds_count" in text
    for private in ("acct_", "account", "trocar", TOKEN):
        assert private not in text


def test_nobodys_words_are_in_the_log(service: Service, odoo: CallbackServer) -> None:
    service.client.submit_turn(
        turns.turn("segredissimo da Ana 19 99999-8888", turn_id="d:1", account_id=9)
    )
    result_of(odoo, "d:1")
    log = Path(service.environ["AGENT_RUNTIME_STATE_DIR"]).with_name("log").read_text()
    assert "turn done" in log
    for word in ("segredissimo", "99999", "trocar", "Ana", TOKEN, "opaque"):
        assert word not in log
    levels = ("INFO ", "WARNING ", "ERROR ")
    assert all(line.startswith(levels) for line in log.splitlines()), log


def test_it_stops_when_told(service: Service) -> None:
    service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(15) == 0


def test_a_wrong_environment_is_a_clear_refusal() -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "agent_runtime", "serve"],
        env={key: value for key, value in os.environ.items() if "AGENT_RUNTIME" not in key},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 2
    assert "AGENT_RUNTIME_TOKEN" in refused.stderr


_PARENT = """
import os, socket, subprocess, sys
listening = socket.create_server(("127.0.0.1", 0))
child = subprocess.Popen(
    [sys.executable, "-m", "agent_runtime", "serve"],
    env=os.environ | {"AGENT_RUNTIME_FD": str(listening.fileno())},
    pass_fds=[listening.fileno()],
)
print(child.pid, listening.getsockname()[1], flush=True)
sys.stdin.read()
"""


def test_it_ends_with_its_parent(tmp_path: Path) -> None:
    environ = {
        **os.environ,
        "AGENT_RUNTIME_TOKEN": TOKEN,
        "AGENT_RUNTIME_STATE_DIR": str(tmp_path),
    }
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        pid, port = map(int, parent.stdout.readline().split())
        child = os.pidfd_open(pid)
        client = RuntimeClient(f"http://127.0.0.1:{port}", TOKEN, timeout=60)
        client.health()
        parent.kill()
        parent.wait(10)
    try:
        ended = bool(select.select([child], [], [], 30)[0])
    finally:
        os.close(child)
    assert ended
    with pytest.raises(RuntimeUnavailable):
        client.health()
