"""Google's Gemini models, by CrewAI's client for them over our way to endpoints."""

from __future__ import annotations

import ssl
from typing import Any, Final

import httpx
from crewai.llms.providers.gemini.completion import GeminiCompletion
from google import genai
from google.genai.errors import APIError
from google.genai.types import HttpOptions

UNKNOWN_KEY: Final = "API_KEY_INVALID"
"""Stands in the details of an answer with status 400."""

_TRUSTS_NOBODY: Final = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For the clients that the library makes beside ours and nobody uses: without it, each of them
loads all the machine's certificates at every opening."""


class Gemini(GeminiCompletion):
    """A model that is asked by Google's ``generateContent`` with a key, never on Vertex AI."""

    def _initialize_client(self, use_vertexai: bool = False) -> genai.Client:
        return genai.Client(vertexai=False, api_key=self.api_key, **self.client_params)

    def _format_messages_for_gemini(self, messages: Any) -> Any:
        told = messages if isinstance(messages, str) else [_with_pictures(m) for m in messages]
        return super()._format_messages_for_gemini(told)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """As its base; a key that Google does not know is refused with 401, as elsewhere."""
        try:
            return super().call(*args, **kwargs)
        except APIError as error:
            if UNKNOWN_KEY in str(error.details):
                error.code = 401
            raise


def open_gemini(
    model: str, address: str | None, key: str, client: httpx.Client, **options: Any
) -> Gemini:
    """``address``: ``None`` for what Google's library finds in the environment, or its own."""
    # Neither is for the library: it tries once, and the time is the client's.
    waits = {"timeout", "max_retries"}
    opened = Gemini(
        model=model,
        provider="gemini",
        api_key=key,
        client_params={
            "http_options": HttpOptions(
                base_url=address,
                httpx_client=client,
                client_args={"verify": _TRUSTS_NOBODY},
                async_client_args={"ssl": _TRUSTS_NOBODY},
            )
        },
        **{name: value for name, value in options.items() if name not in waits},
    )
    # CrewAI looks for a version, which gemini-flash-latest does not have.
    opened.supports_tools = model.startswith("gemini-")
    return opened


def _with_pictures(message: Any) -> Any:
    """With pictures as Google takes them, which CrewAI would leave out."""
    if not isinstance(message, dict) or not isinstance(message.get("content"), list):
        return message
    return {**message, "content": [_picture(part) for part in message["content"]]}


def _picture(part: Any) -> Any:
    if not isinstance(part, dict) or part.get("type") != "image_url":
        return part
    kind, _, data = part["image_url"]["url"].removeprefix("data:").partition(";base64,")
    return {"inlineData": {"mimeType": kind, "data": data}}
