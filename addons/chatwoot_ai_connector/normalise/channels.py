"""Which channel a conversation is on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .values import mapping, text

FALLBACK = "api"
_CHANNELS = {
    "Channel::WebWidget": "web",
    "Channel::Api": "api",
    "Channel::Whatsapp": "whatsapp",
    "Channel::Sms": "sms",
    "Channel::Instagram": "instagram",
    "Channel::Telegram": "telegram",
    "Channel::Email": "email",
}


def channel_of(conversation: Mapping[str, Any]) -> str:
    """The value of ``contracts.Channel`` for a payload's conversation object.

    Two classes need a second look: Instagram may come through a Facebook page, told only by the
    conversation's type; Twilio carries SMS and WhatsApp, told by the contact's address, which
    Twilio prefixes for WhatsApp. Line, TikTok and what is not known yet answer as ``api``.
    """
    name = text(conversation.get("channel")) or ""
    if name == "Channel::FacebookPage":
        kind = mapping(conversation.get("additional_attributes")).get("type")
        return "instagram" if kind == "instagram_direct_message" else "facebook"
    if name == "Channel::TwilioSms":
        address = text(mapping(conversation.get("contact_inbox")).get("source_id")) or ""
        return "whatsapp" if address.startswith("whatsapp:") else "sms"
    return _CHANNELS.get(name, FALLBACK)
