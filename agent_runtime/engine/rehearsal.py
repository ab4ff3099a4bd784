"""One crew run without a customer, so that the first customer does not pay for first times."""

from __future__ import annotations

from datetime import UTC, datetime

from ..contracts import CREWS, ROLES, Channel, CompanyProfile, Hours, Voice
from ..crews import kickoff
from ..crews.definition import crew
from ..decision import vocabulary as v
from ..llm.grounded import GroundedLLM
from .briefing import Briefing


async def rehearse() -> None:
    """Read every crew's and role's definition and let the built-in model answer a greeting."""
    definitions = [crew(name, ROLES) for name in CREWS]
    briefing = Briefing(
        language="pt_BR",
        currency="BRL",
        channel=Channel.WEB,
        form=definitions[0].form,
        now=datetime.now(UTC),
        question="oi",
        latest="oi",
        intents=(v.GREETING,),
        company=CompanyProfile(name="-"),
        hours=Hours(timezone="UTC"),
        voice=Voice(),
    )
    await kickoff.run(definitions[0], briefing, GroundedLLM(), [])
