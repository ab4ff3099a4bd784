"""Text for channels that show no marks and tenants that want no emoji. Pure."""

from __future__ import annotations

import re

EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U000e0020-\U000e007f]+"
)


def without_markdown(text: str) -> str:
    """Plain text of CommonMark: marks gone, link targets kept."""
    text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1: \2", text)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    text = re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"^(\s*)[*+]\s+", r"\1- ", text, flags=re.MULTILINE)


def without_emoji(text: str) -> str:
    """The text without emoji and the blanks before them."""
    return re.sub(r"[ \t]+(?=\n|$)", "", EMOJI.sub("", text)).strip()
