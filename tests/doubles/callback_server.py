"""Receives what the runtime posts back, as Odoo's callback would, and answers by a script."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Posted(NamedTuple):
    """One request received."""

    headers: dict[str, str]
    body: bytes


class CallbackServer:
    """Use as a context manager. The last status of the script repeats."""

    def __init__(self, statuses: Sequence[int] = (200,)) -> None:
        self._statuses = list(statuses)
        self._arrived = threading.Condition()
        self.posted: list[Posted] = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = double._take(Posted(dict(self.headers), body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                """Tests need no access log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The callback address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/agent_runtime/result"

    def wait(self, count: int, seconds: float) -> list[Posted]:
        """What has arrived, once there are ``count`` or the time is over."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self.posted) >= count, seconds)
            return list(self.posted)

    def __enter__(self) -> CallbackServer:
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _take(self, posted: Posted) -> int:
        with self._arrived:
            self.posted.append(posted)
            self._arrived.notify_all()
            return self._statuses[min(len(self.posted), len(self._statuses)) - 1]
