"""Crew definitions, CrewAI's surroundings, and what a crew leaves behind: nothing."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from agent_runtime.contracts import CREWS, ROLES
from agent_runtime.crews.definition import crew, in_form_of
from agent_runtime.crews.environment import arrange
from tests.doubles.openai_server import OpenAIServer

_PROBE = """
import os, signal, sys
from pathlib import Path
from agent_runtime.crews.environment import arrange
arrange(Path(sys.argv[1]))
import asyncio
from agent_runtime.engine.rehearsal import rehearse
asyncio.run(rehearse())
assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
assert "litellm" not in sys.modules
"""

_LISTENERS = """
import asyncio, sys
from pathlib import Path
from agent_runtime.crews.environment import arrange
arrange(Path(sys.argv[1]))
from agent_runtime.contracts import ModelAccess
from agent_runtime.engine.rehearsal import rehearse
from agent_runtime.llm.provider import open_model
from crewai.events.event_bus import crewai_event_bus as bus
from crewai.events.listeners.tracing.trace_listener import TraceCollectionListener
from crewai.flow.runtime import FlowState
asyncio.run(rehearse())
made = len(FlowState.__subclasses__())
asyncio.run(rehearse())
assert len(FlowState.__subclasses__()) == made, "a run made a class of its own"
access = ModelAccess(model="openai/measured", base_url=sys.argv[2])
assert open_model(access, 10).call([{"role": "user", "content": "words of Ana"}]) == "Oi."
assert bus.flush()
assert TraceCollectionListener().batch_manager.event_buffer == []
assert not bus._sync_handlers and not bus._async_handlers, bus._sync_handlers
assert not bus._executor_initialized, "an event was handed to another thread"
"""


def test_every_crew_is_the_base_with_its_own_form() -> None:
    crews = [crew(name) for name in CREWS]
    assert len({c.role for c in crews}) == len(CREWS)
    assert len({c.guidance for c in crews}) == len(CREWS)
    assert {c.goal for c in crews} == {crews[0].goal}
    assert [c.name for c in crews if c.form.letter] == ["email"]
    for definition in crews:
        assert definition.description.count("{briefing}") == 1
        assert definition.description.count("{form}") == 1
        assert "{" not in definition.role


def test_the_role_that_leads_names_the_agent_and_every_role_says_what_it_cares_for() -> None:
    defined = {role: crew("whatsapp", (role,)) for role in ROLES}
    for part in ("role", "goal", "focus"):
        assert len({getattr(d, part) for d in defined.values()}) == len(ROLES)
    both = crew("whatsapp", ("scheduling", "sales"))
    assert both.role == defined["scheduling"].role == "Scheduling attendant on a messaging app"
    assert both.goal == defined["scheduling"].goal
    assert both.focus == f"{defined['scheduling'].focus}\n{defined['sales'].focus}"


@pytest.mark.parametrize("roles", [(), ("boss",), ("sales", "../base")])
def test_roles_that_are_not_defined_are_refused(roles: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no roles"):
        crew("whatsapp", roles)


@pytest.mark.parametrize(
    ("channel", "letter", "most"),
    [("whatsapp", False, 3000), ("instagram", False, 1000), ("email", True, 3000)],
)
def test_colleagues_are_told_as_much_as_their_channel_carries(
    channel: str, letter: bool, most: int
) -> None:
    inside, outside = in_form_of("internal", channel), crew(channel)
    assert inside.guidance == crew("internal").guidance
    assert (inside.form.letter, inside.form.max_characters) == (letter, most)
    assert inside.form.max_characters >= outside.form.max_characters


def test_a_crew_that_is_not_defined_is_refused() -> None:
    with pytest.raises(ValueError, match="no crew"):
        crew("../base")


def test_crewai_takes_no_signals_and_writes_only_into_its_own_folder(tmp_path: Path) -> None:
    home = tmp_path / "elsewhere"
    home.mkdir()
    state = tmp_path / "state"
    subprocess.run(
        [sys.executable, "-c", _PROBE, str(state)],
        env=os.environ | {"HOME": str(home)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert list(home.iterdir()) == []
    assert state.stat().st_mode & 0o077 == 0
    stored = b"".join(path.read_bytes() for path in state.rglob("*") if path.is_file())
    assert b"briefing" not in stored
    assert [path.suffix for path in (state / "crewai").iterdir()] == [".json"]


def test_nobody_listens_to_what_crewai_tells_of_its_calls(tmp_path: Path) -> None:
    with OpenAIServer(["Oi."]) as model:
        probe = subprocess.run(
            [sys.executable, "-c", _LISTENERS, str(tmp_path), model.url],
            env=os.environ | {"HOME": str(tmp_path)},
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
    assert probe.returncode == 0, probe.stderr


def test_an_operators_choice_of_waiting_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "CREWAI_STORAGE_DIR", "OMP_WAIT_POLICY"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    arrange(tmp_path)
    assert os.environ["OMP_WAIT_POLICY"] == "ACTIVE"


def test_tools_run_on_the_loop_and_fill_the_ledger() -> None:
    from agent_runtime.crews.tools import QUERY_CHARACTERS, EvidenceTool
    from agent_runtime.engine.ledger import Ledger
    from tests.doubles import turns

    asked: list[str] = []

    async def search(query: str) -> list:
        asked.append(query)
        if query == "down":
            raise OSError("words of Ana")
        return [turns.product()]

    async def play() -> tuple[str, str, Ledger]:
        ledger = Ledger()
        tool = EvidenceTool("find_products", "Finds.", search, ledger)
        found = await asyncio.to_thread(tool.run, query="x" * 2000)
        failed = await asyncio.to_thread(tool.run, query="down")
        return found, failed, ledger

    found, failed, ledger = asyncio.run(play())
    assert "product.template,1" in found
    assert "not available" in failed
    assert "Ana" not in failed
    assert len(asked[0]) == QUERY_CHARACTERS
    assert [piece.reference for piece in ledger.evidence] == ["product.template,1"]
    assert ledger.failures == ("find_products: OSError",)
