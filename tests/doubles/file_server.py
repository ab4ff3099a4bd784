"""A server of files, as a Chatwoot and the storage behind it are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
OGG = b"OggS" + bytes(200)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


class FileServer:
    """Use as a context manager; ``asked`` holds the paths asked for."""

    def __init__(self, answers: dict[str, Answer | Callable[[int], Answer]]) -> None:
        """Status, headers and body by path; a function is told how often it was asked."""
        self.asked: list[str] = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                double.asked.append(self.path)
                found = answers.get(self.path, (404, {}, b""))
                status, headers, body = (
                    found(double.asked.count(self.path)) if callable(found) else found
                )
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: Any) -> None:
                """Tests need no access log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def host(self) -> str:
        """``http://host:port``."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FileServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
