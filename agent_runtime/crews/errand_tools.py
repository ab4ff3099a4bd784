"""Tools for orders, free times and wishes: arguments of ours, each with a type and a limit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
)

from ..engine.briefing import escape
from ..engine.ledger import Ledger
from ..engine.wishes import WishRefused
from ..evidence import Evidence
from .tools import EvidenceTool

OnDay = Annotated[date | None, BeforeValidator(lambda given: given or None)]


class _Arguments(BaseModel):
    """What a model may give to a tool. Anything else is refused."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class OrderArguments(_Arguments):
    """Which of the customer's orders."""

    number: str = Field("", max_length=40, description="Number of the order; empty: the newest.")


class SlotArguments(_Arguments):
    """For what, and when."""

    service: str = Field(max_length=200, description="The service, in the customer's words.")
    date: OnDay = Field(None, description="ISO date, or empty.")


class BookArguments(_Arguments):
    """Which of the free times."""

    starts_at: str = Field(max_length=40, description="starts_at of a free time, as it was found.")


class QuoteLine(_Arguments):
    """One product."""

    product: str = Field(max_length=60, description="Its reference, product.template,ID.")
    quantity: float = Field(1.0, gt=0, le=10_000)


class QuoteArguments(_Arguments):
    """What is to be quoted."""

    lines: list[QuoteLine] = Field(min_length=1, max_length=20)


class LeadArguments(_Arguments):
    """What the customer is interested in."""

    summary: str = Field(max_length=300)


class ErrandTool(EvidenceTool):
    """Runs an errand with checked arguments; what it found goes to the model and the ledger."""

    _run_errand: Callable[[Any], Awaitable[list[Evidence]]] = PrivateAttr()

    def __init__(
        self,
        name: str,
        description: str,
        arguments: type[BaseModel],
        run: Callable[[Any], Awaitable[list[Evidence]]],
        ledger: Ledger,
    ) -> None:
        super().__init__(name, description, self._search_by_arguments, ledger, arguments)
        self._run_errand = run

    def _run(self, **given: Any) -> str:
        """Called by CrewAI in a worker thread; the errand runs on the service's loop."""
        return self._looked_up(self._search_by_arguments(given), str(given.get("number", "")))

    async def _search_by_arguments(self, given: Any) -> list[Evidence]:
        try:
            asked = self.args_schema.model_validate(given)
        except ValidationError as error:
            wrong = {str(part) for trouble in error.errors() for part in trouble["loc"][:1]}
            raise WishRefused(f"not valid: {', '.join(sorted(wrong))}") from None
        return await self._run_errand(asked)

    def _refusal(self, error: Exception) -> str | None:
        return escape({"error": str(error)}) if isinstance(error, WishRefused) else None
