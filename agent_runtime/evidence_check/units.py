"""What numbers count: time, weight, length and the like. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

UNITS = {
    unit: re.compile(rf"(?:{words})(?!\w)", re.IGNORECASE)
    for unit, words in {
        "dias": r"dias?|d[ií]as?|days?",
        "semanas": r"semanas?|weeks?",
        "meses": r"m[eê]s(?:es)?|months?",
        "anos": r"anos?|años?|years?",
        "horas": r"horas?|hours?|h",
        "minutos": r"min|minutos?|minutes?",
        "kg": r"kg|kgs|quilos?|kilos?|quilogramas?",
        "g": r"gr?|gramas?|grams?",
        "mg": r"mg",
        "l": r"lt?s?|litros?|lit(?:er|re)s?",
        "ml": r"ml",
        "m": r"m|metros?|met(?:er|re)s?",
        "cm": r"cm|cent[ií]metros?",
        "mm": r"mm",
        "km": r"km|quil[oô]metros?",
        "gb": r"gb",
        "tb": r"tb",
        "v": r"v|volts?",
        "w": r"w|watts?",
        "pessoas": r"pessoas?|people|persons?|guests?",
        "unidades": r"unidades?|unid|und?|units?|pe[çc]as?",
    }.items()
}
"""What a number counts, so that 90 days do not pass for 90 months."""


@lru_cache(1024)
def unit_of(word: str) -> str:
    """The unit that a word or a unit of measure in Odoo names, ``""`` for none."""
    return next((unit for unit, words in UNITS.items() if words.fullmatch(word.strip())), "")
