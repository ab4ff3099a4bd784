"""The HTTP face of the runtime."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .. import metrics
from ..contracts import (
    AccountKnowledge,
    ChunkPreview,
    Contract,
    Decided,
    DecideRequest,
    KnowledgeAdopt,
    KnowledgeDelete,
    KnowledgeInventory,
    KnowledgeMove,
    KnowledgeSearch,
    KnowledgeUpsert,
    ModelTest,
    ModelTested,
    Preview,
    PreviewRequest,
    TurnAccepted,
    TurnRequest,
)
from ..knowledge.errors import ForeignOrigin, Impossible, KnowledgeError
from .desk import TurnsFull
from .http import Body, answer, authorise, on_error, read
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
    service = _Service(runtime)
    posts = {
        "turns": service.post(TurnRequest, service.submit, 202),
        "playground": service.post(TurnRequest, service.play, 202),
        "preview": service.post(PreviewRequest, service.preview),
        "decide": service.post(DecideRequest, service.decide),
        "models/test": service.post(ModelTest, service.test_model),
        **{
            f"knowledge/{path}": service.post(contract, service.knowledge(method))
            for path, (contract, method) in KNOWLEDGE.items()
        },
    }

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        runtime.start()
        yield
        await runtime.close()

    return Starlette(
        routes=[
            *(Route(f"/v1/{path}", endpoint, methods=["POST"]) for path, endpoint in posts.items()),
            Route("/v1/playground/{turn_id:path}", service.played, methods=["GET"]),
            Route("/metrics", service.metrics, methods=["GET"]),
            Route("/health", service.health, methods=["GET"]),
        ],
        exception_handlers={HTTPException: on_error, Exception: on_error},
        lifespan=lifespan,
    )


class _Service:
    """What the addresses answer. A ``POST`` reads one contract and answers another."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._callers = runtime.settings.callers

    def post(
        self, contract: type[Body], do: Callable[[Body], Awaitable[Contract]], status: int = 200
    ) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint of something asked with a contract."""

        async def endpoint(request: Request) -> Response:
            authorise(request, self._callers)
            body = await read(request, contract)
            with _refusals():
                return answer(await do(body), status)

        return endpoint

    async def submit(self, turn: TurnRequest) -> TurnAccepted:
        if not self._runtime.sender.configured:
            raise HTTPException(503, "AGENT_RUNTIME_CALLBACK_URL is not set")
        try:
            return self._runtime.desk.submit(turn)
        except TurnsFull:
            metrics.REFUSED.inc()
            raise

    async def play(self, turn: TurnRequest) -> TurnAccepted:
        return self._runtime.playground.submit(turn)

    async def preview(self, request: PreviewRequest) -> Preview:
        return await self._runtime.preview(request)

    async def decide(self, request: DecideRequest) -> Decided:
        return await self._runtime.decide(request)

    async def test_model(self, request: ModelTest) -> ModelTested:
        return await self._runtime.test_model(request)

    def knowledge(self, method: str) -> Callable[[Contract], Awaitable[Contract]]:
        async def do(body: Contract) -> Contract:
            return await getattr(await self._runtime.knowledge(), method)(body)

        return do

    async def played(self, request: Request) -> Response:
        authorise(request, self._callers)
        try:
            account_id = int(request.query_params.get("account_id", ""))
        except ValueError:
            raise HTTPException(422, "account_id says whose turn it is") from None
        state = self._runtime.playground.look(account_id, request.path_params["turn_id"])
        if state is None:
            raise HTTPException(404, "no such turn was tried lately")
        return answer(state)

    async def metrics(self, request: Request) -> Response:
        authorise(request, self._callers)
        metrics.IN_HAND.set(self._runtime.desk.running)
        return Response(
            generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    async def health(self, request: Request) -> Response:
        """Without a token only whether it serves: a balancer needs no more."""
        state = self._runtime.health()
        try:
            authorise(request, self._callers)
        except HTTPException:
            state = state.model_copy(update={"checks": {}})
        return answer(state)


class _refusals:
    """Our errors as statuses: what will never pass is refused, the rest may pass later."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, TurnsFull):
            pause = {"Retry-After": str(error.retry_after)}
            raise HTTPException(429, str(error), pause) from None
        if isinstance(error, Impossible):
            raise HTTPException(422, str(error)) from error
        if isinstance(error, ForeignOrigin):
            raise HTTPException(409, str(error)) from error
        if isinstance(error, KnowledgeError):
            raise HTTPException(503, str(error), RETRY_AFTER) from error
