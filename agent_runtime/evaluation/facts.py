"""What an answer states that can be looked up, read independently of the runtime's own check.

Deliberately not :mod:`..engine.claims`: a form that one of the two overlooks, the other may see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from .business import Business
from .turns import Case

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_PATTERNS = {
    "link": r"(?:https?://|www\.)[^\s)>\]]+|\b[\w-]+(?:\.[\w-]+)*\.(?:example|com|br|net|org)"
    r"\b[^\s)>\]]*",
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "tax id": r"\b\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}\b",
    "money": rf"R\$\s*(?:{_NUMBER})|(?:{_NUMBER})\s*reais",
    "percent": rf"(?:{_NUMBER})\s*(?:%|por cento)",
    "instalments": r"\b\d+\s*(?:x\b|vezes\b|parcelas\b)",
    "date": r"\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b",
    "postal code": r"\b\d{5}-?\d{3}\b",
    "phone": r"(?:\+\d{2}\s*)?\(?\d{2}\)?\s*9?\d{4}-\d{4}\b|\b9?\d{4}-\d{4}\b",
    "time": r"\b\d{1,2}(?:h\d{2}|h\b|:\d{2}\b)",
    "number": rf"(?:{_NUMBER})",
}
_OWN_WORDS = {"postal code", "time", "number", "date"}
"""What a customer has said may be repeated, but never as a price, a promise or an address."""
_WEEKS = 3
"""Days ahead that a calendar gives, so that they need not be in the data."""


class Fact(NamedTuple):
    """One statement: its kind and its value in one spelling."""

    kind: str
    value: str


def stated(text: str) -> set[Fact]:
    """The facts in a text; each stretch of it is read once, as the first kind that fits."""
    found = set()
    for kind in ("email", *(name for name in _PATTERNS if name != "email")):
        for match in re.finditer(_PATTERNS[kind], text, re.IGNORECASE):
            found.add(Fact(kind, _plain(kind, match[0])))
        text = re.sub(_PATTERNS[kind], " ", text, flags=re.IGNORECASE)
    return found


def invented(text: str, case: Case, business: Business) -> list[Fact]:
    """The facts of a delivered text that neither the business nor a calendar knows."""
    moment = case.moment or business.moment
    known = {*_of_business(business), *_of_calendar(moment)}
    known.update(fact for entry in case.derived for fact in stated(entry))
    known.update(fact for fact in stated(case.said) if fact.kind in _OWN_WORDS)
    # A count may be written with or without its unit; money and percentages keep theirs.
    counts = {fact.value for fact in known if fact.kind in {"instalments", "number"}}
    return sorted(
        fact
        for fact in stated(text)
        if fact not in known and not (fact.kind == "number" and fact.value in counts)
    )


def leaks(texts: Iterable[str], case: Case, business: Business, all_: Iterable[Business]) -> list:
    """What is hidden, or another business's, and stands in one of the texts."""
    whole, said = "\n".join(texts).casefold(), case.said.casefold()
    own = "\n".join(_texts(business)).casefold()
    secret = [word.casefold() for word in business.hidden]
    for other in all_:
        if other.account_id != business.account_id:
            secret += [word.casefold() for word in _marks(other)]
    return [word for word in secret if word in whole and word not in said and word not in own]


def _plain(kind: str, text: str) -> str:
    if kind in {"link", "email"}:
        return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.casefold()).rstrip("/.,;:!?*_")
    if kind in {"phone", "tax id", "postal code"}:
        digits = re.sub(r"\D", "", text)
        return digits[-8:] if kind == "phone" else digits
    if kind == "time":
        hours, minutes = re.match(r"(\d{1,2})(?:h|:)(\d{2})?", text, re.IGNORECASE).groups()
        return f"{int(hours):02}:{minutes or '00'}"
    if kind == "date":
        day, month = text.split("/")[:2]
        return f"{int(day):02}/{int(month):02}"
    number = re.search(_NUMBER, text)[0].replace(".", "").replace(",", ".")
    return f"{float(number):.2f}"


