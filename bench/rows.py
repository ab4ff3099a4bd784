"""A measured value, the table of them, and the file that keeps them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "build" / "bench.json"


@dataclass(frozen=True)
class Row:
    """``baseline`` is the thing compared with, measured in the same run, in the same unit.

    ``ratio`` is value / baseline; whether more or less is better depends on the unit.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None

    @property
    def ratio(self) -> float | None:
        """Value divided by baseline; None without one."""
        return self.value / self.baseline if self.baseline else None

    def as_dict(self) -> dict[str, str | float | None]:
        """The form of ``build/bench.json``."""
        return {**asdict(self), "ratio": self.ratio}


def save(rows: list[Row], path: Path = OUTPUT) -> None:
    """Write the rows as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([row.as_dict() for row in rows], indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def table(rows: list[Row]) -> str:
    """The rows as text."""
    cells = [("name", "value", "unit", "baseline", "ratio")]
    cells += [
        (row.name, _number(row.value), row.unit, _number(row.baseline), _number(row.ratio, 2))
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _number(value: float | None, digits: int = 1) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def percentile(values: list[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
