"""Arithmetic of AI prices, without Odoo.

A price of zero means "no AI price: the list price is quoted". Therefore a calculation that ends
at zero or below is no price at all, and whoever asked is told so instead of silently getting
the list price quoted.
"""

from __future__ import annotations

from typing import Literal

Method = Literal["percentage", "fixed", "match"]
Base = Literal["list", "ai"]


def adjusted(
    *,
    list_price: float,
    ai_price: float,
    method: Method,
    base: Base,
    percent: float = 0.0,
    amount: float = 0.0,
) -> float:
    """The new AI price, never below zero; not rounded.

    ``percentage`` and ``fixed`` change the base by a signed percentage or amount; ``match`` is
    the list price whatever the base. A product without an AI price is based on its list price,
    because that is what is quoted for it now.
    """
    if method == "match":
        return max(list_price, 0.0)
    start = ai_price if base == "ai" and ai_price else list_price
    price = start * (1 + percent / 100) if method == "percentage" else start + amount
    return max(price, 0.0)
