"""Moving knowledge to another embedder without asking Odoo for it again.

Vectors of two models cannot be compared, so a new collection is filled beside the old one from
the stored texts, and readers are switched over when it is full. The old one is then dropped.
"""

from __future__ import annotations

import logging

from . import points
from .client import QdrantAccess
from .collections import Collections
from .embedder import Embedder

_log = logging.getLogger(__name__)
_PAGE = 64


async def rebuild_stale(
    access: QdrantAccess, collections: Collections, embedder: Embedder
) -> list[str]:
    """Rebuild every collection that another embedder made; the aliases that were switched.

    May be interrupted: points have stable ids, and the alias moves last.
    """
    switched = []
    for alias, behind in (await collections.aliases()).items():
        target = collections.physical(alias)
        if behind == target:
            continue
        await collections.create(target)
        copied = await _copy(access, collections, embedder, behind, target)
        await collections.point_alias(alias)
        await access.run(lambda client, old=behind: client.delete_collection(old))
        _log.info("collection %s rebuilt for %s: %d points", alias, embedder.slug, copied)
        switched.append(alias)
    return switched


async def _copy(
    access: QdrantAccess, collections: Collections, embedder: Embedder, source: str, target: str
) -> int:
    offset, copied = None, 0
    while True:
        page, offset = await access.run(
            lambda client, start=offset: client.scroll(
                source, limit=_PAGE, offset=start, with_payload=True
            )
        )
        payloads = [record.payload for record in page if record.payload]
        if payloads:
            vectors = await embedder.embed_passages(
                [points.searchable(p["metadata"]["title"], p["document"]) for p in payloads]
            )
            fresh = [
                points.point(p["document"], p["metadata"], vector, collections.dense)
                for p, vector in zip(payloads, vectors, strict=True)
            ]
            await access.run(
                lambda client, batch=fresh: client.upsert(target, points=batch, wait=True)
            )
            copied += len(fresh)
        if offset is None:
            return copied
