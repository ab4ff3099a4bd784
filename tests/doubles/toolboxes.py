"""The knowledge side of the runtime, in memory: stands for our own toolbox, not for a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from agent_runtime.contracts import OdooAccess, ProvenIdentity, TenantConfig
from agent_runtime.evidence import Evidence


class FakeToolbox:
    """Finds whatever evidence shares a word with the query."""

    def __init__(self, config: TenantConfig | Exception, evidence: tuple[Evidence, ...]) -> None:
        self._config = config
        self._evidence = evidence
        self.queries: list[tuple[str, str]] = []
        self.rule_queries: list[tuple[str, tuple[str, ...]]] = []
        self.rule_scores: dict[str, float] = {}
        self.hold: asyncio.Event | None = None
        self.identity: ProvenIdentity | None = None
        self.busy: list[tuple[datetime, datetime]] = []
        self.fail: Callable[[str], Exception | None] = lambda _tool: None

    async def company(self) -> TenantConfig:
        """The configuration, or the error it was made with."""
        if self.hold:
            await self.hold.wait()
        if isinstance(self._config, Exception):
            raise self._config
        return self._config

    async def search_documents(self, query: str) -> list[Evidence]:
        """Documents."""
        return self._find("document", query)

    async def find_products(self, query: str) -> list[Evidence]:
        """Products."""
        return self._find("product", query)

    async def products_by_id(self, ids: Sequence[int]) -> list[Evidence]:
        """Products by id."""
        if error := self.fail("product"):
            raise error
        wanted = {f"product.template,{key}" for key in ids}
        return [e for e in self._evidence if e.reference in wanted]

    async def orders(self, number: str | None = None) -> list[Evidence]:
        """Every order there is, for whoever is proven to be anybody."""
        self.queries.append(("order", number or ""))
        if error := self.fail("order"):
            raise error
        found = [e for e in self._evidence if e.kind == "order"] if self.identity else []
        return [e for e in found if number is None or e.title == number]

    async def busy_times(self, until: datetime) -> list[tuple[datetime, datetime]]:
        """What the test has put in."""
        if error := self.fail("slot"):
            raise error
        return self.busy

    async def search_rules(self, query: str, collections: Sequence[str]) -> dict[str, float]:
        """The scores it was given; keeps what was asked."""
        self.rule_queries.append((query, tuple(collections)))
        if error := self.fail("rule"):
            raise error
        return self.rule_scores

    def scratch(self, conversation_id: int) -> None:
        """No notes are kept."""

    def _find(self, kind: str, query: str) -> list[Evidence]:
        self.queries.append((kind, query))
        if error := self.fail(kind):
            raise error
        words = {word for word in query.casefold().split() if len(word) > 3}
        return [
            e
            for e in self._evidence
            if e.kind == kind
            and any(word[:5] in f"{e.title} {e.text}".casefold() for word in words)
        ]


class FakeToolboxes:
    """One toolbox an account; keeps what it was asked to open."""

    def __init__(self, boxes: dict[int, FakeToolbox]) -> None:
        self.boxes = boxes
        self.opened: list[tuple[int, int]] = []

    def open(
        self,
        account_id: int,
        config_version: int,
        odoo: OdooAccess | None,
        identity: ProvenIdentity | None = None,
    ) -> FakeToolbox:
        """The account's toolbox."""
        self.opened.append((account_id, config_version))
        self.boxes[account_id].identity = identity
        return self.boxes[account_id]
