"""Which businesses there are, without reading them."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"


def names() -> list[str]:
    """The businesses there are."""
    return sorted(path.parent.name for path in DATA.glob("*/business.yaml"))
