"""Names of places, payees and accounts in an answer that no source knows. Pure.

Where a company is and whom to pay is told in names, not in numbers: in a sentence on either,
every name has to be one that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ..decision.text import fold
from ..decision.text import words as words_of
from .claims import TEXTS, Claim

_WHERE: Final = re.compile(
    r"\b(?:ficamos|endereco|rua|avenida|av|praca|alameda|(?:estamos|fica|atendemos|loja) "
    r"(?:em|n[ao]s?|junto)|localiz\w+|situad\w+|filia(?:l|is)|matriz|bairro|esquina"
    r"|ao lado d\w+|em frente (?:a|ao)"
    r"|(?:perto|proximo) d\w+|shopping|galeria|address|located|branch|next to)\b"
)
_PAID: Final = re.compile(
    r"\b(?:(?:em|no) nome d\w+|titular|favorecid\w+|benefici\w+|chave|agencia|conta "
    r"(?:corrente|poupanca|bancaria|do)|banco|transfer\w+|deposit\w+|faca o pix|pix para"
    r"|in the name of|bank|account)\b"
)
_KEY: Final = re.compile(
    r"\bchave(?: (?:do )?pix)?(?: é| eh|:)\s*(?:o |a )?(?P<key>[\w.@+-]{3,}\w)", re.IGNORECASE
)
_HANDLE: Final = re.compile(
    r"(?<![\w.])@\w[\w.]*\w|(?:\(|\[|\b)arroba(?:\)|\])?\s+\w+", re.IGNORECASE
)
_TITLED: Final = re.compile(
    r"\b(?:[Dd]ra?|[Ss]ra?|[Pp]rof\w*|[Mm]rs?|[Mm]s)\.? (?P<name>[A-ZÀ-Ý]\w+)"
)
_NAME: Final = re.compile(r"(?<![\w.])[A-ZÀ-Ý][\w'’-]*")
_ABBREVIATED: Final = {"r": "rua", "av": "avenida", "dr": "doutor", "sta": "santa", "sto": "santo"}
_NO_NAMES: Final = frozenset(
    words_of(
        """rua avenida av r largo praca alameda travessa rodovia estrada bairro centro cep numero br
        loja sala andar shopping pix ted doc cpf cnpj whatsapp instagram facebook telefone celular
        email e-mail nosso nossa seu sua mesmo segunda terca quarta quinta sexta sabado domingo"""
    )
)
"""Kinds of places and accounts, and what is no name of any."""


class StrangeNames:
    """Judges by all words that were read."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known = frozenset().union(*map(_words, texts))

    def strange(self, sentence: str) -> list[Claim]:
        """The names of ``sentence`` that nothing read has, where it tells where or whom."""
        bare = fold(sentence)
        found = [match[0] for match in _HANDLE.finditer(sentence)]
        found += [match["key"] for match in _KEY.finditer(sentence)]
        found += [match["name"] for match in _TITLED.finditer(sentence)]
        if _WHERE.search(bare) or _PAID.search(bare):
            starts = sentence.lstrip(" *_-•\"'")
            first = len(sentence) - len(starts)
            found += [m[0] for m in _NAME.finditer(sentence) if m.start() > first]
        return [Claim("name", name) for name in dict.fromkeys(found) if not self._is_known(name)]

    def _is_known(self, name: str) -> bool:
        return all(
            word in self._known or word in _NO_NAMES for word in _words(name) if word != "arroba"
        )


@lru_cache(TEXTS)
def _words(text: str) -> frozenset[str]:
    return frozenset(_ABBREVIATED.get(word, word) for word in words_of(text))
