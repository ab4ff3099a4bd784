"""What the engine needs of a turn's toolbox, whoever provides it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from ..contracts import OdooAccess, ProvenIdentity, TenantConfig
from ..evidence import Evidence
from ..slots import Busy

if TYPE_CHECKING:
    from ..tools.scratch import Scratch


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

    def scratch(self, conversation_id: int) -> Scratch | None:
        """The notes of one conversation; ``None`` where none are kept."""

    async def orders(self, number: str | None = None) -> list[Evidence]:
        """Orders of the customer whom the channel proves, newest first."""

    async def busy_times(self, until: datetime) -> list[Busy]:
        """When the booked calendar is taken."""


class Toolboxes(Protocol):
    """Opens a toolbox for a turn."""

    def open(
        self,
        account_id: int,
        config_version: int,
        odoo: OdooAccess | None,
        identity: ProvenIdentity | None = None,
    ) -> Toolbox:
        """The toolbox of one account, and of one customer where the channel proves one."""
