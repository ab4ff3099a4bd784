"""Whether a text holds any of many patterns, asked in one pass instead of one for each. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable


class AnyOf:
    """Patterns of which one is enough.

    Those that begin with a word are joined: what they begin with in common, the edge of the word,
    is then looked for only once at each place, which takes a fifth of the time of asking each.
    Every alternative of such a source has to begin so, or the joined pattern loses that.
    """

    def __init__(self, sources: Iterable[str]) -> None:
        sources = tuple(sources)
        words = [f"(?:{source})" for source in sources if source.startswith(r"\b")]
        others = [source for source in sources if not source.startswith(r"\b")]
        self._patterns = tuple(map(re.compile, ["|".join(words), *others] if words else others))

    def search(self, read: str) -> bool:
        """Whether one of them stands somewhere in ``read``."""
        return any(pattern.search(read) for pattern in self._patterns)
