"""What a delivery costs and how long it takes for a place, from the company's delivery rules.

Pure code. The narrowest area that covers the place decides: the smallest postal-code range, then
a city, then an area that is anywhere. Among equals the rule's priority decides, then its key.
A rule for certain products only decides where no other covers the place: what somebody orders is
not known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .contracts import DeliveryTerms, Rule

STATES = {
    "ac": "acre",
    "al": "alagoas",
    "am": "amazonas",
    "ap": "amapa",
    "ba": "bahia",
    "ce": "ceara",
    "df": "distrito federal",
    "es": "espirito santo",
    "go": "goias",
    "ma": "maranhao",
    "mg": "minas gerais",
    "ms": "mato grosso do sul",
    "mt": "mato grosso",
    "pa": "para",
    "pb": "paraiba",
    "pe": "pernambuco",
    "pi": "piaui",
    "pr": "parana",
    "rj": "rio de janeiro",
    "rn": "rio grande do norte",
    "ro": "rondonia",
    "rr": "roraima",
    "rs": "rio grande do sul",
    "sc": "santa catarina",
    "se": "sergipe",
    "sp": "sao paulo",
    "to": "tocantins",
}
"""Brazil's states by their abbreviations, folded."""
_ABBREVIATIONS = {name: code for code, name in STATES.items()}
_CODES = "|".join(STATES)
_NAMES = "|".join(_ABBREVIATIONS)
STATE = f"{_CODES}|{_NAMES}"
"""Pattern of a Brazilian state, its abbreviation or its name, folded."""
# A hyphen without spaces and a mere space may belong to the city ("Ji-Paraná"), so that only
# an abbreviation may follow them.
_WITH_STATE = re.compile(
    rf"^(?P<city>.+?)(?:(?:\s*[/,(]\s*|\s+-\s+)(?P<state>{_CODES}|{_NAMES})"
    rf"|(?:\s*-\s*|\s+)(?P<code>{_CODES}))\s*\)?$"
)

_CITY_RANK, _ANYWHERE_RANK = 1, 2


@dataclass(frozen=True)
class Quote:
    """The rule that decides for a place, and the fee after ``free_from``.

    ``fee`` is in the tenant's currency; ``0`` is free, ``None`` to be agreed. ``waived`` tells
    that it is free because of the order's total. Where ``rule`` is for certain products only, its
    ``scope`` has to be told with it. ``exceptions`` are the rules for certain products that cover
    the place besides it, the most specific first; their terms differ.
    """

    rule: Rule
    terms: DeliveryTerms
    fee: Decimal | None
    waived: bool = False
    exceptions: tuple[Rule, ...] = ()


def quote(
    rules: Iterable[Rule],
    *,
    postal_code: str | None = None,
    city: str | None = None,
    total: Decimal | None = None,
) -> Quote | None:
    """The terms for a place; ``None`` when no area covers it.

    :param rules: applicable rules; those without delivery terms are ignored
    :param postal_code: eight digits, with or without hyphen and spaces
    :param city: with or without its state: ``Contagem``, ``Contagem/MG``, ``contagem - mg``
    :param total: order total, in the tenant's currency
    :raises ValueError: a postal code that is not one

    A place of which only the city is known is in no postal-code range, and the other way round:
    ask :func:`needs_postal_code` whether it is worth asking the customer for it.
    """
    code = normalise_postal_code(postal_code) if postal_code else None
    place = city_and_state(city) if city else None
    found = [
        ((rule.limited, rank, rule.priority, rule.key), rule)
        for rule in rules
        if rule.delivery is not None
        and (rank := _specificity(rule.delivery, code, place)) is not None
    ]
    if not found:
        return None
    rule, *others = (rule for _rank, rule in sorted(found, key=lambda pair: pair[0]))
    terms = rule.delivery
    exceptions = tuple(r for r in others if r.limited and _offer(r) != _offer(rule))
    waived = bool(
        total is not None
        and terms.free_from is not None
        and total >= terms.free_from
        and terms.fee != 0
    )
    return Quote(rule, terms, Decimal(0) if waived else terms.fee, waived, exceptions)


def _offer(rule: Rule) -> tuple:
    terms = rule.delivery
    return terms.fee, terms.free_from, terms.days_min, terms.days_max


def needs_postal_code(rules: Iterable[Rule]) -> bool:
    """Whether some area is known by postal codes only, so that a city alone cannot decide."""
    return any(rule.delivery is not None and rule.delivery.postal_ranges for rule in rules)


def normalise_postal_code(text: str) -> str:
    """Eight digits of a CEP as people write it: ``30130-010``, ``30.130-010``, ``30130 010``.

    :raises ValueError: anything else
    """
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise ValueError(f"not a postal code: {text!r}")
    return digits


def city_and_state(text: str) -> tuple[str, str | None]:
    """A city's name without accents, case and punctuation, and its state's abbreviation if given.

    ``Contagem/MG``, ``contagem - mg`` and ``CONTAGEM, Minas Gerais`` are ``("contagem", "mg")``.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("–", "-"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).strip()
    state = None
    if match := _WITH_STATE.match(plain):
        plain, named = match["city"], match["state"] or match["code"]
        state = _ABBREVIATIONS.get(named, named)
    name = re.sub(r"['’`´]", "", plain)
    return " ".join(re.sub(r"[^\w]+", " ", name).split()), state


def is_same_city(first: str, second: str) -> bool:
    """Whether two names are of one city, their states counting where both have one."""
    return _same_city(city_and_state(first), city_and_state(second))


def same_state(first: str | None, second: str | None) -> bool:
    """Whether two states may be one: they count only where both are named."""
    return not first or not second or first == second


def _specificity(
    terms: DeliveryTerms, code: str | None, place: tuple[str, str | None] | None
) -> tuple[int, int] | None:
    """The lower, the more specific; ``None`` when the terms do not cover the place."""
    if code is not None:
        widths = [
            int(area.last) - int(area.first)
            for area in terms.postal_ranges
            if area.first <= code <= area.last
        ]
        if widths:
            return 0, min(widths)
    if place is not None and any(_same_city(city_and_state(name), place) for name in terms.cities):
        return _CITY_RANK, 0
    if not terms.postal_ranges and not terms.cities:
        return _ANYWHERE_RANK, 0
    return None


def _same_city(first: tuple[str, str | None], second: tuple[str, str | None]) -> bool:
    return first[0] == second[0] and same_state(first[1], second[1])
