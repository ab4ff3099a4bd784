"""The words of a text that carry its meaning, as the evaluation tells subjects apart.

Deliberately none of the runtime's own stemming or stop words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STEM = 5
"""First letters that stand for a word: "trocados" and "troca" are one."""
_EMPTY = """
a agora ai ainda ao aos apenas aqui as assim ate bem cada caso com como da das de dela dele
depois deste do dos e ela ele em entao entre era essa esse esta estao estas este eu fica ficam
foi for ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem no nos nossa
nosso num numa o os ou outra outro para pela pelo pelos por porque pra qual quando quanto que
quem sao se seja sem ser seu sim so sobre sua suas tambem te tem temos ter tudo um uma uns
voce voces the and of to is are
"""
_UNITS = """
reais real por cento vez vezes parcela parcelas dia dias util uteis mes meses ano anos semana
semanas hora horas minuto minutos min h x partir custa custam preco precos valor valores sai
"""
"""They stand beside a figure and say nothing of what it is a figure of."""


_EMPTY_OR_UNIT = frozenset(f"{_EMPTY} {_UNITS}".split())


def folded(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """All words and figures of a text, folded."""
    return re.findall(r"[a-z0-9]+", folded(text))


def stem(word: str) -> str:
    """What a folded word has in common with its other forms."""
    return word if word.isdigit() else word.removesuffix("s")[:_STEM]


@lru_cache(4096)
def subjects(text: str) -> frozenset[str]:
    """Stems of the words that say what a text is about: no figures, no units, no grammar."""
    return frozenset(
        stem(word)
        for word in tokens(text)
        if len(word) > 1 and not word.isdigit() and word not in _EMPTY_OR_UNIT
    )


def sentences(text: str) -> list[str]:
    """A text's sentences and lines, in order."""
    parts = re.split(r"\n+|(?<=[.!?;])\s+(?!\d)|(?<=[.!?])\s+", text)
    return [part.strip() for part in parts if part.strip()]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every stretch of so many words."""
    words = tokens(text)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
