"""Building a crew from its definition and letting CrewAI run it."""

from __future__ import annotations

from collections.abc import Sequence

from crewai import Agent, Process, Task
from crewai.llms.base_llm import BaseLLM
from crewai.tools import BaseTool

from ..engine.briefing import Briefing, embed
from . import voice
from .definition import CrewDefinition
from .lean import Crew, Executor, trim

trim()

MAX_ITERATIONS = 4
"""Rounds of tool use before CrewAI asks the model for its final answer."""


async def run(
    definition: CrewDefinition, briefing: Briefing, llm: BaseLLM, tools: Sequence[BaseTool]
) -> str:
    """The crew's answer as it wrote it, trailer included.

    Raises whatever the model raises. Runs on the caller's loop; the model and the tools run in
    the loop's default executor.
    """
    output = await build(definition, briefing, llm, tools).akickoff()
    return output.raw


def build(
    definition: CrewDefinition, briefing: Briefing, llm: BaseLLM, tools: Sequence[BaseTool]
) -> Crew:
    """A crew of one attendant with one task, made anew for every turn: nothing is carried over."""
    agent = Agent(
        role=definition.role,
        goal=definition.goal,
        backstory=definition.backstory,
        llm=llm,
        tools=list(tools),
        executor_class=Executor,
        allow_delegation=False,
        cache=False,
        max_iter=MAX_ITERATIONS,
        max_retry_limit=0,
        verbose=False,
    )
    task = Task(
        description=_description(definition, briefing),
        expected_output=definition.expected_output,
        agent=agent,
    )
    return Crew(
        name=definition.name,
        agents=[agent],
        tasks=[task],
        process=Process.sequential,
        cache=False,
        memory=False,
        tracing=False,
        verbose=False,
    )


def instructions(definition: CrewDefinition, briefing: Briefing) -> str:
    """All that the model is told beside the briefing, and no customer is."""
    task = definition.description.replace("{form}", _manner(definition, briefing))
    said = (definition.role, definition.goal, definition.backstory, task)
    return "\n".join((*said, definition.expected_output))


def _description(definition: CrewDefinition, briefing: Briefing) -> str:
    # Filled in here and not by CrewAI's interpolation, which would read braces in customers' text.
    before, after = definition.description.split("{briefing}")
    return before.replace("{form}", _manner(definition, briefing)) + embed(briefing) + after


def _manner(definition: CrewDefinition, briefing: Briefing) -> str:
    return "\n\n".join((definition.guidance, definition.focus, voice.instructions(briefing.voice)))
