"""Whether an amount is told of something that nobody has read anything of. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from ..decision.concepts import concept, concepts
from ..decision.language import language_of
from ..decision.terms import content
from ..decision.text import fold
from .policy_words import COMMON
from .product_facts import ProductFacts

_FRAME: Final = COMMON | concepts(
    "pacote saco caixa embalagem frasco lata peça par kit versão modelo tamanho item unitário médio"
    " investimento mensalidade subtotal soma diferença restante mesmo mesma dois duas ambos ambas"
    " todo primeiro primeira segundo barato barata caro cara vista prazo normal final preços valor"
    " promocional atual cheio faixa package bag box price amount difference both one ones"
)
"""What an amount is told with, whatever it is of."""
_PHRASE: Final = re.compile(
    r"(?:^|[\s(])(?i:os?|as?|uma?|uns|umas|d[oa]s?|este|esta|ess[ea]|noss[oa]s?|the|an|our|this|el|la)\s+"
    r"(?P<phrase>[\w'-]+(?:\s+[A-ZÀ-Ý0-9][\w'-]*)*)"
)
_LABEL: Final = re.compile(
    r"^\W*(?P<phrase>[A-ZÀ-Ý][\w'-]*(?:\s+[A-ZÀ-Ý][\w'-]*)+)\W*[:–-]\W*(?:R\$)?\s*$"
)
_HEAD: Final = re.compile(
    r"^\W*(?P<phrase>[A-ZÀ-Ý][\w'-]*(?:\s+[\w'-]+)+?)\s+(?:custa|sai|vale|fica|está|é|costs?|is)\b"
)
"""What a sentence begins to tell of."""
ENOUGH: Final = 1 / 3
"""Share of what a thing is called by that a product it is meant for knows."""
_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ][\w'-]*")


def is_another(said: str, products: Iterable[ProductFacts]) -> bool:
    """Whether the thing that ``said`` begins to tell of is called by words of which none of
    ``products`` knows enough."""
    head = _HEAD.search(said)
    named = concepts(head["phrase"]) - _FRAME if head else frozenset()
    named = {word for word in named if not word.isdigit()}
    known = (named & (one.words | set(one.name)) for one in products)
    return len(named) > 2 and max(map(len, known), default=0) < ENOUGH * len(named)


class Vocabulary:
    """The concepts that a turn has read, and those that the customer asked with."""

    def __init__(self, texts: Iterable[str], question: str) -> None:
        self._read = frozenset().union(*map(concepts, texts))
        # Who asks in another language than the names' is answered in translated names.
        asked = concepts(question) if language_of(question).startswith("pt") else frozenset()
        self._asked = asked - self._read - _FRAME

    def is_strange(self, said: str, about: Collection[ProductFacts]) -> bool:
        """Whether ``said``, what stands beside an amount, names something unknown.

        It does when all that it names is unknown, and when a product's word goes straight on with
        a name, or a word of the customer's, that is unknown: "Ração Royal" where only the "Ração
        Golden" was read.
        """
        phrases = [m["phrase"] for m in (*_PHRASE.finditer(said), *_LABEL.finditer(said))]
        named = [words for phrase in phrases if (words := concepts(phrase) - _FRAME)]
        named = [words for words in named if not all(word.isdigit() for word in words)]
        names = {word for product in about for word in product.name}
        if named and not concepts(said) & names and not any(words & self._read for words in named):
            return True
        return self._goes_on(said, names)

    def _goes_on(self, said: str, names: Collection[str]) -> bool:
        tokens = list(_WORD.finditer(said))
        return any(
            said[one.end() : after.start()].isspace()
            and self._concept(one[0]) in names
            and self._is_unknown(after[0])
            for one, after in zip(tokens, tokens[1:], strict=False)
        )

    def _is_unknown(self, word: str) -> bool:
        meant = self._concept(word)
        if not meant or meant in self._read or meant in _FRAME:
            return False
        return word[0].isupper() or meant in self._asked

    @staticmethod
    def _concept(word: str) -> str:
        kept = content(fold(word))
        return concept(kept[0]) if kept else ""
