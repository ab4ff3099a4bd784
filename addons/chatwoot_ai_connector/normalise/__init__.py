"""From Chatwoot's payloads, whatever their version, to one typed event. Pure and total."""

from .event import ConversationNews, Event, MessageNews
from .parse import Unusable, account_number, normalise

__all__ = [
    "ConversationNews",
    "Event",
    "MessageNews",
    "Unusable",
    "account_number",
    "normalise",
]
