"""How many of a thing a message asks for. Pure."""

from __future__ import annotations

import re
from typing import Final

from .number_words import value_of

MOST: Final = 500
_UNIT: Final = (
    r"kg|g|gr|gramas?|quilos?|kilos?|ml|l|lts?|litros?|cm|mm|m|metros?|mg|x|vezes|parcelas|v|volts?|w"
    r"|watts?|gb|tb|pol|polegadas?|anos?|m[eê]s|meses|semanas?|dias?|horas?|hs?|hrs?|min|minutos?"
    r"|reais|centavos|por\s+cento|am|pm|years?|months?|weeks?|days?|hours?|minutes?|em\s+1|in\s+1"
    r"|e|ou|a|and|or|to"
)
_COUNT: Final = re.compile(
    rf"(?<![\w.,/$:-])(?P<n>\d{{1,3}})\s+(?!(?:{_UNIT})\b)(?=[a-zà-ÿ])", re.IGNORECASE
)


def quantities(text: str) -> list[int]:
    """The numbers in ``text`` that count things, "2 sacos" or "dois sacos"; sizes are none."""
    written = [int(match["n"]) for match in _COUNT.finditer(text)]
    return [number for number in written + value_of(text) if 2 <= number <= MOST]
