"""Names and identities in the store, made in one place so that no caller spells them.

The account comes first in every name: a reader that is bound to a name is bound to its account.
"""

from __future__ import annotations

import re
import uuid

from .errors import Impossible

_NAMESPACE = uuid.UUID("5e0c8f7a-1f0e-5d43-9a55-0b6c9b6f8d11")
_COLLECTION_TYPE = re.compile(r"[a-z][a-z0-9_]{0,62}")
SPARSE_VECTOR = "bm25"


def alias(account_id: int, collection_type: str) -> str:
    """The collection's name for readers: ``{account_id}_{type}``.

    Raises :class:`.errors.Impossible` for anything that could make two accounts' names meet.
    """
    if isinstance(account_id, bool) or not isinstance(account_id, int) or account_id <= 0:
        raise Impossible("an account id is a positive whole number")
    if not _COLLECTION_TYPE.fullmatch(collection_type) or "__" in collection_type:
        raise Impossible("a collection type is lower case letters, digits and underscores")
    return f"{account_id}_{collection_type}"


def physical(alias_name: str, embedder_slug: str) -> str:
    """The collection behind an alias. The embedder is part of it: vectors of two models
    cannot be compared, so they never share a collection."""
    return f"{alias_name}__{embedder_slug}"


def alias_of(collection: str) -> str:
    """The alias that a physical collection is made for."""
    return collection.rpartition("__")[0]


def collection_type(alias_name: str) -> str:
    """The kind of knowledge in an alias."""
    return alias_name.partition("_")[2]


def account_of(alias_name: str) -> int | None:
    """The account a name belongs to, or ``None`` when it is not one of ours."""
    head, separator, tail = alias_name.partition("_")
    return int(head) if separator and tail and head.isdecimal() else None


def embedder_slug(model_name: str) -> str:
    """A model's short name: the last part of its path, in characters every store accepts."""
    last = model_name.rstrip("/").rsplit("/", 1)[-1].lower()
    return re.sub(r"[^a-z0-9.-]+", "-", last).strip("-") or "embedder"


def dense_vector(slug: str) -> str:
    """Name of the dense vector, as the official Qdrant MCP server looks for it."""
    return f"fast-{slug}"


def point_id(account_id: int, model: str, record_id: int, chunk: int) -> str:
    """Identity of one chunk of one record, so that writing again replaces it."""
    return str(uuid.uuid5(_NAMESPACE, f"{account_id}/{model}/{record_id}/{chunk}"))
