"""What an order comes to: decimal arithmetic over prices and terms that the turn has read. Pure.

A model says which and how many; the amounts are the evidence's, never its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import starmap
from typing import Final, NamedTuple

from ..contracts import DeliveryTerms
from ..decision.concepts import concepts
from ..decision.text import plain
from ..evidence import Evidence
from ..evidence_check import policy_words
from ..llm.answers.money import money, number

PRICED: Final = ("product", "service")
CENT: Final = Decimal("0.01")
FROM: Final = "from"
"""The ``pricing`` of a service whose price is only where it begins."""


class CannotCalculate(ValueError):
    """An operand is not in the evidence, in words for the model."""


class Item(NamedTuple):
    """So many of one thing."""

    reference: str
    quantity: Decimal


class _Line(NamedTuple):
    piece: Evidence
    quantity: Decimal
    amount: Decimal


def calculate(
    items: Sequence[Item],
    rules: Sequence[str],
    evidence: Iterable[Evidence],
    currency: str,
    language: str,
) -> Evidence:
    """The order's lines, discounts, delivery fee and total as evidence, in ``currency``.

    :param rules: keys of rules to apply: a discount to the products that it is limited to by its
        fields or its words, and before a delivery fee, which is waived from the rule's order
        total on

    Raises :class:`CannotCalculate` for a reference without a price, and for a rule that is not in
    force or has no amount.
    """
    read = {(piece.kind in PRICED, piece.reference): piece for piece in evidence if _counts(piece)}
    if not items:
        raise CannotCalculate("name at least one item")
    items = _together(items)
    lines = [_line(item, read.get((True, item.reference)), currency) for item in items]
    told = [_told(line, currency, language) for line in lines]
    total = sum((line.amount for line in lines), Decimal())
    applied = [_rule(key, read.get((False, key))) for key in dict.fromkeys(rules)]
    words = _words(language)
    for rule in sorted(applied, key=lambda piece: "delivery" in piece.data):
        if terms := rule.data.get("delivery"):
            fee = _fee(DeliveryTerms.model_validate(terms), total, rule)
            total += fee
            told.append(words["fee"].format(name=rule.title, fee=money(fee, currency, language)))
        else:
            off = _discount(rule, lines)
            total = max(total - off, Decimal())
            told.append(words["off"].format(name=rule.title, off=money(off, currency, language)))
    if len(told) > 1:
        told.append(words["total"].format(total=money(total, currency, language)))
    counted = [f"{item.quantity}x{item.reference}" for item in items]
    return Evidence(
        kind="calculation",
        reference="calculation," + "+".join([*counted, *(rule.reference for rule in applied)]),
        title=", ".join(line.piece.title for line in lines),
        text="\n".join(told),
        via="calculator",
        data={
            "result": str(total),
            "currency": currency,
            "quantities": {item.reference: str(item.quantity) for item in items},
            "of": [line.piece.reference for line in lines] + [rule.reference for rule in applied],
        },
    )


def _together(items: Iterable[Item]) -> list[Item]:
    """One item for each thing, be it named twice."""
    wanted: dict[str, Decimal] = {}
    for reference, quantity in items:
        wanted[reference] = wanted.get(reference, Decimal()) + quantity
    return list(starmap(Item, wanted.items()))


def _counts(piece: Evidence) -> bool:
    data = piece.data
    if piece.kind in PRICED:
        return data.get("price") is not None and data.get("pricing") != FROM
    amounts = ("discount_percent", "discount_amount", "delivery")
    return piece.kind == "rule" and not data.get("upcoming") and any(data.get(k) for k in amounts)


def _line(item: Item, piece: Evidence | None, currency: str) -> _Line:
    if piece is None:
        raise CannotCalculate(f"the evidence has no price for {item.reference}")
    if piece.data.get("currency", currency) != currency:
        raise CannotCalculate(f"the price of {item.reference} is in another currency")
    amount = Decimal(str(piece.data["price"])) * item.quantity
    return _Line(piece, item.quantity, amount.quantize(CENT, ROUND_HALF_UP))


def _rule(key: str, piece: Evidence | None) -> Evidence:
    if piece is None:
        raise CannotCalculate(f"no rule in force with an amount is called {key}")
    return piece


def _discount(rule: Evidence, lines: Sequence[_Line]) -> Decimal:
    """What ``rule`` takes off the lines that it holds for."""
    base = sum((line.amount for line in lines if _holds_for(rule, line.piece)), Decimal())
    if not base:
        raise CannotCalculate(f"{rule.reference} does not hold for these items")
    if percent := rule.data.get("discount_percent"):
        return (base * Decimal(percent) / 100).quantize(CENT, ROUND_HALF_UP)
    return min(Decimal(rule.data["discount_amount"]), base)


def _holds_for(rule: Evidence, thing: Evidence) -> bool:
    """Whether a discount is for ``thing``: by its fields, else by its words."""
    products, categories = rule.data.get("products", ()), rule.data.get("categories", ())
    if products or categories:
        named = thing.reference in {f"product.template,{key}" for key in products}
        return named or thing.data.get("category") in categories
    if policy_words.ANY_GOODS.search(plain(rule.text)) or policy_words.PAID.search(
        plain(rule.text)
    ):
        return True
    goods = frozenset(word for word in concepts(rule.text) - policy_words.COMMON if word.isalpha())
    return not goods or bool(goods & concepts(thing.title))


def _fee(terms: DeliveryTerms, total: Decimal, rule: Evidence) -> Decimal:
    if terms.free_from is not None and total >= terms.free_from:
        return Decimal()
    if terms.fee is None:
        raise CannotCalculate(f"the fee of {rule.reference} is to be agreed")
    return terms.fee


def _told(line: _Line, currency: str, language: str) -> str:
    price = Decimal(str(line.piece.data["price"]))
    return (
        f"{number(line.quantity, language)} × {line.piece.title} "
        f"({money(price, currency, language)}): {money(line.amount, currency, language)}"
    )


def _words(language: str) -> dict[str, str]:
    return _WORDS["pt" if language.lower().startswith("pt") else "en"]


_WORDS: Final = {
    "pt": {
        "off": "Desconto ({name}): {off}",
        "fee": "Entrega ({name}): {fee}",
        "total": "Total: {total}",
    },
    "en": {
        "off": "Discount ({name}): {off}",
        "fee": "Delivery ({name}): {fee}",
        "total": "Total: {total}",
    },
}
