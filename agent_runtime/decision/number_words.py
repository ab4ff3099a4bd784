"""Amounts in words, so that writing a number out does not hide it from the evidence check."""

from __future__ import annotations

import re

VALUES = {
    word: value
    for value, words in {
        1: "um uma one",
        2: "dois duas two dos",
        3: "três tres three",
        4: "quatro four cuatro",
        5: "cinco five",
        6: "seis six",
        7: "sete seven siete",
        8: "oito eight ocho",
        9: "nove nine nueve",
        10: "dez ten diez",
        11: "onze eleven",
        12: "doze twelve doce",
        13: "treze thirteen",
        14: "quatorze catorze fourteen",
        15: "quinze fifteen quince",
        16: "dezesseis sixteen",
        17: "dezessete seventeen",
        18: "dezoito eighteen",
        19: "dezenove nineteen",
        20: "vinte twenty veinte",
        30: "trinta thirty treinta",
        40: "quarenta forty cuarenta",
        50: "cinquenta fifty cincuenta",
        60: "sessenta sixty sesenta",
        70: "setenta seventy",
        80: "oitenta eighty ochenta",
        90: "noventa ninety",
        100: "cem cento cien ciento",
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
_LONGEST_FIRST = sorted((*VALUES, *_SCALES), key=len, reverse=True)
_WORD = "|".join(
    rf"{first}(?:{'|'.join(word[1:] for word in _LONGEST_FIRST if word[0] == first)})"
    for first in sorted({word[0] for word in _LONGEST_FIRST})
)
"""By their first letters: else a hundred alternatives are tried at every word of a text."""
_COUNTED = (
    r"por\s+cento|percent|%|reais|reales|d[oó]lar(?:es)?|dollars?|bucks|euros?|pesos?|libras?|pounds?|contos?"
    r"|pilas?|mangos|paus|centavos?|vezes|parcelas|instal+ments"
)
_MEASURED = (
    r"dias?|semanas?|m[eê]s|meses|anos?|horas?|minutos?|unidades?|days?|weeks?|months?|years?|hours?"
    r"|minutes?|units?"
)
# "dos" is two in Spanish, and "of the" in Portuguese.
_ONE = re.compile(
    r"\b(?P<before>(?:de|em|até|ate|por|in|within|for)\s+)?(?:um|uma|one)(?=\s+(?P<unit>anos?|m[eê]s"
    r"|years?|months?|(?:semana|week|dia|day|hora|hour|minuto|minute)\b(?P<after>\s+(?:d[eoa]|para|[uú]til"
    r"|corrid[oa]|antes|of|to|before)\b)?)\b)",
    re.IGNORECASE,
)
"""An article that counts: "um ano", "em um dia", "uma semana de prazo". Nobody is promised "um dia
ótimo"."""
_DEAL = re.compile(
    r"\b(?P<before>(?:leve|pague|ganhe|take|pay|get)\s+(?:mais\s+|only\s+|só\s+)?)"
    rf"(?P<words>{_WORD})(?!\w)",
    re.IGNORECASE,
)
_MANY = rf"(?!(?:um|uma|one|dos)\b(?!\s+(?:e|and)\b))(?:{_WORD})"
_RUN = rf"(?:(?:\s+e\s+|\s+and\s+|\s+y\s+|-|\s+)(?:{_WORD})){{0,9}}"
"""The longest amount has no more words; without an end, a text of nothing else takes for ever."""
_PRICED = (
    r"(?:custam?|custava|sai|saem|saindo|vale|fica|ficam|leva|cobramos|cost|costs|cuesta|por\s+apenas"
    r"|por\s+só|por\s+so|for\s+only|apenas|(?:faço|faco|fazemos|deixo|deixamos|vendo|vendemos)\s+por)"
    r"(?:\s+(?:por|em|a|apenas|só|so|just|only|menos\s+de|mais\s+de|cerca\s+de|uns|umas|at[eé]))*\s+"
)
_SPOKEN = re.compile(
    rf"\b(?:{_WORD}){_RUN}(?=\s*(?:{_COUNTED})(?!\w))"
    rf"|\b{_MANY}{_RUN}(?=\s+(?:{_MEASURED})(?!\w))",
    re.IGNORECASE,
)
_CENTS = re.compile(
    r"\b(?P<whole>\d+)\s+reais\s+e\s+(?P<part>\d{1,2})(?:\s+centavos?)?\b(?!\s*[a-zà-ÿ%])",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"\b{_MANY}{_RUN}(?!\w)", re.IGNORECASE)
_BARE = re.compile(
    rf"(?P<before>\b{_PRICED})(?P<words>{_MANY}{_RUN})(?!\w)(?!\s+[a-zà-ÿ])", re.IGNORECASE
)


def in_digits(text: str) -> str:
    """``text`` with the number words before a unit of money, share, time or goods as digits, and
    those that end what something costs.

    Other number words stay: "um" is also an article, and nobody takes "dois cães" for a promise.
    """
    told = _ONE.sub(_one, text)
    told = _DEAL.sub(lambda match: f"{match['before']}{_value(match['words'])}", told)
    counted = _SPOKEN.sub(lambda match: str(_value(match[0])), told)
    counted = _CENTS.sub(lambda match: f"{match['whole']},{int(match['part']):02} reais", counted)
    return _BARE.sub(lambda match: f"{match['before']}{_value(match['words'])} reais", counted)


def _one(match: re.Match[str]) -> str:
    long = re.match(r"ano|m[eê]s|year|month", match["unit"], re.IGNORECASE)
    counts = long or match["before"] or match["after"]
    return f"{match['before'] or ''}1" if counts else match[0]


def as_digits(text: str) -> str:
    """``text`` with every number in words as digits; lone articles stay."""
    return _ALONE.sub(lambda match: str(_value(match[0])), text)


def value_of(text: str) -> list[int]:
    """The numbers that ``text`` has in words, without lone articles."""
    return [_value(match[0]) for match in _ALONE.finditer(text)]


def _value(spoken: str) -> int:
    total = part = 0
    for word in re.findall(rf"\b(?:{_WORD})\b", spoken.casefold()):
        scale = _SCALES.get(word)
        if scale is None:
            part += VALUES[word]
        elif scale == 100:
            part = max(part, 1) * scale
        else:
            total, part = total + max(part, 1) * scale, 0
    return total + part
