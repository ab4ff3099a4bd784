"""Qdrant's REST interface over the library's own in-memory store: a server's wire without one.

Only the calls that the knowledge store makes. What it checks is ours: addresses, bodies, order of
calls, key; ranking and filtering are the library's in both cases.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from pydantic import TypeAdapter
from qdrant_client import AsyncQdrantClient, models
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .mongo_stand_in import free_port


@dataclass
class QdrantDouble:
    """A running double. ``indexes``: payload fields indexed, by collection."""

    url: str
    api_key: str
    client: AsyncQdrantClient
    indexes: dict[str, list[str]] = field(default_factory=dict)

    def routes(self) -> list[Route]:
        """The calls it answers."""
        name = "/collections/{name}"
        return [
            self._route("GET", "/aliases", self._aliases),
            self._route("POST", "/collections/aliases", self._change_aliases),
            self._route("GET", "/collections", self._collections),
            self._route("GET", f"{name}/exists", self._exists),
            self._route("PUT", name, self._create),
            self._route("DELETE", name, self._drop),
            self._route("PUT", f"{name}/index", self._index),
            self._route("POST", f"{name}/points", self._retrieve),
            self._route("PUT", f"{name}/points", self._upsert),
            self._route("POST", f"{name}/points/payload", self._set_payload),
            self._route("POST", f"{name}/points/delete", self._delete),
            self._route("POST", f"{name}/points/scroll", self._scroll),
            self._route("POST", f"{name}/points/count", self._count),
            self._route("POST", f"{name}/points/query/batch", self._query),
        ]

    def _route(self, method: str, path: str, answer: Any) -> Route:
        async def endpoint(request: Request) -> JSONResponse:
            if request.headers.get("api-key") != self.api_key:
                return JSONResponse({"status": {"error": "Forbidden"}}, 403)
            body = await request.json() if await request.body() else {}
            try:
                result = await answer(request.path_params.get("name"), body)
            except ValueError as error:
                status = 409 if "already exists" in str(error) else 404
                return JSONResponse({"status": {"error": str(error)}}, status)
            value = TypeAdapter(Any).dump_python(result, mode="json")
            return JSONResponse({"result": value, "status": "ok", "time": 0.0})

        return Route(path, endpoint, methods=[method])

    async def _aliases(self, name: None, body: dict) -> Any:
        return await self.client.get_aliases()

    async def _change_aliases(self, name: None, body: dict) -> Any:
        actions = models.ChangeAliasesOperation.model_validate(body).actions
        return await self.client.update_collection_aliases(actions)

    async def _collections(self, name: None, body: dict) -> Any:
        return await self.client.get_collections()

    async def _exists(self, name: str, body: dict) -> Any:
        return {"exists": await self.client.collection_exists(name)}

    async def _create(self, name: str, body: dict) -> Any:
        wanted = models.CreateCollection.model_validate(body)
        return await self.client.create_collection(
            name, vectors_config=wanted.vectors, sparse_vectors_config=wanted.sparse_vectors
        )

    async def _drop(self, name: str, body: dict) -> Any:
        return await self.client.delete_collection(name)

    async def _index(self, name: str, body: dict) -> Any:
        self.indexes.setdefault(name, []).append(body["field_name"])
        return {"operation_id": 0, "status": "completed"}

    async def _retrieve(self, name: str, body: dict) -> Any:
        asked = models.PointRequest.model_validate(body)
        return await self.client.retrieve(
            name, asked.ids, with_payload=asked.with_payload, with_vectors=asked.with_vector
        )

    async def _set_payload(self, name: str, body: dict) -> Any:
        asked = models.SetPayload.model_validate(body)
        return await self.client.set_payload(
            name, asked.payload, points=asked.points, key=asked.key
        )

    async def _upsert(self, name: str, body: dict) -> Any:
        points = models.PointsList.model_validate(body).points
        return await self.client.upsert(name, points)

    async def _delete(self, name: str, body: dict) -> Any:
        selector = TypeAdapter(models.PointsSelector).validate_python(body)
        return await self.client.delete(name, selector)

    async def _scroll(self, name: str, body: dict) -> Any:
        asked = models.ScrollRequest.model_validate(body)
        points, following = await self.client.scroll(
            name,
            scroll_filter=asked.filter,
            limit=asked.limit,
            offset=asked.offset,
            with_payload=asked.with_payload,
            with_vectors=asked.with_vector,
        )
        return {"points": points, "next_page_offset": following}

    async def _count(self, name: str, body: dict) -> Any:
        asked = models.CountRequest.model_validate(body)
        return await self.client.count(name, count_filter=asked.filter)

    async def _query(self, name: str, body: dict) -> Any:
        asked = models.QueryRequestBatch.model_validate(body)
        return await self.client.query_batch_points(name, asked.searches)


@contextlib.contextmanager
def qdrant_double() -> Iterator[QdrantDouble]:
    """Serve on a free loopback port, empty at first."""
    port = free_port()
    double = QdrantDouble(
        f"http://127.0.0.1:{port}", "a key of the test", AsyncQdrantClient(location=":memory:")
    )
    config = uvicorn.Config(
        Starlette(routes=double.routes()), host="127.0.0.1", port=port, log_level="error"
    )
    server = uvicorn.Server(config)
    started = threading.Event()

    async def serve() -> None:
        task = asyncio.create_task(server.serve())
        while not (server.started or task.done()):
            await asyncio.sleep(0.01)
        started.set()
        await task

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    with warnings.catch_warnings():
        # Loopback needs no TLS; the client says so for every key without it.
        warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")
        thread.start()
        started.wait(10)
        try:
            yield double
        finally:
            server.should_exit = True
            thread.join(10)