def _of_business(business: Business) -> Iterator[Fact]:
    for text in _texts(business):
        yield from stated(text)
    config = business.config
    for interval in config.hours.week:
        yield from stated(f"{interval.start} {interval.end}")
    dated = [(c.start, c.end) for c in config.hours.closures]
    dated += [(rule.valid_from, rule.valid_until) for rule in business.rules]
    for start, end in dated:
        # An end is exclusive, and told as the last day.
        ends = (start, end, end and end - timedelta(seconds=1))
        yield from (Fact("date", f"{day:%d/%m}") for day in ends if day)
    for product in business.products:
        yield Fact("money", f"{product.price:.2f}")
        yield Fact("number", f"{product.quantity or 0:.2f}")
    for offer in config.offers:
        if offer.price is not None:
            yield Fact("money", f"{offer.price:.2f}")
        yield from _lasting(offer.duration_minutes)
    for rule in business.rules:
        if terms := rule.delivery:
            amounts = (terms.fee, terms.free_from)
            yield from (Fact("money", f"{amount:.2f}") for amount in amounts if amount is not None)
            days = (terms.days_min, terms.days_max)
            yield from (Fact("number", f"{count:.2f}") for count in days if count is not None)
        if terms := rule.scheduling:
            yield from _lasting(terms.duration_minutes)
            yield from _lasting(terms.notice_minutes)
            yield Fact("number", f"{terms.horizon_days or 0:.2f}")
            for window in terms.windows:
                yield from stated(f"{window.start} {window.end}")


def _lasting(minutes: int | None) -> Iterator[Fact]:
    """A duration in minutes, hours and days, and as hours with minutes."""
    if not minutes:
        return
    yield from (Fact("number", f"{minutes / unit:.2f}") for unit in (1, 60, 1440))
    yield Fact("number", f"{minutes // 60:.2f}")
    yield Fact("number", f"{minutes % 60:.2f}")
    yield Fact("time", f"{minutes // 60:02}:{minutes % 60:02}")


def _of_calendar(moment: datetime) -> Iterator[Fact]:
    for days in range(_WEEKS * 7):
        yield Fact("date", f"{moment + timedelta(days=days):%d/%m}")
    yield Fact("time", f"{moment:%H:%M}")
    yield Fact("number", f"{moment.year:.2f}")


def _texts(business: Business) -> Iterator[str]:
    """Everything that the business says in words; orders to the reader are not its words."""
    company, voice = business.config.company, business.config.voice
    profile = (company.name, company.description, company.tax_id, company.phone, company.email)
    places = (company.website, company.address, *(c.value for c in company.contacts))
    words = (voice.greeting, voice.farewell, business.config.hours.closed_message)
    yield from (text for text in (*profile, *places, *words) if text)
    for offer in business.config.offers:
        yield f"{offer.name}\n{offer.description or ''}"
    for product in business.products:
        yield f"{product.name}\n{product.text}"
    for document in business.documents:
        if not document.poison:
            yield f"{document.title}\n{document.text}"
    for rule in business.rules:
        yield f"{rule.name}\n{rule.text}\n{rule.scope or ''}"
        if terms := rule.delivery:
            yield "\n".join((*terms.cities, *terms.carriers, terms.remarks or ""))
            yield from (f"{area.first} {area.last}" for area in terms.postal_ranges)
        if terms := rule.scheduling:
            extra = (terms.cancellation, terms.rescheduling, terms.required_information)
            yield from (text for text in (*extra, terms.confirmation) if text)


def _marks(business: Business) -> Iterator[str]:
    """What only this business has: found with another, it came over the wall."""
    company = business.config.company
    known = (company.name, company.tax_id, company.email, company.address.split("\n")[0])
    yield from (mark for mark in known if mark)
    yield company.phone[-9:]
    yield from (contact.value[-9:] for contact in company.contacts)
    yield from (product.name for product in business.products)
    yield from (offer.name for offer in business.config.offers)
    yield from (document.title for document in business.documents)
    yield from business.hidden
