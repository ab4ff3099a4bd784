"""Amounts in words, so that writing a number out does not hide it from the evidence check."""

from __future__ import annotations

import re

_VALUES = {
    word: value
    for value, words in {
        1: "um uma one",
        2: "dois duas two",
        3: "três tres three",
        4: "quatro four",
        5: "cinco five",
        6: "seis six",
        7: "sete seven",
        8: "oito eight",
        9: "nove nine",
        10: "dez ten",
        11: "onze eleven",
        12: "doze twelve",
        13: "treze thirteen",
        14: "quatorze catorze fourteen",
        15: "quinze fifteen",
        16: "dezesseis sixteen",
        17: "dezessete seventeen",
        18: "dezoito eighteen",
        19: "dezenove nineteen",
        20: "vinte twenty",
        30: "trinta thirty",
        40: "quarenta forty",
        50: "cinquenta fifty",
        60: "sessenta sixty",
        70: "setenta seventy",
        80: "oitenta eighty",
        90: "noventa ninety",
        100: "cem cento",
        200: "duzentos duzentas",
        300: "trezentos trezentas",
        400: "quatrocentos quatrocentas",
        500: "quinhentos quinhentas",
        600: "seiscentos seiscentas",
        700: "setecentos setecentas",
        800: "oitocentos oitocentas",
        900: "novecentos novecentas",
    }.items()
    for word in words.split()
}
_SCALES = {"hundred": 100, "mil": 1000, "thousand": 1000}
_WORD = "|".join(sorted((*_VALUES, *_SCALES), key=len, reverse=True))
_COUNTED = r"por\s+cento|percent|%|reais|d[oó]lares|dollars|euros?|vezes|parcelas|instal+ments"
_SPOKEN = re.compile(
    rf"\b(?:{_WORD})(?:(?:\s+e\s+|\s+and\s+|-|\s+)(?:{_WORD}))*(?=\s*(?:{_COUNTED})(?!\w))",
    re.IGNORECASE,
)


def in_digits(text: str) -> str:
    """``text`` with the number words before a unit of money, share or instalment as digits.

    Other number words stay: "um" is also an article, and nobody takes "dois cães" for a promise.
    """
    return _SPOKEN.sub(lambda match: str(_value(match[0])), text)


def _value(spoken: str) -> int:
    total = part = 0
    for word in re.findall(rf"\b(?:{_WORD})\b", spoken.casefold()):
        scale = _SCALES.get(word)
        if scale is None:
            part += _VALUES[word]
        elif scale == 100:
            part = max(part, 1) * scale
        else:
            total, part = total + max(part, 1) * scale, 0
    return total + part
