"""The telephone number that the channel itself proves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .values import mapping, text

_PROVING = {"Channel::Whatsapp", "Channel::TwilioSms", "Channel::Sms"}
_ADDRESS = re.compile(r"(?:whatsapp:)?\+?(\d{8,15})")


def proven_phone(conversation: Mapping[str, Any]) -> str | None:
    """International digits of the number the customer writes from, as the channel delivers it.

    Only where the contact's address on the channel *is* the number. The contact's telephone
    field is not asked: customers, attendants and integrations fill it in, and on an e-mail, a
    web chat or an API inbox nobody has checked it.
    """
    if text(conversation.get("channel")) not in _PROVING:
        return None
    address = text(mapping(conversation.get("contact_inbox")).get("source_id"), limit=40) or ""
    found = _ADDRESS.fullmatch(address)
    return found[1] if found else None
