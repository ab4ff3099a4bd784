"""What a crew is told about a turn: one JSON document inside the task.

Every model reads the same document, the built-in responder included. Texts of customers,
documents and rules occur only as JSON strings with ``<`` escaped, so that none of them can end
the block or open another: what they say is data.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import AwareDatetime

from ..contracts import Channel, CompanyProfile, Contract, HistoryEntry, Hours, RatingRequest, Voice
from ..evidence import Evidence

OPEN = "<briefing>"
CLOSE = "</briefing>"


class Form(Contract):
    """The shape a channel gives to an answer."""

    max_characters: int
    """Of the whole message. A longer answer loses its last sentences, never a part of one."""
    carries: int | None = None
    """What the channel refuses to go beyond; ``None``: nothing that an answer reaches."""
    markdown: bool = False
    letter: bool = False
    """Salutation, paragraphs and signature, as in an e-mail."""


class Briefing(Contract):
    """One turn as the crew sees it."""

    language: str
    currency: str
    channel: Channel
    form: Form
    now: AwareDatetime
    """In the tenant's time zone."""
    question: str
    """What the customer wants; a follow-up comes after the message it continues."""
    latest: str
    """The customer's messages of this turn alone."""
    intents: tuple[str, ...]
    roles: tuple[str, ...] = ()
    """Whose matter the question is, in :data:`~..contracts.ROLES`; the first leads."""
    history: tuple[HistoryEntry, ...] = ()
    company: CompanyProfile
    hours: Hours
    voice: Voice
    rating: RatingRequest | None = None
    """How the customer is asked for a rating, after the farewell and not by the crew."""
    promotions_allowed: bool = True
    internal: bool = False
    """The writer is one of the company's own people."""
    identified: bool = False
    """The channel proves who the writer is, so that their own orders may be told."""
    reads_orders: bool = True
    """There are orders to be read, of whom the channel proves."""
    evidence: tuple[Evidence, ...] = ()
    searched: tuple[str, ...] = ()
    """Queries already made, ``documents: …`` or ``products: …``, so that none is repeated."""


def embed(briefing: Briefing) -> str:
    """The block as it stands in the task."""
    return f"{OPEN}\n{escape(briefing.model_dump(mode='json'))}\n{CLOSE}"


def extract(prompt: str) -> Briefing | None:
    """The briefing inside a prompt; ``None`` when there is none."""
    _before, opened, rest = prompt.partition(OPEN)
    body, closed, _after = rest.partition(CLOSE)
    if not opened or not closed:
        return None
    return Briefing.model_validate_json(body)


def escape(value: Any) -> str:
    """JSON that holds no ``<``."""
    return json.dumps(value, ensure_ascii=False, default=str).replace("<", "\\u003c")
