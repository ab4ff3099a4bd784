"""Texts for the index, receipts of what the store holds, and searches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from .base import CONTRACT_VERSION, AccountId, CollectionType, Contract


class KnowledgeItem(Contract):
    """One Odoo record's text for the index. ``text`` is chunked by the runtime."""

    model: str
    record_id: int
    title: str
    text: Annotated[str, Field(min_length=1)]
    content_hash: str
    version: int = 1
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None


class KnowledgeUpsert(Contract):
    """``POST /v1/knowledge/upsert``: replace all points of these records."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    collection: CollectionType
    origin: str
    """``database.uuid`` of the sender; only points of this origin are ever touched."""
    items: Annotated[tuple[KnowledgeItem, ...], Field(min_length=1, max_length=100)]


class RecordKey(Contract):
    """A record of the sender's database."""

    model: str
    record_id: int


class KnowledgeDelete(Contract):
    """``POST /v1/knowledge/delete``: remove all points of these records."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    collection: CollectionType
    origin: str
    records: Annotated[tuple[RecordKey, ...], Field(min_length=1, max_length=1000)]


class PointReceipt(Contract):
    """What the store holds for one record, read back after the write."""

    model: str
    record_id: int
    content_hash: str | None
    """Hash stored with the points; ``None`` when the store holds no point of the record."""
    points: int


class KnowledgeReceipt(Contract):
    """Answer of upsert and delete: one receipt a record, in the order asked."""

    collection: str
    receipts: tuple[PointReceipt, ...]


class KnowledgeSearch(Contract):
    """``POST /v1/knowledge/search``."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    collection: CollectionType
    query: str
    limit: Annotated[int, Field(ge=1, le=100)] = 10


class KnowledgeHit(Contract):
    """One found passage, best first."""

    model: str
    record_id: int
    title: str
    text: str
    score: float


class KnowledgeHits(Contract):
    """Answer of a search; empty is a real outcome."""

    hits: tuple[KnowledgeHit, ...] = ()
