"""A scripted server that speaks Gemini's generateContent on the wire, and is as strict."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from .model_server import COMPLETION_TOKENS, PROMPT_TOKENS, ModelServer

THOUGHT = 7
"""Tokens of an answer that only the model reads, and whoever pays."""
SIGNATURE = base64.b64encode(b"what I thought of it").decode()
"""Comes with a tool call, and has to come back with it."""

_PATH = re.compile(r"/v1beta/models/[a-z0-9.-]+:generateContent")
_UNKNOWN_KEY = "unknown key"


class GeminiServer(ModelServer):
    """Wants a key, and each tool call's response after it. Knows every key but ``unknown key``."""

    def wrong(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> str | None:
        """See base."""
        key = {name.lower(): value for name, value in headers.items()}.get("x-goog-api-key")
        if not _PATH.fullmatch(path):
            return f"no such path: {path}"
        if not key or key == _UNKNOWN_KEY:
            return "API key not valid. Please pass a valid API key."
        return _wrong_contents(body["contents"])

    def failure(self, status: int, words: str) -> dict[str, Any]:
        """See base."""
        error: dict[str, Any] = {"code": status, "message": words, "status": "INVALID_ARGUMENT"}
        if words.startswith("API key not valid"):
            kind = "type.googleapis.com/google.rpc.ErrorInfo"
            error["details"] = [{"@type": kind, "reason": "API_KEY_INVALID"}]
        return {"error": error}

    def reply(
        self, step: str | dict[str, Any], number: int, path: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        """See base."""
        parts: list[dict[str, Any]] = [{"text": "Let me think.", "thought": True}]
        if isinstance(step, dict):
            given = {"name": step["name"], "args": json.loads(step["arguments"])}
            parts.append({"functionCall": given, "thoughtSignature": SIGNATURE})
        else:
            parts.append({"text": step})
        usage = {
            "promptTokenCount": PROMPT_TOKENS,
            "candidatesTokenCount": COMPLETION_TOKENS - THOUGHT,
            "thoughtsTokenCount": THOUGHT,
            "totalTokenCount": PROMPT_TOKENS + COMPLETION_TOKENS,
        }
        return {
            "candidates": [
                {"content": {"role": "model", "parts": parts}, "finishReason": "STOP", "index": 0}
            ],
            "modelVersion": "gemini",
            "responseId": f"r{number}",
            **({"usageMetadata": usage} if self.counts else {}),
        }


def _wrong_contents(contents: list[dict[str, Any]]) -> str | None:
    asked: list[str] = []
    for content in contents:
        if content["role"] not in ("user", "model"):
            return f"Please use a valid role: user, model. Not {content['role']}"
        parts = content["parts"]
        answered = [p["functionResponse"]["name"] for p in parts if "functionResponse" in p]
        if answered != asked:
            return "the number of function response parts is not that of function call parts"
        calls = [part for part in parts if "functionCall" in part]
        if any(part.get("thoughtSignature") != SIGNATURE for part in calls):
            return "Function call is missing a thought_signature"
        asked = [part["functionCall"]["name"] for part in calls]
    if contents[-1]["role"] != "user":
        return "Please ensure that the contents end with a user role"
    return None
