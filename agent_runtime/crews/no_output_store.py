"""CrewAI's store of task outputs, storing nothing.

The original writes every task's text of every tenant into one SQLite file, which is a leak of
customers' text and a lock that all crews wait for.
"""

from __future__ import annotations

from typing import Any


class NoOutputStore:
    """Stands in for ``crewai``'s ``TaskOutputStorageHandler``."""

    def reset(self) -> None:
        """Nothing is kept, so there is nothing to reset."""

    def update(self, task_index: int, log: dict[str, Any]) -> None:
        """Forget the output."""

    def add(self, *args: Any, **kwargs: Any) -> None:
        """Forget the output."""

    def load(self) -> None:
        """Nothing was kept."""
