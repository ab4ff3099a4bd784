"""The life of the runtime's parts: warm-up that fails and recovers, turns that wait for it."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent_runtime import metrics
from agent_runtime.contracts import (
    Handover,
    HandoverReason,
    TurnRequest,
    TurnResult,
    Usage,
)
from agent_runtime.service import runtime as subject
from agent_runtime.service.desk import TurnsFull
from agent_runtime.service.runtime import Runtime
from agent_runtime.settings import Settings
from tests.doubles import turns


class Toolboxes:
    """Warms up only at the second try."""

    def __init__(self) -> None:
        self.tries = 0
        self.closed = False

    async def start(self) -> None:
        """Nothing to start."""

    async def warm(self) -> None:
        self.tries += 1
        if self.tries == 1:
            raise OSError("not yet")

    def health(self) -> dict[str, str]:
        return {"embedder": "ok"}

    async def close(self) -> None:
        self.closed = True


class Engine:
    """Answers at once."""

    async def run(self, request: TurnRequest) -> TurnResult:
        return TurnResult(turn_id=request.turn_id, attempt=1, account_id=7, boot_id="b")


class Sender:
    """Keeps the results."""

    configured = True

    def __init__(self) -> None:
        self.sent: list[TurnResult] = []
        self.arrived = asyncio.Event()

    async def send(self, _request: TurnRequest, result: TurnResult) -> bool:
        self.sent.append(result)
        self.arrived.set()
        return True

    async def close(self) -> None:
        """Nothing is open."""


class Prepared(Runtime):
    """A runtime with the parts above in place of the real ones."""

    def _open_stores(self) -> None:
        self._toolboxes = Toolboxes()

    def _build_engine(self) -> None:
        self._engine = Engine()


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.from_environ(
        {
            "AGENT_RUNTIME_TOKEN": "t" * 32,
            "AGENT_RUNTIME_STATE_DIR": str(tmp_path_factory.mktemp("state")),
            "AGENT_RUNTIME_CALLBACK_URL": "http://odoo",
        }
    )


def test_a_turn_waits_for_the_warm_up_and_a_failed_one_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(subject, "RETRY_PAUSES", (0.01,))

    async def play() -> None:
        sender = Sender()
        runtime = Prepared(settings, sender)
        runtime.start()
        assert runtime.health().status == "starting"
        assert not runtime.desk.submit(turns.turn("oi")).duplicate
        await asyncio.wait_for(sender.arrived.wait(), 60)
        await asyncio.wait_for(asyncio.shield(runtime._warming), 60)
        assert runtime._toolboxes.tries == 2
        assert runtime.health().status == "ok"
        await runtime.close()
        assert runtime._toolboxes.closed

    with caplog.at_level(logging.INFO, "agent_runtime"):
        asyncio.run(play())
    assert [r.message for r in caplog.records].count("warm-up failed") == 1


def test_searches_do_not_wait_for_a_rehearsal_that_fails(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They wait for the first try to open the store, so there has to be one."""

    class Opened(Toolboxes):
        async def warm(self) -> None:
            opened.set()

    class Opens(Prepared):
        def _open_stores(self) -> None:
            self._toolboxes = Opened()

    async def fails() -> None:
        raise RuntimeError("no rehearsal")

    async def play() -> None:
        runtime = Opens(settings, Sender())
        runtime.start()
        await asyncio.wait_for(opened.wait(), 60)
        assert runtime.ready.is_set()
        assert runtime.health().status == "degraded"
        await runtime.close()

    opened = asyncio.Event()
    monkeypatch.setattr("agent_runtime.engine.rehearsal.rehearse", fails)
    monkeypatch.setattr(subject, "RETRY_PAUSES", (60.0,))
    asyncio.run(play())


