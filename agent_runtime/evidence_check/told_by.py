"""All that a piece of evidence says in words, its typed terms included. Pure."""

from __future__ import annotations

from typing import Final

from ..evidence import Evidence

DAYS: Final = (
    "segunda monday",
    "terça tuesday",
    "quarta wednesday",
    "quinta thursday",
    "sexta friday",
    "sábado saturday",
    "domingo sunday",
)


def told_by(piece: Evidence) -> str:
    """What a piece says, its typed terms included."""
    more = []
    if terms := piece.data.get("delivery"):
        more = ["entrega frete", *terms.get("cities", ()), *terms.get("carriers", ())]
        more.append(terms.get("remarks") or "")
        if terms.get("days_max") == 0:
            more.append("entrega no mesmo dia")
        if terms.get("fee") is not None and not float(terms["fee"]):
            more.append("entrega frete grátis")
        elif terms.get("free_from") is not None:
            more.append(f"entrega frete grátis acima de {terms['free_from']}")
    if booked := piece.data.get("scheduling"):
        names = ("service", "cancellation", "rescheduling", "required_information", "confirmation")
        more += [booked.get(name) or "" for name in names]
        more += [
            "horário",
            "com hora marcada",
            *(DAYS[window["weekday"]] for window in booked.get("windows", ())),
        ]
    if piece.data.get("pricing") == "on_request":
        more.append("valor preço sob consulta orçamento avaliação price quote on request")
    if piece.kind == "slot":
        more.append("agenda horário marcar livre vaga disponível free available slot")
    if (price := piece.data.get("price")) is not None and not float(price):
        more.append(f"{piece.title} grátis")
    return "\n".join((piece.title, piece.text, piece.data.get("scope") or "", *more))
