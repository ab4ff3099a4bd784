"""A scripted server that speaks OpenAI's chat completions on the wire."""

from __future__ import annotations

from typing import Any

from .model_server import COMPLETION_TOKENS, PROMPT_TOKENS, ModelServer, Raw, Step, call

__all__ = ["COMPLETION_TOKENS", "PROMPT_TOKENS", "OpenAIServer", "Raw", "Step", "call"]


class OpenAIServer(ModelServer):
    """OpenAI, or whoever speaks as it does."""

    root = "/v1"

    def failure(self, status: int, words: str) -> dict[str, Any]:
        """See base."""
        return {"error": {"message": words, "type": "server_error"}}

    def reply(
        self, step: str | dict[str, Any], number: int, path: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        """See base."""
        message: dict[str, Any] = {"role": "assistant", "content": step}
        finish = "stop"
        if isinstance(step, dict):
            finish = "tool_calls"
            message["content"] = None
            message["tool_calls"] = [{"id": f"c{number}", "type": "function", "function": step}]
        usage = {
            "prompt_tokens": PROMPT_TOKENS,
            "completion_tokens": COMPLETION_TOKENS,
            "total_tokens": PROMPT_TOKENS + COMPLETION_TOKENS,
        }
        return {
            "id": f"chat-{number}",
            "object": "chat.completion",
            "created": 0,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": finish}],
            **({"usage": usage} if self.counts else {}),
        }
