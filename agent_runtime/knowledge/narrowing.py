"""What a search is limited to beside its account, and how widely it quotes. Pure code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from qdrant_client import models

from ..contracts import AttributeValue


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Set by our code, never by a model. Hashable: a session may be bound to one."""

    types: tuple[str, ...] = ()
    """Sorts of text to look among; empty: all."""
    attributes: tuple[tuple[str, str, AttributeValue], ...] = ()
    """Name, sort and value of what a text must have, all of them. The sort tells apart what Python
    calls equal: ``True``, ``1`` and ``1.0``."""
    neighbours: bool = False
    """Whether a passage comes with the chunks beside it."""

    @classmethod
    def of(
        cls,
        types: tuple[str, ...] = (),
        attributes: Mapping[str, AttributeValue] | None = None,
        neighbours: bool = False,
    ) -> Self:
        """The same whatever the order in which sorts and attributes are named."""
        held = sorted((attributes or {}).items(), key=lambda pair: pair[0])
        sorted_out = tuple((name, type(value).__name__, value) for name, value in held)
        return cls(tuple(sorted(set(types))), sorted_out, neighbours)

    @property
    def conditions(self) -> list[models.Condition]:
        """For a filter's ``must``; empty when nothing is narrowed."""
        found: list[models.Condition] = []
        if self.types:
            sorts = models.MatchAny(any=list(self.types))
            found.append(models.FieldCondition(key="metadata.type", match=sorts))
        for name, _sort, value in self.attributes:
            key = f"metadata.attributes.{name}"
            if isinstance(value, float):
                # The store matches floating point numbers by range only.
                same = models.FieldCondition(key=key, range=models.Range(gte=value, lte=value))
            else:
                same = models.FieldCondition(key=key, match=models.MatchValue(value=value))
            found.append(same)
        return found

    def admits(self, payload: dict[str, Any]) -> bool:
        """What :attr:`conditions` select, for a payload in hand."""
        data = payload["metadata"]
        held = data.get("attributes") or {}
        return (not self.types or data["type"] in self.types) and all(
            name in held and type(held[name]).__name__ == sort and held[name] == value
            for name, sort, value in self.attributes
        )


ANYTHING = Narrowing()
