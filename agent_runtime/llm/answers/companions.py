"""Mentioning what goes with the product that was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from ...decision.text import plain
from ...engine.briefing import Briefing
from ...engine.companions import GOES_WITH
from ...evidence import Evidence
from .money import money
from .phrases import listed, phrases
from .statement import Statement

SHOWN = 2


def answer(told: Iterable[Statement], briefing: Briefing) -> list[Statement]:
    """What goes with the one product that was told, with its price; once a conversation.

    Nothing for a customer with a problem, beside a choice or a makeshift, or where sales takes no
    part.
    """
    statements = list(told)
    products = {p.reference: p for p in briefing.evidence if p.kind == "product"}
    about = [products[r] for s in statements for r in s.references if r in products]
    roles = set(briefing.roles)
    if len(about) != 1 or "sales" not in roles or "support" in roles:
        return []
    say = phrases(briefing.language)
    if any(s.question or s.text.startswith(say["similar"]) for s in statements):
        return []
    listing = [products.get(entry["reference"]) for entry in about[0].data.get(GOES_WITH, ())]
    beside = [product for product in listing if product and _is_news(product, briefing)][:SHOWN]
    if not beside:
        return []
    names = listed([_priced(product, briefing) for product in beside], briefing.language)
    references = tuple(product.reference for product in beside)
    words = say["goes_with"][briefing.voice.formality]
    return [Statement(words.format(products=names), references)]


def _is_news(product: Evidence, briefing: Briefing) -> bool:
    """Whether a product is to be had and has not been spoken of in this conversation."""
    told = [briefing.latest, *(e.text for e in briefing.history if e.role == "crew")]
    if product.data.get("stock_state") == "out_of_stock":
        return False
    return not any(plain(product.title) in plain(text) for text in told)


def _priced(product: Evidence, briefing: Briefing) -> str:
    currency = product.data.get("currency") or briefing.currency
    return f"{product.title} ({money(product.data['price'], currency, briefing.language)})"
