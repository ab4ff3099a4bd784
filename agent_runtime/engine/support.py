"""Which claims the evidence supports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from ..contracts import Closure, DeliveryTerms, SchedulingTerms, TenantConfig
from ..evidence import Evidence
from ..llm.answers.money import duration
from .claims import Claim, claims, decimal


def of_evidence(piece: Evidence, timezone: str) -> set[Claim]:
    """Claims of one piece, from its words and from its typed data."""
    found = _of_texts(piece.title, piece.text, piece.data.get("default_code"))
    for key, kind in _TYPED.items():
        value = piece.data.get(key)
        if value is not None and (number := decimal(format(Decimal(str(value)), "f"))):
            found.add(Claim(kind, number))
    for key in ("valid_from", "valid_until", "starts_at"):
        if piece.data.get(key):
            found |= _moment(datetime.fromisoformat(piece.data[key]), timezone)
    found |= _of_texts(*(piece.data.get(key) for key in ("date", "delivery_date", "number")))
    if piece.data.get("scope"):
        found |= claims(piece.data["scope"])
    if minutes := piece.data.get("duration_minutes"):
        found |= _duration(minutes)
    if scheduling := piece.data.get("scheduling"):
        found |= _of_scheduling(SchedulingTerms.model_validate(scheduling))
    if delivery := piece.data.get("delivery"):
        found |= _of_delivery(DeliveryTerms.model_validate(delivery))
    return found


def of_config(config: TenantConfig) -> set[Claim]:
    """Claims of the published facts: profile, hours and closures."""
    company = config.company
    profile = [value for value in company.model_dump().values() if isinstance(value, str)]
    profile += [text for c in company.contacts for text in (c.label, c.value) if text]
    found = _of_texts(*profile, config.hours.closed_message)
    for opening in config.hours.week:
        found |= _of_texts(opening.start, opening.end)
    return found | _of_closures(config.hours.closures, config.hours.timezone)


def supports(known: Iterable[Claim], claim: Claim) -> bool:
    """Whether ``claim`` is among ``known``; a date may leave the year out on either side, and an
    address the number of the house."""
    if claim.kind == "address":
        return any(
            other.kind == "address" and f"{other.value} ".startswith(f"{claim.value} ")
            for other in known
        )
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


def _of_texts(*texts: str | None) -> set[Claim]:
    """Claims of each by itself: digits at the end of one and the start of the next are not one
    number."""
    return set[Claim]().union(*(claims(text) for text in texts if text))


def _of_scheduling(terms: SchedulingTerms) -> set[Claim]:
    """Claims of booking terms, durations and hours in the forms in which people write them."""
    found = _duration(terms.duration_minutes) | _duration(terms.notice_minutes)
    if terms.horizon_days:
        found.add(Claim("number", str(terms.horizon_days)))
    words = (terms.cancellation, terms.rescheduling, terms.required_information, terms.confirmation)
    found |= _of_texts(terms.service, *words)
    for window in terms.windows:
        found |= _of_texts(window.start, window.end)
    return found | _of_closures(terms.closures, terms.timezone)


def _of_closures(closures: Iterable[Closure], timezone: str) -> set[Claim]:
    found: set[Claim] = set()
    for closure in closures:
        found |= claims(closure.name)
        found |= _moment(closure.start, timezone) | _moment(closure.end, timezone)
    return found


def _of_delivery(terms: DeliveryTerms) -> set[Claim]:
    """Claims of delivery terms. A waived fee needs none: it is no amount."""
    amounts = (terms.fee, terms.free_from)
    found = {Claim("price", decimal(format(a, "f")) or "0") for a in amounts if a is not None}
    days = (terms.days_min, terms.days_max)
    found |= {Claim("number", str(count)) for count in days if count is not None}
    codes = (code for area in terms.postal_ranges for code in (area.first, area.last))
    for code in codes:
        found |= _of_texts(code, f"{code[:5]}-{code[5:]}")
    return found | _of_texts(*terms.cities, *terms.carriers, terms.remarks)


def _duration(minutes: int) -> set[Claim]:
    """A length of time as "90 minutos", "1 hora e 30 minutos", "1h30" or "2 dias"."""
    hours, rest = divmod(minutes, 60)
    forms = [f"{minutes} minutos", *(duration(minutes, language) for language in ("pt", "en"))]
    if hours:
        forms += [f"{hours}h{rest:02}" if rest else f"{hours}h", f"{hours} hours"]
    return _of_texts(*forms)


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
    "total": "price",
    "result": "price",
}
