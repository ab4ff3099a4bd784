"""What a question about delivery is about and the order's total that it names. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ..evidence_check.claims import claims, decimal
from .text import plain

_ASKED: Final = re.compile(
    r"\b(?:entreg\w*|frete|deliver\w*|ship(?:s|ping)?|motoboy"
    r"|(?:fazem|hacen) envios?|envian|envios? (?:para|pro|gratis))\b"
    r"|\b(?:leva[mr]?|receb(?:er|o)) (?:isso |tudo )?(?:ate |em |na )?(?:a )?(?:minha )?"
    r"(?:casa|residencia|domicilio)\b"
    r"|\bquanto tempo (?:e que )?chega\b|\bchegam? em quanto tempo\b"
    r"|\benvia(?:m|r)? (?:para|ate|pelos? correios)\b(?! (?:o |a )?(?:meu|minha|mim|e-?mail|whats))"
)
_FREE: Final = re.compile(r"\b(?:gratis|gratuit[oa]|de graca|free)\b")
_ON_DELIVERY: Final = re.compile(
    r"(?<!taxa )(?<!taxas )(?<!valor )(?<!custo )"
    r"\b(?:na|no ato da|na hora da|on) (?:entrega|delivery)\b"
)
"""When something is paid, not a question about the delivery; "a taxa na entrega" is one."""
_VOUCHER: Final = re.compile(
    r"\b(?:cupo(?:m|ns)|vales?|descontos?|cashback|cr[ée]ditos?|vouchers?|coupons?|discount)\b"
    r"[^\d.,;?!\n]{0,20}\d[\d.,]*(?: reais)?",
    re.IGNORECASE,
)
"""An amount that is taken off the order, not the order's."""
_BARE_TOTAL: Final = re.compile(
    r"\b(?:pedidos?|compras?|carrinho|total)(?: (?:ja|deu|deram|dar|foi|ficou|esta|e|de|em))+ "
    r"(\d+(?:[.,]\d+)*)(?=\W*$|[,;?!])"
)
"""What an order comes to, without a currency; a number of things is followed by their name."""


def is_asked(text: str) -> bool:
    """Whether a text asks about delivery."""
    return bool(_ASKED.search(_ON_DELIVERY.sub(" ", plain(text))))


def is_about_free(text: str) -> bool:
    """Whether a text asks when delivery costs nothing."""
    return bool(_FREE.search(plain(text)))


def total(text: str) -> Decimal | None:
    """The order's total that ``text`` names, the last of several."""
    amounts = [
        Decimal(c.value)
        for line in _VOUCHER.sub(" ", text).splitlines()
        for c in claims(line)
        if c[0] == "price"
    ]
    if amounts:
        return amounts[-1]
    bare = _BARE_TOTAL.search(plain(text))
    return Decimal(decimal(bare[1]) or 0) if bare else None
