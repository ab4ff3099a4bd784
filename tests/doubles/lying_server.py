"""A model on OpenAI's wire that lies on purpose: what it says is scripted, however it is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import SecretStr

from agent_runtime.contracts import ModelAccess

from .openai_server import OpenAIServer, call

LIES = Path(__file__).parent.parent / "runtime" / "attacks" / "lies.yaml"
HONEST = LIES.with_name("honest.yaml")


class Lie(NamedTuple):
    """One lie and what of it must not reach the customer."""

    name: str
    group: str
    say: str
    lie: str
    never: tuple[str, ...]
    calls: tuple[dict[str, Any], ...] = ()
    """Tools that the model calls before it answers."""
    personal: bool = False
    """Whether the customer is proven and appointments are taken."""


def lies() -> list[Lie]:
    """All of the file, in its order."""
    groups = yaml.safe_load(LIES.read_text(encoding="utf-8"))
    return [
        Lie(
            one["id"],
            group,
            one["say"],
            one["lie"],
            tuple(one["never"]),
            tuple(call(name, **arguments) for name, arguments in one.get("calls", {}).items()),
            one.get("personal", False),
        )
        for group, found in groups.items()
        for one in found
    ]


class LyingServer(OpenAIServer):
    """Answers every request with the next of its answers, the last of them for ever."""

    def __init__(self, *answers: str | dict[str, Any]) -> None:
        super().__init__(answers)

    @property
    def model(self) -> ModelAccess:
        """How a tenant's configuration names it."""
        return ModelAccess(
            model="openai/liar", base_url=self.url, api_key=SecretStr("key-of-account-7")
        )


class Honest(NamedTuple):
    """An honest answer to a question."""

    say: str
    answer: str
    calls: tuple[dict[str, Any], ...] = ()
    personal: bool = False


def honest() -> list[Honest]:
    """All of the file, in its order."""
    groups = yaml.safe_load(HONEST.read_text(encoding="utf-8"))
    return [
        Honest(
            group["say"],
            answer,
            tuple(call(name, **arguments) for name, arguments in group.get("calls", {}).items()),
            group.get("personal", False),
        )
        for group in groups
        for answer in group["answers"]
    ]
