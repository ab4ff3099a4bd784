"""Orders to the assistant inside what was read: data gives none. Pure.

A document, a product's name or a tool's result may hold what a stranger wrote: a review, a
forwarded message. A sentence that speaks to a machine is left out there, before any model sees it
and before anything in it counts as evidence. What stands beside it stays.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ..decision.text import fold
from ..evidence import Evidence
from ..evidence_check.canonical import readable

_SENTENCE: Final = re.compile(r"(?<=[.!?>])\s+(?=[^\W\d_a-z]|[<\[])")
_RULES: Final = (
    r"(?:instruc\w+|regras?|orientac\w+|comandos?|diretrizes|mensagens?|prompts?|instructions?"
    r"|rules?|guidelines|messages?)"
)
_BEFORE: Final = r"(?:acima|anterior(?:es)?|ate agora|antes|previous|prior|above|before|earlier)"
_TELL: Final = (
    r"(?:diga|digam|responda|respondam|confirme|oferec[ae]|informe|fale|mande|envie|aja|finja"
    r"|revele|answer|reply|say|tell|act|pretend|give|send|offer)"
)
_ORDER: Final = re.compile(
    "|".join(
        (
            # To forget what the machine was told: all of it, its own, or what came before.
            r"(?<!nao )(?<!nunca )(?<!nem )(?<!not )(?<!never )(?<!n't )"
            r"\b(?:ignor[ea]m?|desconsider[ea]m?|esquec[ae]m?|disregard|ignore|forget|override)\b"
            rf"(?:[^.!?]{{0,20}}\b(?:todas? (?:as |essas )?(?:suas )?|suas |tuas |all |your |any )"
            rf"(?:\w+ )?{_RULES}"
            rf"|[^.!?]{{0,30}}\b{_RULES} {_BEFORE}"
            rf"|[^.!?]{{0,20}}\b{_BEFORE} {_RULES}"
            r"|[^.!?]{0,20}\b(?:tudo|everything|anything|all)\b[^.!?]{0,30}"
            rf"\b(?:dito|disse\w*|escrit\w+|said|told|written|{_BEFORE})\b"
            rf"|[^.!?]{{0,12}}\b{_RULES} (?:e|and) {_TELL}\b)",
            # In a machine's part, with an order or in a sentence of its own.
            r"(?:^|[\s\[(#<])(?:system|sistema|assistant|assistente|developer|prompt)\W{0,2}[\]:,>]"
            rf"\W*(?:[^.!?]{{0,40}}\b(?:voce|seus?|suas?|you|your|ignor\w+|{_TELL})\b)",
            r"[\[<]\s*/?\s*(?:system|assistant|briefing|instructions?|dados|data|prompt)\s*[\]>]",
            r"\b(?:system prompt|prompt d[eo] sistema|you are now|jailbreak|developer mode)\b",
            rf"\b(?:a partir de agora|de agora em diante|from now on)[, ]+(?:{_TELL}|voce|you)\b",
            r"\b(?:revele|mostre|imprima|repita|reveal|print|show|repeat)\b[^.!?]{0,12}"
            r"\b(?:suas?|seus?|tuas?|your)\b[^.!?]{0,12}\b(?:instruc\w+|prompts?|instructions?)\b",
            r"\b(?:diga|responda|fale|tell|say)\b[^.!?]{0,12}"
            r"\b(?:todos|clientes?|everyone|customers?) (?:que|that)\b",
        )
    )
)
_SPEAKS: Final = re.compile(r"\b(?:SYSTEM|ASSISTANT)\s*:\s*[a-zà-ÿ]")
"""A sentence said in a machine's part; "System: Windows 11" is what a thing has."""
_GOES_ON: Final = re.compile(rf"^\W*{_TELL}\b")
"""An order that follows an order."""


def without_orders(piece: Evidence) -> Evidence:
    """``piece`` without the sentences that address a machine, in its words and in its terms."""
    title, text, data = _cut(piece.title), _cut(piece.text), _cut_all(piece.data)
    if (title, text, data) == (piece.title, piece.text, piece.data):
        return piece
    return piece.model_copy(update={"title": title, "text": text, "data": data})


def obeyed_by_none(text: str) -> str:
    """A text without those sentences."""
    return _cut(text)


def _cut_all(value: Any) -> Any:
    if isinstance(value, str):
        return _cut(value)
    if isinstance(value, dict):
        return {key: _cut_all(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_cut_all, value))
    return value


def _cut(text: str) -> str:
    lines = [(line, _line(line)) for line in text.split("\n")]
    if all(line == kept for line, kept in lines):
        return text
    return "\n".join(kept for line, kept in lines if kept or not line.strip())


def _line(line: str) -> str:
    said = _SENTENCE.split(line)
    kept, after_order = [], False
    for sentence in said:
        plain = fold(readable(sentence))
        after_order = bool(
            _ORDER.search(plain)
            or _SPEAKS.search(sentence)
            or (after_order and _GOES_ON.search(plain))
        )
        if not after_order:
            kept.append(sentence)
    return line if len(kept) == len(said) else " ".join(kept)
