"""A scripted server that speaks OpenAI's transcriptions on the wire."""

from __future__ import annotations

import json
import threading
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Spoken(NamedTuple):
    """One request that was received."""

    key: str
    model: str
    file_name: str
    audio: bytes


class SpeechServer:
    """Answers every recording with ``answer``: the words, or an HTTP status to fail with.

    With ``hangs`` it takes recordings and never answers.
    """

    def __init__(
        self, answer: str | int, *, hangs: bool = False, seconds: float | None = None
    ) -> None:
        """``seconds``: told as what was heard, instead of tokens."""
        self._stopping = threading.Event()
        self.requests: list[Spoken] = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
                form = BytesParser(policy=HTTP).parsebytes(head + body)
                parts = {p.get_param("name", header="content-disposition"): p for p in form.walk()}
                if self.path != "/v1/audio/transcriptions":
                    return self._reply(404, {})
                double.requests.append(
                    Spoken(
                        self.headers["Authorization"].removeprefix("Bearer "),
                        parts["model"].get_content().strip(),
                        parts["file"].get_filename(),
                        parts["file"].get_payload(decode=True),
                    )
                )
                if hangs:
                    double._stopping.wait(60)
                    return None
                if isinstance(answer, int):
                    return self._reply(answer, {"error": {"message": "scripted failure"}})
                usage = {"type": "tokens", "input_tokens": 30, "output_tokens": 9}
                if seconds is not None:
                    usage = {"type": "duration", "seconds": seconds}
                return self._reply(200, {"text": answer, "usage": usage})

            def _reply(self, status: int, content: dict[str, Any]) -> None:
                payload = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_args: Any) -> None:
                """Tests need no access log."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        """Base URL as a client is told it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> SpeechServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
