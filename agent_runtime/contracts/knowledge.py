"""Texts for the index, receipts of what the store holds, and searches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from .base import CONTRACT_VERSION, AccountId, CollectionType, Contract

AttributeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
AttributeValue = bool | int | float | str


class KnowledgeItem(Contract):
    """One Odoo record's text for the index. ``text`` is chunked by the runtime."""

    model: str
    record_id: int
    title: str
    text: Annotated[str, Field(min_length=1)]
    content_hash: str
    version: int = 1
    type: str | None = None
    """Sort of text within its model, for example ``policy`` or ``promotion``."""
    language: str | None = None
    """Odoo's code of the text's language, for example ``pt_BR``."""
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    attributes: dict[AttributeName, AttributeValue] = {}
    """What a search may be narrowed by, for example a product's colour; stored beside the text."""
    external_id: str | int | None = None
    """The sender's own name of the text where it has one that is no number."""


class KnowledgeUpsert(Contract):
    """``POST /v1/knowledge/upsert``: replace all points of these records."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    collection: CollectionType
    origin: str
    """``database.uuid`` of the sender; only points of this origin are ever touched."""
    items: Annotated[tuple[KnowledgeItem, ...], Field(min_length=1, max_length=100)]
    lane: Literal["live", "bulk"] = "live"
    """Bulk work lets live work pass."""


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


INCOMPLETE = "incomplete"
"""Stands for the hash of a receipt where a record's points are not all of one write."""


class PointReceipt(Contract):
    """What the store holds for one record, read back after the write."""

    model: str
    record_id: int
    content_hash: str | None
    """Hash stored with the points; ``None`` when the store holds no point of the record,
    :data:`INCOMPLETE` when they are not one whole write."""
    points: int


class KnowledgeReceipt(Contract):
    """Answer of upsert and delete: one receipt a record, in the order asked."""

    collection: str
    receipts: tuple[PointReceipt, ...]
    embedded: int = 0
    """Passages that had to be embedded for this answer; 0 when the texts were there already."""


LONGEST_QUERY = 4000
"""Characters; the embedder reads far fewer, and every other search waits for it."""


class KnowledgeSearch(Contract):
    """``POST /v1/knowledge/search``."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    collection: CollectionType
    query: Annotated[str, Field(max_length=LONGEST_QUERY)]
    limit: Annotated[int, Field(ge=1, le=100)] = 10
    per_record: Annotated[int, Field(ge=1)] = 2
    """Passages of one record at most."""
    types: tuple[str, ...] = ()
    """Only texts of one of these sorts; empty: of any."""
    attributes: dict[AttributeName, AttributeValue] = {}
    """Only texts that have all of these."""
    neighbours: bool = False
    """Give each passage with the chunks of its record that stand before and after it."""
    focused: bool = False
    """Leave out what is no answer, or far behind the best, as a turn does; otherwise the ranking
    goes on to the limit as soon as anything fits."""


class KnowledgeHit(Contract):
    """One found passage, best first."""

    model: str
    record_id: int
    title: str
    text: str
    score: float
    external_id: str | int | None = None


class KnowledgeHits(Contract):
    """Answer of a search; empty is a real outcome."""

    hits: tuple[KnowledgeHit, ...] = ()


class KnowledgeInventory(Contract):
    """``POST /v1/knowledge/inventory``: which points this origin has in one collection."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    collection: CollectionType
    origin: str
    after: str | None = None
    """``next`` of the page before."""
    limit: Annotated[int, Field(ge=1, le=5000)] = 1000


class StoredPoint(Contract):
    """One stored passage, without its text."""

    model: str
    record_id: int
    chunk: int
    chunks: int
    content_hash: str


class KnowledgeInventoryPage(Contract):
    """Answer of an inventory. The points of one record may be on several pages."""

    points: tuple[StoredPoint, ...] = ()
    next: str | None = None
    """``None`` on the last page."""


class AccountKnowledge(Contract):
    """``POST /v1/knowledge/collections`` and ``…/purge``: all collections of an account."""

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    origin: str


class CollectionState(Contract):
    """One collection of an account."""

    collection: CollectionType
    points: int
    """Of the origin that asks."""
    foreign: int
    """Of other origins."""


class AccountCollections(Contract):
    """Answer: what the account's collections hold now, read back after a purge or move."""

    collections: tuple[CollectionState, ...] = ()


class KnowledgeMove(Contract):
    """``POST /v1/knowledge/move``: copy the points of this origin to another account.

    Stored vectors are kept, nothing is embedded again. At most ``limit`` points a call; repeat
    until ``left`` is 0, then purge the former account: a reader finds one whole account at every
    moment. May be interrupted and repeated: points have stable ids.
    """

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    to_account_id: AccountId
    origin: str
    limit: Annotated[int, Field(ge=1, le=5000)] = 500


class KnowledgeMoved(Contract):
    """Answer of a move."""

    moved: int
    """Points that this call has copied."""
    left: int
    """Points without a copy that is equal."""


class KnowledgeAdopt(Contract):
    """``POST /v1/knowledge/adopt``: make every point of the account this origin's.

    The explicit act by which one Odoo database takes over from another.
    """

    contract_version: Literal[1] = CONTRACT_VERSION
    account_id: AccountId
    origin: str


class ChunkPreview(Contract):
    """``POST /v1/knowledge/chunks``: how a text would be cut; nothing is stored."""

    contract_version: Literal[1] = CONTRACT_VERSION
    text: str


class Chunks(Contract):
    """Answer of a chunk preview, in the text's order."""

    chunks: tuple[str, ...] = ()
