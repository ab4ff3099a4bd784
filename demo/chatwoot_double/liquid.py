"""What Liquid does to outgoing text: known drops are filled in, unknown ones vanish."""

from __future__ import annotations

import re

from .state import Conversation

_PIECES = re.compile(r"(`+[^`]*`+)|\{\{\s*([^}]*?)\s*\}\}|\{%[^%]*%\}")


def render(text: str, conversation: Conversation) -> str:
    """Expand ``text`` as Chatwoot does before saving; code in back-ticks is left alone."""
    known = {
        "contact.name": conversation.contact.name,
        "contact.email": conversation.contact.email or "",
        "contact.phone_number": conversation.contact.phone_number or "",
        "conversation.display_id": str(conversation.display_id),
        "inbox.name": conversation.inbox.name,
        "account.name": conversation.account.name,
    }

    def replace(match: re.Match[str]) -> str:
        if match.group(1):
            return match.group(1)
        return known.get(match.group(2) or "", "")

    return _PIECES.sub(replace, text)
