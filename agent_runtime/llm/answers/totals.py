"""Answering what several of a thing cost, as the calculator adds it up."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ...decision.number_words import value_of
from ...decision.quantities import quantities
from ...decision.queries import things
from ...engine.briefing import Briefing
from ...evidence import Evidence
from . import products
from .statement import Statement

CALCULATE = "calculate"
"""Name of the crew's tool."""


def order(briefing: Briefing) -> list[dict[str, Any]]:
    """The items to add up, as the tool takes them; empty unless each thing is one product and
    more than one of something is wanted."""
    asked = [thing.text for thing in things(briefing.latest)]
    if len(asked) > 1:
        told = [(_alone(text, briefing), quantities(text)) for text in asked]
    else:
        told = [(briefing, quantities(briefing.latest))]
    if not any(counted for _about, counted in told):
        return []
    found = [(_product(about), counted) for about, counted in told]
    if any(product is None for product, _counted in found):
        return []
    items = [
        (product.reference, _without_own(counted, product.title)) for product, counted in found
    ]
    if not any(counted for _reference, counted in items):
        return []
    return [{"reference": ref, "quantity": counted[0] if counted else 1} for ref, counted in items]


def answer(briefing: Briefing) -> list[Statement]:
    """What was added up in this turn."""
    return [
        Statement(piece.text, (piece.reference, *piece.data["of"]))
        for piece in briefing.evidence
        if piece.kind == "calculation"
    ]


def _alone(text: str, briefing: Briefing) -> Briefing:
    return briefing.model_copy(update={"question": text, "latest": text})


def _without_own(counted: list[int], name: str) -> list[int]:
    """The counts without the numbers of the product's own name: a "Pizza Quatro Queijos" is one."""
    own = Counter([*map(int, re.findall(r"\d+", name)), *value_of(name)])
    left = []
    for number in reversed(counted):
        if own[number]:
            own[number] -= 1
        else:
            left.insert(0, number)
    return left


def _product(briefing: Briefing) -> Evidence | None:
    """The one product that is meant, which has a price."""
    priced = {
        piece.reference: piece
        for piece in briefing.evidence
        if piece.kind == "product" and piece.data.get("price") is not None
    }
    meant = {ref for said in products.answer(briefing) for ref in said.references} & priced.keys()
    return priced[meant.pop()] if len(meant) == 1 else None
