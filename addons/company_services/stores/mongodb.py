"""The one adapter to MongoDB: a tenant's published configuration. Plain code without Odoo.

Database ``acct_{account_id}``, one document with ``_id = account_id``. Publications replace the
document whole and compare-and-set on owner and version, so that neither a staging copy nor a
late job can overwrite what another one wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

import pymongo
from bson.errors import BSONError
from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.errors import (
    ConnectionFailure,
    DocumentTooLarge,
    DuplicateKeyError,
    PyMongoError,
)

TIMEOUT_SECONDS = 5
DEFAULT_COLLECTION = "tenant_config"
_ATTEMPTS = 8

Document = dict[str, Any]


class StoreError(Exception):
    """Base of what the store raises. Messages never contain the address, which has a password."""


class StoreUnavailable(StoreError):
    """No connection or no answer in time; trying later may help."""


class StoreRefused(StoreError):
    """The server answered with an error, or the address is malformed; repeating is useless."""


class StoreTooLarge(StoreRefused):
    """The document is larger than MongoDB takes (16 MB)."""


class ForeignOwner(StoreError):
    """The account's document belongs to another Odoo database."""


class StoreConflict(StoreError):
    """Somebody else keeps writing the same document."""


def ping(url: str, seconds: float) -> None:
    """Ask the server at ``url`` whether it answers. Raises as :class:`TenantStore` does."""
    with _told_plainly(), pymongo.timeout(seconds), _client(url, seconds) as client:
        client.admin.command("ping")


class TenantStore:
    """Publishes to, withdraws from and reads the store at ``url``."""

    def __init__(self, url: str, collection: str = DEFAULT_COLLECTION) -> None:
        self._url = url
        self._collection = collection

    def stored(self, account_id: int, seconds: float = inf) -> Document | None:
        """What the store holds for the account now.

        Waits ``seconds`` in all, and never longer than ``TIMEOUT_SECONDS``.
        """
        patience = min(seconds, TIMEOUT_SECONDS)
        with pymongo.timeout(patience), self._open(account_id) as collection:
            return collection.find_one({"_id": account_id})

    def publish(
        self,
        account_id: int,
        owner: str,
        version_floor: int,
        build: Callable[[int], Document],
    ) -> Document:
        """Make the store hold the content that ``build`` makes and return it as read back.

        ``build(version)`` makes the document. Nothing is written when the store holds the same
        already, compared value by value: a hash would vouch for a damaged document. Versions
        only grow: above the stored one and ``version_floor``, the highest version the publisher
        ever saw, so that a store restored from an old backup does not lead readers to take new
        content for known content.
        """
        with self._open(account_id) as collection:
            for _attempt in range(_ATTEMPTS):
                stored = collection.find_one({"_id": account_id})
                if stored is not None and stored.get("owner") != owner:
                    raise ForeignOwner(str(stored.get("owner")))
                known = version_of(stored)
                if stored is not None and known >= version_floor and _same(stored, build(known)):
                    return stored
                version = max(version_floor, known) + 1
                if self._write(collection, stored, {**build(version), "_id": account_id}):
                    version_floor = version
        raise StoreConflict("the document changes faster than it can be written")

    def withdraw(self, account_id: int, owner: str) -> None:
        """Remove the account's document if it is ours. Absent already is fine."""
        with self._open(account_id) as collection:
            collection.delete_one({"_id": account_id, "owner": owner})
            stored = collection.find_one({"_id": account_id})
            if stored is not None and stored.get("owner") == owner:
                raise StoreConflict("the document was written again while it was removed")

    def take_over(self, account_id: int, seen: str, owner: str) -> None:
        """Make the document that ``seen`` owns the property of ``owner``; its content stays.

        Absent, or ours already, is fine. Raises :class:`ForeignOwner` when yet another owner has
        it: who took it over must be known before it is taken again.
        """
        with self._open(account_id) as collection:
            collection.update_one({"_id": account_id, "owner": seen}, {"$set": {"owner": owner}})
            stored = collection.find_one({"_id": account_id})
            if stored is not None and stored.get("owner") != owner:
                raise ForeignOwner(str(stored.get("owner")))

    @staticmethod
    def _write(collection: Collection, seen: Document | None, document: Document) -> bool:
        """Insert, or replace what was seen; ``False`` when somebody was faster."""
        if seen is None:
            try:
                collection.insert_one(document)
            except DuplicateKeyError:
                return False
            return True
        key = {"_id": seen["_id"], "owner": seen["owner"], "version": seen.get("version")}
        return collection.replace_one(key, document).matched_count == 1

    @contextmanager
    def _open(self, account_id: int) -> Iterator[Collection]:
        with _told_plainly(), _client(self._url, TIMEOUT_SECONDS) as client:
            yield client[f"acct_{account_id}"][self._collection]


def _client(url: str, seconds: float) -> MongoClient:
    milliseconds = int(seconds * 1000)
    return MongoClient(
        url,
        serverSelectionTimeoutMS=milliseconds,
        connectTimeoutMS=milliseconds,
        socketTimeoutMS=milliseconds,
    )


@contextmanager
def _told_plainly() -> Iterator[None]:
    """What pymongo raises, as ours, without the address."""
    try:
        yield
    except ConnectionFailure as error:
        raise StoreUnavailable(type(error).__name__) from None
    except DocumentTooLarge:
        raise StoreTooLarge from None
    except (PyMongoError, BSONError, ValueError) as error:  # ValueError: a malformed address
        code = getattr(error, "code", None)
        raise StoreRefused(f"{type(error).__name__} {code or ''}".strip()) from None


def version_of(stored: Document | None) -> int:
    """The stored version; 0 without one, as in a document that was damaged by hand."""
    version = stored.get("version") if stored else None
    return version if isinstance(version, int) else 0


def _same(stored: Document, built: Document) -> bool:
    """Whether both say the same; when and under which number it was written does not count."""
    unlike = {"_id", "published_at"}
    return type(stored.get("published_at")) is type(built.get("published_at")) and {
        k: v for k, v in stored.items() if k not in unlike
    } == {k: v for k, v in built.items() if k not in unlike}