def test_turns_do_not_wait_for_the_store_but_health_does(settings: Settings) -> None:
    """Hours need no search; a turn that needs one and gets none in time is asked for again."""

    class Loading(Toolboxes):
        async def warm(self) -> None:
            await loaded.wait()

    class Searching(Engine):
        async def run(self, request: TurnRequest) -> TurnResult:
            result = await super().run(request)
            late = Handover(reason=HandoverReason.DEADLINE, note="-")
            waits = request.turn_id == "db:search"
            return result.model_copy(update={"handover": late}) if waits else result

    class Loads(Prepared):
        def _open_stores(self) -> None:
            self._toolboxes = Loading()

        def _build_engine(self) -> None:
            self._engine = Searching()

    loaded = asyncio.Event()

    async def play() -> None:
        sender = Sender()
        runtime = Loads(settings, sender)
        runtime.start()
        hours, search = turns.turn("oi", turn_id="db:1"), turns.turn("oi", turn_id="db:search")
        answered = await asyncio.wait_for(runtime._turn(hours), 60)
        assert answered.handover is None
        assert runtime.health().status == "starting"
        assert await runtime._turn(search) is None
        assert [result.turn_id for result in sender.sent] == ["db:1"]
        loaded.set()
        await asyncio.wait_for(asyncio.shield(runtime._warming), 60)
        assert runtime.health().status == "ok"
        assert (await runtime._turn(search)).handover
        await runtime.close()

    asyncio.run(play())


def test_a_stop_gives_back_what_it_cannot_finish(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "STOP_GRACE", 0.01)

    class Endless:
        async def run(self, _request: TurnRequest) -> TurnResult:
            began.set()
            await asyncio.Event().wait()

    began = asyncio.Event()

    async def play() -> None:
        sender = Sender()
        runtime = Prepared(settings, sender)
        runtime._engine = Endless()
        runtime.ready.set()
        runtime.desk.submit(turns.turn("oi", turn_id="db:5", attempt=2))
        runtime.playground.submit(turns.turn("oi", turn_id="db:tried"))
        await asyncio.wait_for(began.wait(), 30)
        await runtime.close()
        [back] = sender.sent
        assert (back.turn_id, back.attempt, back.returned) == ("db:5", 2, True)
        assert back.parts == ()

    asyncio.run(play())


def test_a_tried_turn_is_no_customers_but_its_models_are_counted(settings: Settings) -> None:
    class Asking(Engine):
        async def run(self, request: TurnRequest) -> TurnResult:
            usage = Usage(model="openai/x", calls=1, prompt_tokens=70, completion_tokens=3)
            return (await super().run(request)).model_copy(update={"usage": usage})

    def counted() -> tuple[float, float]:
        read = metrics.REGISTRY.get_sample_value
        turns_ended = sum(
            sample.value
            for family in metrics.REGISTRY.collect()
            for sample in family.samples
            if sample.name == "agent_runtime_turns_total"
        )
        return turns_ended, read("agent_runtime_model_tokens_total", {"kind": "prompt"}) or 0.0

    async def play() -> None:
        runtime = Prepared(settings, Sender())
        runtime._engine = Asking()
        runtime.ready.set()
        ended, tokens = counted()
        runtime.playground.submit(turns.turn("oi", turn_id="db:tried"))
        while runtime.playground.look(7, "db:tried").state == "running":
            await asyncio.sleep(0)
        assert counted() == (ended, tokens + 70)
        await runtime.playground.close()

    asyncio.run(asyncio.wait_for(play(), 30))


