"""The two machine-readable lines with which a crew ends its answer.

``@sources: reference; reference`` names the evidence the answer stands on; ``@handover`` says
that a part of the question has no answer in the evidence. They never reach the customer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_SOURCES = re.compile(r"^\W*@sources\b\W*(?P<refs>.*)$", re.IGNORECASE)
_HANDOVER = re.compile(r"^\W*@handover\b.*$", re.IGNORECASE)


class Answer(NamedTuple):
    """A crew's answer without its trailer."""

    body: str
    references: tuple[str, ...]
    handover: bool


def write(body: str, references: Iterable[str], handover: bool) -> str:
    """The answer as a crew returns it."""
    lines = [body.strip()]
    if refs := "; ".join(dict.fromkeys(references)):
        lines.append(f"@sources: {refs}")
    if handover:
        lines.append("@handover")
    return "\n".join(line for line in lines if line)


def read(text: str) -> Answer:
    """Take the trailer off, wherever the model put it."""
    body: list[str] = []
    references: list[str] = []
    handover = False
    for line in text.splitlines():
        if found := _SOURCES.match(line):
            references += [ref.strip(" `[]") for ref in found["refs"].split(";")]
        elif _HANDOVER.match(line):
            handover = True
        else:
            body.append(line)
    return Answer("\n".join(body).strip(), tuple(r for r in references if r), handover)
