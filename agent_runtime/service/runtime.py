"""The runtime's parts and their life: warmed in the background, closed in order."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
import os
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

from .. import __version__, metrics, tracing
from ..contracts import (
    Decided,
    DecideRequest,
    HandoverReason,
    Health,
    ModelTest,
    ModelTested,
    Preview,
    PreviewRequest,
    TurnRequest,
    TurnResult,
)
from ..crews.environment import arrange
from ..settings import Settings
from .callback import ResultSender
from .desk import TurnDesk
from .playground import Playground

if TYPE_CHECKING:
    from ..engine.turn import TurnEngine
    from ..knowledge.service import KnowledgeService
    from ..tools.toolbox import ToolboxFactory

STOP_GRACE = 3.0
"""Seconds that running turns get at a stop."""
RETURN_GRACE = 1.0
"""Seconds for giving the rest back; what does not arrive Odoo misses by itself, and sends again."""

RETRY_PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
_STORES = ("knowledge.service", "tools.toolbox")
_CREWS = ("engine.turn", "engine.rehearsal", "llm.provider", "llm.probe")

_log = logging.getLogger(__name__)


class Runtime:
    """One process's runtime. Made at once, useful as soon as :attr:`ready` is set."""

    def __init__(self, settings: Settings, sender: ResultSender | None = None) -> None:
        self.settings = settings
        self.boot_id = str(uuid.uuid4())
        self.ready = asyncio.Event()
        self.sender = sender or ResultSender(settings)
        self.desk = TurnDesk(
            self.boot_id, settings.max_turns, settings.turns_per_account, self._turn
        )
        self.playground = Playground(self.boot_id, self._tried)
        self._loaded = asyncio.Event()
        self._warm_tried = False
        self._trouble: str | None = None
        self._model_trouble: str | None = None
        self._knowledge: KnowledgeService | None = None
        self._toolboxes: ToolboxFactory | None = None
        self._engine: TurnEngine | None = None
        self._warming: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to warm up; returns at once, because the socket should serve at once."""
        self._warming = asyncio.get_running_loop().create_task(self._warm())
        self._warming.add_done_callback(_end_unless_warm)

    async def knowledge(self) -> KnowledgeService:
        """The knowledge store, open. Waits for the imports; raises the store's own errors."""
        await self._loaded.wait()
        await self._knowledge.start()
        return self._knowledge

    async def preview(self, request: PreviewRequest) -> Preview:
        """How the assistant would speak; needs nothing that has to be warmed up first."""
        # Off the loop: turns go on while somebody tries voices.
        return await asyncio.to_thread(_preview, request)

    async def decide(self, request: DecideRequest) -> Decided:
        """Who would take a message, and why. Waits for the imports."""
        await self._loaded.wait()
        from .decide import decide

        return await decide(request, self._toolboxes.companies)

    async def test_model(self, request: ModelTest) -> ModelTested:
        """Whether a tenant's model answers. Waits for the imports."""
        await self._loaded.wait()
        from ..llm.probe import probe

        return await probe(request.model)

    def health(self) -> Health:
        """What is known now; asks nobody."""
        checks = dict(self._toolboxes.health()) if self._toolboxes else {}
        checks["crews"] = self._trouble or ("ok" if self.ready.is_set() else "starting")
        if self._model_trouble:
            checks["model"] = self._model_trouble
        if not self.sender.configured:
            checks["callback"] = "AGENT_RUNTIME_CALLBACK_URL is not set"
        if not self._warm_tried:
            status = "starting"
        else:
            status = "ok" if set(checks.values()) <= {"ok"} else "degraded"
        return Health(status=status, boot_id=self.boot_id, version=__version__, checks=checks)

    async def close(self) -> None:
        """Finish the turns or give them back, then close what they used."""
        await self.playground.close()
        await self._give_back(await self.desk.close(STOP_GRACE))
        if self._warming:
            self._warming.cancel()
            await asyncio.wait({self._warming})
        if self._toolboxes:
            await self._toolboxes.close()
        if self._knowledge:
            await self._knowledge.close()
        await self.sender.close()

    async def _tried(self, request: TurnRequest) -> TurnResult | None:
        result = await self._answered(request)
        if result is not None and result.usage:
            # No customer's turn, but models are paid for it all the same.
            metrics.count_usage(result.usage)
        return result

    async def _turn(self, request: TurnRequest) -> TurnResult | None:
        result = await self._answered(request)
        if result is not None:
            metrics.count_turn(result)
            await self.sender.send(request, result)
        return result

    async def _give_back(self, dropped: list[TurnRequest]) -> None:
        """Tell Odoo of the turns that end with this process, so that it asks the next at once.

        The result of a turn whose answer has just been recorded is known already and ignored.
        """
        if not dropped:
            return
        results = [
            TurnResult(
                turn_id=request.turn_id,
                attempt=request.attempt,
                account_id=request.account_id,
                boot_id=self.boot_id,
                returned=True,
            )
            for request in dropped
        ]
        told = 0

        async def give(request: TurnRequest, result: TurnResult) -> None:
            nonlocal told
            if await self.sender.send(request, result):
                told += 1

        try:
            async with asyncio.timeout(RETURN_GRACE):
                await asyncio.gather(*map(give, dropped, results))
        except TimeoutError:
            _log.warning("turns not given back in time", extra={"turns": len(dropped) - told})
        metrics.GIVEN_BACK.inc(told)
        _log.info("turns given back", extra={"turns": told})

    async def _answered(self, request: TurnRequest) -> TurnResult | None:
        """The engine's result, once there is an engine; ``None`` when that came too late."""
        try:
            async with asyncio.timeout(request.deadline_seconds):
                await self.ready.wait()
        except TimeoutError:
            _log.error("turn dropped, still starting", extra={"turn": request.turn_id})
            return None
        with tracing.span(
            "turn",
            turn=request.turn_id,
            attempt=request.attempt,
            account=request.account_id,
            channel=request.channel.value,
        ) as known:
            result = await self._engine.run(request)
            known.update(_attributes(result))
        if not self._warm_tried and _out_of_time(result):
            _log.error("turn dropped, still starting", extra={"turn": request.turn_id})
            return None
        return result

    async def _warm(self) -> None:
        """Import, start, rehearse. What fails is tried again until it holds.

        Without its folders and imports there is nothing to try again with: that ends the process.
        """
        arrange(self.settings.state_dir)
        await asyncio.to_thread(_import, _STORES)
        self._open_stores()
        # The servers start on another processor while CrewAI is imported on this one.
        await asyncio.gather(self._toolboxes.start(), asyncio.to_thread(_import, _CREWS))
        self._build_engine()
        self._loaded.set()
        for attempt in range(1_000_000):
            try:
                await self._warm_once()
            except Exception as error:
                self._trouble = f"{type(error).__name__} while starting"
                _log.exception("warm-up failed", extra={"try": attempt + 1})
                # Turns need not wait for a store that is down: they answer what they can.
                self.ready.set()
                self._warm_tried = True
                await asyncio.sleep(RETRY_PAUSES[min(attempt, len(RETRY_PAUSES) - 1)])
            else:
                self._trouble = None
                self._warm_tried = True
                # What is here now stays: the collector need not look through it again, for
                # half a second in which no turn moves.
                gc.freeze()
                _log.info("runtime ready", extra={"boot": self.boot_id})
                return

    async def _warm_once(self) -> None:
        from ..engine.rehearsal import rehearse
        from ..llm.provider import trouble

        try:
            self._model_trouble, _ = await asyncio.gather(
                asyncio.to_thread(trouble, self.settings), rehearse()
            )
        except Exception:
            # Searches wait for the store to be tried once, rehearsed or not.
            self.ready.set()
            await self._toolboxes.warm()
            raise
        # Hours, prices and people need no passages: only searches wait for what comes now.
        self.ready.set()
        await self._toolboxes.warm()

    def _open_stores(self) -> None:
        from ..knowledge.service import KnowledgeService
        from ..tools.toolbox import ToolboxFactory

        self._knowledge = KnowledgeService(self.settings)
        self._toolboxes = ToolboxFactory(self.settings, self._knowledge)

    def _build_engine(self) -> None:
        from ..engine.turn import TurnEngine

        self._engine = TurnEngine(self.settings, self._toolboxes, self.boot_id)