def test_only_what_arrived_counts_as_given_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two results finds nobody in time; the other was delivered all the same."""
    monkeypatch.setattr(subject, "STOP_GRACE", 0.01)
    monkeypatch.setattr(subject, "RETURN_GRACE", 0.05)

    class HalfAway(Sender):
        async def send(self, request: TurnRequest, result: TurnResult) -> bool:
            if request.turn_id == "db:away":
                await asyncio.Event().wait()
            return await super().send(request, result)

    async def play() -> None:
        runtime = Prepared(settings, HalfAway())
        given_back = metrics.REGISTRY.get_sample_value
        before = given_back("agent_runtime_turns_given_back_total")
        for name in ("db:away", "db:here"):
            runtime.desk.submit(turns.turn("oi", turn_id=name))
        await asyncio.sleep(0)
        await runtime.close()
        assert given_back("agent_runtime_turns_given_back_total") == before + 1

    asyncio.run(asyncio.wait_for(play(), 30))


def test_a_stop_does_not_wait_for_an_odoo_that_is_gone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "STOP_GRACE", 0.01)
    monkeypatch.setattr(subject, "RETURN_GRACE", 0.01)

    class Away(Sender):
        async def send(self, _request: TurnRequest, _result: TurnResult) -> bool:
            await asyncio.Event().wait()

    async def play() -> None:
        runtime = Prepared(settings, Away())
        runtime.desk.submit(turns.turn("oi"))
        await asyncio.sleep(0)
        await runtime.close()

    asyncio.run(asyncio.wait_for(play(), 30))


def test_a_turn_that_outlives_its_deadline_while_starting_is_dropped(settings: Settings) -> None:
    async def play() -> None:
        sender = Sender()
        runtime = Prepared(settings, sender)
        assert await runtime._turn(turns.turn("oi", deadline_seconds=0.01)) is None
        assert sender.sent == []

    asyncio.run(play())


def test_a_model_that_cannot_be_opened_shows_in_health_without_its_key(
    settings: Settings,
) -> None:
    wrong = settings.model_copy(
        update={"model": "nobody/knows", "model_api_key": SecretStr("key-of-model")}
    )

    async def play() -> None:
        runtime = Prepared(wrong, Sender())
        runtime.start()
        await asyncio.wait_for(runtime.ready.wait(), 60)
        health = runtime.health()
        await runtime.close()
        assert "not installed" in health.checks["model"]
        assert "key-of-model" not in health.model_dump_json()

    asyncio.run(play())


def test_a_start_that_cannot_succeed_ends_the_process_and_is_logged(tmp_path: Path) -> None:
    """Whoever supervises it starts it again; a service that only says "starting" helps nobody."""
    (tmp_path / "state").write_text("a file where the folder should be")
    ended = subprocess.run(
        [sys.executable, "-m", "agent_runtime", "serve"],
        env={
            **os.environ,
            "AGENT_RUNTIME_TOKEN": "t" * 32,
            "AGENT_RUNTIME_STATE_DIR": str(tmp_path / "state"),
            "AGENT_RUNTIME_PORT": "0",
        },
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 1
    for told in ("CRITICAL", "cannot start", "FileExistsError", "arrange"):
        assert told in ended.stderr


def test_a_start_that_is_called_off_is_no_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(subject, "end_process", lambda: pytest.fail("ended the process"))

    async def play() -> None:
        runtime = Prepared(settings, Sender())
        runtime.start()
        await asyncio.sleep(0)
        await runtime.close()

    asyncio.run(play())
    assert not caplog.records


def test_a_slow_account_holds_up_no_other(settings: Settings) -> None:
    """Account 7's model hangs and its share is full: account 8 is taken and answered at once."""

    class Stuck(Engine):
        async def run(self, request: TurnRequest) -> TurnResult:
            if request.account_id == 7:
                await asyncio.Event().wait()
            return await super().run(request)

    async def play() -> None:
        sender = Sender()
        limited = settings.model_copy(update={"max_turns": 4})
        runtime = Prepared(limited, sender)
        runtime._engine = Stuck()
        runtime.ready.set()
        for number in range(2):
            runtime.desk.submit(turns.turn("oi", turn_id=f"a:{number}"))
        with pytest.raises(TurnsFull):
            runtime.desk.submit(turns.turn("oi", turn_id="a:2"))
        runtime.desk.submit(turns.turn("oi", turn_id="b:1", account_id=8))
        await asyncio.wait_for(sender.arrived.wait(), 5)
        assert [result.turn_id for result in sender.sent] == ["b:1"]
        await runtime.desk.close(0)

    asyncio.run(play())
