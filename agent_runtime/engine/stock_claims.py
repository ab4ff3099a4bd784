"""Whether a product that is said to be there is there, and the other way round. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..decision.concepts import concepts
from ..decision.text import plain
from .claims import Claim
from .policy_words import YES
from .product_facts import ProductFacts, closest

_HERE: Final = re.compile(
    r"\b(?:(?:em|no) estoque|a pronta entrega|in stock|disponive(?:l|is)|available|temos|tem sim"
    r"|retirada imediata|pode (?:vir )?(?:buscar|retirar)|we have|restam?|sobr(?:am|ou|aram))\b"
)
_GONE: Final = re.compile(
    r"\b(?:esgotad[oa]s?|acab(?:ou|aram)|em falta|(?:sem|fora de) estoque|indisponive(?:l|is)"
    r"|sold out|out of stock|unavailable|agotad[oa]s?)\b"
)
_NOT: Final = re.compile(r"(?:\b(?:nao|nem|nunca|sem|not|no longer|never)\b|n't)")
_OPEN: Final = re.compile(r"\b(?:quando|assim que|se|caso|when|if|once|as soon as)\b")
_ASKED: Final = re.compile(r"\b(?:tem|teria|temos|ha|disponive(?:l|is)|estoque|have|stock)\b")
_PART: Final = re.compile(r"[.;!?]\s|,?\s(?:mas|porem|ja|enquanto|but|while)\s")


def speaks_of_stock(text: str) -> bool:
    """Whether a clause says that something is there or is not."""
    read = plain(text)
    return bool(_GONE.search(read) or _HERE.search(read))


def tells_stock(sentence: str, about: Sequence[ProductFacts]) -> bool:
    """Whether ``sentence`` says of one product, whose stock is known, that it is there or not."""
    return len(about) == 1 and bool(about[0].stock) and bool(_says(plain(sentence)))


def false_stock(
    sentence: str, about: Sequence[ProductFacts], question: str, products: Sequence[ProductFacts]
) -> list[Claim]:
    """What ``sentence`` has wrong of the stock of the product it is ``about``.

    "Temos a coleira, mas está sem estoque" says that it is not there. A bare yes says of the
    product that it is there, when that was asked.
    """
    if sentence.rstrip().endswith((":", "?")):
        return []
    said = [(part, _says(part)) for part in _PART.split(plain(sentence))]
    if _agrees(sentence, question, about):
        said.append((plain(sentence), ("sim", True)))
    found: dict[str, list[tuple[str, bool]]] = {}
    facts: dict[str, ProductFacts] = {}
    for part, claim in said:
        named = closest(part, products)
        product = named or (about[0] if len(about) == 1 else None)
        if claim and product:
            found.setdefault(product.reference, []).append(claim)
            facts[product.reference] = product
    return [
        Claim("stock", word)
        for reference, told in found.items()
        for word, here in told
        if _is_false(here, facts[reference], any(not other for _word, other in told))
    ]


def _is_false(here: bool, product: ProductFacts, gone_too: bool) -> bool:
    if here:
        return product.stock == "out_of_stock" and not gone_too
    return product.stock == "in_stock"


def _says(part: str) -> tuple[str, bool] | None:
    """What a clause says of stock: the words, and whether the thing is there."""
    gone, here = _GONE.search(part), _HERE.search(part)
    said = gone or here
    if not said or _OPEN.search(part[: said.start()]):
        return None
    denied = bool(_NOT.search(part[: said.start()]))
    return said[0], denied if gone else not denied


def _agrees(sentence: str, question: str, about: Sequence[ProductFacts]) -> bool:
    """Whether a bare yes answers whether a product is there."""
    asked = plain(question)
    if len(about) != 1 or not YES.match(plain(sentence)) or not _ASKED.search(asked):
        return False
    beside = {word for word in concepts(asked) if not word.isdigit()} - set(about[0].name)
    return not (beside - _FRAME) and not (concepts(sentence) - _FRAME - set(about[0].name))


_FRAME: Final = concepts(
    "disponível disponíveis estoque tem temos sim claro vocês have stock pronta"
)
