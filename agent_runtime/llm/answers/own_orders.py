"""Telling a customer, whom the channel proves, of their own orders."""

from __future__ import annotations

from datetime import date
from typing import Any

from ...engine.briefing import Briefing
from ...evidence import Evidence
from .money import day, money, number
from .phrases import listed, phrases
from .statement import Statement

SHOWN = 3


def answer(briefing: Briefing) -> list[Statement]:
    """State, dates, total and lines of the orders found; else that none was, or may be, told."""
    say, found = phrases(briefing.language), _orders(briefing)
    if found:
        language = briefing.language
        return [Statement(told(p.data, language), (p.reference,)) for p in found[:SHOWN]]
    if not briefing.reads_orders:
        return []
    if not briefing.identified:
        return [Statement(say["order_unproven"])]
    asked = [q for q in briefing.searched if q.startswith("order_status: ")]
    named = any(q.removeprefix("order_status: ") for q in asked)
    return [Statement(say["order_unknown" if named else "order_none"])] if asked else []


def are_told(briefing: Briefing) -> bool:
    """Whether there is an order to tell of."""
    return bool(_orders(briefing))


def _orders(briefing: Briefing) -> list[Evidence]:
    return [piece for piece in briefing.evidence if piece.kind == "order"]


def told(data: dict[str, Any], language: str) -> str:
    """An order in sentences, from the ``data`` of its evidence."""
    say = phrases(language)
    ordered = data.get("date")
    on = (
        say["order_date"].format(date=day(date.fromisoformat(ordered), language)) if ordered else ""
    )
    state = say["order_states"].get(data["state"], data["state"])
    lines = [say["order_line"].format(number=data["number"], date=on, state=state)]
    if data.get("delivery_date"):
        words = say["order_delivered" if data["state"] == "delivered" else "order_delivery"]
        lines.append(words.format(date=day(date.fromisoformat(data["delivery_date"]), language)))
    if data.get("lines"):
        items = [f"{number(quantity, language)} × {name}" for name, quantity in data["lines"]]
        lines.append(say["order_lines"].format(lines=listed(items, language)))
    if "total" in data:
        total = money(data["total"], data["currency"], language)
        lines.append(say["order_total"].format(total=total))
    return " ".join(lines)
