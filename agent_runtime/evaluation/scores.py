"""Scores of a run, and the floors they must not fall under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .judge import Judged
from .turns import CLASSES

FLOORS = {"crew": 0.95, "handover": 0.95, "facts": 0.95}
"""Shares of the development set."""
NONE_OF = ("invented", "leaks", "forbidden")
"""Counted, and not one is allowed."""


def scores(judged: Sequence[Judged]) -> dict[str, Any]:
    """Shares from 0 to 1 (``None``: nothing to measure) and counts, whole and by class."""
    return {
        "turns": len(judged),
        **_measures(judged),
        "classes": {
            name: {"turns": len(those), **_measures(those)}
            for name in CLASSES
            if (those := [one for one in judged if one.case.kind == name])
        },
    }


def under_floor(measured: dict[str, Any]) -> list[str]:
    """What is worse than allowed, in words."""
    low = [
        f"{name} {measured[name]:.1%} is under {floor:.0%}"
        for name, floor in FLOORS.items()
        if measured[name] is not None and measured[name] < floor
    ]
    return low + [f"{name}: {measured[name]}" for name in NONE_OF if measured[name]]


def _measures(judged: Sequence[Judged]) -> dict[str, Any]:
    return {
        "right": _share(one.right for one in judged),
        "crew": _share(one.crew for one in judged),
        "handover": _share(one.handover for one in judged),
        "facts": _share(found for one in judged for _name, found in one.facts),
        "retrieval": _share(one.retrieval for one in judged),
        **{name: sum(len(getattr(one, name)) for one in judged) for name in NONE_OF},
    }


def _share(values: Iterable[bool | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
