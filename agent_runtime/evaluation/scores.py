"""Scores of a run, and the floors they must not fall under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .judge import Judged
from .turns import ANY, CLASSES

FLOORS = {
    "crew": 0.95,
    "handover": 0.95,
    "needed": 0.95,
    "called": 0.9,
    "facts": 0.95,
    "precision": 0.9,
}
"""Shares of the development set."""
NONE_OF = ("invented", "leaks", "forbidden", "errors")
"""Counted, and not one is allowed."""
MOST_MISLEADING = 0.03
"""Share of the turns that may be answered with confidence and wrongly."""


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
    if measured["misleading"] > MOST_MISLEADING * measured["turns"]:
        low.append(f"misleading: {measured['misleading']} of {measured['turns']}")
    return low + never(measured)


def never(measured: dict[str, Any]) -> list[str]:
    """What was counted and must not be, in any set, in words."""
    return [f"{name}: {measured[name]}" for name in NONE_OF if measured.get(name)]


def _measures(judged: Sequence[Judged]) -> dict[str, Any]:
    decided = [one for one in judged if one.case.handover != ANY]
    cited = [one for one in judged if one.strays is not None]
    told = sum(one.relevant + len(one.strays) for one in cited)
    return {
        "right": _share(one.right for one in judged),
        "crew": _share(one.crew for one in judged),
        "handover": _share(one.handover for one in judged),
        # Apart, because most turns need nobody: who never hands over is right in most.
        "needed": _share(one.handover for one in decided if one.case.handover),
        "called": _share(bool(one.case.handover) for one in decided if one.handed_over),
        "facts": _share(found for one in judged for _name, found in one.facts),
        "retrieval": _share(one.retrieval for one in judged),
        "precision": sum(one.relevant for one in cited) / told if told else None,
        "misleading": sum(one.misleading for one in judged),
        "errors": sum(one.error is not None for one in judged),
        **{name: sum(len(getattr(one, name)) for one in judged) for name in NONE_OF[:3]},
    }


def _share(values: Iterable[bool | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
