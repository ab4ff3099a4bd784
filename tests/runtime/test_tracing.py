"""Traces tell stages and outcomes, and nobody's words."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from agent_runtime import tracing
from agent_runtime.service.runtime import Runtime
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, engine_settings


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    # As the process has it before CrewAI's surroundings are arranged.
    monkeypatch.delenv("OTEL_SDK_DISABLED", raising=False)
    exporter = InMemorySpanExporter()
    tracing.trace_to(SimpleSpanProcessor(exporter))
    yield exporter
    tracing.close()


class Played(Runtime):
    """A runtime whose engine is the bench's."""

    def __init__(self, settings: Settings, bench: Bench) -> None:
        super().__init__(settings)
        self._engine = self
        self._bench = bench
        self.ready.set()

    async def run(self, request):
        return await self._bench.arun(request)


def test_a_turn_is_traced_by_its_stages_without_a_word_of_it(
    spans: InMemorySpanExporter, tmp_path: Path
) -> None:
    settings = engine_settings(tmp_path)
    bench = Bench.of(settings, evidence=[turns.EXCHANGE])

    async def play() -> None:
        runtime = Played(settings, bench)
        await runtime._answered(turns.turn("Sou a Ana, posso trocar um produto?"))
        await runtime.sender.close()

    asyncio.run(play())
    finished = spans.get_finished_spans()
    turn = finished[-1]
    assert turn.name == "turn"
    assert turn.attributes["account"] == 7
    assert turn.attributes["crew"] == "whatsapp"
    inner = {span.name for span in finished if span.parent}
    assert {"turn.config", "turn.decide"} <= inner
    assert {span.context.trace_id for span in finished} == {turn.context.trace_id}
    told = " ".join(span.to_json() for span in finished)
    for word in ("Ana", "trocar", "dias corridos", "Bicho Bom"):
        assert word not in told


def test_of_an_exception_only_the_class_is_traced(spans: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="Ana"), tracing.span("turn.config"):
        raise ValueError("words of Ana")
    [span] = spans.get_finished_spans()
    assert span.status.description == "ValueError"
    assert span.events == ()


def test_without_an_address_nothing_is_traced(tmp_path: Path) -> None:
    tracing.configure(engine_settings(tmp_path))
    with tracing.span("turn", account=7) as known:
        known["crew"] = "web"
    tracing.close()


def test_a_collector_that_is_away_does_not_hold_up_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away(InMemorySpanExporter):
        def export(self, spans):
            asked.set()
            back.wait(30)
            return super().export(spans)

    asked, back = threading.Event(), threading.Event()
    monkeypatch.delenv("OTEL_SDK_DISABLED", raising=False)
    tracing.trace_to(BatchSpanProcessor(exporter := Away()))
    with tracing.span("turn"):
        pass
    tracing.close(0.05)
    assert asked.wait(5)
    assert exporter.get_finished_spans() == ()
    back.set()


def test_an_exporter_that_is_not_installed_is_told_by_its_variable(tmp_path: Path) -> None:
    """The process ends by itself, so that what it ended of must stand in its log."""
    script = (
        "import sys; sys.modules['opentelemetry.exporter'] = None; "
        "from agent_runtime.__main__ import main; sys.exit(main(['serve', '--json']))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "AGENT_RUNTIME_TOKEN": "t" * 32,
            "AGENT_RUNTIME_STATE_DIR": str(tmp_path / "state"),
            "AGENT_RUNTIME_PORT": "0",
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    told = json.loads(ended.stderr.splitlines()[-1])
    assert (told["level"], told["event"]) == ("CRITICAL", "cannot serve")
    assert "agent_runtime[tracing]" in told["exception"][0]
