"""What differs between two documents, leaf by leaf. Plain code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Difference(NamedTuple):
    """One place where the documents differ; ``None`` is absent or null."""

    path: tuple[str, ...]
    """Keys from the top; positions of lists count from 1."""
    stored: Any
    wanted: Any


def differences(stored: dict[str, Any], wanted: dict[str, Any]) -> list[Difference]:
    """Every leaf that is not the same in both, in the order of ``wanted``, then ``stored``."""
    old, new = dict(_leaves(stored)), dict(_leaves(wanted))
    return [
        Difference(path, old.get(path), new.get(path))
        for path in {**new, **old}
        if old.get(path) != new.get(path)
    ]


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list | tuple):
        for position, item in enumerate(value, 1):
            yield from _leaves(item, (*path, str(position)))
    else:
        yield path, value
