"""Handing over to a person: what the customer reads. Pure.

What the attendant reads is made by :mod:`.handover_note`.
"""

from __future__ import annotations

from ..contracts import HandoverReason, TenantConfig
from .handover_words import CUSTOMER, URGENT, language_of


def customer_text(
    reason: HandoverReason,
    config: TenantConfig | None,
    *,
    partly: bool = False,
    detail: str = "",
) -> str:
    """What the customer is told. Never technical; Portuguese when nothing is known.

    ``partly``: it follows an answer that has already said what is missing. ``detail``: the
    sensitive topic; where life may be in danger, where to turn is said too.
    """
    language = language_of(config.language if config else None)
    texts = CUSTOMER[language]
    formality = config.voice.formality if config else "moderate"
    text = texts["partly" if partly else reason if reason in texts else "other"][formality]
    urgent = URGENT[language].get(detail)
    return f"{text} {urgent}" if urgent else text
