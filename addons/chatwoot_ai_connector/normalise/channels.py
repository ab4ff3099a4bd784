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


def channel_class(conversation: Mapping[str, Any]) -> str | None:
    """Chatwoot's class of the channel; webhooks and REST answers keep it in different places."""
    name = conversation.get("channel") or mapping(conversation.get("meta")).get("channel")
    return text(name, limit=60)


def channel_of(conversation: Mapping[str, Any], inbox: Mapping[str, Any]) -> str:
    """The value of ``contracts.Channel`` for a payload's conversation and inbox objects.

    Two classes need a second look: Instagram may come through a Facebook page, told only by the
    conversation's type; Twilio carries SMS and WhatsApp, told by the inbox's medium, which
    webhooks leave out, or by the contact's address, which Twilio prefixes for WhatsApp. Line,
    TikTok, Twitter and what is not known yet answer as ``api``.
    """
    name = channel_class(conversation) or ""
    if name == "Channel::FacebookPage":
        kind = mapping(conversation.get("additional_attributes")).get("type")
        return "instagram" if kind == "instagram_direct_message" else "facebook"
    if name == "Channel::TwilioSms":
        if (medium := inbox.get("medium")) in ("sms", "whatsapp"):
            return str(medium)
        address = text(mapping(conversation.get("contact_inbox")).get("source_id")) or ""
        return "whatsapp" if address.startswith("whatsapp:") else "sms"
    return _CHANNELS.get(name, FALLBACK)
