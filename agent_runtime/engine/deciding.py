"""What is decided of a message before anything is read for it. Pure.

One way for the turn and for the dry run, so that what is tried is what will happen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

from .. import opening
from ..contracts import HandoverReason, Outside, Rule, TenantConfig, TurnRequest
from ..decision.choice import chosen
from ..decision.concern import Concern, concern
from ..decision.engine import Verdict, decide
from . import feedback, message

AT_ONCE: Final = 500
HISTORY_AT_ONCE: Final = 5000
"""Characters that are read on the event loop; what is longer must not hold up other turns."""


class Considered(NamedTuple):
    """How a turn goes on: with a person, the mark's thanks, the closed message, or a crew."""

    request: TurnRequest
    """With the words that are to be answered."""
    verdict: Verdict
    wanted: Concern | None
    """Why a person has to answer, which comes before all else."""
    rated: feedback.Reply | None
    """What is said to an answer to the rating request."""
    outside: Outside
    """``answer`` also for what needs no open company."""

    @property
    def only_rates(self) -> bool:
        """Whether the message is an answer to the rating request and nothing else."""
        return self.rated is not None and not self.rated.rest

    @property
    def handover(self) -> HandoverReason | None:
        """Why a person answers instead of a crew."""
        if self.wanted:
            return self.wanted.reason
        return HandoverReason.CLOSED if self.outside == "handover" else None


async def considered(
    request: TurnRequest, rules: Sequence[Rule], config: TenantConfig
) -> Considered:
    """:func:`consider`, in a thread of its own where there is much to read."""
    said = sum(len(entry.text) for entry in request.history)
    if len(request.text) <= AT_ONCE and said <= HISTORY_AT_ONCE:
        return consider(request, rules, config)
    return await asyncio.to_thread(consider, request, rules, config)


def consider(request: TurnRequest, rules: Sequence[Rule], config: TenantConfig) -> Considered:
    """Decide a request by the rules in force and the tenant's configuration."""
    wanted = concern_of(request, request.text)
    rated = feedback.reply(request.text, request.history, config)
    if rated and wanted and wanted.reason is HandoverReason.FRUSTRATION:
        # A bad mark's own words are feedback; what stands beside them may be more.
        wanted = concern_of(request, rated.rest)
    picked = None if rated else chosen(request.text, request.history)
    if words := (picked and picked.text) or (rated and rated.rest):
        request = message.saying(words, request)
    rating = rated is not None and not rated.rest
    verdict = decide(request, rules, config, rating=rating, chosen=picked, wanted=wanted)
    outside = "answer" if wanted or rating else _outside(request, config)
    return Considered(request, verdict, wanted, rated, outside)


def concern_of(request: TurnRequest, text: str) -> Concern | None:
    """Why a person has to answer ``text`` in this conversation."""
    internal = request.internal is not None
    return concern(text, request.history, request.moment, internal=internal)


def _outside(request: TurnRequest, config: TenantConfig) -> Outside:
    """What to do with a customer who may have written while the company is closed.

    Odoo has decided it by the hours in force; what asks without Odoo goes by the published.
    """
    return request.outside or opening.conduct(config.hours, request.moment, request.internal)
