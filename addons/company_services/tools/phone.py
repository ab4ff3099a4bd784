"""Phone numbers in international form. Pure."""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s().\-/\u00a0\u2011\u2013]+")
_E164 = re.compile(r"\+[1-9]\d{7,14}")
_BRAZILIAN = re.compile(r"\+55([1-9]\d)(9?[2-9]\d{3})(\d{4})")
_BRAZILIAN_SHORT_MOBILE = re.compile(r"\+55([1-9]\d)([6-9]\d{7})\Z")


def e164(text: str | None) -> str | None:
    """``+5531988887777`` from ``+55 (31) 98888-7777``; ``None`` when it is no such number."""
    number = _SEPARATORS.sub("", text or "")
    return number if _E164.fullmatch(number) else None


def subscriber(text: str | None) -> str | None:
    """Like :func:`e164`, but one form for one subscriber.

    WhatsApp knows many Brazilian mobiles by their old number of eight digits; each of them got
    a leading nine, and no other number begins like them.
    """
    number = e164(text)
    return _BRAZILIAN_SHORT_MOBILE.sub(r"+55\g<1>9\2", number) if number else None


def readable(number: str) -> str:
    """An E.164 number as people write it: ``+55 31 98888-7777``; other countries unchanged."""
    return _BRAZILIAN.sub(r"+55 \1 \2-\3", number) if _BRAZILIAN.fullmatch(number) else number


def of_country(text: str | None, calling_code: int | None) -> str | None:
    """Like :func:`subscriber`, for a number that may be written as within its country.

    ``calling_code`` is the country's, for example 55.
    """
    if found := subscriber(text):
        return found
    national = _SEPARATORS.sub("", text or "").removeprefix("0")
    if not calling_code or not national.isdecimal():
        return None
    return subscriber(f"+{calling_code}{national}")
