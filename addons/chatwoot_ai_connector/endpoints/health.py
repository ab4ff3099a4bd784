"""All dependencies asked at once, and one word for them."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Any

from . import health_checks as checks
from .in_parallel import in_parallel

SECONDS = 4.5
"""For all of them together."""
FRESH_SECONDS = 10
"""So long an answer is given again: nobody should be able to keep the stores busy with this."""
FOR_EVERYBODYS_EYES = ("status", "message")
"""What a check says without naming a database: managers must not hear of other tenants'."""
NEEDED: dict[str, Callable[[], dict[str, Any]]] = {
    "postgresql": checks.postgresql,
    "agent_runtime": checks.agent_runtime,
    "mongodb": checks.mongodb,
    "jobs": checks.jobs,
    "disk": checks.disk,
}
OPTIONAL: dict[str, Callable[[], dict[str, Any]]] = {"redis": checks.redis_cache}

_lock = Lock()
_latest: tuple[float, dict[str, Any]] | None = None


def report() -> dict[str, Any]:
    """``status`` (``ok`` or ``trouble``) and each dependency under ``checks``; at most 10 s old."""
    global _latest
    with _lock:
        if _latest is None or time.monotonic() - _latest[0] > FRESH_SECONDS:
            told = ask()
            _latest = (time.monotonic(), told)
        return _latest[1]


def for_tenants(report: dict[str, Any]) -> dict[str, Any]:
    """The :func:`report` without what concerns other tenants of the server."""
    checks = {
        name: {key: check[key] for key in FOR_EVERYBODYS_EYES if key in check}
        for name, check in report["checks"].items()
    }
    return {"status": report["status"], "checks": checks}


def ask() -> dict[str, Any]:
    """Ask every dependency now. Those that are optional do not decide the ``status``."""
    results = in_parallel({**NEEDED, **OPTIONAL}, SECONDS)
    told = {name: _told(result) for name, result in results.items()}
    works = all(told[name]["status"] == "ok" for name in NEEDED)
    return {"status": "ok" if works else "trouble", "checks": told}


def _told(result: Any) -> dict[str, Any]:
    if isinstance(result, checks.Trouble):
        return {"status": "trouble", "message": str(result), **result.details}
    if isinstance(result, TimeoutError):
        return {"status": "trouble", "message": "did not answer in time"}
    if isinstance(result, Exception):
        return {"status": "trouble", "message": type(result).__name__}
    return {"status": "ok", **result}
