"""The built-in model: answers from the briefing's evidence, needs no provider and no key.

It takes the place of a language model in CrewAI and behaves like one: it reads the task, calls
the offered tools when the evidence lacks something, and returns the answer. It cannot state what
is not in the evidence, because it has no other words.
"""

from __future__ import annotations

import json
from typing import Any

from crewai.llms.base_llm import BaseLLM
from pydantic import TypeAdapter, ValidationError

from ..engine import trailer
from ..engine.briefing import Briefing, extract
from ..evidence import Evidence
from ..settings import GROUNDED
from .answers import totals
from .answers.lookups import further
from .answers.responder import respond
from .answers.wishes import wanted

_EVIDENCE = TypeAdapter(tuple[Evidence, ...])
CHARACTERS_A_TOKEN = 4


class GroundedLLM(BaseLLM):
    """One instance a turn: its usage is the turn's."""

    llm_type: str = GROUNDED

    def __init__(self, **data: Any) -> None:
        super().__init__(**{"model": GROUNDED, "provider": GROUNDED, "temperature": 0.0} | data)

    def call(
        self,
        messages: str | list[dict[str, Any]],
        tools: list[dict[str, Any]] | None = None,
        callbacks: list[Any] | None = None,
        available_functions: dict[str, Any] | None = None,
        from_task: Any = None,
        from_agent: Any = None,
        response_model: Any = None,
    ) -> str | list[dict[str, Any]]:
        """A final answer as text, or tool calls in the OpenAI shape.

        Raises ``ValueError`` when the prompt carries no briefing: this model answers nothing else.
        """
        thread = [{"role": "user", "content": messages}] if isinstance(messages, str) else messages
        briefing = _briefing(thread)
        results = [_text(m) for m in thread if m.get("role") == "tool"]
        briefing = _with_results(briefing, results)
        draft = respond(briefing)
        offered = frozenset(t["function"]["name"] for t in tools or ())
        # One round of tools: the same question does not get better by asking a third time.
        wishes = wanted(briefing, offered)
        lookups = [] if wishes else further(briefing, draft.unanswered, offered)
        calls = [(wish.tool, wish.arguments) for wish in wishes]
        calls += [(lookup.tool, {"query": lookup.query}) for lookup in lookups]
        if totals.CALCULATE in offered and (items := totals.order(briefing)):
            calls.append((totals.CALCULATE, {"items": items}))
        if calls and not results:
            answer: str | list[dict[str, Any]] = [
                {
                    "id": f"call_{number}",
                    "type": "function",
                    "function": {
                        "name": tool,
                        "arguments": json.dumps(arguments, ensure_ascii=False),
                    },
                }
                for number, (tool, arguments) in enumerate(calls, 1)
            ]
        else:
            answer = trailer.write(
                draft.body, draft.references, bool(draft.unanswered), draft.choices
            )
        self._count(thread, answer)
        return answer

    def supports_function_calling(self) -> bool:
        """Tools are called natively."""
        return True

    def supports_stop_words(self) -> bool:
        """There is nothing to stop."""
        return False

    def get_context_window_size(self) -> int:
        """Any prompt fits."""
        return 1_000_000

    def get_input_tokens_count(
        self, messages: Any, tools: Any = None, response_model: Any = None
    ) -> int:
        """Four characters a token, as providers estimate."""
        if isinstance(messages, str):
            return len(messages) // CHARACTERS_A_TOKEN
        return sum(len(_text(message)) for message in messages) // CHARACTERS_A_TOKEN

    def _count(self, thread: list[dict[str, Any]], answer: Any) -> None:
        written = answer if isinstance(answer, str) else json.dumps(answer)
        self._track_token_usage_internal(
            {
                "prompt_tokens": self.get_input_tokens_count(thread),
                "completion_tokens": len(written) // CHARACTERS_A_TOKEN,
            }
        )


def _briefing(thread: list[dict[str, Any]]) -> Briefing:
    for message in thread:
        if message.get("role") == "user" and (found := extract(_text(message))):
            return found
    raise ValueError("the prompt carries no briefing")


def _with_results(briefing: Briefing, results: list[str]) -> Briefing:
    pieces = list(briefing.evidence)
    for result in results:
        try:
            found = _EVIDENCE.validate_json(result)
        except ValidationError:
            continue  # the tool said that it failed, which adds nothing to the evidence
        known = {(piece.reference, piece.text) for piece in pieces}
        pieces += (piece for piece in found if (piece.reference, piece.text) not in known)
    return briefing.model_copy(update={"evidence": tuple(pieces)})


def _text(message: dict[str, Any]) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, dict))
