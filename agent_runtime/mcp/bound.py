"""Which tools may be called, and which of their arguments are ours. Pure code.

What decides whose data a call reaches (database, collection, connection, instance) is bound when
the session is made. A caller, and behind it a model, neither sees these arguments nor may name
them; a value supplied anyway is an error, not something to be silently replaced, because it means
somebody tries.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import CallRefused

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BoundTool:
    """One tool of a server as a bound session offers it."""

    name: str
    """The server's name of the tool."""
    accepts: frozenset[str]
    """Arguments a caller may give. Every other one is refused."""
    bound: Mapping[str, Any] = field(default_factory=dict)
    """Arguments we give, always."""

    def __post_init__(self) -> None:
        if both := self.accepts & set(self.bound):
            raise ValueError(f"bound and accepted at once: {', '.join(sorted(both))}")

    def schema(self, remote: Mapping[str, Any]) -> dict[str, Any]:
        """The server's input schema without what a caller has no say in."""
        properties = remote.get("properties", {})
        return {
            **remote,
            "properties": {name: properties[name] for name in properties if name in self.accepts},
            "required": [name for name in remote.get("required", []) if name in self.accepts],
            "additionalProperties": False,
        }

    def arguments(self, supplied: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments for the wire. Raises :class:`CallRefused` for one that is not accepted.

        ``None`` means "not given" and is left out: servers refuse an explicit null.
        """
        if foreign := set(supplied) - self.accepts:
            names = ", ".join(sorted(foreign))
            # Names only: a value may be a customer's text.
            _log.warning("refused call of %s: argument not accepted: %s", self.name, names)
            raise CallRefused(f"{self.name} does not accept: {names}")
        given = {name: value for name, value in supplied.items() if value is not None}
        return {**given, **self.bound}


class ToolPolicy:
    """The tools of one bound session."""

    def __init__(self, tools: Iterable[BoundTool]) -> None:
        self._tools = {tool.name: tool for tool in tools}

    @property
    def names(self) -> frozenset[str]:
        """Names of the tools that may be called."""
        return frozenset(self._tools)

    def tool(self, name: str) -> BoundTool:
        """The tool, if it is on the list. Raises :class:`CallRefused` otherwise."""
        if name not in self._tools:
            _log.warning("refused call of %s: not on the list of this session", name)
            raise CallRefused(f"{name} may not be called here")
        return self._tools[name]
