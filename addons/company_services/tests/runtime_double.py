"""A small agent runtime for tests: the knowledge endpoints over real HTTP, a dict as store."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from agent_runtime.contracts import (
    Health,
    KnowledgeDelete,
    KnowledgeReceipt,
    KnowledgeUpsert,
    PointReceipt,
    dump_json,
)

TOKEN = "token-of-the-runtime-double"


class RuntimeDouble:
    """Start with ``with RuntimeDouble() as runtime``; then ``url``, ``stored`` and ``calls``.

    ``stored`` maps ``(account, collection, origin, model, record id)`` to the item. ``failures``
    holds statuses to answer with instead, one request each. ``during`` is called while a
    request is being handled, for what users do meanwhile. ``health`` is the answer of
    ``GET /health``.
    """

    def __init__(self):
        self.stored = {}
        self.calls = []
        self.failures = []
        self.refused_titles = set()
        self.during = None
        self.health = Health(status="ok", boot_id="double", version="1", checks={"crews": "ok"})
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self._send(200, dump_json(double.health))

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self._send(*double._answer(self.path, self.headers, body))

            def _send(self, status, answer):
                content = answer.encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args):
                """Keep the test's output clean."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_exception):
        self._server.shutdown()
        self._server.server_close()

    def called(self, path):
        """How many requests came to an endpoint."""
        return sum(1 for call, _request in self.calls if call == path)

    def _answer(self, path, headers, body):
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, json.dumps({"error": "unauthorised"})
        if self.failures:
            return self.failures.pop(0), json.dumps({"error": "as the test wants it"})
        contract = KnowledgeUpsert if path.endswith("upsert") else KnowledgeDelete
        request = contract.model_validate_json(body)
        self.calls.append((path, request))
        if self.during:
            self.during(path)
        if path.endswith("upsert"):
            if any(item.title in self.refused_titles for item in request.items):
                return 422, json.dumps({"error": "this text is refused"})
            for item in request.items:
                self.stored[self._key(request, item)] = item
            keys = request.items
        else:
            keys = request.records
            if path.endswith("delete"):
                for key in keys:
                    self.stored.pop(self._key(request, key), None)
        return 200, dump_json(
            KnowledgeReceipt(
                collection=f"{request.account_id}_{request.collection}",
                receipts=tuple(self._receipt(request, key) for key in keys),
            )
        )

    @staticmethod
    def _key(request, key):
        return (request.account_id, request.collection, request.origin, key.model, key.record_id)

    def _receipt(self, request, key):
        item = self.stored.get(self._key(request, key))
        return PointReceipt(
            model=key.model,
            record_id=key.record_id,
            content_hash=item.content_hash if item else None,
            points=1 if item else 0,
        )
