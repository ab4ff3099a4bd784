"""What identifies a person: recognised by check digits or by its form, shown masked. Pure."""

from __future__ import annotations

import re
from typing import Final

SHOWN: Final = 2
"""Last characters of a number that stay readable, enough to tell two numbers apart."""
_DIGIT: Final = re.compile(r"\d")


def is_cpf(digits: str) -> bool:
    """Whether eleven digits are a Brazilian person's tax number."""
    return _checks(digits, 11, (range(10, 1, -1), range(11, 1, -1)))


def is_cnpj(digits: str) -> bool:
    """Whether fourteen digits are a Brazilian company's tax number."""
    first = (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    return _checks(digits, 14, (first, (6, *first)))


def mask_number(text: str) -> str:
    """``123.456.789-09`` as ``***.***.***-09``."""
    hidden = len(_DIGIT.findall(text)) - SHOWN
    return _DIGIT.sub("*", text, count=max(hidden, 0)) if hidden > 0 else text


def mask_email(text: str) -> str:
    """``ana@loja.com.br`` as ``a**@***.com.br``."""
    name, _at, domain = text.partition("@")
    return f"{name[:1]}**@***.{domain.partition('.')[2]}"


def _checks(digits: str, length: int, weights: tuple) -> bool:
    if len(digits) != length or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    numbers = [int(digit) for digit in digits]
    for row in weights:
        total = sum(number * weight for number, weight in zip(numbers, row, strict=False))
        rest = total % 11
        if numbers[len(row)] != (0 if rest < 2 else 11 - rest):
            return False
    return True
