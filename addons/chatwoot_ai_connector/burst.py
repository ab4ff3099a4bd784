"""When a burst of messages is to be answered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Grouping:
    """An inbox's settings; seconds, seconds, messages. ``window`` 0 switches grouping off."""

    window: int
    max_wait: int
    max_count: int


def due_at(
    grouping: Grouping, first_waiting_at: datetime, last_at: datetime, waiting: int
) -> datetime:
    """The moment to answer ``waiting`` messages, of which the first and last came then.

    Each message moves it by the window, up to the longest wait of the first one; a full burst
    is due at once.
    """
    if grouping.window <= 0 or waiting >= grouping.max_count:
        return last_at
    latest = first_waiting_at + timedelta(seconds=grouping.max_wait)
    return max(last_at, min(last_at + timedelta(seconds=grouping.window), latest))
