"""The calculator as a tool of the crew."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from crewai.tools import BaseTool
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from ..engine.briefing import escape
from ..engine.ledger import Ledger
from ..tools.calculator import CannotCalculate, Item, calculate

NAME: Final = "calculate"
_PURPOSE: Final = (
    "Add up an order from products, services and rules of the evidence, by their references: "
    "lines, discount, delivery fee and total. Tell totals only as it returns them."
)


class OrderedItem(BaseModel):
    """One thing and how many of it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    reference: str = Field(description="Reference of a product or service in the evidence.")
    quantity: Annotated[Decimal, Field(gt=0, le=10_000)] = Decimal(1)


class Order(BaseModel):
    """What a model may give to the tool. It names no amount: those are the evidence's."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    items: Annotated[list[OrderedItem], Field(min_length=1, max_length=20)]
    rules: Annotated[list[str], Field(max_length=5)] = Field(
        default=[], description="References of rules: a discount that holds, a delivery fee."
    )


class CalculateTool(BaseTool):
    """Calculates over the turn's ledger, and leaves the result there as evidence."""

    args_schema: type[BaseModel] = Order
    max_usage_count: int | None = 3
    _ledger: Ledger = PrivateAttr()
    _currency: str = PrivateAttr()
    _language: str = PrivateAttr()

    def __init__(self, ledger: Ledger, currency: str, language: str) -> None:
        super().__init__(name=NAME, description=_PURPOSE)
        self._ledger = ledger
        self._currency = currency
        self._language = language

    def _run(self, items: list, rules: list[str] | None = None) -> str:
        """Called by CrewAI in a worker thread, with plain values or with the models above."""
        order = Order.model_validate(
            {"items": [dict(item) for item in items], "rules": rules or []}
        )
        wanted = [Item(item.reference, item.quantity) for item in order.items]
        known = self._ledger.evidence
        try:
            result = calculate(wanted, order.rules, known, self._currency, self._language)
        except CannotCalculate as error:
            return escape({"error": str(error)})
        self._ledger.add([result])
        return escape([result.model_dump(mode="json")])
