"""Checkable statements in a text: amounts, percentages, dates, times, phones, links, addresses,
instalments, numbers.

The same extractor reads the answer and the evidence, in Portuguese or English notation, so that
``R$ 1.234,50``, ``1234,5 reais`` and a price field of 1234.5 are one claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

from ..decision.clock_words import clock_in_digits
from ..decision.number_words import in_digits
from ..decision.text import fold
from .canonical import disguised, readable
from .units import UNITS, unit_of

TEXTS: Final = 4096
"""How many texts the reading is kept of: documents and rules come back turn after turn."""


class Claim(NamedTuple):
    """A normalised statement. Dates are ``MM-DD`` or ``YYYY-MM-DD``, times ``HH:MM``, instalments
    ``12x``, numbers with their unit ``90 dias``, a price's measure ``kg``, deals ``2/1``."""

    kind: str
    value: str


_MONTHS = {
    month: number
    for names in (
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
        "january february march april may june july august september october november december",
    )
    for number, month in enumerate(names.split(), 1)
} | {"março": 3}
_MONTH = "|".join(_MONTHS)
_NUMBER = r"\d[\d.,]*"


def decimal(text: str) -> str | None:
    """A number in Portuguese or English notation as its shortest decimal form."""
    digits = text.strip(".,")
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and dot >= 0:
        mark = max(comma, dot)
    elif comma >= 0 or dot >= 0:
        mark = max(comma, dot)
        grouped = re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", digits)
        mark = -1 if grouped else mark
    else:
        mark = -1
    whole, part = (digits, "") if mark < 0 else (digits[:mark], digits[mark + 1 :])
    bare = re.sub(r"[.,]", "", whole) + (f".{part}" if part else "")
    try:
        return format(Decimal(bare).normalize(), "f")
    except InvalidOperation:
        return None


def _amount(match: re.Match[str]) -> str | None:
    return decimal(match["n"])


_UNIT = "|".join(pattern.pattern for pattern in UNITS.values())
_MEASURED = "|".join(
    UNITS[unit].pattern for unit in ("kg", "g", "l", "m", "km", "horas", "dias", "meses", "pessoas")
)
"""What a price may be for one of."""


def _counted(match: re.Match[str]) -> str | None:
    number = decimal(match["n"])
    return f"{number} {unit_of(match['unit'])}" if number and match["unit"] else number


def _measure(match: re.Match[str]) -> str:
    return unit_of(match["unit"])


def _deal(match: re.Match[str]) -> str:
    return f"{match['n']}/{match['m']}"


def _lifetime(_match: re.Match[str]) -> str:
    return "lifetime"


def _half(_match: re.Match[str]) -> str:
    return "50"


def _link(match: re.Match[str]) -> str:
    bare = match[0].casefold().rstrip(".,;:!?)").rstrip("/")
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", bare)


def _written_out(match: re.Match[str]) -> str:
    """``loja [ponto] com`` as the link it is."""
    return re.sub(_DOT, ".", re.sub(_AT, "@", match[0].casefold(), flags=_ANY), flags=_ANY)


def _target(match: re.Match[str]) -> str:
    return match["target"].casefold()


def _address(match: re.Match[str]) -> str:
    words = re.findall(r"[a-z0-9]+", fold(match["street"]))
    return " ".join([*words, *re.findall(r"\d+", match["house"] or "")])


def _times(match: re.Match[str]) -> str:
    return f"{int(match['n'])}x"


