"""The crew's tools: the turn's toolbox as CrewAI tools whose only argument is a query.

Account, database and collection are fixed in the toolbox; a model cannot name them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from crewai.tools import BaseTool
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from ..engine.briefing import escape
from ..engine.commands import without_orders
from ..engine.ledger import Ledger
from ..evidence import Evidence

CALLS = 3
"""Calls of one tool in one turn; a model that asks for more is told so by CrewAI."""

SECONDS = 15.0
QUERY_CHARACTERS = 500

_log = logging.getLogger(__name__)
Search = Callable[[str], Awaitable[list[Evidence]]]


class QueryArguments(BaseModel):
    """What a model may give to a tool. Anything else is refused."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    query: str = Field(description="What to look for, a few words in the customer's language.")


class EvidenceTool(BaseTool):
    """Runs a search of the toolbox and hands its evidence to the model and to the ledger."""

    args_schema: type[BaseModel] = QueryArguments
    max_usage_count: int | None = CALLS
    _search: Search = PrivateAttr()
    _ledger: Ledger = PrivateAttr()
    _loop: asyncio.AbstractEventLoop = PrivateAttr()

    def __init__(
        self,
        name: str,
        description: str,
        search: Search,
        ledger: Ledger,
        arguments: type[BaseModel] = QueryArguments,
    ) -> None:
        """Must be made on the service's loop, where the toolbox's sessions live."""
        super().__init__(name=name, description=description, args_schema=arguments)
        self._search = search
        self._ledger = ledger
        self._loop = asyncio.get_running_loop()

    def _run(self, query: str) -> str:
        """Called by CrewAI in a worker thread; the search runs on the service's loop."""
        return self._looked_up(self._search(query[:QUERY_CHARACTERS]), query)

    def _looked_up(self, reading: Coroutine[Any, Any, list[Evidence]], query: str) -> str:
        """What the reading found, as the model gets it; the ledger has it as well."""
        call = asyncio.run_coroutine_threadsafe(reading, self._loop)
        try:
            found = call.result(SECONDS)
        except Exception as error:
            call.cancel()
            if (refusal := self._refusal(error)) is not None:
                return refusal
            self._ledger.failed(self.name, error)
            _log.warning("tool failed", extra={"tool": self.name, "error": type(error).__name__})
            return escape({"error": "the search is not available now"})
        found = [without_orders(piece) for piece in found]
        self._ledger.searched(self.name, query, found)
        return escape([piece.model_dump(mode="json") for piece in found])

    def _refusal(self, error: Exception) -> str | None:
        """What the model is told of an error that is its own doing."""
        return None
