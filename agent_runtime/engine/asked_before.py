"""Whether an answer asks the customer what was asked twice already. Pure.

Who did not answer a question twice will not answer it a third time: a person has to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..contracts import HistoryEntry
from ..decision.text import fold

ENOUGH: Final = 2


def asked_enough(body: str, history: Iterable[HistoryEntry]) -> bool:
    """Whether the crew's last messages both asked the very question that ``body`` is."""
    question = fold(body)
    last = [fold(entry.text) for entry in history if entry.role == "crew"][-ENOUGH:]
    asks = question.endswith("?")
    return asks and len(last) == ENOUGH and all(question in told for told in last)
