"""The machine-readable lines with which a crew ends its answer.

``@sources: reference; reference`` names the evidence the answer stands on; ``@choices:`` likewise
what the customer is asked to choose from; ``@handover`` says that a part of the question has no
answer in the evidence. They never reach the customer, nor does a reference inside the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

_MARK: Final = re.compile(
    r"(?<!\w)@(?P<what>sources|fontes|choices|handover)\b(?P<rest>[^@\n]*)", re.IGNORECASE
)
_LISTED: Final = re.compile(r"^\W*(?:sources?|fontes?)\W*:(?P<rest>.*)$", re.IGNORECASE)
"""A line that forgot the mark."""
_REFERENCE: Final = re.compile(r"calculation,[^\s;\])]+|\b[a-z]+(?:[._][a-z]+)*,\d+|\bconfig\b")
"""``model,id``, the published profile, or a calculation, however they are separated."""
_INLINE: Final = re.compile(rf"\s*[\[(](?:(?:{_REFERENCE.pattern})[;,]?\s*)+[\])]")


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
        marks = list(_MARK.finditer(line))
        for mark in marks:
            what = mark["what"].casefold()
            handover |= what == "handover"
            if what != "handover":
                (choices if what == "choices" else references).extend(_references(mark["rest"]))
        said = line[: marks[0].start()] if marks else line
        if (listed := _LISTED.match(said)) and _only_references(listed["rest"]):
            references += _references(listed["rest"])
            continue
        for quoted in _INLINE.finditer(said):
            references += _references(quoted[0])
        said = _INLINE.sub("", said).rstrip() if _INLINE.search(said) else said
        if not marks or re.search(r"\w", said):
            body.append(said.rstrip(" `*-") if marks else said)
    return Answer("\n".join(body).strip(), tuple(references), handover, tuple(choices))


def _references(listed: str) -> list[str]:
    return [found.rstrip(",.`*") for found in _REFERENCE.findall(listed)]


def _only_references(listed: str) -> bool:
    return bool(_REFERENCE.search(listed)) and not re.search(r"\w", _REFERENCE.sub("", listed))
