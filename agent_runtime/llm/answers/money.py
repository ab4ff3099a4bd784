"""Amounts, numbers, hours, durations and dates as a Brazilian or an English reader expects them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

_SYMBOLS = {"BRL": "R$", "USD": "US$", "EUR": "€", "GBP": "£"}


def money(amount: float | Decimal, currency: str, language: str) -> str:
    """``R$ 1.234,56`` in Portuguese, ``R$ 1,234.56`` in English; unknown currencies by code."""
    grouped = f"{Decimal(str(amount)):,.2f}"
    return f"{_SYMBOLS.get(currency, currency)} {_marks(grouped, language)}"


def number(value: float | Decimal, language: str) -> str:
    """A quantity without needless decimals."""
    amount = Decimal(str(value))
    whole = amount == amount.to_integral_value()
    return _marks(f"{amount:,.0f}" if whole else f"{amount.normalize():,f}", language)


def clock(at: time | str, language: str) -> str:
    """``8h``, ``8h30`` in Portuguese; ``8:30`` in English. Takes ``HH:MM`` or a time."""
    hour, minute = (at.hour, at.minute) if isinstance(at, time) else map(int, at.split(":"))
    if _portuguese(language):
        return f"{hour}h{minute:02}" if minute else f"{hour}h"
    return f"{hour}:{minute:02}"


def duration(minutes: int, language: str) -> str:
    """``1 hora e 30 minutos``, ``2 dias``; whole days from two on."""
    words = _DURATION["pt" if _portuguese(language) else "en"]
    days, rest = divmod(minutes, 24 * 60)
    if days > 1 and not rest:
        return _counted(days, words["day"])
    parts = [_counted(n, words[u]) for n, u in zip(divmod(minutes, 60), _UNITS, strict=True) if n]
    return words["and"].join(parts) or _counted(0, words["minute"])


def day(value: date, language: str) -> str:
    """``25/12/2026`` in Portuguese, ``December 25, 2026`` in English."""
    if _portuguese(language):
        return value.strftime("%d/%m/%Y")
    return f"{_MONTHS[value.month - 1]} {value.day}, {value.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNITS = ("hour", "minute")
_DURATION = {
    "pt": {
        "day": ("dia", "dias"),
        "hour": ("hora", "horas"),
        "minute": ("minuto", "minutos"),
        "and": " e ",
    },
    "en": {
        "day": ("day", "days"),
        "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
        "and": " and ",
    },
}


def _counted(count: int, forms: tuple[str, str]) -> str:
    return f"{count} {forms[count != 1]}"


def _portuguese(language: str) -> bool:
    return language.lower().startswith("pt")


def _marks(text: str, language: str) -> str:
    return text.translate(str.maketrans(",.", ".,")) if _portuguese(language) else text
