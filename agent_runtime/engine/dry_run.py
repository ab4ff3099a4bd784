"""Deciding a message as if it had arrived: who would take it, and why. Nothing is answered."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from ..contracts import (
    Customer,
    CustomerMessage,
    Decided,
    DecideRequest,
    TenantConfig,
    TurnRequest,
)
from . import turn_rules
from .deciding import consider

_SOMEBODY = "-"


def dry_run(asked: DecideRequest, config: TenantConfig) -> Decided:
    """The decision with this configuration and, where the request brings one, its routing.

    Pure but for the clock: time is measured, and a request without a moment is asked now.
    """
    if asked.routing is not None:
        config = config.model_copy(update={"routing": asked.routing})
    request = _turn(asked, config)
    rules = turn_rules.of_request(request, config).in_force
    start = time.perf_counter()
    read = consider(request, rules, config)
    milliseconds = (time.perf_counter() - start) * 1000
    return Decided(
        decision=read.verdict.decision,
        handover=read.handover,
        outside=read.outside,
        milliseconds=round(milliseconds, 3),
    )


def _turn(asked: DecideRequest, config: TenantConfig) -> TurnRequest:
    moment = asked.moment or datetime.now(UTC)
    return TurnRequest(
        turn_id="decide",
        attempt=1,
        account_id=asked.account_id,
        conversation_id=0,
        channel=asked.channel,
        inbox_id=asked.inbox_id,
        config_version=config.version,
        moment=moment,
        messages=(CustomerMessage(id=1, text=asked.text, sent_at=moment),),
        history=asked.history,
        customer=Customer(name=_SOMEBODY if asked.customer_known else None, tags=asked.labels),
        internal=asked.internal,
        rules=asked.rules,
        priority=asked.priority,
        last_role=asked.last_role,
        callback_token="",
    )
