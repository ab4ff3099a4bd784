"""The telephone number that the channel itself proves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from .values import mapping, text

_ADDRESSES = {
    "Channel::Whatsapp": re.compile(r"\+?(\d{8,15})"),
    "Channel::TwilioSms": re.compile(r"whatsapp:\+?(\d{8,15})"),
}
"""How WhatsApp's numbers are written. An SMS names whatever sender it likes and proves nobody."""


def proven_phone(conversation: Mapping[str, Any]) -> str | None:
    """International digits of the number the customer writes from, as the channel delivers it.

    Only on WhatsApp, where the contact's address *is* the number. The contact's telephone
    field is not asked: customers, attendants and integrations fill it in, and on an e-mail, a
    web chat or an API inbox nobody has checked it.
    """
    written = _ADDRESSES.get(text(conversation.get("channel")) or "")
    if written is None:
        return None
    address = text(mapping(conversation.get("contact_inbox")).get("source_id"), limit=40) or ""
    found = written.fullmatch(address)
    return found[1] if found else None
