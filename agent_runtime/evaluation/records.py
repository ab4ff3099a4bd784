"""What a business says, one record at a time: whose words and whose figures they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from .. import opening
from ..contracts import Rule
from .business import Business
from .facts import Fact, stated
from .words import subjects

COMPANY, HOURS = "config", "hours"
WEEKDAYS = ("segunda", "terca", "quarta", "quinta", "sexta", "sabado", "domingo")
_OPENING = "horário funcionamento atendimento aberto abrimos abre fechado fechamos feriado hoje"


class Record(NamedTuple):
    """A product, a service, a rule, a document, the company or its hours."""

    reference: str
    title: str
    text: str
    facts: frozenset[Fact]
    """All that it states, in figures of its text or its fields."""
    priced: bool = False
    """A product or a service: what is said of it must be said beside its name."""
    quantity: float | None = None
    category: int | None = None
    """Of a product."""
    only_for: frozenset[int] = frozenset()
    """Categories that a rule is limited to."""
    weekday: int | None = None
    """Where it is the hours of one day."""
    begins: datetime | None = None
    """Where it does not hold yet: told only together with this day."""

    @property
    def words(self) -> frozenset[str]:
        """What it is about."""
        return subjects(f"{self.title}\n{self.text}")


def of(business: Business, moment: datetime) -> tuple[Record, ...]:
    """The records that hold at a moment, or begin later; orders to the reader are no record."""
    return tuple(_records(business, moment))


def _records(business: Business, moment: datetime) -> Iterator[Record]:
    company, voice = business.config.company, business.config.voice
    profile = (company.name, company.description, company.tax_id, company.phone, company.email)
    places = (company.website, company.address)
    contacts = (
        f"{contact.label or ''} {contact.kind} {contact.value}" for contact in company.contacts
    )
    words = (voice.greeting, voice.farewell)
    text = "\n".join(filter(None, (*profile, *places, *contacts, *words)))
    yield Record(COMPANY, company.name, text, frozenset(stated(text)))
    yield from _hours(business, moment)
    for offer in business.config.offers:
        text = offer.description or ""
        facts = stated(f"{offer.name}\n{text}") | set(_lasting(offer.duration_minutes))
        if offer.price is not None:
            facts.add(Fact("money", f"{offer.price:.2f}"))
        yield Record(offer.key, offer.name, text, frozenset(facts), priced=True)
    for product in business.products:
        facts = stated(f"{product.name}\n{product.text}")
        facts |= {Fact("money", f"{product.price:.2f}")}
        if product.quantity is not None:
            facts.add(Fact("number", f"{product.quantity:.2f}"))
        reference = f"product.template,{product.id}"
        yield Record(
            reference,
            product.name,
            product.text,
            frozenset(facts),
            priced=True,
            quantity=product.quantity,
            category=product.category,
        )
    for document in business.documents:
        if not document.poison:
            facts = frozenset(stated(f"{document.title}\n{document.text}"))
            yield Record(
                f"business.support.document,{document.id}", document.title, document.text, facts
            )
    for rule in business.rules:
        if rule.valid_until is None or moment < rule.valid_until:
            yield _rule(rule, moment)


def _hours(business: Business, moment: datetime) -> Iterator[Record]:
    """The hours of each day of the week, and what is told of single days."""
    hours = business.config.hours
    for weekday in range(7):
        facts = set()
        for interval in hours.week:
            if interval.weekday == weekday:
                facts |= stated(f"{interval.start} {interval.end}")
        text = f"{_OPENING} {WEEKDAYS[weekday]} feira"
        yield Record(HOURS, "", text, frozenset(facts), weekday=weekday)
    facts = {Fact("time", f"{moment:%H:%M}")}
    for closure in hours.closures:
        facts |= set(_days(closure.start, closure.end))
    if opening.is_closed(hours, moment) and (coming := opening.next_opening(hours, moment)):
        facts |= set(_days(coming.start, None))
    names = " ".join(closure.name for closure in hours.closures)
    text = f"{_OPENING} {names} {hours.closed_message or ''}"
    yield Record(HOURS, "", text, frozenset(facts))


def _rule(rule: Rule, moment: datetime) -> Record:
    lines = [rule.text, rule.scope or ""]
    facts = set(_days(rule.valid_from, rule.valid_until))
    if terms := rule.delivery:
        lines += [*terms.cities, *terms.carriers, terms.remarks or ""]
        lines += [f"CEP {area.first} {area.last}" for area in terms.postal_ranges]
        amounts = (terms.fee, terms.free_from)
        facts |= {Fact("money", f"{amount:.2f}") for amount in amounts if amount is not None}
        days = (terms.days_min, terms.days_max)
        facts |= {Fact("number", f"{count:.2f}") for count in days if count is not None}
    if terms := rule.scheduling:
        extra = (terms.cancellation, terms.rescheduling, terms.required_information)
        lines += [terms.service or "", *filter(None, extra), terms.confirmation or ""]
        facts |= {*_lasting(terms.duration_minutes), *_lasting(terms.notice_minutes)}
        if terms.horizon_days:
            facts.add(Fact("number", f"{terms.horizon_days:.2f}"))
        for window in terms.windows:
            facts |= stated(f"{window.start} {window.end}")
    text = "\n".join(filter(None, lines))
    begins = rule.valid_from if rule.valid_from and moment < rule.valid_from else None
    facts |= stated(f"{rule.name}\n{text}")
    return Record(
        rule.key, rule.name, text, frozenset(facts), only_for=rule.product_categories, begins=begins
    )


def _days(start: datetime | None, end: datetime | None) -> Iterator[Fact]:
    """The first and the last day; an end at midnight is not a day of it any more."""
    last = end and end - timedelta(seconds=1)
    yield from (Fact("date", f"{day:%d/%m}") for day in (start, last) if day)


def _lasting(minutes: int | None) -> Iterator[Fact]:
    """A duration in minutes, hours and days, and as hours with minutes."""
    if not minutes:
        return
    yield from (Fact("number", f"{minutes / unit:.2f}") for unit in (1, 60, 1440))
    yield Fact("number", f"{minutes // 60:.2f}")
    yield Fact("number", f"{minutes % 60:.2f}")
    yield Fact("time", f"{minutes // 60:02}:{minutes % 60:02}")
