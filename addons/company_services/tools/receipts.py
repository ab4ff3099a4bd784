"""What the store's receipts say. Plain code without Odoo."""

from __future__ import annotations

from collections.abc import Iterable

from agent_runtime.contracts import PointReceipt

Key = tuple[str, int]
"""Model and id of a record."""


def by_record(receipts: Iterable[PointReceipt]) -> dict[Key, PointReceipt]:
    """Receipts by the record they are about."""
    return {(receipt.model, receipt.record_id): receipt for receipt in receipts}


def confirms(receipt: PointReceipt | None, content_hash: str) -> bool:
    """Whether the store holds exactly this content, whole."""
    return receipt is not None and receipt.points > 0 and receipt.content_hash == content_hash
