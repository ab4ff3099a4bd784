"""What a customer is told who writes while the company is closed. Pure."""

from __future__ import annotations

from datetime import datetime

from ..contracts import TenantConfig
from ..llm.answers import hours
from ..llm.answers.phrases import phrases


def message(config: TenantConfig, moment: datetime) -> str:
    """The company's own words, else ours, and when it opens again."""
    own = config.hours.closed_message
    text = own.strip() if own else phrases(config.language)["closed_message"]
    opening = reopening(config, moment)
    # Nobody knows how a company's own words end, so that ours begin on a line of their own.
    return (f"{text}\n{opening}" if own else f"{text} {opening}") if opening else text


def reopening(config: TenantConfig, moment: datetime) -> str | None:
    """When the company opens again; ``None`` when that is not in sight."""
    return hours.next_opening(config.hours, moment, config.language)
