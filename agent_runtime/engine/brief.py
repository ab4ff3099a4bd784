"""The briefing of a turn from what is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from ..contracts import TenantConfig, TurnRequest
from ..crews.abilities import roles_of
from ..decision.engine import Verdict
from ..evidence import Evidence
from .briefing import Briefing, Form


def brief(
    request: TurnRequest,
    config: TenantConfig,
    verdict: Verdict,
    form: Form,
    evidence: Iterable[Evidence],
    searched: Iterable[str] = (),
) -> Briefing:
    """What a crew is told: the question, the company, and what was found."""
    return Briefing(
        language=config.language,
        currency=config.currency,
        channel=request.channel,
        form=form,
        now=request.moment.astimezone(ZoneInfo(config.hours.timezone)),
        question=verdict.question,
        latest=request.text,
        intents=verdict.decision.intents,
        roles=roles_of(verdict.decision),
        history=request.history,
        company=config.company,
        hours=config.hours,
        voice=config.voice,
        rating=config.rating,
        promotions_allowed=config.promotions_allowed,
        internal=request.internal is not None,
        identified=request.customer.identity is not None,
        reads_orders=config.reads_orders,
        evidence=tuple(evidence),
        searched=tuple(searched),
    )
