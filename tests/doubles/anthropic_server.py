"""A scripted server that speaks Anthropic's Messages API on the wire, and is as strict."""

from __future__ import annotations

import json
from typing import Any

from .model_server import COMPLETION_TOKENS, PROMPT_TOKENS, ModelServer

VERSION = "2023-06-01"


class AnthropicServer(ModelServer):
    """Wants a key, an API version, the most to write, and each tool call's result after it."""

    def wrong(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> str | None:
        """See base."""
        told = {name.lower(): value for name, value in headers.items()}
        if path != "/v1/messages":
            return f"no such path: {path}"
        if not told.get("x-api-key") or told.get("anthropic-version") != VERSION:
            return "x-api-key and anthropic-version: headers required"
        if not isinstance(body.get("max_tokens"), int):
            return "max_tokens: Field required"
        if "tool_use" in json.dumps(body["messages"]) and not body.get("tools"):
            return "Requests which include `tool_use` or `tool_result` blocks must define tools"
        return _wrong_messages(body["messages"])

    def failure(self, status: int, words: str) -> dict[str, Any]:
        """See base."""
        kinds = {401: "authentication_error", 429: "rate_limit_error", 400: "invalid_request_error"}
        return {
            "type": "error",
            "error": {"type": kinds.get(status, "api_error"), "message": words},
            "request_id": "req_1",
        }

    def reply(
        self, step: str | dict[str, Any], number: int, path: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        """See base."""
        content: dict[str, Any] = {"type": "text", "text": step}
        if isinstance(step, dict):
            given = json.loads(step["arguments"])
            content = {
                "type": "tool_use",
                "id": f"toolu_{number}",
                "name": step["name"],
                "input": given,
            }
        usage = {"input_tokens": PROMPT_TOKENS, "output_tokens": COMPLETION_TOKENS}
        return {
            "id": f"msg_{number}",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": [content],
            "stop_reason": "tool_use" if isinstance(step, dict) else "end_turn",
            "stop_sequence": None,
            "usage": usage if self.counts else {"input_tokens": 0, "output_tokens": 0},
        }


def _wrong_messages(messages: list[dict[str, Any]]) -> str | None:
    asked: set[str] = set()
    for place, message in enumerate(messages):
        if message["role"] not in ("user", "assistant") or (not place and asked):
            return f"messages.{place}.role: unexpected {message['role']}"
        content = message["content"]
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        if any(block["type"] == "text" and not block["text"].strip() for block in blocks):
            return f"messages.{place}: text content blocks must be non-empty"
        answered = {b["tool_use_id"] for b in blocks if b["type"] == "tool_result"}
        if answered != asked:
            return f"messages.{place}: tool_use ids without tool_result blocks, or the reverse"
        asked = {block["id"] for block in blocks if block["type"] == "tool_use"}
    if messages[0]["role"] != "user" or messages[-1]["role"] != "user":
        return "messages: begin and end with a message of the user"
    return None
