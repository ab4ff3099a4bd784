"""What stands in a text and belongs behind a wall: hidden, or another business's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .business import Business
from .records import HOURS, of
from .turns import Case
from .words import runs, subjects, tokens

_RUN = 6
_SUBJECTS = 3
"""So many words one after the other, so many of them of weight, are somebody's words and no
coincidence: "com pelo menos 2 horas de antecedência" is anybody's."""
_STREET = re.compile(r"^(?:avenida|av|rua|r|alameda|praça)\b\W*", re.IGNORECASE)


def leaks(
    texts: Iterable[str], case: Case, business: Business, all_: Iterable[Business]
) -> list[str]:
    """Marks and stretches of words of others, and what is hidden, that stand in one of the texts.

    What the customer wrote and what the business says itself is no leak.
    """
    whole = "\n".join(texts)
    allowed = f"{case.said}\n{_all_text(business)}"
    found = [mark for mark in business.hidden if _in(mark, whole) and not _in(mark, case.said)]
    stretches = runs(whole, _RUN) - runs(allowed, _RUN)
    for other in all_:
        if other.account_id == business.account_id:
            continue
        found += [m for m in _marks(other) if _in(m, whole) and not _in(m, allowed)]
        taken = (" ".join(run) for run in stretches & runs(_all_text(other), _RUN))
        found += sorted(run for run in taken if len(subjects(run)) >= _SUBJECTS)
    return found


def _in(mark: str, text: str) -> bool:
    """Whether a text holds a mark, however it is written: figures by value, words by order."""
    digits = re.sub(r"\D", "", mark)
    if digits and not re.search(r"[^\W\d]", mark):
        if "," in mark:
            return _amount(mark) in {_amount(n) for n in re.findall(r"\d[\d.,]*\d|\d", text)}
        # A phone or a tax id, with whatever between its figures.
        return re.search(r"[\W_]{0,3}".join(digits) + r"(?!\d)", text) is not None
    wanted = " ".join(tokens(mark))
    return re.search(rf"\b{re.escape(wanted)}\b", " ".join(tokens(text))) is not None


def _amount(text: str) -> float:
    """An amount's value; the last point or comma with one or two figures after it divides."""
    whole, cents = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", text.strip(".,")).groups()
    return float(f"{re.sub(r'[.,]', '', whole) or 0}.{cents or 0}")


def _all_text(business: Business) -> str:
    """Everything that the business says, whenever it holds."""
    lines = [
        f"{record.title}\n{record.text}"
        for record in of(business, business.moment)
        if record.reference != HOURS
    ]
    lines += [f"{rule.name}\n{rule.text}" for rule in business.rules]
    return "\n\n".join(lines)


def _street(address: str) -> str:
    """Street and number, without what kind of street it is."""
    street = re.match(r"[^\d\n]*\d*", address)[0]
    return _STREET.sub("", street)


def _marks(business: Business) -> Iterator[str]:
    """What only this business has: found with another, it came over the wall."""
    company = business.config.company
    known = (company.name, company.tax_id, company.email, _street(company.address))
    yield from (mark for mark in known if mark)
    yield company.phone[-9:]
    yield from (contact.value[-9:] for contact in company.contacts if contact.kind == "whatsapp")
    things = (*business.products, *business.config.offers)
    titles = (
        *(thing.name for thing in things),
        *(document.title for document in business.documents),
    )
    # One word, as "manicure", is nobody's.
    yield from (title for title in titles if len(tokens(title)) > 1)
    yield from business.hidden
