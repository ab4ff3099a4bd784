"""When a stretch of a conversation begins that is the assistant's again. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .gate import HUMAN, OPEN, PENDING

RESOLVED = "resolved"


@dataclass(frozen=True)
class Standing:
    """Whose a conversation is, as Chatwoot tells it."""

    status: str
    assignee_type: str | None = None

    @property
    def with_assistant(self) -> bool:
        """Pending and not assigned to a person; a bot as assignee is none."""
        return self.status == PENDING and self.assignee_type != HUMAN


def begins(before: Standing, after: Standing) -> bool:
    """Whether an episode begins: the conversation is given back, or comes up after its end.

    Giving back takes two clicks, pending and unassigned, in any order; the second one counts.
    """
    return given_back(before, after) or (
        before.status == RESOLVED and after.status in (OPEN, PENDING)
    )


def given_back(before: Standing, after: Standing) -> bool:
    """Whether a person has just left the conversation to the assistant."""
    return after.with_assistant and not before.with_assistant


def let_go(before: Standing, after: Standing) -> bool:
    """Whether a person has just unassigned themselves from a conversation that stays open."""
    return after.status == OPEN and before.assignee_type == HUMAN != after.assignee_type
