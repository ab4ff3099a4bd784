"""Answering where the company is and how to reach it."""

from __future__ import annotations

import re

from ...decision.text import plain
from ...engine.briefing import Briefing
from .phrases import phrases
from .statement import Statement

_ASKED = {
    "address": r"endereco|address|onde|localiz|como (?:eu )?cheg|where|located|direccion",
    "phone": r"telefone|phone|ligar|whatsapp|celular|numero",
    "email": r"e-?mail",
    "website": r"\bsite\b|website|pagina|internet",
}


def answer(briefing: Briefing) -> list[Statement]:
    """The facts asked for, as far as they are published; all of them for a general question."""
    read = plain(briefing.question)
    asked = [field for field, pattern in _ASKED.items() if re.search(pattern, read)]
    say = phrases(briefing.language)
    facts = briefing.company.model_dump()
    return [
        Statement(say[field].format(value=_one_line(facts[field])), ("config",))
        for field in asked or _ASKED
        if facts[field]
    ]


def _one_line(value: str) -> str:
    """An address is kept as it is written on a letter; in a sentence it is one line."""
    return ", ".join(line.strip(" ,") for line in value.splitlines() if line.strip(" ,"))
