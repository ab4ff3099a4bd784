"""The shape of a stored point, and the filters that address points. Pure code.

``document`` and ``metadata`` are the two keys that the official Qdrant MCP server reads. Open
ends of a validity are stored as the far past and future, so that one range condition each is
enough and no point is without them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from qdrant_client import models

from ..contracts import KnowledgeItem, RecordKey
from . import lexical, names
from .narrowing import ANYTHING, Narrowing

ALWAYS_FROM = 0.0
ALWAYS_UNTIL = 253_402_300_799.0
"""Last second of the year 9999."""

INDEXES = {
    "metadata.origin": models.PayloadSchemaType.KEYWORD,
    "metadata.model": models.PayloadSchemaType.KEYWORD,
    "metadata.record_id": models.PayloadSchemaType.INTEGER,
    "metadata.account_id": models.PayloadSchemaType.INTEGER,
    "metadata.type": models.PayloadSchemaType.KEYWORD,
    "metadata.valid_from": models.PayloadSchemaType.FLOAT,
    "metadata.valid_until": models.PayloadSchemaType.FLOAT,
}


def metadata(
    account_id: int, origin: str, item: KnowledgeItem, chunk: int, total: int
) -> dict[str, Any]:
    """What is stored beside the text of one chunk."""
    return {
        "account_id": account_id,
        "origin": origin,
        "model": item.model,
        "record_id": item.record_id,
        "title": item.title,
        "chunk": chunk,
        "chunks": total,
        "content_hash": item.content_hash,
        "version": item.version,
        "type": item.type,
        "language": item.language,
        "valid_from": _epoch(item.valid_from, ALWAYS_FROM),
        "valid_until": _epoch(item.valid_until, ALWAYS_UNTIL),
        "attributes": dict(item.attributes),
        "external_id": item.external_id,
    }


def searchable(title: str, document: str) -> str:
    """The text that vectors are made of: a passage is found by its record's title too."""
    return f"{title}\n{document}"


def point(
    document: str, data: dict[str, Any], dense: list[float], dense_name: str
) -> models.PointStruct:
    """One point, ready to be written."""
    sparse = lexical.document_vector(searchable(data["title"], document))
    return models.PointStruct(
        id=names.point_id(data["account_id"], data["model"], data["record_id"], data["chunk"]),
        vector={
            dense_name: dense,
            names.SPARSE_VECTOR: models.SparseVector(indices=sparse.indices, values=sparse.values),
        },
        payload={"document": document, "metadata": data},
    )


def valid_at(account_id: int, moment: datetime, narrowing: Narrowing = ANYTHING) -> models.Filter:
    """Points of the account in force at ``moment`` (start inclusive, end exclusive), narrowed."""
    now = moment.timestamp()
    return models.Filter(
        must=[
            _is("account_id", account_id),
            models.FieldCondition(key="metadata.valid_from", range=models.Range(lte=now)),
            models.FieldCondition(key="metadata.valid_until", range=models.Range(gt=now)),
            *narrowing.conditions,
        ]
    )


def is_valid_at(
    payload: dict[str, Any], account_id: int, moment: datetime, narrowing: Narrowing = ANYTHING
) -> bool:
    """What :func:`valid_at` selects, for a payload in hand."""
    data, now = payload["metadata"], moment.timestamp()
    return (
        data["account_id"] == account_id
        and data["valid_from"] <= now < data["valid_until"]
        and narrowing.admits(payload)
    )


def of_records(origin: str, records: list[RecordKey]) -> list[models.Filter]:
    """Filters that together match all points of these records, one a model."""
    by_model: dict[str, list[int]] = {}
    for record in records:
        by_model.setdefault(record.model, []).append(record.record_id)
    return [
        models.Filter(
            must=[
                _is("origin", origin),
                _is("model", model),
                models.FieldCondition(
                    key="metadata.record_id", match=models.MatchAny(any=record_ids)
                ),
            ]
        )
        for model, record_ids in by_model.items()
    ]


def beyond(origin: str, totals: dict[tuple[str, int], int]) -> models.Filter:
    """Points of records, given by model and id, whose chunk number is not below the total."""
    return models.Filter(
        should=[
            models.Filter(
                must=[
                    _is("origin", origin),
                    _is("model", model),
                    _is("record_id", record_id),
                    models.FieldCondition(key="metadata.chunk", range=models.Range(gte=total)),
                ]
            )
            for (model, record_id), total in totals.items()
        ]
    )


def of_origin(origin: str) -> models.Filter:
    """Points that this database has written."""
    return models.Filter(must=[_is("origin", origin)])


def of_strangers(origin: str) -> models.Filter:
    """Points that another database has written."""
    return models.Filter(must_not=[_is("origin", origin)])


def _is(key: str, value: str | int) -> models.FieldCondition:
    return models.FieldCondition(key=f"metadata.{key}", match=models.MatchValue(value=value))


def _epoch(moment: datetime | None, otherwise: float) -> float:
    return otherwise if moment is None else moment.timestamp()
