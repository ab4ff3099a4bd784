"""The figures and addresses that a text states, each with its place in the text.

Deliberately not :mod:`..evidence_check.claims`: a form that one of the two overlooks, the other may
see.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_PATTERNS = {
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "link": r"(?:https?://|www\.)[^\s)>\]]+|\b[\w-]+(?:\.[\w-]+)*\.(?:example|com|br|net|org)"
    r"\b[^\s)>\]]*",
    "tax id": r"\b\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}\b",
    "money": rf"R\$\s*(?:{_NUMBER})|(?:{_NUMBER})\s*reais",
    "percent": rf"(?:{_NUMBER})\s*(?:%|por cento)",
    "instalments": r"\b\d+\s*(?:x\b(?!\s*\d)|vezes\b|parcelas\b)",
    "date": r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b",
    "postal code": r"\b\d{5}-?\d{3}\b",
    "phone": r"(?:\+\d{2}\s*)?\(?\d{2}\)?\s*9?\d{4}-\d{4}\b|\b9?\d{4}-\d{4}\b",
    "time": r"\b\d{1,2}(?:h\d{2}|h\b|:\d{2}\b)",
    "number": rf"(?:{_NUMBER})",
}
_UNITS_OF_WORDS = r"por cento|reais|vezes|parcelas|dias|meses|anos|semanas|horas|minutos"
_WORDS = {
    word: value
    for value, words in {
        1: "um uma",
        2: "dois duas",
        3: "tres três",
        4: "quatro",
        5: "cinco",
        6: "seis",
        7: "sete",
        8: "oito",
        9: "nove",
        10: "dez",
        11: "onze",
        12: "doze",
        13: "treze",
        14: "quatorze catorze",
        15: "quinze",
        16: "dezesseis",
        17: "dezessete",
        18: "dezoito",
        19: "dezenove",
        20: "vinte",
        30: "trinta",
        40: "quarenta",
        50: "cinquenta",
        60: "sessenta",
        70: "setenta",
        80: "oitenta",
        90: "noventa",
        100: "cem cento",
        200: "duzentos duzentas",
        300: "trezentos trezentas",
        400: "quatrocentos",
        500: "quinhentos",
        600: "seiscentos",
        700: "setecentos",
        800: "oitocentos",
        900: "novecentos",
    }.items()
    for word in words.split()
}
_WORD = "|".join(sorted((*_WORDS, "mil"), key=len, reverse=True))
_SPELLED = re.compile(
    rf"\b((?:{_WORD})(?:\s+(?:e\s+)?(?:{_WORD}))*)\s+({_UNITS_OF_WORDS})\b", re.IGNORECASE
)


class Fact(NamedTuple):
    """One statement: its kind and its value in one spelling."""

    kind: str
    value: str


class Stated(NamedTuple):
    """A fact and where it stands."""

    fact: Fact
    start: int
    end: int


def in_figures(text: str) -> str:
    """The text with amounts and durations that are spelled out written in figures."""
    return _SPELLED.sub(lambda match: f"{_value(match[1])} {match[2]}", text)


def read(text: str) -> list[Stated]:
    """The facts of a text in order; each stretch of it is read once, as the first kind that fits.

    Places are those in :func:`in_figures` of the text.
    """
    text = in_figures(text)
    found = []
    for kind, pattern in _PATTERNS.items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            found.append(Stated(Fact(kind, _plain(kind, match[0])), *match.span()))
        text = re.sub(pattern, lambda match: " " * len(match[0]), text, flags=re.IGNORECASE)
    return sorted(found, key=lambda stated: stated.start)


def stated(text: str) -> set[Fact]:
    """The facts in a text."""
    return {one.fact for one in read(text)}


def _value(words: str) -> int:
    total = part = 0
    for word in words.casefold().split():
        if word == "mil":
            total, part = total + (part or 1) * 1000, 0
        elif word != "e":
            part += _WORDS[word]
    return total + part


def _plain(kind: str, text: str) -> str:
    if kind in {"link", "email"}:
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.casefold()).rstrip("/.,;:!?*_")
    if kind in {"phone", "tax id", "postal code"}:
        digits = re.sub(r"\D", "", text)
        return digits[-8:] if kind == "phone" else digits
    if kind == "time":
        hours, minutes = re.match(r"(\d{1,2})(?:h|:)(\d{2})?", text, re.IGNORECASE).groups()
        return f"{int(hours):02}:{minutes or '00'}"
    if kind == "date":
        day, month = text.split("/")[:2]
        return f"{int(day):02}/{int(month):02}"
    number = re.search(_NUMBER, text)[0].replace(".", "").replace(",", ".")
    return f"{float(number):.2f}"
