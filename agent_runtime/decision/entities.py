"""What a customer names: orders, dates, products, money, numbers that identify a person. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from ..contracts import Entity
from .masks import is_cnpj, is_cpf, mask_email, mask_number
from .queries import product_query, things

MOST: Final = 20
MOST_ORDERS: Final = 3
"""Of so many orders at a time somebody asks; more numbers are no question."""
LONGEST: Final = 80
"""Characters of a product's name as the customer writes it."""
_SEARCHED: Final = 500
"""Characters that are read for names of products, which is slow."""

_DAY_NAMES: Final = (
    r"segunda|ter[cç]a|quarta|quinta|sexta|s[aá]bado|domingo"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes"
)
_MONTHS: Final = (
    r"janeiro|fevereiro|mar[cç]o|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|enero|febrero|marzo|mayo|junio|julio|septiembre|octubre|noviembre|diciembre"
)
_UNITS: Final = (
    r"unidades?|un|pe[cç]as?|pacotes?|caixas?|sacos?|latas?|garrafas?|d[uú]zias?|pares|par"
    r"|kg|quilos?|kilos?|g|gr|gramas?|mg|ml|l|litros?|cm|metros?|m|units?|boxes|bags|packs?"
    r"|unidades|cajas?|bolsas?"
)
_COUNTS: Final = r"um|uma|dois|duas|tr[eê]s|quatro|cinco|seis|sete|oito|nove|dez"
_NUMBER: Final = r"(?:n[uú]mero|n[.º°ro]*|#)"
_NO_AMOUNT: Final = rf"(?![\d%]|[./-]\d|\s?(?:%|reais|real|{_UNITS})(?!\w))"
"""What follows an order's number: neither a unit nor the rest of a longer number."""


_LIKE_CPF: Final = re.compile(r"\d{3}\.\d{3}\.\d{3}-\d{2}")
_LIKE_CNPJ: Final = re.compile(r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}")
"""So written a number is meant as one, mistyped or not; without points its digits have to agree."""


class _Kind(NamedTuple):
    """How one kind of thing looks; ``group`` 1 of the pattern is the thing, if there is one."""

    name: str
    pattern: re.Pattern[str]
    fits: Callable[[str], bool] = bool
    shown: Callable[[str], str] = str.strip
    in_words: bool = False
    """Whether it may be written without a digit."""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _phone(text: str) -> bool:
    return 10 <= len(_digits(text)) <= 13


def _kind(name: str, source: str, **rest: Callable) -> _Kind:
    return _Kind(name, re.compile(source, re.IGNORECASE), **rest)


