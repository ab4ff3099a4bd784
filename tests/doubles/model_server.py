"""A scripted server that speaks for a model; whose language, says what inherits from it.

Each request takes the next answer of the script: a text, tool calls, a status to fail with, or
whatever else :class:`Raw` says. The last answer repeats.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self

PROMPT_TOKENS = 100
COMPLETION_TOKENS = 20


class Raw(NamedTuple):
    """What an endpoint sends that is no answer of a model."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = {}
    drip: float = 0.0
    """Seconds before each time the body is sent, again and again for ever."""


Step = str | dict[str, Any] | int


def call(name: str, **arguments: Any) -> dict[str, Any]:
    """A tool call as an answer of the script."""
    return {"name": name, "arguments": json.dumps(arguments)}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A runtime under load connects for many turns at once.
    request_queue_size = 128


class ModelServer:
    """Use as a context manager; ``requests`` holds the bodies received."""

    root = ""
    """Of all paths, as clients are told it."""

    def __init__(
        self,
        script: Sequence[str | dict[str, Any] | int | Raw | Callable[[dict[str, Any]], Any]],
        gate: threading.Event | None = None,
        delay: float = 0.0,
        retry_after: int | None = None,
        counts: bool = True,
    ) -> None:
        """An ``int`` in the script is an HTTP status to fail with, a function makes the answer of
        the request's body; ``gate`` holds answers back.

        ``delay``: seconds that every answer takes; ``retry_after``: sent with every failure;
        ``counts``: whether answers tell how many tokens they took.
        """
        self._script = script if callable(script) else list(script)
        self._gate = gate
        self._delay = delay
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.received = threading.Event()
        self.hung_up = threading.Event()
        self.counts = counts
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                status, answer = double._answer(self.path, body, dict(self.headers))
                if isinstance(answer, Raw):
                    return self._send(answer)
                payload = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(payload)))
                if status != 200 and retry_after is not None:
                    self.send_header("Retry-After", str(retry_after))
                self.end_headers()
                self.wfile.write(payload)

            def _send(self, raw: Raw) -> None:
                self.send_response(raw.status)
                headers = {"Content-Type": "text/html", **raw.headers}
                if not raw.drip:
                    headers["Content-Length"] = str(len(raw.body))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if not raw.drip:
                    self.wfile.write(raw.body)
                    return
                self.close_connection = True
                try:
                    while not double._stopping.wait(raw.drip):
                        self.wfile.write(raw.body)
                except OSError:
                    double.hung_up.set()

            def log_message(self, *_args: Any) -> None:
                """Tests need no access log."""

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """Base URL as a client is told it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{self.root}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stopping.set()
        if self._gate:
            self._gate.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _answer(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> tuple[int, Any]:
        with self._lock:
            self.requests.append(body)
            self.headers.append(headers)
            number = len(self.requests)
            if callable(self._script):
                step = self._script(body)
            else:
                step = self._script[min(number, len(self._script)) - 1]
        self.received.set()
        if self._gate:
            self._gate.wait(60)
        if self._delay:
            self._stopping.wait(self._delay)
        if callable(step):
            step = step(body)
        if isinstance(step, Raw):
            return step.status, step
        if isinstance(step, int):
            return step, self.failure(step, "scripted failure")
        if wrong := self.wrong(path, body, headers):
            return 400, self.failure(400, wrong)
        return 200, self.reply(step, number, path, body)

    def wrong(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> str | None:
        """What the provider would refuse the request for."""
        return None

    def failure(self, status: int, words: str) -> dict[str, Any]:
        """The body that goes with a status."""
        raise NotImplementedError

    def reply(
        self, step: str | dict[str, Any], number: int, path: str, body: dict[str, Any]
    ) -> dict[str, Any]:
        """A text or a tool call, the ``number``-th answer, as the provider says it."""
        raise NotImplementedError
