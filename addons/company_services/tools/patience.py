"""Time that several questions share while somebody waits for all the answers."""

from time import monotonic


class Patience:
    """``seconds`` for ``questions`` asked one after the other; what one leaves, the others have."""

    def __init__(self, seconds: float, questions: int) -> None:
        self._until = monotonic() + seconds
        self._left = questions

    def share(self) -> float:
        """Longest wait in seconds for the next question: a fair part of what is left."""
        share = max(self._until - monotonic(), 0) / max(self._left, 1)
        self._left -= 1
        return max(share, 0.1)  # none would mean for ever to some libraries