def _out_of_time(result: TurnResult) -> bool:
    """Whether there was no answer within the deadline; Odoo asks again for one that is dropped."""
    return result.handover is not None and result.handover.reason is HandoverReason.DEADLINE


def _attributes(result: TurnResult) -> dict[str, str | int | None]:
    """What a trace tells of a turn's end."""
    return {
        "crew": result.decision.crew if result.decision else None,
        "role": result.decision.role if result.decision else None,
        "handover": result.handover.reason.value if result.handover else None,
        "sources": len(result.sources),
        "model_calls": result.usage.calls if result.usage else 0,
    }


def end_process() -> NoReturn:
    """Leave with status 1, as :func:`.server.serve` leaves; the supervisor starts it again."""
    logging.shutdown()
    os._exit(1)


def _end_unless_warm(warming: asyncio.Task[None]) -> None:
    if warming.cancelled() or not (error := warming.exception()):
        return
    # Health would say "starting" and callers wait for ever, and nobody would know why.
    _log.critical("cannot start", exc_info=error)
    end_process()


def _preview(request: PreviewRequest) -> Preview:
    from ..engine.preview import preview

    return preview(request)


def _import(modules: Iterable[str]) -> None:
    """CrewAI alone takes seconds; off the loop, health keeps answering meanwhile."""
    package = __package__.partition(".")[0]
    for module in modules:
        importlib.import_module(f"{package}.{module}")
