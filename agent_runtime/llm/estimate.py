"""Tokens where the provider counts none. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

CHARACTERS: Final = 4
"""Of a token, about, in the languages of our customers."""
PICTURE: Final = 1000
"""Tokens of a picture, about, whatever its size."""


def tokens(content: object) -> int:
    """Of a prompt, as messages or their parts, or of an answer."""
    if content is None:
        return 0
    if isinstance(content, str):
        return -(-len(content) // CHARACTERS)
    if isinstance(content, Mapping):
        if content.get("type") == "image_url":
            return PICTURE
        if "content" in content:
            return tokens(content["content"]) + tokens(content.get("tool_calls"))
        if content.get("type") == "text":
            return tokens(content.get("text"))
        return tokens(json.dumps(content, default=str))
    if isinstance(content, Sequence):
        return sum(map(tokens, content))
    return tokens(str(content))
