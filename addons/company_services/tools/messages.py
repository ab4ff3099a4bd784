"""Translation of messages by code that has no environment, such as the secret key's."""

from __future__ import annotations

from odoo.http import request
from odoo.tools.translate import LazyGettext


def translated(message: LazyGettext) -> str:
    """The message in the language of the present request; without one, in English."""
    env = getattr(request, "env", None) if request else None
    return message._translate((env.lang if env else None) or "en_US")
