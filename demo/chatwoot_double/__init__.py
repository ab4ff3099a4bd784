"""A Chatwoot that fits into one process: the REST API, and the webhooks of bots and accounts.

It behaves as version 4.15 does where the suite can notice: payload shapes, signatures, status
machine, reply windows, error bodies, retries, and the opening of a conversation whose bot could
not be reached. Told that it is 4.16, it shows the bot as assignee of its conversations.
It shares no code with the suite, so that a misunderstanding on one side cannot hide on the other.
"""

from .double import ChatwootDouble
from .faults import Fault, Hold
from .state import Account, Bot, Contact, Conversation, Inbox, Message, Team, User, Webhook

__all__ = [
    "Account",
    "Bot",
    "ChatwootDouble",
    "Contact",
    "Conversation",
    "Fault",
    "Hold",
    "Inbox",
    "Message",
    "Team",
    "User",
    "Webhook",
]
