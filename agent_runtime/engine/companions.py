"""Products that go with the one asked for: read live like any other, and only where allowed.

What Odoo lists as going with a product may be withdrawn, hidden or without a price. So nothing of
that list reaches a crew but what the live reading of products returned as being on offer.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from ..evidence import Evidence
from .toolbox import Toolbox

GOES_WITH: Final = "goes_with"
COMPANION: Final = "companion"
"""True in the data of a product that nobody searched for."""
MOST: Final = 6
"""Read for one search."""

_log = logging.getLogger(__name__)


def find_products(toolbox: Toolbox, allowed: bool) -> Callable[[str], Awaitable[list[Evidence]]]:
    """The toolbox's search; with ``allowed`` also what goes with the products found."""

    async def find(query: str) -> list[Evidence]:
        found = await toolbox.find_products(query)
        live = await _live(toolbox, found) if allowed else {}
        kept = [_with_companions(product, live) for product in found]
        seen = {product.reference for product in found}
        return kept + [_as_companion(p) for p in live.values() if p.reference not in seen]

    return find


async def _live(toolbox: Toolbox, found: list[Evidence]) -> dict[str, Evidence]:
    """What goes with these products and is on offer, by reference.

    A failure costs the companions and not the products that were asked for.
    """
    listed = [entry["reference"] for p in found for entry in p.data.get(GOES_WITH, ())]
    ids = [int(reference.rpartition(",")[2]) for reference in dict.fromkeys(listed)][:MOST]
    if not ids:
        return {}
    try:
        read = await toolbox.products_by_id(ids)
    except Exception:
        _log.warning("companions not read", exc_info=True)
        return {}
    return {p.reference: p for p in read if p.data.get("price") is not None}


def _with_companions(product: Evidence, live: dict[str, Evidence]) -> Evidence:
    """The product with the companions that are on offer; without any, with no such list."""
    data = {key: value for key, value in product.data.items() if key != GOES_WITH}
    listed = [e for e in product.data.get(GOES_WITH, ()) if e["reference"] in live]
    if listed:
        data[GOES_WITH] = listed
    return product.model_copy(update={"data": data})


def _as_companion(product: Evidence) -> Evidence:
    data = {key: value for key, value in product.data.items() if key != GOES_WITH}
    return product.model_copy(update={"data": data | {COMPANION: True}})
