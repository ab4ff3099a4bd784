"""The engine with CrewAI really running over toolboxes in memory, for the accounts 7 and 8."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from agent_runtime.contracts import (
    HistoryEntry,
    TenantConfig,
    TurnRequest,
    TurnResult,
)
from agent_runtime.crews.environment import arrange
from agent_runtime.evidence import Evidence
from agent_runtime.settings import Settings

from . import turns
from .toolboxes import FakeToolbox, FakeToolboxes


def engine_settings(state: Path) -> Settings:
    """Settings of a runtime whose state lives in ``state``."""
    arrange(state)
    return Settings.from_environ(
        {"AGENT_RUNTIME_TOKEN": "t" * 32, "AGENT_RUNTIME_STATE_DIR": str(state)}
    )


@dataclass
class Bench:
    """Runs turns of account 7; account 8 is there to stay untouched."""

    settings: Settings
    box: FakeToolbox
    other: FakeToolbox

    @classmethod
    def of(
        cls,
        settings: Settings,
        config: TenantConfig | Exception | None = None,
        evidence: Iterable[Evidence] = (),
    ) -> Bench:
        """A bench for account 7 with this configuration and what its tools can find."""
        box = FakeToolbox(config or turns.config(), tuple(evidence))
        return cls(settings, box, FakeToolbox(turns.clinic(), ()))

    def run(self, request: TurnRequest) -> TurnResult:
        """The result of one turn."""
        return asyncio.run(self.arun(request))

    async def arun(self, request: TurnRequest) -> TurnResult:
        """As :meth:`run`, on the caller's loop."""
        from agent_runtime.engine.turn import TurnEngine

        boxes = FakeToolboxes({7: self.box, 8: self.other})
        return await TurnEngine(self.settings, boxes, "boot").run(request)


@dataclass
class Conversation:
    """A customer who writes one message after the other; history grows as in Chatwoot."""

    bench: Bench
    fixed: dict = field(default_factory=dict)
    """What every turn's request has besides its text."""
    history: list[HistoryEntry] = field(default_factory=list)

    def say(self, text: str) -> TurnResult:
        """The crew's result for the next message."""
        request = turns.turn(text, history=tuple(self.history), **self.fixed)
        result = self.bench.run(request)
        self.history.append(turns.said("customer", text))
        self.history += [turns.said("crew", part) for part in result.parts]
        return result
