"""The REST API's HTTP side: authentication, routing, faults. The work is in ``routes``."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from .call import Refused, Request
from .faults import Hold
from .routes import dispatch
from .wire import rails_json

if TYPE_CHECKING:
    from .double import ChatwootDouble

HANG_LIMIT = 30.0
"""Seconds after which a connection whose answer is withheld is closed."""
HELD_LIMIT = 600.0
"""Seconds after which a held request goes on nevertheless."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave in two writes; Nagle would hold the second back for 40 ms.
    disable_nagle_algorithm = True
    server: RestServer

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent: request lines would mix with the demonstration's own output."""

    def _serve(self) -> None:
        double = self.server.double
        parts = urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = double.faults.take(self.command, parts.path)
        if fault and fault.delay:
            self.server.stopping.wait(fault.delay)
        if fault and fault.hold and not fault.drop_answer:
            self._wait(fault.hold)
        if fault and fault.status:
            self._answer(fault.status, b"Retry later" if fault.status == 429 else b"{}")
            return
        status, answer = self._work(double, parts.path, parts.query, raw)
        if fault and fault.drop_answer:
            if fault.hold:
                self._wait(fault.hold)
            else:
                self.server.stopping.wait(min(fault.delay or HANG_LIMIT, HANG_LIMIT))
            self.close_connection = True
            return
        self._answer(status, b"" if answer is None else rails_json(answer))

    def _work(self, double: ChatwootDouble, path: str, query: str, raw: bytes) -> tuple[int, Any]:
        # Rails sees the same header under both spellings.
        token = self.headers.get("Api-Access-Token") or self.headers.get("api_access_token")
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            return 400, {"status": 400, "error": "Bad Request"}
        params = {name: values[-1] for name, values in parse_qs(query).items()}
        request = Request(self.command, path, params, body, token)
        try:
            with double.changed:
                answer = dispatch(double, request)
                double.changed.notify_all()
        except Refused as refusal:
            return refusal.status, refusal.body
        return 200, answer

    def _wait(self, hold: Hold) -> None:
        hold.reached.set()
        hold.released.wait(HELD_LIMIT)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class RestServer(ThreadingHTTPServer):
    """A threaded server that knows its double."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], double: ChatwootDouble) -> None:
        super().__init__(address, _Handler)
        self.double = double
        self.stopping = threading.Event()
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.02,), name="chatwoot-rest", daemon=True
        )

    @property
    def url(self) -> str:
        """Address of the listening socket."""
        host, port = self.server_address[:2]
        return f"http://{host}:{port}"

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and free the port."""
        self.stopping.set()
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()
