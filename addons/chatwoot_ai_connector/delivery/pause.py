"""How long a service that cannot be reached is left in peace. Pure."""

from __future__ import annotations

SHORTEST = 5
LONGEST = 300
PROBE = 20
"""Seconds that others wait for the outcome of one who tries again: more than a call may take."""
MOST_ASKED_FOR = 3_600
"""Longest wait that a server's ``Retry-After`` is believed."""


def pause_after(unreachable_for: float, asked_for: int | None = None) -> int:
    """Seconds until the next try of a service that has been away for ``unreachable_for`` seconds.

    It doubles with each try in vain, because it is as long as the outage so far. ``asked_for``
    is what the server wants itself; nobody knows better.
    """
    if asked_for:
        return min(asked_for, MOST_ASKED_FOR)
    return int(min(max(unreachable_for, SHORTEST), LONGEST))
