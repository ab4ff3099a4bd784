"""The HTTP face of the runtime."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ..contracts import (
    AccountKnowledge,
    ChunkPreview,
    Contract,
    KnowledgeAdopt,
    KnowledgeDelete,
    KnowledgeInventory,
    KnowledgeMove,
    KnowledgeSearch,
    KnowledgeUpsert,
    PreviewRequest,
    TurnRequest,
)
from ..knowledge.errors import ForeignOrigin, Impossible, KnowledgeError
from .desk import TurnsFull
from .http import answer, authorise, on_error, read
from .runtime import Runtime

RETRY_AFTER = {"Retry-After": "1"}
KNOWLEDGE: dict[str, tuple[type[Contract], str]] = {
    "upsert": (KnowledgeUpsert, "upsert"),
    "delete": (KnowledgeDelete, "delete"),
    "receipts": (KnowledgeDelete, "receipts"),
    "search": (KnowledgeSearch, "search"),
    "inventory": (KnowledgeInventory, "inventory"),
    "collections": (AccountKnowledge, "states"),
    "purge": (AccountKnowledge, "purge"),
    "move": (KnowledgeMove, "move"),
    "adopt": (KnowledgeAdopt, "adopt"),
    "chunks": (ChunkPreview, "chunks"),
}
"""By the path's last part: what is asked, and the method of the knowledge service that answers."""


def create_app(runtime: Runtime) -> Starlette:
    """The application of one runtime; starts it and closes it with the server."""
    token = runtime.settings.token.get_secret_value()

    async def submit_turn(request: Request) -> Response:
        authorise(request, token)
        turn = await read(request, TurnRequest)
        if not runtime.sender.configured:
            raise HTTPException(503, "AGENT_RUNTIME_CALLBACK_URL is not set")
        try:
            return answer(runtime.desk.submit(turn), 202)
        except TurnsFull as error:
            pause = {"Retry-After": str(error.retry_after)}
            raise HTTPException(429, str(error), pause) from None

    def knowledge(
        contract: type[Contract], method: str
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            authorise(request, token)
            body = await read(request, contract)
            with _refusals():
                return answer(await getattr(await runtime.knowledge(), method)(body))

        return endpoint

    async def preview(request: Request) -> Response:
        authorise(request, token)
        return answer(await runtime.preview(await read(request, PreviewRequest)))

    async def health(request: Request) -> Response:
        """Without the token only whether it serves: a balancer needs no more."""
        state = runtime.health()
        try:
            authorise(request, token)
        except HTTPException:
            state = state.model_copy(update={"checks": {}})
        return answer(state)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        runtime.start()
        yield
        await runtime.close()

    return Starlette(
        routes=[
            Route("/v1/turns", submit_turn, methods=["POST"]),
            *(
                Route(f"/v1/knowledge/{path}", knowledge(*spoken), methods=["POST"])
                for path, spoken in KNOWLEDGE.items()
            ),
            Route("/v1/preview", preview, methods=["POST"]),
            Route("/health", health, methods=["GET"]),
        ],
        exception_handlers={HTTPException: on_error, Exception: on_error},
        lifespan=lifespan,
    )


class _refusals:
    """The store's errors as statuses: what will never pass is refused, the rest may pass later."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Impossible):
            raise HTTPException(422, str(error)) from error
        if isinstance(error, ForeignOrigin):
            raise HTTPException(409, str(error)) from error
        if isinstance(error, KnowledgeError):
            raise HTTPException(503, str(error), RETRY_AFTER) from error
