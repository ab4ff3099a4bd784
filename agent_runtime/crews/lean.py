"""CrewAI without what no crew of ours uses and every run would pay for.

All of this happens inside a crew's run, on the event loop: while one turn waits for it, no other
turn moves.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import crewai
from crewai.agents.agent_executor import AgentExecutor, AgentExecutorState
from crewai.events.event_bus import crewai_event_bus
from crewai.utilities import file_store
from pydantic import PrivateAttr

from .no_output_store import NoOutputStore


class Crew(crewai.Crew):
    """A crew that keeps its tasks' outputs nowhere, and opens no database to keep them in."""

    _task_output_handler: Any = PrivateAttr(default_factory=NoOutputStore)


class Executor(AgentExecutor):
    """An agent's executor that makes no class of its own for the state of every run."""

    # With an `id`, unlike the type argument of AgentExecutor's own base, of which CrewAI derives
    # a class with one at every start: a third of a run's time.
    initial_state: Any = AgentExecutorState

    @classmethod
    def flow_definition(cls) -> Any:
        """CrewAI reads the steps in the class body itself, and here there are none."""
        return AgentExecutor.flow_definition()

    def _attach_usage_aggregation_listener(self) -> None:
        """Usage is taken from the model; CrewAI would let each run listen to all runs' calls."""


def trim() -> None:
    """Take away what CrewAI sets up for the whole process when it is imported."""
    _nobody_listens()
    file_store._run_sync = _no_files


def _nobody_listens() -> None:
    """Take the console and the telemetry, both switched off, from the event bus.

    A run waits at its start and its end until ten threads have told every listener of every
    run's events.
    """
    for registered in (crewai_event_bus._sync_handlers, crewai_event_bus._async_handlers):
        for kind in list(registered):
            for listener in list(registered[kind]):
                crewai_event_bus.off(kind, listener)


def _no_files(reading: Coroutine[Any, Any, Any]) -> None:
    """No crew is given files. CrewAI looks for some four times a run, each in a new thread."""
    reading.close()
