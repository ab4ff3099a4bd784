"""Answering a turn for somebody who tries the assistant out: nothing reaches a customer.

``POST /v1/playground`` takes a :class:`~.request.TurnRequest`, whose callback token is not used,
and answers like ``/v1/turns``; ``GET /v1/playground/{turn_id}?account_id=`` says what has become
of it.
"""

from __future__ import annotations

from typing import Literal

from .base import Contract
from .result import TurnResult


class Played(Contract):
    """A tried turn. It is kept for some minutes after it has ended."""

    state: Literal["running", "done"]
    result: TurnResult | None = None
