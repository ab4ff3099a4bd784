"""One structured log line per stage of a message's way through the connector."""

from __future__ import annotations

import logging
import re

LOGGER = "odoo.addons.chatwoot_ai_connector.stage"
FIELDS = (
    "delivery",
    "account",
    "conversation",
    "turn",
    "part",
    "ms",
    "outcome",
    "count",
)
_UNSAFE = re.compile(r"[^\w.:/+-]+")
_LONGEST = 80
_logger = logging.getLogger(LOGGER)


def stage_log(stage: str, **ids: object) -> None:
    """Log ``stage=… account=… …`` with those of :data:`FIELDS` that are given, in their order.

    ``delivery`` is Chatwoot's delivery id, ``account`` the Chatwoot account's number,
    ``conversation`` Chatwoot's number of the conversation, ``turn`` the turn's reference,
    ``ms`` whole milliseconds that the stage took, ``outcome`` a fixed word of ours (never text of
    a customer, a phone number or a token). ``None`` is left out. Any other name is a mistake of
    the caller, so that texts cannot slip in: ``TypeError``.
    """
    if strange := set(ids) - set(FIELDS):
        raise TypeError(f"stage_log knows no {', '.join(sorted(strange))}")
    told = [f"stage={_word(stage)}"]
    told += [f"{name}={_word(ids[name])}" for name in FIELDS if ids.get(name) is not None]
    _logger.info("%s", " ".join(told))


def _word(value: object) -> str:
    """``value`` as one short word: ids come from outside and must not forge a line."""
    if isinstance(value, float):
        value = round(value)
    return _UNSAFE.sub("_", str(value))[:_LONGEST]
