"""What a customer has asked for before, as evidence: that it waits, or that it is done."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from ..contracts import KnownRequest, TenantConfig
from ..evidence import Evidence
from ..llm.answers.phrases import phrases


def of_known(known: Iterable[KnownRequest], config: TenantConfig) -> list[Evidence]:
    """A piece for each request, in the tenant's language; ``data`` has ``request`` (its kind) and
    ``request_state``, and for an appointment ``starts_at`` in the tenant's time zone."""
    say, zone = phrases(config.language)["known"], ZoneInfo(config.hours.timezone)
    return [
        Evidence(
            kind="slot" if request.starts_at else "company",
            reference=request.scheduling_rule or "config",
            title=request.summary,
            text=say[request.state][request.kind].format(what=request.summary),
            via="request",
            data={"request": request.kind, "request_state": request.state} | _when(request, zone),
        )
        for request in known
    ]


def _when(request: KnownRequest, zone: ZoneInfo) -> dict[str, str]:
    if request.starts_at is None:
        return {}
    return {"starts_at": request.starts_at.astimezone(zone).isoformat()}
