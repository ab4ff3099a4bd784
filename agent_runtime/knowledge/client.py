"""Opening Qdrant, a server or a folder, behind one way of calling it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import httpx
from qdrant_client import AsyncQdrantClient
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from .errors import CollectionGone, StoreBusy, StoreUnavailable
from .owner_thread import OwnerThread

T = TypeVar("T")
_TIMEOUT_SECONDS = 10
_MISSING = re.compile(r"Collection \S+ not found")


class QdrantAccess:
    """The one client of this process; a folder has one owner, a server many.

    Call as ``await access.run(lambda client: client.count(...))``: the call happens where it does
    not block anybody.
    """

    def __init__(
        self, url: str | None = None, api_key: str | None = None, path: Path | None = None
    ) -> None:
        if (url is None) == (path is None):
            raise ValueError("a store is a URL or a folder")
        self._url, self._api_key, self._path = url, api_key, path
        self._client: AsyncQdrantClient | None = None
        self._owner: OwnerThread | None = None

    @property
    def embedded(self) -> bool:
        """Whether the store lives in this process."""
        return self._path is not None

    @property
    def is_open(self) -> bool:
        """Whether :meth:`open` has been called and :meth:`close` has not."""
        return self._client is not None

    async def open(self) -> None:
        """Open the store. Raises :class:`StoreBusy` when another process owns the folder."""
        if self._client is not None:
            return
        if self._path is None:
            self._client = AsyncQdrantClient(
                url=self._url,
                api_key=self._api_key,
                timeout=_TIMEOUT_SECONDS,
                check_compatibility=False,
            )
            return
        self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
        owner = OwnerThread("knowledge-store")
        try:
            self._client = await owner.run(self._open_folder)
        except RuntimeError as error:
            await owner.close()
            raise StoreBusy(
                f"the knowledge store in {self._path} is in use by another process; "
                "stop it, or give every runtime the same QDRANT_URL"
            ) from error
        self._owner = owner

    async def run(self, call: Callable[[AsyncQdrantClient], Awaitable[T]]) -> T:
        """Await ``call(client)``.

        Raises :class:`StoreUnavailable` when a server is not there, :class:`CollectionGone` when
        it does not know the collection.
        """
        client = self._client
        if client is None:
            raise RuntimeError("the knowledge store is not open")
        if self._owner is not None:
            return await self._run_embedded(self._owner, lambda: call(client))
        try:
            return await call(client)
        except ResponseHandlingException as error:
            # Its own words are the transport's; the address is what an operator needs.
            raise StoreUnavailable(f"Qdrant at {self._url} cannot be reached") from error
        except UnexpectedResponse as error:
            if error.status_code != httpx.codes.NOT_FOUND:
                raise
            raise CollectionGone("a collection is missing on the Qdrant server") from error

    async def _run_embedded(self, owner: OwnerThread, call: Callable[[], Awaitable[T]]) -> T:
        try:
            return await owner.run(call)
        except ValueError as error:
            # The embedded store has no error of its own for this.
            if not _MISSING.fullmatch(str(error)):
                raise
            raise CollectionGone("a collection is missing in the embedded store") from error

    async def close(self) -> None:
        """Close the store and give up the folder."""
        if self._client is None:
            return
        await self.run(lambda client: client.close())
        self._client = None
        if self._owner is not None:
            await self._owner.close()
            self._owner = None

    async def _open_folder(self) -> AsyncQdrantClient:
        return AsyncQdrantClient(path=str(self._path))
