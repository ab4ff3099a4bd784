"""What Odoo uses to talk to the runtime over HTTP.

Synchronous on purpose: Odoo's jobs are. Needs pydantic and requests only. A client keeps one
connection pool; it may be shared by threads of one process but not across a fork.
"""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote

import requests
from pydantic import ValidationError

from .contracts import (
    AccountCollections,
    AccountKnowledge,
    ChunkPreview,
    Chunks,
    Contract,
    Decided,
    DecideRequest,
    Health,
    KnowledgeAdopt,
    KnowledgeDelete,
    KnowledgeHits,
    KnowledgeInventory,
    KnowledgeInventoryPage,
    KnowledgeMove,
    KnowledgeMoved,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
    ModelTest,
    ModelTested,
    Played,
    Preview,
    PreviewRequest,
    TurnAccepted,
    TurnRequest,
    dump_json,
)

Answer = TypeVar("Answer", bound=Contract)


class RuntimeClientError(Exception):
    """Base of what the client raises."""


class RuntimeUnavailable(RuntimeClientError):
    """No usable answer: connection refused, time-out, 5xx or an answer that is no contract.

    The request may or may not have been acted on; every endpoint may be repeated.
    """


class RuntimeBusy(RuntimeClientError):
    """The runtime has no room now (429). ``retry_after`` in seconds."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RuntimeRefused(RuntimeClientError):
    """The runtime understood and refuses (other 4xx); repeating is useless.

    ``status`` is the HTTP status, the message what the runtime said.
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class RuntimeClient:
    """Client of one runtime.

    ``url`` is the base address, ``token`` the runtime token, ``timeout`` the seconds allowed
    for connecting and, separately, for each wait on the socket.
    """

    def __init__(self, url: str, token: str, timeout: float = 10) -> None:
        self.url = url.rstrip("/")
        self.timeout = timeout
        self._session = requests.Session()
        # The proxy settings of the surroundings are no concern of a loopback or private address.
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"

    def submit_turn(self, turn: TurnRequest) -> TurnAccepted:
        """Hand a turn over; returns as soon as the runtime has it. Idempotent by attempt."""
        return self._call("POST", "/v1/turns", TurnAccepted, turn)

    def upsert(self, request: KnowledgeUpsert) -> KnowledgeReceipt:
        """Replace all points of the records; the receipt is what the store holds afterwards."""
        return self._call("POST", "/v1/knowledge/upsert", KnowledgeReceipt, request)

    def delete(self, request: KnowledgeDelete) -> KnowledgeReceipt:
        """Remove all points of the records; the receipt is what the store holds afterwards."""
        return self._call("POST", "/v1/knowledge/delete", KnowledgeReceipt, request)

    def receipts(self, request: KnowledgeDelete) -> KnowledgeReceipt:
        """What the store holds of the records now; changes nothing."""
        return self._call("POST", "/v1/knowledge/receipts", KnowledgeReceipt, request)

    def search(self, request: KnowledgeSearch) -> KnowledgeHits:
        """Search one collection of one account."""
        return self._call("POST", "/v1/knowledge/search", KnowledgeHits, request)

    def inventory(self, request: KnowledgeInventory) -> KnowledgeInventoryPage:
        """One page of the points this origin has in a collection."""
        return self._call("POST", "/v1/knowledge/inventory", KnowledgeInventoryPage, request)

    def collections(self, request: AccountKnowledge) -> AccountCollections:
        """The collections of an account and how much they hold."""
        return self._call("POST", "/v1/knowledge/collections", AccountCollections, request)

    def purge(self, request: AccountKnowledge) -> AccountCollections:
        """Remove every point of this origin from the account; the answer is what is left."""
        return self._call("POST", "/v1/knowledge/purge", AccountCollections, request)

    def move(self, request: KnowledgeMove) -> KnowledgeMoved:
        """Move some points to another account; repeat until nothing is left."""
        return self._call("POST", "/v1/knowledge/move", KnowledgeMoved, request)

    def adopt(self, request: KnowledgeAdopt) -> AccountCollections:
        """Take every point of the account over; the answer is what this origin now has."""
        return self._call("POST", "/v1/knowledge/adopt", AccountCollections, request)

    def chunks(self, request: ChunkPreview) -> Chunks:
        """How a text would be cut into passages."""
        return self._call("POST", "/v1/knowledge/chunks", Chunks, request)

    def preview(self, request: PreviewRequest) -> Preview:
        """How the assistant would speak with a configuration."""
        return self._call("POST", "/v1/preview", Preview, request)

    def decide(self, request: DecideRequest) -> Decided:
        """Who would take a message, and why."""
        return self._call("POST", "/v1/decide", Decided, request)

    def test_model(self, request: ModelTest) -> ModelTested:
        """Whether a model answers; makes one short call of it."""
        return self._call("POST", "/v1/models/test", ModelTested, request)

    def play(self, turn: TurnRequest) -> TurnAccepted:
        """Have a turn answered for whoever tries the assistant out."""
        return self._call("POST", "/v1/playground", TurnAccepted, turn)

    def played(self, account_id: int, turn_id: str) -> Played:
        """What has become of an account's tried turn. :class:`RuntimeRefused` when the account
        has none of that id."""
        path = f"/v1/playground/{quote(turn_id, safe='')}?account_id={account_id}"
        return self._call("GET", path, Played)

    def health(self) -> Health:
        """State of the runtime and its dependencies."""
        return self._call("GET", "/health", Health)

    def _call(
        self, method: str, path: str, answer: type[Answer], body: Contract | None = None
    ) -> Answer:
        try:
            response = self._session.request(
                method,
                self.url + path,
                data=None if body is None else dump_json(body).encode(),
                headers={} if body is None else {"Content-Type": "application/json"},
                timeout=self.timeout,
                allow_redirects=False,
            )
        except requests.ConnectTimeout as error:
            message = f"{method} {path}: {self.url} does not answer within {self.timeout:g} s"
            raise RuntimeUnavailable(message) from error
        except requests.ReadTimeout as error:
            message = f"{method} {path}: {self.url} gave no answer within {self.timeout:g} s"
            raise RuntimeUnavailable(message) from error
        except requests.ConnectionError as error:
            message = f"{method} {path}: no agent runtime is reached at {self.url}"
            raise RuntimeUnavailable(message) from error
        except requests.RequestException as error:
            # The text of requests' errors holds the address, never headers or the body.
            raise RuntimeUnavailable(f"{method} {path}: {error}") from error
        status = response.status_code
        if status == 429:
            raise RuntimeBusy(_message(response), _retry_after(response))
        if 400 <= status < 500:
            raise RuntimeRefused(_message(response), status)
        if not 200 <= status < 300:
            raise RuntimeUnavailable(f"{method} {path}: HTTP {status}: {_message(response)}")
        try:
            return answer.model_validate_json(response.content)
        except ValidationError as error:
            raise RuntimeUnavailable(f"{method} {path}: not a {answer.__name__}") from error


def _message(response: requests.Response) -> str:
    """What the runtime says went wrong: its ``error`` key, or the bare status."""
    try:
        body = response.json()
    except ValueError:
        return f"HTTP {response.status_code}"
    return str(body.get("error", body)) if isinstance(body, dict) else str(body)


def _retry_after(response: requests.Response) -> float:
    value = response.headers.get("Retry-After", "")
    return float(value) if value.isascii() and value.isdigit() else 1.0
