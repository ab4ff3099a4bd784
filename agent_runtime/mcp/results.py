"""From an MCP tool result to plain data."""

from __future__ import annotations

from typing import Any

from mcp.types import CallToolResult, TextContent

from .errors import ToolFailed


def structured(tool: str, result: CallToolResult) -> Any:
    """The structured content of a result.

    Not the text: a server may wrap that in remarks meant for a model. Raises
    :class:`ToolFailed`.
    """
    _refuse_error(tool, result)
    if result.structuredContent is None:
        raise ToolFailed(f"{tool} answered without structured content")
    return result.structuredContent


def texts(tool: str, result: CallToolResult) -> list[str]:
    """The texts of a result, in order. Raises :class:`ToolFailed`."""
    _refuse_error(tool, result)
    return [part.text for part in result.content if isinstance(part, TextContent)]


def _refuse_error(tool: str, result: CallToolResult) -> None:
    if result.isError:
        # The server's words may quote the arguments, which are customers' text: not repeated.
        raise ToolFailed(f"{tool} failed")
