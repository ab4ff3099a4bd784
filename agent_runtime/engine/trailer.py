"""The machine-readable lines with which a crew ends its answer.

``@sources: reference; reference`` names the evidence the answer stands on; ``@choices:`` likewise
what the customer is asked to choose from; ``@handover`` says that a part of the question has no
answer in the evidence. They never reach the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_SOURCES = re.compile(r"^\W*@sources\b\W*(?P<refs>.*)$", re.IGNORECASE)
_CHOICES = re.compile(r"^\W*@choices\b\W*(?P<refs>.*)$", re.IGNORECASE)
_HANDOVER = re.compile(r"^\W*@handover\b.*$", re.IGNORECASE)


class Answer(NamedTuple):
    """A crew's answer without its trailer."""

    body: str
    references: tuple[str, ...]
    handover: bool
    choices: tuple[str, ...] = ()
    """References of what the customer may choose from."""


def write(body: str, references: Iterable[str], handover: bool, choices: Iterable[str] = ()) -> str:
    """The answer as a crew returns it."""
    lines = [body.strip()]
    if refs := "; ".join(dict.fromkeys(references)):
        lines.append(f"@sources: {refs}")
    if refs := "; ".join(dict.fromkeys(choices)):
        lines.append(f"@choices: {refs}")
    if handover:
        lines.append("@handover")
    return "\n".join(line for line in lines if line)


def read(text: str) -> Answer:
    """Take the trailer off, wherever the model put it."""
    body: list[str] = []
    references: list[str] = []
    choices: list[str] = []
    handover = False
    for line in text.splitlines():
        if found := _SOURCES.match(line):
            references += _references(found["refs"])
        elif found := _CHOICES.match(line):
            choices += _references(found["refs"])
        elif _HANDOVER.match(line):
            handover = True
        else:
            body.append(line)
    return Answer("\n".join(body).strip(), tuple(references), handover, tuple(choices))


def _references(listed: str) -> list[str]:
    return [ref for part in listed.split(";") if (ref := part.strip(" `[]"))]
