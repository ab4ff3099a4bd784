"""What the customer may choose from: buttons where the channel shows them, numbers elsewhere.

Chatwoot passes ``input_select`` on to some channels and drops the items without a word on the
others, and checks no limit of theirs. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict


class Option(TypedDict):
    """One choice as a part stores it: ``contracts.Choice`` as data."""

    title: str
    value: str


@dataclass(frozen=True)
class _Limits:
    """What a channel's buttons carry. Lengths in characters, of the text in front of them too."""

    count: int
    title: int
    text: int
    few: tuple[int, int] | None = None
    """Up to so many choices have a stricter limit of their titles."""
    bytes: int | None = None
    """So many bytes a title may have in UTF-8."""
    answers_with_value: bool = False
    """The customer's click comes back as the value: it must read like the title then."""


_LIMITS = {
    "Channel::WebWidget": _Limits(count=20, title=100, text=10_000),
    "Channel::Api": _Limits(count=20, title=100, text=10_000),
    # Three reply buttons of 20, beyond that a list of ten rows of 24.
    "Channel::Whatsapp": _Limits(count=10, title=24, text=1_024, few=(3, 20)),
    "Channel::FacebookPage": _Limits(count=13, title=20, text=2_000),
    "Channel::Telegram": _Limits(count=20, title=64, text=4_096, bytes=64, answers_with_value=True),
    "Channel::Line": _Limits(count=10, title=20, text=2_000, answers_with_value=True),
}
"""By Chatwoot's class of the channel. Twilio, Instagram, SMS and e-mail are missing on purpose."""

BEHIND_AN_API = "Channel::Api"
"""Whoever stands behind an API inbox may show the items or not, so it gets both."""


def numbered(text: str, titles: Iterable[str]) -> str:
    """``text`` with the titles as a numbered list below it."""
    lines = "\n".join(f"{number}. {title}" for number, title in enumerate(titles, start=1))
    return "\n\n".join(filter(None, [text, lines]))


def in_words(text: str, options: Sequence[Option]) -> str:
    """The question with its choices as plain text, for channels without buttons."""
    return numbered(text, (option["title"] for option in options))


def as_sent(
    text: str, options: Sequence[Option], channel_class: str | None
) -> tuple[str, list[Option]]:
    """Content and ``input_select`` items of the message; no items: it is plain text.

    ``channel_class`` is Chatwoot's (``Channel::Whatsapp``), ``None`` when it is not known.
    """
    limits = _LIMITS.get(channel_class or "")
    if not options or limits is None or not _fits(text, options, limits):
        return in_words(text, options), []
    items = [
        Option(
            title=option["title"],
            value=option["title"] if limits.answers_with_value else option["value"],
        )
        for option in options
    ]
    return (in_words(text, options) if channel_class == BEHIND_AN_API else text), items


def _fits(text: str, options: Sequence[Option], limits: _Limits) -> bool:
    titles = [option["title"] for option in options]
    longest = limits.title
    if limits.few and len(titles) <= limits.few[0]:
        longest = limits.few[1]
    return (
        bool(text)
        and len(text) <= limits.text
        and len(titles) <= limits.count
        and all(title and len(title) <= longest for title in titles)
        and all(limits.bytes is None or len(title.encode()) <= limits.bytes for title in titles)
        # Channels refuse the same title or value twice, and the customer's answer must be clear.
        and len(set(titles)) == len(titles)
        and len({option["value"] for option in options}) == len(titles)
    )
