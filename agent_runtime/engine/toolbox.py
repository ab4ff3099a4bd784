"""What the engine needs of a turn's toolbox, whoever provides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from ..contracts import OdooAccess, TenantConfig
from ..evidence import Evidence


class Toolbox(Protocol):
    """Readings of one account. The account is fixed; no argument can name another."""

    async def company(self) -> TenantConfig:
        """The published configuration."""

    async def search_documents(self, query: str) -> list[Evidence]:
        """Passages of support documents, best first."""

    async def find_products(self, query: str) -> list[Evidence]:
        """Products with live price and stock, best first."""

    async def products_by_id(self, ids: Sequence[int]) -> list[Evidence]:
        """Products with live price and stock, by ``product.template`` id."""

    async def search_rules(self, query: str, collections: Sequence[str]) -> dict[str, float]:
        """Keys of rules that the query may mean, with scores from 0 to 1."""


class Toolboxes(Protocol):
    """Opens a toolbox for a turn."""

    def open(self, account_id: int, config_version: int, odoo: OdooAccess | None) -> Toolbox:
        """The toolbox of one account."""
