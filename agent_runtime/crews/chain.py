"""A crew's answer by the first of the turn's models that gives one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from crewai.llms.base_llm import BaseLLM
from crewai.tools import BaseTool

from ..contracts import ModelAccess, Usage
from ..engine.briefing import Briefing
from ..llm.grounded import GroundedLLM
from ..llm.meter import BudgetSpent
from ..llm.metered import ModelDown, Purpose, told_by
from ..llm.turn_models import TurnModels
from ..settings import GROUNDED
from . import kickoff
from .definition import CrewDefinition

_log = logging.getLogger(__name__)


class Written(NamedTuple):
    """What the models of a turn came to."""

    text: str | None
    """As the crew wrote it, trailer included; ``None`` when nobody wrote."""
    usage: Usage
    trouble: ModelDown | BudgetSpent | None = None
    """Why the built-in responder, or nobody, wrote instead of a provider's model."""
    access: ModelAccess | None = None
    """The provider's model that wrote: names may stand for several."""


async def write(
    definition: CrewDefinition,
    briefing: Briefing,
    models: TurnModels,
    tools: Callable[[], Sequence[BaseTool]],
    purpose: Purpose = "answer",
) -> Written:
    """Let the crew write. What is not the models' trouble is raised as it is.

    ``tools`` makes them anew for each model: they count how often they were used.
    """
    trouble = None
    for place, access in enumerate(models.providers):
        behind = len(models.providers) - place - 1
        try:
            llm = await asyncio.to_thread(models.open, access, purpose, behind)
            text = await kickoff.run(definition, briefing, llm, tools())
        except Exception as error:
            if not (trouble := told_by(error)):
                raise
            _log.warning("model failed", extra=_told(access, trouble))
            if isinstance(trouble, BudgetSpent):
                break
        else:
            return Written(text, models.usage(access.model), access=access)
    if trouble and not models.grounded_last:
        return Written(None, models.usage(models.providers[-1].model), trouble)
    own: BaseLLM = GroundedLLM()
    text = await kickoff.run(definition, briefing, own, tools())
    return Written(text, models.usage(GROUNDED, own), trouble)


def _told(access: ModelAccess, trouble: Exception) -> dict[str, str]:
    return {"model": access.model, "trouble": str(trouble)}
