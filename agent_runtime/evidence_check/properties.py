"""What a product is, has or is made of, beside what is told of that very product. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..decision.concepts import concepts
from ..evidence import Evidence
from ..llm.answers.relevance import sentences
from ..spelling import common
from .claims import Claim
from .policy_words import COMMON, DENIAL
from .product_facts import PRICED, ProductFacts, meant
from .told_by import told_by

_IS: Final = re.compile(
    r"\b(?:é|são|eh|tem|têm|possui|possuem|vem|vêm|resiste|resistem|conta com|is|are|has|have)\b",
    re.IGNORECASE,
)
_MADE: Final = re.compile(
    r"\b(?:leva|levam|contém|contêm|inclui|incluem|acompanha|acompanham|(?:vem|vêm) (?:com|n[ao]s?)"
    r"|(?:feit|prepar|reche|compost)[ia]?d?[oa]s? (?:com|de|por|a partir de)"
    r"|contains?|includes?|comes? (?:with|in)|made (?:with|of))\b",
    re.IGNORECASE,
)
"""Tells parts, of which every one has to be known."""
_HAS: Final = re.compile(r"\b(?:tem|têm|possui|possuem|conta com|has|have)\b", re.IGNORECASE)
"""Tells something of which at least somebody has to speak."""
_FOR: Final = re.compile(
    r"\b(?:é|são|serve|servem|indicad[oa]s?|ideal|ideais|recomendad[oa]s?)(?: \w+)? (?:para|pra)\b",
    re.IGNORECASE,
)
"""Tells what it is good for: a sort of the thing that the source names a sort of."""
_END: Final = re.compile(
    r"[;:.!?]+(?:\s|$)|,?\s(?:mas|porém|que|se|quando|pois|porque|para|pra|custa\w*|sai|saem|por"
    r"|não|então|sendo|temos|você\w*|pode\w*|but|for|you)\s",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r",\s*|\s(?:e|ou|com|and|or|with)\s", re.IGNORECASE)
_POSSIBLY: Final = re.compile(
    r"\b(?:pode\w*|se|caso|quando|sem|sob|feit[oa]s?|fica\w*|can|if|when|without)\b", re.IGNORECASE
)
_CAN_BE: Final = re.compile(r"\b(?:pode\w*|se|caso|quando|sob|can|could|if|when)\b")
_FRAME: Final = COMMON | concepts(
    "cerca aproximadamente média torno pouco bem super apenas delícia delicioso saboroso gostoso"
    " tradicional clássico caprichado fresco ingredientes receita composição base qualidade carinho"
    " capricho excelente ótimo perfeito lindo cor cores tipo sabor sabores recheio feito"
    " benefício potente moderno design acabamento sucesso queridinho confortável prático linha"
)
"""What anything is praised and told with."""


class Properties:
    """What was read of each product, by itself and where others name it."""

    def __init__(self, evidence: Iterable[Evidence], products: Sequence[ProductFacts]) -> None:
        self._products = products
        self._own: dict[str, list[str]] = {product.reference: [] for product in products}
        self._rules = frozenset[str]()
        self._general = frozenset[str]()
        """What is told of no product alone."""
        for piece in evidence:
            if piece.kind in PRICED:
                self._own.setdefault(piece.reference, []).append(told_by(piece))
            else:
                self._rules |= concepts(told_by(piece)) if piece.kind == "rule" else frozenset()
                self._general |= concepts(told_by(piece))
            for sentence in sentences(piece.text) if piece.kind in ("rule", "document") else ():
                for product in meant(f"{piece.title} {sentence}", products):
                    self._own[product.reference].append(sentence)
        self._words = {ref: concepts("\n".join(texts)) for ref, texts in self._own.items()}

    def wrong(self, sentence: str, about: Sequence[ProductFacts]) -> list[Claim]:
        """The properties of ``sentence``, that goes on ``about`` some products, which nothing tells
        of the product that it tells them of."""
        if sentence.rstrip().endswith("?") or not self._products:
            return []
        strange: list[str] = []
        for pattern, judge in (
            (_MADE, self._parts),
            (_HAS, self._having),
            (_FOR, self._sorts),
            (_IS, self._others),
        ):
            for said in pattern.finditer(sentence):
                before = sentence[: said.start()]
                of = meant(before, self._products) or about
                if of and not DENIAL.search(before.casefold().replace("ã", "a")):
                    what = _END.split(sentence[said.end() :], maxsplit=1)[0]
                    strange += judge(what, [product.reference for product in of], sentence)
        return [Claim("property", word) for word in dict.fromkeys(strange)]

    def _parts(self, what: str, of: Sequence[str], _sentence: str) -> Iterator[str]:
        """The parts told of which nothing is known."""
        own = self._known(of)
        for words in _items(what):
            if words and not common(words, own):
                yield " ".join(sorted(words))

    def _having(self, what: str, of: Sequence[str], _sentence: str) -> Iterator[str]:
        """What it is said to have, of which nobody speaks."""
        known = self._known(of) | self._general
        for words in _items(what):
            if words and not common(words, known):
                yield " ".join(sorted(words))

    def _sorts(self, what: str, of: Sequence[str], _sentence: str) -> Iterator[str]:
        """The sorts told of a thing of which the source names another sort."""
        own = self._known(of)
        told = [words for sentence in self._told(of) for words in _items(sentence)]
        for words in _items(what):
            known = common(words, own)
            if known and words - known and any(known & one and one - known for one in told):
                yield " ".join(sorted(words))

    def _others(self, what: str, of: Sequence[str], sentence: str) -> Iterator[str]:
        """The properties told that are another product's, or that this one only can have."""
        own = self._known(of)
        rest = (words for ref, words in self._words.items() if ref not in of)
        others = frozenset().union(*rest) - self._rules
        possibly = bool(_POSSIBLY.search(sentence))
        for words in _items(what):
            foreign = words <= others and not common(words, own)
            possible = not possibly and any(self._only_can_be(word, of) for word in words)
            if words and (foreign or possible):
                yield " ".join(sorted(words))

    def _known(self, of: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self._words[ref] for ref in of))

    def _told(self, of: Iterable[str]) -> list[str]:
        return [told for ref in of for text in self._own[ref] for told in sentences(text)]

    def _only_can_be(self, word: str, of: Iterable[str]) -> bool:
        holding = [sentence for sentence in self._told(of) if word in concepts(sentence)]
        return bool(holding) and all(_CAN_BE.search(sentence.casefold()) for sentence in holding)


def _items(what: str) -> list[frozenset[str]]:
    """What an enumeration tells, item by item; amounts and measures are judged as such."""
    items = (concepts(item) for item in _ITEM.split(what) if not re.search(r"\d", item))
    return [frozenset(w for w in item - _FRAME if not w[0].isdigit()) for item in items]
