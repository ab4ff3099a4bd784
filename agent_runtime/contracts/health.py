"""How the runtime is."""

from __future__ import annotations

from typing import Literal

from .base import Contract


class Health(Contract):
    """Answer of ``GET /health``."""

    status: Literal["ok", "degraded", "starting"]
    boot_id: str
    version: str
    checks: dict[str, str] = {}
    """Dependency name to ``ok`` or the trouble in words."""
