"""What an answer tells of the customer's own orders: their state and their dates. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from ..decision.number_words import in_digits
from ..decision.text import plain
from ..evidence import Evidence
from .claims import Claim, claims

_ORDER: Final = re.compile(r"\b(?:pedidos?|encomendas?|compras?|orcamentos?|orders?|quotations?)\b")
_NUMBER: Final = re.compile(r"\b[a-z]{1,4}\d{3,}\b")
_SHORT: Final = re.compile(
    r"\b(?:pedidos?|encomendas?|orders?)(?: n[º°o.]*| numero)? ?#?(?P<n>\d{1,9})\b"
)
_OWN: Final = re.compile(
    r"\b(?:(?:seus?|suas?|o|teu|your|the) (?:pedido|encomenda|compra|orcamento|order|quotation)"
    r"|(?:seus?|your) (?:produtos?|pacotes?|products?|packages?)"
    r"|(?:o|nosso) (?:entregador|motoboy))\b"
)
_HAPPENED: Final = re.compile(
    r"\b(?:ja|foi|foram|esta|estao|saiu|chegou|ficou|consta|encontra|chega|hoje|amanha|chegara"
    r"|is|was|has|have|arrives|will)\b"
)
_STATES: Final = {
    "sent": r"(?:re)?enviad[oa]s?|despachad[oa]s?|postad[oa]s?|a caminho|em (?:transito|rota)"
    r"|saiu|sairam|coletad[oa]s?|na transportadora|shipped|on (?:its|the) way|dispatched"
    r"|in transit",
    "delivered": r"entregues?|chegou|chegaram|recebid[oa]s?|delivered|arrived",
    "partly": r"em parte|parcial\w*|parte d\w+|partly|partially",
    "paid": r"pag[oa]s?|quitad[oa]s?|faturad[oa]s?|pagamento|paid|invoiced",
    "cancelled": r"cancelad[oa]s?|cancelled|canceled",
    "confirmed": r"confirmad[oa]s?|aprovad[oa]s?|confirmed|approved",
    "prepared": r"separad[oa]s?|separacao|preparad[oa]s?|preparacao|embalad[oa]s?|pront[oa]s?"
    r"|packed|ready",
    "late": r"atrasad[oa]s?|extraviad[oa]s?|perdid[oa]s?|retid[oa]s?|parad[oa]s?|late|delayed|lost",
    "refunded": r"reembolsad[oa]s?|estornad[oa]s?|devolvid[oa]s?|refunded|returned",
}
_WORD: Final = {name: re.compile(rf"\b(?:{words})\b") for name, words in _STATES.items()}
_QUOTED: Final = re.compile(r"\b(?:orcamentos?|quotations?)\b")
_HELD: Final = {
    "confirmed": {"confirmed"},
    "partly_delivered": {"confirmed", "sent", "partly"},
    "delivered": {"confirmed", "sent", "delivered"},
    "cancelled": {"cancelled"},
}
"""What may be said of an order in each state of Odoo's."""
_NOT: Final = re.compile(r"\b(?:nao|nem|ainda nao|not|never|n't)(?: \w+){0,2} $")
_LATER: Final = re.compile(
    r"\b(?:assim que|quando|se|caso|depois|apos|ate|antes|once|when|if|until|after|aguard\w+"
    r"|espera\w*)\b[^,;]*$"
)
_ARRIVES: Final = re.compile(
    r"\b(?:cheg\w+|entreg\w+|receb\w+|previst\w+|previsao|prazo|arriv\w+|deliver\w*|expected)\b"
)
_CLAUSE: Final = re.compile(r"[,;:.!?](?:\s(?!\d)|$)|\s(?:e|mas|and|but)\s")
_WITHIN: Final = re.compile(
    r"\b(?:em|dentro de|in|within) (?:ate )?\d+ (?:dias?|horas?|minutos?|days?|hours?|minutes?)\b"
)
"""When something comes, counted from now; an order only has a date."""
_DAYS: Final = {"depois de amanha": 2, "hoje": 0, "amanha": 1, "today": 0, "tomorrow": 1}


class Orders:
    """The orders that were read, all of one customer."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self._orders = [piece for piece in evidence if piece.kind == "order"]

    def wrong(self, sentence: str, today: date) -> list[Claim]:
        """What ``sentence`` says became or will become of an order, and no order read says."""
        bare = plain(sentence)
        if not self.told(bare):
            return []
        named = [order for order in self._orders if _names(bare, order.data["number"])]
        meant = named or self._orders
        held = set[str]().union(*(_HELD.get(order.data["state"], ()) for order in meant))
        if _QUOTED.search(bare) and any(order.data["state"] == "quotation" for order in meant):
            held.add("sent")
        wrong = [
            Claim("order", found[0])
            for name, pattern in _WORD.items()
            for found in pattern.finditer(bare)
            if not _LATER.search(bare[: found.start()])
            and (name in held) == bool(_NOT.search(bare[: found.start()]))
            and not (name == "delivered" and "partly" in held and _WORD["partly"].search(bare))
        ]
        due = {order.data.get("delivery_date") for order in meant}
        for clause in _CLAUSE.split(in_digits(bare)):
            if not _ARRIVES.search(clause):
                continue
            wrong += [Claim("order", found[0]) for found in _WITHIN.finditer(clause)]
            days = _days(clause, today)
            wrong += [Claim("order", day) for day in days if not _is_in(day, due)]
        return wrong

    def told(self, bare: str) -> bool:
        """Whether a folded sentence speaks of somebody's order, and not of orders in general."""
        if any(_names(bare, order.data["number"]) for order in self._orders):
            return True
        if _ORDER.search(bare) and _NUMBER.search(bare):
            return True
        own = _OWN.search(bare)
        if self._orders:
            own = own or _ORDER.search(bare) or _ARRIVES.search(bare)
        return bool(own and _HAPPENED.search(bare))


def _names(bare: str, number: str) -> bool:
    """Whether a folded sentence names the order ``number``, be it by "pedido 42" for S00042."""
    called = plain(number)
    if called in bare:
        return True
    digits = re.search(r"\d+$", called)
    short = digits and int(digits[0])
    return bool(short) and any(int(match["n"]) == short for match in _SHORT.finditer(bare))


def _days(clause: str, today: date) -> list[str]:
    """The days that a clause names, as dates."""
    found = [claim.value for claim in claims(clause) if claim.kind == "date"]
    for words, ahead in _DAYS.items():
        if re.search(rf"\b{words}\b", clause):
            found.append((today + timedelta(days=ahead)).isoformat())
            break
    return found


def _is_in(day: str, due: Iterable[str | None]) -> bool:
    """Whether ``day``, which may lack its year, is one of ``due``."""
    return any(one is not None and one.endswith(day) for one in due)
