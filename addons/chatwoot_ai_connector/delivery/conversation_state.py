"""What a delivery must know of a conversation at the moment of sending. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..normalise.authors import author_of
from .marks import TURN_KEY

PENDING = "pending"
OPEN = "open"


@dataclass(frozen=True)
class ConversationState:
    """State of a conversation as Chatwoot's REST answer tells it."""

    status: str
    """``open``, ``pending``, ``resolved`` or ``snoozed``."""
    assignee_type: str | None
    """``User``, ``AgentBot`` or another kind of bot; ``None`` without assignee."""
    can_reply: bool
    """``False`` outside the channel's reply window."""
    blocked: bool = False
    """Whether the contact is blocked."""
    channel_class: str | None = None
    """Chatwoot's class of the channel, such as ``Channel::TwilioSms``; ``None``: not known."""
    said_by_human: int = 0
    """Id of the newest message, if a person wrote it to the customer."""

    @classmethod
    def from_rest(cls, body: dict[str, Any]) -> ConversationState:
        """Read ``GET conversations/{id}``, where keys without a value are absent.

        Versions that do not say ``assignee_type`` are judged by the assignee's own ``type``;
        an assignee of unknown kind counts as a human, who must not be talked over.
        """
        meta = body.get("meta") or {}
        assignee_type = meta.get("assignee_type")
        if not assignee_type and (assignee := meta.get("assignee")):
            assignee_type = "AgentBot" if assignee.get("type") == "agent_bot" else "User"
        return cls(
            status=body.get("status") or "",
            assignee_type=assignee_type,
            can_reply=body.get("can_reply") is not False,
            blocked=bool((meta.get("sender") or {}).get("blocked")),
            channel_class=meta.get("channel") or None,
            said_by_human=_said_by_human(body.get("last_non_activity_message") or {}),
        )


def _said_by_human(last: dict[str, Any]) -> int:
    ours = TURN_KEY in (last.get("content_attributes") or {})
    if last.get("private") or ours or author_of(last) != "attendant":
        return 0
    return last.get("id") or 0