def _date(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    named = parts.get("name")
    month = _MONTHS[named.casefold()] if named else int(parts["m"])
    day = int(parts["d"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = parts.get("y")
    short = f"{month:02}-{day:02}"
    if not year:
        return short
    return f"{int(year) + (2000 if len(year) == 2 else 0)}-{short}"


def _phone(match: re.Match[str]) -> str | None:
    digits = re.sub(r"\D", "", match[0])
    if not 8 <= len(digits) <= 13:
        return None
    if len(digits) > 11 and digits.startswith("55"):
        digits = digits[2:]
    return digits.lstrip("0")


def _time(match: re.Match[str]) -> str:
    parts = match.groupdict()
    hour, minute = int(parts["h"]) % 24, int(parts.get("min") or 0)
    half = (parts.get("half") or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}"


_ANY = re.IGNORECASE
_DOT = r"\s*(?:\[\.\]|\(\.\)|[\[(]\s*(?:dot|ponto)\s*[\])]|\s(?:dot|ponto)\s)\s*"
_AT = r"\s*(?:[\[(]\s*(?:at|arroba)\s*[\])]|\s(?:at|arroba)\s)\s*"
_UNITS = (
    r"reais|real\b|reales\b|d[oó]lar(?:es)?\b|dollars?\b|bucks\b|euros?\b|pesos?\b|libras?\b|pounds?\b"
    r"|R\$|€|£|BRL\b|USD\b|EUR\b|contos?\b|pilas?\b|mangos\b|paus\b|pratas\b"
)
_ENDS = (
    "com|net|org|app|shop|store|br|io|me|ly|co|info|site|online|xyz|link|club|dev|gg|tv|biz|live"
    "|click|cc|tk|eu|gl|pt|uk|us|ai|vip|promo|zip|example|test"
)
_STREET = (
    r"(?:rua|avenida|av\.|alameda|travessa|pra[çc]a|rodovia|estrada)\s+"
    r"(?:(?:d[aeo]s?|coronel|dr\.|dom|s[ãa]o|santa)\s+)*"
)
_NAME = r"(?-i:[A-ZÀ-Ý0-9])[\w'-]*(?:\s+(?:(?:d[aeo]s?|e)\s+)?(?-i:[A-ZÀ-Ý])[\w'-]*)*"
_HOUSE = r"\s*,?\s*(?:n[º°.o]?\.?\s*)?\d{1,5}\b"

_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE), read)
    for kind, pattern, read in (
        ("link", r"https?://[^\s)>\]\"']+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", _link),
        ("link", rf"(?<![\w.+-])[\w.+-]+{_AT}[\w-]+(?:(?:{_DOT}|\.)[\w-]+)+", _written_out),
        ("link", rf"\b[\w-]+(?:{_DOT}[\w-]+)*{_DOT}(?:{_ENDS})\b(?:/\S*)?", _written_out),
        ("link", rf"\b[\w-]+(?:\.[\w-]+)*\.(?:{_ENDS})\b(?:[/?#:]\S*)?", _link),
        # A file, or an address under an end that is not listed: small letters on both sides.
        ("link", r"\b(?-i:[a-zà-ÿ][a-zà-ÿ0-9_-]+(?:\.[a-z]{2,})+)\b(?:/\S*)?", _link),
        ("link", r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?/\S*", _link),
        ("link", r"\]\((?P<target>[^)\s]*)[^)]*\)", _target),
        ("link", r"^\s*\[[^\]]+\]:\s*(?P<target>\S+)", _target),
        (
            "link",
            r"<\s*/?\s*(?P<target>(?:img|a|iframe|script|link|form|video|svg)\b[^>]*)>?",
            _target,
        ),
        (
            "link",
            r"\b(?P<target>(?:data|javascript|vbscript|ftp|file|intent|tel|sms|mailto|whatsapp|blob)"
            r":(?!\s)\S+)",
            _target,
        ),
        ("link", r"(?P<target>\S*[a-z]%[0-9a-f]{2}\S*)", _target),
        ("address", rf"\b(?P<street>{_STREET}{_NAME})(?P<house>{_HOUSE})?", _address),
        ("address", rf"\b(?P<street>{_STREET}[\w' -]{{2,40}}?)(?P<house>{_HOUSE})", _address),
        (
            "measure",
            rf"(?<=\d)\s*(?:/|\b(?:o|a|por|cada|per|an?)\s+)\s*(?P<unit>{_MEASURED})",
            _measure,
        ),
        ("price", rf"(?:R\s?\$|US\$|\$|€|£|¥|BRL|USD|EUR|GBP)\s*(?P<n>{_NUMBER})", _amount),
        (
            "price",
            rf"(?P<n>{_NUMBER})\s*(?:{_UNITS})",
            _amount,
        ),
        ("percent", rf"(?P<n>{_NUMBER})\s*(?:%|por\s+cento|percent\b)", _amount),
        (
            "percent",
            r"\b(?:pela\s+|a\s+)?metade\s+d[oe]\s+(?:preço|valor)|\bpela\s+metade\b"
            r"|\bhalf[\s-](?:the\s+)?price",
            _half,
        ),
        ("term", r"\bvital[ií]ci[ao]s?\b|\blife-?\s?time\b", _lifetime),
        (
            "deal",
            r"\b(?:leve|compre|take|buy)\s+(?P<n>\d+)\b[^.;!?]{0,30}?"
            r"\b(?:pague|ganhe|pay|get)\s+(?:(?:mais|apenas|só|only)\s+)?(?P<m>\d+)\b",
            _deal,
        ),
        ("date", r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", _date),
        ("date", r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?\b", _date),
        (
            "date",
            rf"\b(?P<d>\d{{1,2}})[ºo°]?\s+de\s+(?P<name>{_MONTH})(?:\s+de\s+(?P<y>\d{{4}}))?",
            _date,
        ),
        (
            "date",
            rf"\b(?P<name>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>\d{{4}}))?\b",
            _date,
        ),
        ("phone", r"(?<![\w.,])\+?\(?\d[\d\s().-]{6,}\d(?![\w,])", _phone),
        ("time", r"\b(?P<h>1?\d)(?::(?P<min>[0-5]\d))?\s*(?P<half>[ap])\.?m\b", _time),
        ("time", r"\b(?P<h>[01]?\d|2[0-4]):(?P<min>[0-5]\d)(?::[0-5]\d)?\s*h?\b", _time),
        ("time", r"\b(?P<h>[01]?\d|2[0-4])\s*(?:h|hs|hrs?|horas?)\s*(?P<min>[0-5]\d)?\b", _time),
        (
            "times",
            r"\b(?P<n>\d{1,2})\s*(?:x\b(?=\s*(?:$|[.,;:!?)/-]|R\$|(?:de|sem|com|no|na|em|iguais|fix\w+|on|of|interest|e|ou|or|and)\b))|vezes\b|parcelas\b|instal+ments\b)",
            _times,
        ),
        ("number", rf"(?P<n>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?", _counted),
    )
)
"""Most specific first: what one rule has read is blanked out for the next."""
_IN_DIGITS: Final = frozenset(
    ("measure", "price", "deal", "date", "phone", "time", "times", "number")
)
"""Kinds of claims that have a digit."""


@lru_cache(TEXTS)
def claims(text: str) -> frozenset[Claim]:
    """Every claim in ``text``."""
    return frozenset(claim for _place, claim in located(text))


@lru_cache(TEXTS)
def located(text: str) -> tuple[tuple[slice, Claim], ...]:
    """Every claim in ``text`` with its place in :func:`spelled` of it, in order."""
    found: list[tuple[slice, Claim]] = []
    rest = spelled(text)
    found += [(slice(0, 0), Claim("disguise", word)) for word in disguised(rest)]
    numbered = any(map(str.isdigit, rest))
    for kind, pattern, read in _RULES:
        if not numbered and kind in _IN_DIGITS:
            continue

        def take(match: re.Match[str], kind: str = kind, read: Callable = read) -> str:
            value = read(match)
            if value is None:
                return match[0]
            found.append((slice(*match.span()), Claim(kind, value)))
            return " " * len(match[0])

        rest = pattern.sub(take, rest)
    return tuple(sorted(found, key=lambda one: (one[0].start, one[0].stop)))


@lru_cache(TEXTS)
def spelled(text: str) -> str:
    """``text`` as claims are read from it: in plain characters, amounts in digits."""
    return in_digits(clock_in_digits(readable(text)))
