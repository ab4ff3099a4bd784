"""Which tool calls may still find what the evidence lacks."""

from __future__ import annotations

from typing import NamedTuple

from ...decision import vocabulary as v
from ...decision.queries import document_query, product_query
from ...engine.briefing import Briefing

DOCUMENTS = "search_documents"
PRODUCTS = "find_products"
"""Names of the crew's tools."""


class Lookup(NamedTuple):
    """One call of a tool."""

    tool: str
    query: str

    @property
    def mark(self) -> str:
        """How the briefing lists a query that was made."""
        return f"{self.tool}: {self.query}"


def further(
    briefing: Briefing, unanswered: tuple[str, ...], offered: frozenset[str]
) -> list[Lookup]:
    """Lookups not made yet, best first, at most one a tool.

    A question without an answer is asked again together with the customer's last message: "e a
    de filhote?" names its product only there.
    """
    before = next((h.text for h in reversed(briefing.history) if h.role == "customer"), "")
    whole = f"{before}\n{briefing.question}" if before else briefing.question
    tried: list[Lookup] = []
    if {v.PRODUCT, v.OTHER} & set(unanswered):
        latest = briefing.latest
        tried += [Lookup(PRODUCTS, product_query(t, latest)) for t in (briefing.question, whole)]
    if {v.PRODUCT, v.POLICY, v.OTHER} & set(unanswered):
        tried += [Lookup(DOCUMENTS, document_query(text)) for text in (briefing.question, whole)]
    fresh = [
        lookup
        for lookup in tried
        if lookup.query and lookup.tool in offered and lookup.mark not in briefing.searched
    ]
    return list({lookup.tool: lookup for lookup in reversed(fresh)}.values())[::-1]
