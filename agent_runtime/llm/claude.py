"""Anthropic's models, by CrewAI's client for them over our way to endpoints."""

from __future__ import annotations

from typing import Any, Final

import httpx
from crewai.llms.providers.anthropic.completion import AnthropicCompletion
from pydantic import PrivateAttr

MOST_WRITTEN: Final = 4096
"""Tokens of an answer, which Anthropic insists on being told. The most its smallest model takes;
an answer to a customer has some hundred."""


class Claude(AnthropicCompletion):
    """A model that is asked by Anthropic's Messages API."""

    _tools: list[dict[str, Any]] | None = PrivateAttr(default=None)

    def _prepare_completion_params(
        self,
        messages: Any,
        system_message: Any = None,
        tools: list[dict[str, Any]] | None = None,
        available_functions: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        # CrewAI asks for the last word without tools. Anthropic wants those named that were called.
        self._tools = tools or self._tools
        told = super()._prepare_completion_params(
            messages, system_message, self._tools, available_functions
        )
        return told if tools or not self._tools else {**told, "tool_choice": {"type": "none"}}

    def _build_async_client(self) -> None:
        """None: nobody calls it, and it would not go our way."""


def open_claude(
    model: str, address: str | None, key: str, client: httpx.Client, **options: Any
) -> Claude:
    """``address``: ``None`` for what Anthropic's library finds in the environment, or its own."""
    return Claude(
        model=model,
        provider="anthropic",
        base_url=address,
        api_key=key,
        max_tokens=MOST_WRITTEN,
        client_params={"http_client": client},
        **options,
    )
