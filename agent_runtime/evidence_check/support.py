"""Which claims the evidence supports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from ..contracts import Closure, DeliveryTerms, SchedulingTerms, TenantConfig
from ..evidence import Evidence
from ..llm.answers.money import duration
from .claims import Claim, claims, decimal
from .units import unit_of

DAY = 24 * 60
"""Minutes."""


def of_evidence(piece: Evidence, timezone: str) -> set[Claim]:
    """Claims of one piece, from its words and from its typed data."""
    found = of_texts(piece.title, piece.text, piece.data.get("default_code"))
    for key, kind in _TYPED.items():
        value = piece.data.get(key)
        if value is not None and (number := decimal(format(Decimal(str(value)), "f"))):
            found.add(Claim(kind, number))
    found |= amount_of(piece)
    if measure := unit_of(str(piece.data.get("uom") or "")):
        found.add(Claim("measure", measure))
    for key in ("valid_from", "valid_until", "starts_at"):
        if piece.data.get(key):
            found |= _moment(datetime.fromisoformat(piece.data[key]), timezone)
    found |= of_texts(*(piece.data.get(key) for key in ("date", "delivery_date", "number")))
    if piece.data.get("scope"):
        found |= claims(piece.data["scope"])
    if minutes := piece.data.get("duration_minutes"):
        found |= length(minutes)
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
    found = of_texts(*profile, config.hours.closed_message)
    for opening in config.hours.week:
        found |= of_texts(opening.start, opening.end)
    return found | of_closures(config.hours.closures, config.hours.timezone)


def amount_of(piece: Evidence) -> set[Claim]:
    """How many of a product there are, in its own unit."""
    quantity = piece.data.get("quantity")
    if quantity is None:
        return set()
    unit = unit_of(str(piece.data.get("uom") or "")) or "unidades"
    return {Claim("number", f"{decimal(format(Decimal(str(quantity)), 'f'))} {unit}")}


def supports(known: Iterable[Claim], claim: Claim) -> bool:
    """Whether ``claim`` is among ``known``; a date may leave the year out on either side, an
    address the number of the house, and a number its unit: one that has none may be of anything,
    and pieces may be counted without being called so."""
    if claim.kind == "number":
        return any(other.kind == "number" and _same(claim, other) for other in known)
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


def _same(said: Claim, known: Claim) -> bool:
    (number, _, unit), (held, _, held_unit) = said.value.partition(" "), known.value.partition(" ")
    return number == held and (not unit or unit == held_unit or unit + held_unit == "unidades")


def of_texts(*texts: str | None) -> set[Claim]:
    """Claims of each by itself: digits at the end of one and the start of the next are not one
    number."""
    return set[Claim]().union(*(claims(text) for text in texts if text))


def _of_scheduling(terms: SchedulingTerms) -> set[Claim]:
    """Claims of booking terms, durations and hours in the forms in which people write them."""
    found = length(terms.duration_minutes) | length(terms.notice_minutes)
    if terms.horizon_days:
        found.add(Claim("number", f"{terms.horizon_days} dias"))
    words = (terms.cancellation, terms.rescheduling, terms.required_information, terms.confirmation)
    found |= of_texts(terms.service, *words)
    for window in terms.windows:
        found |= of_texts(window.start, window.end)
    return found | of_closures(terms.closures, terms.timezone)


def of_closures(closures: Iterable[Closure], timezone: str) -> set[Claim]:
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
    found |= {Claim("number", f"{count} dias") for count in days if count is not None}
    codes = (code for area in terms.postal_ranges for code in (area.first, area.last))
    for code in codes:
        found |= of_texts(code, f"{code[:5]}-{code[5:]}")
    return found | of_texts(*terms.cities, *terms.carriers, terms.remarks)


def length(minutes: int) -> set[Claim]:
    """A length of time as "90 minutos", "1 hora e 30 minutos", "1h30" or "2 dias"."""
    hours, rest = divmod(minutes, 60)
    forms = [f"{minutes} minutos", *(duration(minutes, language) for language in ("pt", "en"))]
    if hours:
        forms += [f"{hours}h{rest:02}" if rest else f"{hours}h", f"{hours} hours"]
    if minutes and minutes % DAY == 0:
        forms.append(f"{minutes // DAY} dias")
    return of_texts(*forms)


def _moment(moment: datetime, timezone: str) -> set[Claim]:
    """Date and time of a moment; for an exclusive end also of the day that it ends. Midnight is
    only where a day begins."""
    local = moment.astimezone(ZoneInfo(timezone))
    days = {local.date(), (local - timedelta(seconds=1)).date()}
    found = {Claim("date", day.isoformat()) for day in days}
    return found | ({Claim("time", f"{local:%H:%M}")} if local.time() != time() else set())


_TYPED = {
    "price": "price",
    "discount_amount": "price",
    "discount_percent": "percent",
    "total": "price",
    "result": "price",
}
