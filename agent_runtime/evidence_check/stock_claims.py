"""Whether a product that is said to be there is there, and the other way round. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..decision.concepts import concept, concepts
from ..decision.terms import content
from ..decision.text import plain
from .claims import Claim
from .policy_words import COMMON, YES
from .product_facts import ProductFacts, closest

_HERE: Final = re.compile(
    r"\b(?:(?:em|no) estoque|a pronta entrega|in stock|disponive(?:l|is)|available|tem sim"
    r"|retirada imediata|pode (?:vir )?(?:buscar|retirar)|restam?|sobr(?:am|ou|aram)"
    r"|(?P<has>temos|we have))\b"
)
_GONE: Final = re.compile(
    r"\b(?:esgotad[oa]s?|acab(?:ou|aram)|em falta|(?:sem|fora de) estoque|indisponive(?:l|is)"
    r"|sold out|out of stock|unavailable|agotad[oa]s?)\b"
)
_STOCK: Final = re.compile(
    r"\b(?:(?:em|sem|fora de) estoque|em falta|a pronta entrega|(?:in|out of) stock|sold out)\b"
)
"""Said of goods, and of nothing else."""
_AMOUNT: Final = re.compile(r"\b\d[\d.,]* ?[a-z]+")
_LOOKS: Final = re.compile(r"\b(?:ver|vejo|verific\w+|consult\w+|confir\w+|check|look)\b")
_NOT: Final = re.compile(r"(?:\b(?:nao|nem|nunca|not|no longer|never)\b|n't)")
_OPEN: Final = re.compile(r"\b(?:quando|assim que|se|caso|when|if|once|as soon as)\b")
_ASKED: Final = re.compile(r"\b(?:tem|teria|temos|ha|disponive(?:l|is)|estoque|have|stock)\b")
_PART: Final = re.compile(r"[.;!?]\s|,?\s(?:mas|porem|ja|enquanto|but|while)\s")


def speaks_of_stock(text: str) -> bool:
    """Whether a clause says that something is there or is not."""
    read = plain(text)
    return bool(_GONE.search(read) or _HERE.search(read))


def tells_stock(sentence: str, about: Sequence[ProductFacts]) -> bool:
    """Whether ``sentence`` says of one product, whose stock is known, that it is there or not."""
    if len(about) != 1 or not about[0].stock:
        return False
    return any(_says(part, about[0]) for part in _PART.split(plain(sentence)))


def false_stock(
    sentence: str, about: Sequence[ProductFacts], question: str, products: Sequence[ProductFacts]
) -> list[Claim]:
    """What ``sentence`` has wrong of the stock of the product it is ``about``.

    "Temos a coleira, mas está sem estoque" says that it is not there. A bare yes says of the
    product that it is there, when that was asked.
    """
    if sentence.rstrip().endswith((":", "?")):
        return []
    implied = about[0] if len(about) == 1 else None
    found: dict[str, list[tuple[str, bool]]] = {}
    facts: dict[str, ProductFacts] = {}
    strange = list[Claim]()
    for part in _PART.split(plain(sentence)):
        product = closest(part, products) or implied
        if product and (said := _says(part, product)):
            found.setdefault(product.reference, []).append(said)
            facts[product.reference] = product
        elif stock := _unread(part, products):
            strange.append(Claim("stock", stock))
    if implied and _agrees(sentence, question, implied):
        found.setdefault(implied.reference, []).append(("sim", True))
        facts[implied.reference] = implied
    return strange + [
        Claim("stock", word)
        for reference, told in found.items()
        for word, here in told
        if _is_false(here, facts[reference], any(not other for _word, other in told))
    ]


def _unread(part: str, products: Sequence[ProductFacts]) -> str | None:
    """The words by which a clause tells the stock of a thing that nobody has read of."""
    said = _STOCK.search(part)
    if not said or _OPEN.search(part) or _LOOKS.search(part):
        return None
    things = concepts(_AMOUNT.sub(" ", _STOCK.sub(" ", part))) - _FRAME
    things = {thing for thing in things if not thing.isdigit()}
    strange = things and not any(things.intersection(product.name) for product in products)
    return said[0] if strange else None


def _is_false(here: bool, product: ProductFacts, gone_too: bool) -> bool:
    if here:
        return product.stock == "out_of_stock" and not gone_too
    return product.stock == "in_stock"


def _says(part: str, product: ProductFacts) -> tuple[str, bool] | None:
    """What a clause says of the stock of ``product``: the words, and whether it is there."""
    named = concepts(part).intersection(product.name)
    if not named and _beside(_HERE.sub(" ", _GONE.sub(" ", part)), product):
        return None  # Of something else, that the clause names.
    gone = _GONE.search(part)
    here = (m for m in _HERE.finditer(part) if not m["has"] or _has(part[m.end() :], product))
    said = gone or next(here, None)
    if not said or _OPEN.search(part[: said.start()]):
        return None
    denied = bool(_NOT.search(part[: said.start()]))
    return said[0], denied if gone else not denied


def _has(rest: str, product: ProductFacts) -> bool:
    """Whether it is ``product`` that "temos" begins to tell of, and not a discount on it."""
    objects = [concept(word) for word in content(rest) if not word.isdigit()]
    first = next((word for word in objects if word not in _WORDS), None)
    return first is None or first in product.name


def _agrees(sentence: str, question: str, product: ProductFacts) -> bool:
    """Whether a bare yes answers whether a product is there."""
    read, asked = plain(sentence), plain(question)
    bare = YES.match(read) and not _beside(read, product)
    return bool(bare and _ASKED.search(asked) and not _beside(asked, product))


def _beside(text: str, product: ProductFacts) -> set[str]:
    """What ``text`` speaks of beside ``product``."""
    words = concepts(text) - _FRAME - set(product.name)
    return {word for word in words if not word.isdigit()}


_WORDS: Final = concepts(
    "disponível disponíveis disponibilidade estoque tem temos sim claro vocês momento agora loja"
    " unidade unidades pacote pacotes saco sacos have stock pronta retirada imediata buscar ambos"
    " ambas todos todas eles elas"
)
"""What a thing's being there is told and asked with."""
_FRAME: Final = COMMON | _WORDS
