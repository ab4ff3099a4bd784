"""What the channels do with a message that was created: deliver it, or fail later.

Creating always succeeds; a refusal by the channel arrives as an update of the message.
"""

from __future__ import annotations

from .state import WINDOWED_CHANNELS, Message

MIRRORED = ("Channel::Whatsapp", "Channel::FacebookPage", "Channel::Instagram")
"""Channels that give a sent message an id of their own, which raises ``message_updated``."""
NO_TEMPLATE = "Template not found or invalid template name"
UNKNOWN_TEMPLATE = "132001: Template name does not exist in the translation"
OUTSIDE_WINDOW = "(#10) This message is sent outside of allowed window."


def refusal(message: Message) -> str | None:
    """The channel's error for a public message of ours, or ``None`` when it takes it.

    On WhatsApp a closed window takes templates only, and a name that it has not approved is
    refused by Meta, not by Chatwoot.
    """
    inbox = message.conversation.inbox
    template = message.additional_attributes.get("template_params")
    if inbox.channel == "Channel::Whatsapp":
        if template:
            return None if template["name"] in inbox.templates else UNKNOWN_TEMPLATE
        return None if message.conversation.can_reply else NO_TEMPLATE
    if inbox.channel in WINDOWED_CHANNELS and not message.conversation.can_reply:
        return OUTSIDE_WINDOW
    return None
