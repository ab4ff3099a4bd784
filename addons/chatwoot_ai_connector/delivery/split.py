"""Cut an answer into messages that each channel can carry.

Chatwoot's API neither truncates nor splits, so a text that is too long fails at the channel
without a trace here. Pure.
"""

from __future__ import annotations

import re

LIMITS = {
    "whatsapp": 1_600,
    "facebook": 2_000,
    "instagram": 1_000,
    "telegram": 4_096,
    "sms": 160,
    "email": 25_000,
    "web": 10_000,
    "api": 10_000,
}
"""Characters a message, by ``contracts.Channel``. Chatwoot's composer enforces the same.

Where providers of one channel differ (WhatsApp: Cloud 4,096, Twilio and 360dialog 1,600; SMS:
Twilio 320, Bandwidth 160) the smallest counts, because a webhook does not name the provider.
"""

_BORDERS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…])\s+"),
    re.compile(r"\s+"),
)
"""Where to cut, best first: paragraph, line, sentence, word."""


def limit_of(channel: str) -> int:
    """Characters a message may have on ``channel``."""
    return LIMITS[channel]


def split(text: str, limit: int) -> list[str]:
    """``text`` in pieces of at most ``limit`` characters, cut at the best border there is.

    Nothing but white space at the cuts is lost. A word longer than the limit is cut hard.
    """
    if limit < 1:
        raise ValueError("the limit must be positive")
    pieces = []
    rest = text.strip()
    while len(rest) > limit:
        end, start = _cut(rest, limit)
        pieces.append(rest[:end].rstrip())
        rest = rest[start:].lstrip()
    if rest:
        pieces.append(rest)
    return pieces


def _cut(text: str, limit: int) -> tuple[int, int]:
    """End of the first piece and beginning of the next.

    A border in the first half is taken only when the second half has none of any kind: better
    a sentence cut off its paragraph than a message of three words followed by a full one.
    """
    for earliest in (limit // 2, 0):
        for border in _BORDERS:
            # One character more than the limit: a border may begin right behind the last one.
            found = [m for m in border.finditer(text, 0, limit + 1) if earliest < m.start()]
            if found and found[-1].start() <= limit:
                return found[-1].start(), found[-1].end()
    return limit, limit
