"""What in a customer's words asks for a person, without the customer asking for one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ..contracts import HandoverReason, HistoryEntry
from . import vocabulary as v
from .frustration import frustration
from .intents import intents
from .letter import own_words
from .sensitive import sensitive_topic

CHARACTERS: Final = 4000
"""So much of a message is judged."""


class Concern(NamedTuple):
    """Why a person has to answer, and what in particular."""

    reason: HandoverReason
    detail: str = ""
    """The sensitive topic, or how annoyance shows; a key of :mod:`.wording`."""


def concern(
    text: str,
    history: Sequence[HistoryEntry] = (),
    moment: datetime | None = None,
    *,
    internal: bool = False,
) -> Concern | None:
    """The gravest concern of a message; ``None`` when a crew may answer it.

    What is grave comes before what is asked for: an attendant must see "the lawyer" and not
    "wants to talk". ``moment`` is now. ``internal``: one of the company's own people writes, who
    may speak of lawyers and of angry customers.
    """
    text = own_words(text[:CHARACTERS])
    if not internal and (topic := sensitive_topic(text)):
        return Concern(HandoverReason.SENSITIVE_TOPIC, topic)
    if not internal and (how := frustration(text, history, moment)):
        return Concern(HandoverReason.FRUSTRATION, how)
    if v.PERSON in intents(text):
        return Concern(HandoverReason.ASKED_FOR_PERSON)
    return None
