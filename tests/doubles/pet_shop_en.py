"""A pet shop whose owner and customers write English, behind the real engine and search."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import yaml

from agent_runtime.contracts import TenantConfig, TurnResult
from agent_runtime.evaluation.business import OWNER, Business
from agent_runtime.evaluation.toolbox import EvaluationToolboxes, index
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.settings import Settings
from tests.doubles import turns


def business() -> Business:
    """What ``pet_shop_en.yaml`` describes."""
    raw = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    receipt = {
        "account_id": raw["account_id"],
        "owner": OWNER,
        "version": 1,
        "published_at": raw["moment"],
        "content_hash": "0" * 64,
    }
    config = TenantConfig.model_validate(raw.pop("config") | receipt)
    return Business(name="happy paws", config=config, **raw)


class House:
    """The shop behind one engine."""

    def __init__(self, shop: Business, engine: object) -> None:
        self._shop = shop
        self._engine = engine

    async def ask(self, question: str, before: Sequence[tuple[str, str]] = ()) -> TurnResult:
        """The answer to a customer's message after ``before``, pairs of role and text."""
        request = turns.turn(
            *question.split("\n"),
            account_id=self._shop.account_id,
            moment=self._shop.moment,
            rules=self._shop.rules,
            history=(turns.said("crew", "Hi!"), *(turns.said(*entry) for entry in before)),
        )
        return await self._engine.run(request)


@asynccontextmanager
async def opened(state: Path) -> AsyncIterator[House]:
    """The shop with its texts indexed in a store under ``state``."""
    from agent_runtime.engine.turn import TurnEngine

    settings = Settings.from_environ(
        {"AGENT_RUNTIME_TOKEN": "t" * 32, "AGENT_RUNTIME_STATE_DIR": str(state)}
    )
    shop = business()
    knowledge = KnowledgeService(settings, clock=lambda: shop.moment)
    await knowledge.start()
    try:
        await index(knowledge, shop)
        yield House(shop, TurnEngine(settings, EvaluationToolboxes(knowledge, [shop]), "boot"))
    finally:
        await knowledge.close()
