"""Which of the free times that were listed a bare number picks: "1", "10". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from ..contracts import HistoryEntry

_CLOCK: Final = r"\d{1,2}(?:h\d{0,2}|:\d\d)"
_DAY: Final = re.compile(
    rf"^- (?P<day>[^\n]*\d): (?P<times>{_CLOCK}(?:, {_CLOCK})*)$", re.MULTILINE
)
_HOUR: Final = re.compile(r"\W*(\d{1,2})\W*")


def picked_time(
    text: str, history: Sequence[HistoryEntry], numbered: Callable[[str, list[str]], str | None]
) -> str | None:
    """The day or the time in the crew's own words; ``None`` where the crew listed none or the
    text is no bare number.

    :param numbered: the option whose place in a list is all that a text says
    """
    last = next((entry for entry in reversed(history) if entry.role != "customer"), None)
    days = list(_DAY.finditer(last.text)) if last and last.role == "crew" else []
    if not days:
        return None
    hour = _HOUR.fullmatch(text)
    if hour and any(re.search(rf"\b{int(hour[1]):d}(?:h|:)", found["times"]) for found in days):
        return f"{days[0]['day']} {int(hour[1])}h" if len(days) == 1 else f"{int(hour[1])}h"
    if len(days) > 1:
        return numbered(text, [found["day"] for found in days])
    day, times = days[0]["day"], days[0]["times"].split(", ")
    return numbered(text, [f"{day} {at}" for at in times])
