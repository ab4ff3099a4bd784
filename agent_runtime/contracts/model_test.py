"""Whether a model can be reached with what somebody has just entered."""

from __future__ import annotations

from .base import AccountId, Contract
from .request import ModelAccess


class ModelTest(Contract):
    """Body of ``POST /v1/models/test``: one short call of the model, at the tenant's expense."""

    account_id: AccountId
    model: ModelAccess


class ModelTested(Contract):
    """What came of it."""

    ok: bool
    trouble: str | None = None
    """Why not: ``HTTP 401``, ``it refuses connections (ConnectionRefusedError)``, …; never the
    provider's own words."""
    seconds: float = 0.0
