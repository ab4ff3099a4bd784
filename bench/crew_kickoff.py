"""``crew_kickoff``: our crew's kickoff against CrewAI's own with the same agent and task.

Both run one agent and one task with a model that answers at once. Ours is built anew for each
turn, as in production, and carries a briefing; the bare one is built by CrewAI's defaults.
"""

from __future__ import annotations

import asyncio
import logging
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from agent_runtime.crews import environment

from .rows import Row

KICKOFFS = 60
WARM_UP = 5


def measure() -> list[Row]:
    """Median of both, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        # Before the first import of crewai, as the service does.
        environment.arrange(Path(folder))
        # The instant model counts no tokens, which CrewAI mentions at every call.
        logging.getLogger("crewai").setLevel(logging.ERROR)
        return asyncio.run(_measure())


async def _measure() -> list[Row]:
    from crewai import Agent, Crew, Task
    from crewai.llms.base_llm import BaseLLM

    from agent_runtime.contracts import Channel, CompanyProfile, Hours, Voice
    from agent_runtime.crews.definition import crew
    from agent_runtime.crews.kickoff import run
    from agent_runtime.engine.briefing import Briefing

    class Instant(BaseLLM):
        """A model of zero milliseconds."""

        def call(self, *_args, **_kwargs) -> str:
            return "Abrimos às 9:00."

        def supports_function_calling(self) -> bool:
            return False

    llm = Instant(model="instant")
    definition = crew("whatsapp")
    briefing = Briefing(
        language="pt_BR",
        currency="BRL",
        channel=Channel.WHATSAPP,
        form=definition.form,
        now=datetime.now(UTC),
        question="Que horas vocês abrem?",
        latest="Que horas vocês abrem?",
        intents=("opening_hours",),
        company=CompanyProfile(name="Patas & Cia"),
        hours=Hours(timezone="America/Sao_Paulo"),
        voice=Voice(),
    )

    async def ours() -> None:
        await run(definition, briefing, llm, [])

    async def bare() -> None:
        agent = Agent(
            role=definition.role, goal=definition.goal, backstory=definition.backstory, llm=llm
        )
        task = Task(
            description=briefing.question, expected_output=definition.expected_output, agent=agent
        )
        await Crew(agents=[agent], tasks=[task]).akickoff()

    # In turns, so that a busy machine slows both.
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(WARM_UP + KICKOFFS):
        for values, kickoff in zip(taken, (ours, bare), strict=True):
            values.append(await _milliseconds(kickoff))
    own, baseline = (statistics.median(values[WARM_UP:]) for values in taken)
    return [Row("crew_kickoff", own, "ms", baseline)]


async def _milliseconds(kickoff: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await kickoff()
    return 1000 * (time.perf_counter() - begun)
