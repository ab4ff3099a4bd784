"""An invented business of the evaluation: what it publishes, owns and keeps to itself."""

from __future__ import annotations

from typing import Any

import yaml
from pydantic import AwareDatetime

from ..contracts import Contract, Rule, TenantConfig
from ..evidence import Evidence
from .names import DATA, names

__all__ = ["DATA", "OWNER", "Business", "Document", "Product", "load", "names"]

OWNER = "evaluation"


class Product(Contract):
    """A product on offer, as Odoo would tell it live."""

    id: int
    name: str
    price: float
    category: int
    text: str
    quantity: float | None = None
    """``None``: its stock is not tracked."""

    def evidence(self, currency: str, score: float | None = None) -> Evidence:
        """What a live lookup returns of it."""
        data: dict[str, Any] = {
            "price": self.price,
            "currency": currency,
            "category": self.category,
            "uom": "Unidades",
            "stock_state": "not_tracked",
        }
        if self.quantity is not None:
            data["quantity"] = self.quantity
            data["stock_state"] = "in_stock" if self.quantity else "out_of_stock"
        return Evidence(
            kind="product",
            reference=f"product.template,{self.id}",
            title=self.name,
            text=f"{self.name}\n{self.text}",
            via="mcp-odoo",
            score=score,
            data=data,
        )


class Document(Contract):
    """A support document. A poisoned one holds orders to the reader, and no fact."""

    id: int
    title: str
    text: str
    poison: bool = False


class Business(Contract):
    """One tenant of the evaluation."""

    name: str
    account_id: int
    moment: AwareDatetime
    """When its customers write, unless a turn says otherwise."""
    config: TenantConfig
    rules: tuple[Rule, ...]
    products: tuple[Product, ...]
    documents: tuple[Document, ...]
    hidden: tuple[str, ...] = ()
    """What exists in its database and must never be told."""

    def product(self, key: int) -> Product | None:
        """The product on offer with this id."""
        return next((product for product in self.products if product.id == key), None)


def load(name: str) -> Business:
    """The business in the folder ``data/{name}``."""
    raw = yaml.safe_load((DATA / name / "business.yaml").read_text(encoding="utf-8"))
    receipt = {
        "account_id": raw["account_id"],
        "owner": OWNER,
        "version": 1,
        "published_at": raw["moment"],
        "content_hash": "0" * 64,
    }
    config = TenantConfig.model_validate(raw.pop("config") | receipt)
    return Business(name=name, config=config, **raw)
