"""Keep Chatwoot from reading template commands in an answer.

Chatwoot renders the content of outgoing messages as a Liquid template before saving it, so
``{{contact.email}}`` in a model's words would be filled in and ``{{anything else}}`` would
vanish. Pure.
"""

from __future__ import annotations

import re

_OPENING = re.compile(r"\{(?=[{%])")
WORD_JOINER = "\u2060"
"""Zero-width and not a place to break a line: the reader sees the braces as written."""


def neutralise(text: str) -> str:
    """``text`` without any opening of a Liquid tag; every other character stays."""
    return _OPENING.sub("{" + WORD_JOINER, text)