_KINDS: Final = (
    _kind(
        "email",
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}",
        shown=mask_email,
        in_words=True,
    ),
    _kind(
        "cnpj",
        r"(?<!\d)\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}(?!\d)",
        fits=lambda text: bool(_LIKE_CNPJ.fullmatch(text)) or is_cnpj(_digits(text)),
        shown=mask_number,
    ),
    _kind(
        "cpf",
        r"(?<!\d)\d{3}\.?\d{3}\.?\d{3}-?\d{2}(?!\d)",
        fits=lambda text: bool(_LIKE_CPF.fullmatch(text)) or is_cpf(_digits(text)),
        shown=mask_number,
    ),
    _kind(
        "order",
        rf"\b(?:pedidos?|encomendas?|orders?|protocolo)\b[\s:]*{_NUMBER}?[\s:]*"
        rf"([a-z]{{0,4}}-?\d{{3,9}}){_NO_AMOUNT}"
        # Beside these a bare number is an amount or a year.
        rf"|\b(?:compras?|or[cç]amentos?|cota[cç][aã]o)\b[\s:]*(?:{_NUMBER}[\s:]*(?=\S*\d)|"
        rf"(?=[a-z]{{1,4}}-?\d))([a-z]{{0,4}}-?\d{{3,9}}){_NO_AMOUNT}",
    ),
    _kind("order", r"(?<![\w#])#(\d{3,12})\b|\b((?:SO|S0|PED|INV)-?\d{3,10})\b"),
    _kind("postal_code", r"(?<!\d)\d{2}\.?\d{3}-\d{3}(?!\d)|\bcep[\s:]*(\d{8})\b"),
    _kind(
        "date", r"(?<![\d/])(?:\d{4}-\d{2}-\d{2}|[0-3]?\d[/.-][01]?\d[/.-](?:\d{4}|\d{2}))(?![\d/])"
    ),
    _kind(
        "phone",
        r"(?<![\d.,])(?:\+?\d{1,3}[\s.-]?)?\(?\d{2}\)?[\s.-]?9?\d{4}[\s.-]?\d{4}(?!\d)",
        fits=_phone,
        shown=mask_number,
    ),
    _kind(
        "money",
        r"(?:r\$|us\$|u\$|\$|€)\s?\d[\d.,]*\d|(?:r\$|us\$|\$|€)\s?\d"
        r"|(?<![\d,.])\d[\d.,]*\s?(?:reais|real|contos?|pila|d[oó]lares|dollars?|euros?|pesos)\b",
    ),
    _kind("date", r"(?<![\d/])[0-3]?\d/[01]?\d(?![\d/])"),
    _kind("date", rf"\b(?:dia )?\d{{1,2}}(?:º|o)?(?: de | )(?:{_MONTHS})(?: de \d{{4}})?\b"),
    _kind("date", rf"\b(?:{_MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?\b|\bdia \d{{1,2}}\b"),
    _kind(
        "date",
        r"\b(?:depois de amanh[aã]|amanh[aã]|hoje|hj|tomorrow|today|hoy|ma[nñ]ana)\b",
        in_words=True,
    ),
    _kind("date", rf"\b(?:{_DAY_NAMES})(?:-feira| feira)?\b", in_words=True),
    _kind(
        "time",
        r"(?<!\d)(?:[01]?\d|2[0-4])(?::[0-5]\d(?:h|hs)?|\s?(?:hs|hrs|horas?|h)(?:[0-5]\d)?)\b",
    ),
    _kind(
        "time",
        r"(?<!\d)\d{1,2}\s?(?:am|pm)\b|\bmeio[- ]dia\b|\bnoon\b|\b[aà]s ((?:[01]?\d|2[0-3]))\b",
        in_words=True,
    ),
    _kind(
        "quantity",
        rf"(?<![\d,.])(?:\d+(?:[.,]\d+)?|{_COUNTS})\s?(?:{_UNITS})\b|(?<!\w)\d{{1,3}}x\b",
        in_words=True,
    ),
)
_LONG_NUMBER: Final = re.compile(r"\d(?:[\s./-]?\d){7,}")
"""What may be a mistyped document is no part of a product's name."""


def entities(text: str, *, names_product: bool = False) -> tuple[Entity, ...]:
    """The things named, in the order of :data:`_KINDS`, each once; what identifies is masked.

    ``names_product``: the message asks for goods, so that its other words name them.
    """
    found: dict[tuple[str, str], Entity] = {}
    rest = text
    numbered = any(map(str.isdigit, text))
    for kind in _KINDS:
        if not numbered and not kind.in_words:
            continue
        for start, end, written in list(_matches(kind, rest)):
            shown = kind.shown(written)
            found.setdefault((kind.name, shown), Entity(kind=kind.name, text=shown))
            rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"
    if names_product:
        for name in _products(text):
            found.setdefault(("product", name), Entity(kind="product", text=name))
    orders = [key for key in found if key[0] == "order"]
    for key in orders[MOST_ORDERS:]:
        del found[key]
    return tuple(found.values())[:MOST]


def _matches(kind: _Kind, text: str) -> Iterator[tuple[int, int, str]]:
    for match in kind.pattern.finditer(text):
        written = next((group for group in match.groups() if group), match[0])
        if kind.fits(written):
            yield match.start(), match.end(), written


def _products(text: str) -> list[str]:
    bare = text[:_SEARCHED]
    for kind in _KINDS:
        if kind.shown is not str.strip:
            bare = kind.pattern.sub(" ", bare)
    bare = _LONG_NUMBER.sub(" ", bare)
    named = [product_query(thing.text) for thing in things(bare)] or [product_query(bare)]
    return [name[:LONGEST] for name in dict.fromkeys(named) if name]
