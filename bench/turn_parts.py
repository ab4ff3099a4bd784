"""``turn_parts``: a turn with one call of a model that answers at once, against its parts.

The parts are what such a turn cannot do without, each measured by itself and added up: the search
in the documents, the search in the rules, the decision, and CrewAI's own kickoff with the same
model over the same wire, which keeps no outputs either. Of the two searches, which the turn makes
at the same time, the longer counts. The turn adds gathering, briefing, checking and its own
bookkeeping.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable

from agent_runtime.contracts import KnowledgeItem, KnowledgeUpsert
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.openai_server import OpenAIServer

from .rows import Row
from .turn_runtime import TOKEN, published

ACCOUNT = 7
PASSAGES = 100
TURNS = 40
WARM_UP = 5
QUESTION = "posso trocar um produto?"
CLOSINGS = (
    "Se precisar, é só chamar!",
    "Fico à disposição.",
    "Conte com a gente!",
    "Estamos aqui para ajudar.",
    "Qualquer dúvida, é só falar.",
    "Até mais!",
    "Obrigado pelo contato.",
    "Um abraço!",
    "Espero ter ajudado.",
    "Boa semana!",
)
"""Two of them make each answer of the model a new text for the check, as in life."""
RULES = ("business_rules",)


def measure() -> list[Row]:
    """Median milliseconds of the turn, and of its parts together as the baseline."""
    with (
        tempfile.TemporaryDirectory() as folder,
        published(ACCOUNT) as mongo,
        OpenAIServer(
            [" ".join((turns.EXCHANGE.text, *two)) for two in itertools.permutations(CLOSINGS, 2)]
        ) as model,
    ):
        settings = Settings.from_environ(
            {
                "AGENT_RUNTIME_TOKEN": TOKEN,
                "AGENT_RUNTIME_STATE_DIR": folder,
                "MONGODB_URL": mongo,
                "AGENT_RUNTIME_MODEL": "openai/measured",
                "AGENT_RUNTIME_MODEL_BASE_URL": model.url,
                "AGENT_RUNTIME_MODEL_API_KEY": "none",
            }
        )
        return asyncio.run(_measure(settings, model))


async def _measure(settings: Settings, model: OpenAIServer) -> list[Row]:
    from agent_runtime.crews import environment

    # Before the first import of crewai, as the service does.
    environment.arrange(settings.state_dir)
    logging.getLogger("crewai").setLevel(logging.ERROR)
    from agent_runtime.decision.engine import decide
    from agent_runtime.engine.turn import TurnEngine
    from agent_runtime.knowledge.service import KnowledgeService
    from agent_runtime.tools.toolbox import ToolboxFactory

    knowledge = KnowledgeService(settings)
    await knowledge.start()
    toolboxes = ToolboxFactory(settings, knowledge)
    await toolboxes.start()
    try:
        await knowledge.upsert(_passages())
        engine = TurnEngine(settings, toolboxes, "bench")
        toolbox = toolboxes.open(ACCOUNT, turns.config().version, None)
        kickoff = _kickoff(settings)
        numbers = iter(range(1_000_000))

        async def turn() -> None:
            asked = len(model.requests)
            question = turns.turn(QUESTION, turn_id=f"bench:{next(numbers)}", account_id=ACCOUNT)
            result = await engine.run(question)
            if len(model.requests) != asked + 1 or result.handover:
                raise RuntimeError(
                    f"{len(model.requests) - asked} model calls, handed over: {result.handover}"
                )

        asked, config = turns.turn(QUESTION, account_id=ACCOUNT), turns.config(ACCOUNT)

        async def decision() -> None:
            decide(asked, (), config)

        parts: tuple[Callable[[], Awaitable[object]], ...] = (
            lambda: toolbox.search_documents(QUESTION),
            lambda: toolbox.search_rules(QUESTION, RULES),
            decision,
            kickoff,
        )
        whole: list[float] = []
        single: list[list[float]] = [[] for _part in parts]
        # In turns, so that a busy machine slows both.
        for _number in range(WARM_UP + TURNS):
            whole.append(await _milliseconds(turn))
            for taken, part in zip(single, parts, strict=True):
                taken.append(await _milliseconds(part))
    finally:
        await toolboxes.close()
        await knowledge.close()
    *searches, decided, kicked_off = (statistics.median(taken[WARM_UP:]) for taken in single)
    together = max(searches) + decided + kicked_off
    return [Row("turn_parts", statistics.median(whole[WARM_UP:]), "ms", together)]


def _kickoff(settings: Settings) -> Callable[[], Awaitable[object]]:
    """CrewAI's own run of one agent and one task, its model opened anew as for each turn."""
    from crewai import Agent, Task

    from agent_runtime.crews.definition import crew
    from agent_runtime.crews.lean import Crew
    from agent_runtime.llm.provider import installation, open_model

    definition = crew("whatsapp")

    async def run() -> None:
        llm = await asyncio.to_thread(open_model, installation(settings), 25.0)
        agent = Agent(
            role=definition.role, goal=definition.goal, backstory=definition.backstory, llm=llm
        )
        task = Task(description=QUESTION, expected_output=definition.expected_output, agent=agent)
        await Crew(agents=[agent], tasks=[task]).akickoff()

    return run


def _passages() -> KnowledgeUpsert:
    items = tuple(
        KnowledgeItem(
            model="business.support.document",
            record_id=number,
            title=f"Produto {number}",
            text=f"O manual do produto {number} acompanha a caixa.",
            content_hash=str(number),
        )
        for number in range(1, PASSAGES)
    )
    exchange = KnowledgeItem(
        model="business.support.document",
        record_id=PASSAGES,
        title=turns.EXCHANGE.title,
        text=turns.EXCHANGE.text,
        content_hash="exchange",
    )
    return KnowledgeUpsert(
        account_id=ACCOUNT,
        collection="support_documents",
        origin="bench",
        items=(*items, exchange),
    )


async def _milliseconds(call: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await call()
    return 1000 * (time.perf_counter() - begun)
