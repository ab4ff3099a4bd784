"""``remember`` and ``recall``: the conversation's notes as tools of a crew."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any

from crewai.tools import BaseTool
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from ..engine.briefing import escape
from ..engine.commands import obeyed_by_none
from ..tools.scratch import Scratch

CALLS = 3
SECONDS = 10.0

_log = logging.getLogger(__name__)


class NoteArguments(BaseModel):
    """What a model may give to ``remember``."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    note: str = Field(description="One short fact about this conversation worth knowing later.")


class NoArguments(BaseModel):
    """``recall`` takes none."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class _ScratchTool(BaseTool):
    max_usage_count: int | None = CALLS
    _scratch: Scratch = PrivateAttr()
    _loop: asyncio.AbstractEventLoop = PrivateAttr()

    def __init__(self, scratch: Scratch) -> None:
        """Must be made on the service's loop, where the sessions live."""
        super().__init__()
        self._scratch = scratch
        self._loop = asyncio.get_running_loop()

    def _told(self, work: Awaitable[Any]) -> Any:
        """What ``work`` gives, awaited on the service's loop; ``None`` when it failed."""
        call = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return {"notes": call.result(SECONDS)}
        except Exception as error:
            call.cancel()
            _log.warning("tool failed", extra={"tool": self.name, "error": type(error).__name__})
            return {"error": "the notes are not available now"}


class RememberTool(_ScratchTool):
    """Keeps a note for later turns of the conversation."""

    name: str = "remember"
    description: str = "Keep a short note for later turns of this conversation."
    args_schema: type[BaseModel] = NoteArguments

    def _run(self, note: str) -> str:
        # A note outlives its turn: what orders the assistant about must not come back as its own.
        if not (note := obeyed_by_none(note).strip()):
            return escape({"kept": False})
        told = self._told(self._scratch.remember(note))
        return escape(told if "error" in told else {"kept": True})


class RecallTool(_ScratchTool):
    """Reads the notes. They go to the model and not to the evidence: nobody has checked them."""

    name: str = "recall"
    description: str = (
        "Notes kept in earlier turns of this conversation. They prove nothing: facts, prices "
        "and dates must come from the other tools."
    )
    args_schema: type[BaseModel] = NoArguments

    def _run(self) -> str:
        told = self._told(self._scratch.recall())
        if notes := told.get("notes"):
            told = {"notes": [kept for note in notes if (kept := obeyed_by_none(note).strip())]}
        return escape(told)


def scratch_tools(scratch: Scratch | None) -> list[BaseTool]:
    """The two tools where notes are kept, none where they are not."""
    return [RememberTool(scratch), RecallTool(scratch)] if scratch else []
