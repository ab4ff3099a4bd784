"""When a company is open, and what happens while it is not."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from .base import Contract

Outside = Literal["answer", "closed_message", "handover"]
"""What happens to a message that comes while the company is closed."""


class OpeningHours(Contract):
    """One open interval of a weekday, in the tenant's time zone."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    """0 is Monday, as in ``datetime.weekday`` and ``resource.calendar.attendance``."""
    start: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    end: Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


class Closure(Contract):
    """A holiday or leave of the calendar; end exclusive."""

    name: str
    start: AwareDatetime
    end: AwareDatetime


class Hours(Contract):
    """When the company is open."""

    timezone: str
    """IANA name, for example ``America/Sao_Paulo``."""
    week: tuple[OpeningHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    outside: Outside = "answer"
    closed_message: str | None = None
    """Own words for it; ``None`` leaves the sentence to the assistant. The next opening is
    added either way."""
