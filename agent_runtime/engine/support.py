"""Which claims the evidence supports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from ..contracts import TenantConfig
from ..evidence import Evidence
from .claims import Claim, claims, decimal


def of_evidence(piece: Evidence, timezone: str) -> set[Claim]:
    """Claims of one piece, from its words and from its typed data."""
    found = claims(f"{piece.title}\n{piece.text}\n{piece.data.get('default_code') or ''}")
    for key, kind in _TYPED.items():
        value = piece.data.get(key)
        if value is not None and (number := decimal(format(Decimal(str(value)), "f"))):
            found.add(Claim(kind, number))
    if piece.data.get("valid_until"):
        found |= _moment(datetime.fromisoformat(piece.data["valid_until"]), timezone)
    return found


def of_config(config: TenantConfig) -> set[Claim]:
    """Claims of the published facts: profile, hours and closures."""
    profile = [value for value in config.company.model_dump().values() if value]
    found = claims("\n".join(profile))
    for opening in config.hours.week:
        found |= claims(f"{opening.start}\n{opening.end}")
    for closure in config.hours.closures:
        found |= claims(closure.name)
        found |= _moment(closure.start, config.hours.timezone)
        found |= _moment(closure.end, config.hours.timezone)
    return found


def supports(known: Iterable[Claim], claim: Claim) -> bool:
    """Whether ``claim`` is among ``known``; a date may leave the year out on either side."""
    if claim.kind != "date":
        return claim in known
    return any(
        other.kind == "date"
        and (
            other.value == claim.value
            or (len(other.value) != len(claim.value) and other.value[-5:] == claim.value[-5:])
        )
        for other in known
    )


def _moment(moment: datetime, timezone: str) -> set[Claim]:
    """Date and time of a moment; for an exclusive end also of the day that it ends."""
    local = moment.astimezone(ZoneInfo(timezone))
    return {
        Claim("date", local.date().isoformat()),
        Claim("date", (local - timedelta(seconds=1)).date().isoformat()),
        Claim("time", f"{local:%H:%M}"),
    }


_TYPED = {
    "price": "price",
    "discount_amount": "price",
    "discount_percent": "percent",
    "quantity": "number",
}
