"""Telling a customer's own order, payment or pet from a question about how things are done."""

from __future__ import annotations

import re
from typing import Final

from .text import plain

_OWN: Final = re.compile(
    r"\bmeus? pedidos?\b|\bminhas? (?:entregas?|encomendas?|compras?)\b"
    r"|\bpaguei\b|\bfui cobrad[oa]\b|\bme cobraram\b|\bcobrad[oa] (?:duas|2|em dobro|a mais)\b"
    r"|\bnao (?:chegou|recebi|entregaram)\b|\batrasad[oa]s?\b|\bcade\b"
    r"|\b(?:meu|minha|o|a) (?:pet|cachorr\w+|cadela|gat[oa]|dog)\b[^.?!]{0,25}\bpront[oa]\b"
)
_CONTENTS: Final = re.compile(
    r"\b(?:meus?|minhas?) (?:pedidos?|compras?) (?:ja |vai |vao |esta |estao )?"
    r"(?:deu|deram|dar|dando|da|de|e de|em|foi de|foram|ficou|ficaram|fica|ficam|soma\w*|totaliz\w+"
    r"|no valor de|por) (?:em |de )?(?:r\$ ?)?\d"
    r"(?![^?!]*\b(?:onde|quando|rastre\w*|status|chega\w*|sumiu|errad[oa]|faltou|faltando)\b)"
)
"""What is in an order and its total: the beginning of a question, not a case."""
_LATE_MYSELF: Final = re.compile(
    r"\b(?:cheg(?:uei|o|ar|amos|ando)|estou|vou|fiquei|me)\b(?:(?!\bpedido)[^.?!]){0,20}"
    r"\batrasad[oa]s?\b"
)
"""Who comes late asks what the house does then; what does not come is a case."""
_EXCHANGE: Final = re.compile(r"\b(?:trocar?|devolver|devolvo)\b")


def is_own_case(text: str) -> bool:
    """Whether the answer lies in what happened to this customer, which no document knows.

    A wish to exchange is left to the policy, whatever is told around it.
    """
    read = _LATE_MYSELF.sub(" ", _CONTENTS.sub(" ", plain(text)))
    return bool(_OWN.search(read)) and not _EXCHANGE.search(read)
