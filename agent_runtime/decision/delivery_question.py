"""What a question about delivery names: a postal code, a city, an order's total. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from ..delivery import city_and_state, normalise_postal_code
from ..engine.claims import claims
from .text import fold, plain

_ASKED: Final = re.compile(
    r"\b(?:entreg\w*|frete|deliver\w*|shipping|motoboy|fazem envios?|envios? (?:para|pro|gratis))\b"
    r"|\b(?:leva[mr]?|receb(?:er|o)) (?:isso |tudo )?(?:ate |em |na )?(?:a )?(?:minha )?"
    r"(?:casa|residencia|domicilio)\b"
    r"|\benvia(?:m|r)? (?:para|ate|pelos? correios)\b(?! (?:o |a )?(?:meu|minha|mim|e-?mail|whats))"
)
_ON_DELIVERY: Final = re.compile(r"\b(?:na|no ato da|na hora da|on) (?:entrega|delivery)\b")
"""When something is paid, not a question about the delivery."""
POSTAL_CODE: Final = re.compile(r"(?<![\d-])\d{2}\.?\d{3}-\d{3}(?![\d-])")
_BARE_CODE: Final = re.compile(r"\bcep\b\D{0,12}(\d{5} ?\d{3})(?!\d)|^\s*(\d{8})\s*$", re.MULTILINE)
_EIGHT_DIGITS: Final = re.compile(r"(?<![\d-])\d{8}(?![\d-])")
_TO: Final = re.compile(
    r"\b(?:em|para|ate|in|to) (?:a cidade de |cidade de )?(?P<city>[a-z'][a-z' -]*[a-z])"
)
_DISTRICT: Final = re.compile(r"\b(?:no|na|nos|nas) (?:bairro )?(?P<name>[a-z]{4,})")
_LEAD: Final = re.compile(
    r"^(?:e |mas )?(?:e |sou |moro |fica |estou |seria |and )?"
    r"(?:em |para |de |do |da |in |to |from )?(?:a cidade de )?"
)
_VERB: Final = re.compile(r"[a-z]{3,}(?:ar|er|ir)")
"""An infinitive, as in "para receber"."""
_ENDS: Final = re.compile(
    r"\b(?:e|ou|com|se|quanto|qual|que|hoje|amanha|ainda|tambem|por favor|fica|custa|sai|and|or)\b"
)
_NO_CITY = """
    casa domicilio quanto quantos quantas qual quais todo todos toda todas que sabado sabados
    domingo domingos segunda terca quarta quinta sexta hoje amanha apartamento predio condominio
    mim meu minha nossa nosso feriado feriados horario dia dias menos fim outra outras outro outros
    cidade cidades estado estados interior fora qualquer local lugar residencia endereco bairro
    bairros regiao cada um uma o a os as la aqui ai voce voces eu nos comprar quem loja alguns
    algum alguma mais mesmo proximo proxima natal pix cartao compra pedido sim nao ok certo obrigado
    obrigada oi ola bom boa isso
    home my the which all any
"""
_NO_CITIES: Final = frozenset(_NO_CITY.split())
FEW_WORDS: Final = 4
"""A bare answer to "which city?" has no more."""


class Place(NamedTuple):
    """Where to, as far as said; ``city`` folded, ``postal_code`` eight digits."""

    postal_code: str | None = None
    city: str | None = None

    def __bool__(self) -> bool:
        return bool(self.postal_code or self.city)


def is_asked(text: str) -> bool:
    """Whether a text asks about delivery."""
    return bool(_ASKED.search(_ON_DELIVERY.sub(" ", plain(text))))


def known_place(text: str, cities: Iterable[str]) -> Place:
    """A postal code and one of ``cities``, wherever ``text`` has them."""
    read = " ".join(re.findall(r"\w+", plain(text)))
    known = sorted({city_and_state(city)[0] for city in cities}, key=len, reverse=True)
    city = next((c for c in known if c and re.search(rf"\b{re.escape(c)}\b", read)), None)
    return Place(postal_code=_code(text), city=city)


def place(text: str, cities: Iterable[str], *, bare: bool = False) -> Place:
    """The place that a text about delivery names, be it served or not.

    :param cities: those the company delivers to
    :param bare: the text answers the question for a place, so that a name alone is one
    """
    if known := known_place(text, cities):
        return known
    read = plain(text)
    named = [match["city"] for match in _TO.finditer(read)]
    if bare and not is_asked(text) and len(read.split()) <= FEW_WORDS:
        named.append(_LEAD.sub("", read.strip(" .!?")))
    cut = (_ENDS.split(name, maxsplit=1)[0].strip(" -'") for name in named)
    return Place(city=next((name for name in cut if _may_be_city(name)), None))


def names_district(text: str) -> bool:
    """Whether ``text`` asks for a part of a town, "no centro", which no terms know by name."""
    found = _DISTRICT.finditer(plain(text)) if is_asked(text) else ()
    return any(_may_be_city(match["name"]) for match in found)


def total(text: str) -> Decimal | None:
    """The order's total that ``text`` names, the last of several."""
    amounts = [
        Decimal(c.value) for line in text.splitlines() for c in claims(line) if c[0] == "price"
    ]
    return amounts[-1] if amounts else None


def _code(text: str) -> str | None:
    if found := POSTAL_CODE.search(text):
        return normalise_postal_code(found[0])
    if found := _BARE_CODE.search(fold(text)):
        return normalise_postal_code(found[1] or found[2])
    if is_asked(text) and (found := _EIGHT_DIGITS.search(text)):
        return found[0]
    return None


def _may_be_city(name: str) -> bool:
    words = name.split()
    if not words or any(char.isdigit() for char in name):
        return False
    return not {words[0], words[-1]} & _NO_CITIES and not _VERB.fullmatch(words[0])
