"""Who the website says is writing, where it has signed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .channels import channel_class
from .values import mapping, text

_SIGNING = {"Channel::WebWidget", "Channel::Api"}


def signed_identifier(conversation: Mapping[str, Any], contact: Mapping[str, Any]) -> str | None:
    """The contact's identifier if its HMAC was verified on this very inbox, else an empty one.

    ``None`` where the payload does not speak of it, or the channel has no such proof. Without
    the signature anybody could put any identifier there.
    """
    told = mapping(conversation.get("contact_inbox"))
    if channel_class(conversation) not in _SIGNING or "hmac_verified" not in told:
        return None
    if told["hmac_verified"] is not True:
        return ""
    return text(contact.get("identifier"), limit=200) or ""
