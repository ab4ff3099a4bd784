"""Products: found in the index, then read live from Odoo.

The index says which products a question means; Odoo alone says that a product is on offer, what
it costs and whether there is any. What Odoo does not return is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..contracts import OdooAccess
from ..evidence import Evidence
from ..knowledge.lexical import coverage
from ..knowledge.words import subject_words
from ..mcp.odoo import OdooMcp
from ..mcp.qdrant import QdrantMcp

COLLECTION = "products"
FOUND = 5
"""Products a turn is given."""
MODEL = "product.template"
_ON_OFFER = [["sale_ok", "=", True], ["visible_in_ai", "=", True]]
_MOST_WORDS = 6
_NAME_SEARCH_LIMIT = 30
_NAME_COVERAGE = 0.5


class ProductFinder:
    """Looks products up for one account with that account's credential."""

    def __init__(
        self, qdrant: QdrantMcp, odoo: OdooMcp, account_id: int, access: OdooAccess
    ) -> None:
        self._qdrant = qdrant
        self._odoo = odoo
        self._account_id = account_id
        self._access = access

    async def find(self, question: str, limit: int, language: str | None) -> list[Evidence]:
        """Products on offer that the question may mean, best first, with live facts."""
        indexed = await self._indexed(question)
        if indexed:
            found = await self._live(indexed, limit, language)
            if found:
                return found
        # A product that was made a minute ago is not in the index yet.
        return await self._by_name(question, limit, language)

    async def by_ids(self, ids: Sequence[int], language: str | None) -> list[Evidence]:
        """The products of these ids that are on offer, in no order, with live facts."""
        if not ids:
            return []
        domain = [["id", "in", list(ids)], *_ON_OFFER]
        return [_evidence(r, "", None) for r in await self._read(domain, len(ids), language)]

    async def _indexed(self, question: str) -> dict[int, dict[str, Any]]:
        found = await self._qdrant.find(self._account_id, COLLECTION, question)
        best: dict[int, dict[str, Any]] = {}
        for item in found:
            if item["metadata"]["model"] == MODEL:
                best.setdefault(item["metadata"]["record_id"], item)
        return best

    async def _live(
        self, indexed: dict[int, dict[str, Any]], limit: int, language: str | None
    ) -> list[Evidence]:
        ids = list(indexed)
        records = await self._read([["id", "in", ids], *_ON_OFFER], len(ids), language)
        by_id = {record["id"]: record for record in records}
        return [
            _evidence(by_id[key], indexed[key]["document"], indexed[key]["metadata"]["score"])
            for key in ids
            if key in by_id
        ][:limit]

    async def _by_name(self, question: str, limit: int, language: str | None) -> list[Evidence]:
        words = _as_written(question)
        if not words:
            return []
        terms = [[field, "ilike", word] for word in words for field in ("name", "default_code")]
        domain = [*_ON_OFFER, *["|"] * (len(terms) - 1), *terms]
        records = await self._read(domain, _NAME_SEARCH_LIMIT, language)
        ranked = [(coverage(question, _naming(record)), record) for record in records]
        kept = [entry for entry in ranked if entry[0] >= _NAME_COVERAGE]
        kept.sort(key=lambda entry: (-entry[0], entry[1]["id"]))
        return [_evidence(record, "", round(score, 4)) for score, record in kept[:limit]]

    async def _read(
        self, domain: list[Any], limit: int, language: str | None
    ) -> list[dict[str, Any]]:
        return await self._odoo.products(self._account_id, self._access, domain, limit, language)


def _as_written(question: str) -> list[str]:
    """Subject words in the customer's spelling: the database compares accents as they are."""
    subjects = set(subject_words(question))
    written = re.findall(r"\w+", question)
    return [word for word in written if set(subject_words(word)) & subjects][:_MOST_WORDS]


def _naming(record: dict[str, Any]) -> str:
    return f"{record['name']} {record.get('default_code') or ''}"


def _evidence(record: dict[str, Any], passage: str, score: float | None) -> Evidence:
    data: dict[str, Any] = {}
    currency = record.get("currency_id")
    if currency and isinstance(record.get("ai_selling_price"), int | float):
        data["price"] = float(record["ai_selling_price"])
        data["currency"] = currency[1]
    if record.get("ai_stock_state"):
        data["stock_state"] = record["ai_stock_state"]
        if record["ai_stock_state"] != "not_tracked":
            data["quantity"] = float(record.get("ai_available_quantity") or 0.0)
    for name, key in (("uom_name", "uom"), ("default_code", "default_code")):
        if record.get(name):
            data[key] = record[name]
    if record.get("ai_goes_with"):
        data["goes_with"] = [
            {"reference": f"{MODEL},{key}", "title": name} for key, name in record["ai_goes_with"]
        ]
    if record.get("categ_id"):
        data["category"] = record["categ_id"][0]
    return Evidence(
        kind="product",
        reference=f"{MODEL},{record['id']}",
        title=record["name"],
        text=passage or record["name"],
        via="mcp-odoo",
        score=score,
        data=data,
    )
