"""Running the turns through the real engine, in this process and without Odoo."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ..crews.environment import arrange
from ..settings import Settings
from . import business as businesses
from . import turns
from .business import Business
from .judge import Judged, judge

_AT_ONCE = 16
_MODEL_SECONDS = 20.0


def run(
    which: turns.Which = "all",
    only: Sequence[str] = (),
    model: str = "grounded",
    base_url: str | None = None,
    api_key: str | None = None,
) -> list[Judged]:
    """Answer and judge the turns of all businesses, or of ``only`` some.

    The knowledge of every business lies in one private store, so that a wall between accounts
    that does not hold would show.
    """
    with tempfile.TemporaryDirectory(prefix="evaluation-") as folder:
        arrange(Path(folder))
        known = {
            "AGENT_RUNTIME_TOKEN": "no-service-listens-here",
            "AGENT_RUNTIME_STATE_DIR": folder,
            "AGENT_RUNTIME_MODEL": model,
            "AGENT_RUNTIME_MODEL_BASE_URL": base_url or "",
            "AGENT_RUNTIME_MODEL_API_KEY": api_key or "",
            "AGENT_RUNTIME_MODEL_TIMEOUT": str(_MODEL_SECONDS),
        }
        log = logging.getLogger("agent_runtime")
        level = log.level
        # Under attack the runtime warns at every turn, as it should.
        log.setLevel(logging.ERROR)
        try:
            return asyncio.run(_run(Settings.from_environ(known), which, only))
        finally:
            log.setLevel(level)


async def _run(settings: Settings, which: turns.Which, only: Sequence[str]) -> list[Judged]:
    # After the surroundings are arranged: CrewAI reads them when it is imported.
    from ..engine.turn import TurnEngine
    from ..knowledge.service import KnowledgeService
    from .toolbox import EvaluationToolboxes, index

    every = [businesses.load(name) for name in businesses.names()]
    knowledge = KnowledgeService(settings, clock=lambda: _now(every))
    try:
        await knowledge.start()
        for business in every:
            await index(knowledge, business)
        engine = TurnEngine(settings, EvaluationToolboxes(knowledge, every), "evaluation")
        places = asyncio.Semaphore(_AT_ONCE)

        async def one(case: turns.Case, business: Business) -> Judged:
            async with places:
                result = await engine.run(case.request(business))
            return judge(case, business, result, every)

        return await asyncio.gather(
            *(
                one(case, business)
                for business in every
                if not only or business.name in only
                for case in turns.load(business.name, which)
            )
        )
    finally:
        await knowledge.close()


def _now(every: Sequence[Business]) -> datetime:
    """The businesses' common day, for what their texts' validity is judged by."""
    return max(business.moment for business in every)
