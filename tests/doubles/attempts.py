"""Attempts of account 7 to reach what account 8 has: counted, and looked at for the secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable
from typing import Any

SECRET = "zx-4471"
"""Stands in everything that account 8 has, and nowhere else."""
TOPIC = "girafas"
"""What account 8's secret is about, as an attacker may know."""

MADE: Counter[str] = Counter()
LEAKED: Counter[str] = Counter()


async def attempt(server: str, call: Awaitable[Any]) -> Any:
    """Make one; answer or error, neither may hold the secret. The answer, or the error itself."""
    try:
        answer = await call
    except Exception as error:
        answer = error
    looked_at(server, answer)
    return answer


def looked_at(server: str, answer: Any, *more: str) -> None:
    """Count an attempt whose answer is in hand; ``more`` are secret beside :data:`SECRET`."""
    MADE[server] += 1
    told = f"{answer!r} {answer} {getattr(answer, '__cause__', None)!r}"
    if any(secret in told for secret in (SECRET, *more)):
        LEAKED[server] += 1
        raise AssertionError(f"{server}: account 7 was told what account 8 has")


def summary() -> list[tuple[str, int, int]]:
    """Each server with its attempts and leaks."""
    return [(server, MADE[server], LEAKED[server]) for server in sorted(MADE)]
