"""The size of a thing that a text asks for: "calça 44", "tamanho M", "15 kg"."""

from __future__ import annotations

import re
from typing import Final

from .concepts import concept, concepts
from .text import plain, words

_LETTERS: Final = r"(?:pp|p|m|g|gg|xg|xgg|xs|xl)"
_MONEY: Final = "reais|real|conto|contos|pila|centavos|mil"
_TAGGED: Final = re.compile(
    rf"\b(?:tamanho|tam|numero|numeracao|size|talla)\.? ?(\d{{1,3}}|{_LETTERS})\b"
    rf"|\b(?:no|na|em) ({_LETTERS})\b"
    rf"|\b(?:[oa]s?|uma?s?|uns) de (\d{{1,3}}|{_LETTERS})\b(?! (?:{_MONEY})\b)"
)
_MEASURE: Final = re.compile(
    r"\b(\d+)(?:[.,]\d+)? ?(?:kg|quilos?|g|gr|gramas?|ml|l|lts?|litros?|cm|mm|polegadas?"
    r"|inch(?:es)?)\b"
)
_SIZE: Final = re.compile(rf"\d{{1,3}}|{_LETTERS}")
_COUNTERS = "unidade unidades pacote pacotes saco sacos caixa caixas vezes x reais real pessoas"
_COUNTED: Final = frozenset(_COUNTERS.split())


def sizes(text: str, name: str) -> frozenset[str]:
    """The sizes, as folded words, that ``text`` asks of the thing called ``name``.

    A number right after a word of the name is one, "calça 44"; before it, it is a quantity.
    """
    read = plain(text)
    found = {size for match in _TAGGED.findall(read) for size in match if size}
    found |= set(_MEASURE.findall(read))
    spoken, known = words(text), concepts(name)
    for before, number, after in zip(spoken, spoken[1:], [*spoken[2:], ""], strict=False):
        told = _SIZE.fullmatch(number) and after not in _COUNTED
        if told and concept(before) in known and not before.isdigit():
            found.add(number)
    return frozenset(found)
