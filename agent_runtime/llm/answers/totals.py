"""Answering what several of a thing cost, as the calculator adds it up."""

from __future__ import annotations

from typing import Any

from ...decision.quantities import counted, quantities
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
        told = [(_alone(text, briefing), text) for text in asked]
    else:
        told = [(briefing, briefing.latest)]
    if not any(quantities(text) for _about, text in told):
        return []
    found = [(_product(about), text) for about, text in told]
    if any(product is None for product, _text in found):
        return []
    items = [(product.reference, counted(text, product.title)) for product, text in found]
    if not any(counts for _reference, counts in items):
        return []
    return [{"reference": ref, "quantity": counts[0] if counts else 1} for ref, counts in items]


def answer(briefing: Briefing) -> list[Statement]:
    """What was added up in this turn."""
    return [
        Statement(piece.text, (piece.reference, *piece.data["of"]))
        for piece in briefing.evidence
        if piece.kind == "calculation"
    ]


def _alone(text: str, briefing: Briefing) -> Briefing:
    return briefing.model_copy(update={"question": text, "latest": text})


def _product(briefing: Briefing) -> Evidence | None:
    """The one product that is meant, which has a price."""
    priced = {
        piece.reference: piece
        for piece in briefing.evidence
        if piece.kind == "product" and piece.data.get("price") is not None
    }
    meant = {ref for said in products.answer(briefing) for ref in said.references} & priced.keys()
    return priced[meant.pop()] if len(meant) == 1 else None
