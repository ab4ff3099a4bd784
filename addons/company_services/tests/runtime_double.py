"""A small agent runtime for tests: the knowledge endpoints over real HTTP, a dict as store."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from agent_runtime.contracts import (
    AccountCollections,
    AccountKnowledge,
    ChunkPreview,
    Chunks,
    CollectionState,
    Health,
    KnowledgeAdopt,
    KnowledgeDelete,
    KnowledgeInventory,
    KnowledgeInventoryPage,
    KnowledgeMove,
    KnowledgeMoved,
    KnowledgeReceipt,
    KnowledgeUpsert,
    ModelTest,
    ModelTested,
    PointReceipt,
    StoredPoint,
    dump_json,
)

TOKEN = "token-of-the-runtime-double"
PAGE = 50
_CONTRACTS = {
    "upsert": KnowledgeUpsert,
    "delete": KnowledgeDelete,
    "receipts": KnowledgeDelete,
    "inventory": KnowledgeInventory,
    "collections": AccountKnowledge,
    "purge": AccountKnowledge,
    "move": KnowledgeMove,
    "adopt": KnowledgeAdopt,
    "chunks": ChunkPreview,
    "test": ModelTest,
}


class Refusal(Exception):
    """A status and a word, as the runtime's HTTP answer."""


class RuntimeDouble:
    """Start with ``with RuntimeDouble() as runtime``; then ``url``, ``stored`` and ``calls``.

    ``stored`` maps ``(account, collection, origin, model, record id)`` to the item; each has one
    passage. ``failures`` holds statuses to answer with instead, one request each. ``during`` is
    called with the path while a request is being handled, for what users do meanwhile; ``after``
    when its work is done and before it is answered. ``health`` is the answer of ``GET /health``,
    ``model_trouble`` why a tested model does not answer.
    """

    def __init__(self):
        self.stored = {}
        self.calls = []
        self.failures = []
        self.refused_titles = set()
        self.during = None
        self.after = None
        self.model_trouble = None
        self.health = Health(status="ok", boot_id="double", version="1", checks={"crews": "ok"})
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self._send(*double._tell(self.path))

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

    def _tell(self, _path):
        return 200, dump_json(self.health)

    def _answer(self, path, headers, body):
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, json.dumps({"error": "unauthorised"})
        if self.failures:
            return self.failures.pop(0), json.dumps({"error": "as the test wants it"})
        kind = path.rpartition("/")[2]
        request = _CONTRACTS[kind].model_validate_json(body)
        self.calls.append((path, request))
        if self.during:
            self.during(path)
        try:
            answer = getattr(self, f"_{kind}")(request)
        except Refusal as refusal:
            status, word = refusal.args
            return status, json.dumps({"error": word})
        if self.after:
            self.after(path)
        return 200, dump_json(answer)

    # --- endpoints ---

    def _upsert(self, request):
        self._refuse_strangers(request.account_id, request.origin, request.collection)
        if any(item.title in self.refused_titles for item in request.items):
            raise Refusal(422, "this text is refused")
        for item in request.items:
            self.stored[self._key(request, item)] = item
        return self._receipt(request, request.items)

    def _delete(self, request):
        self._refuse_strangers(request.account_id, request.origin, request.collection)
        for key in request.records:
            self.stored.pop(self._key(request, key), None)
        return self._receipts(request)

    def _receipts(self, request):
        return self._receipt(request, request.records)

    def _chunks(self, request):
        return Chunks(chunks=tuple(request.text.split("\n\n")))

    def _test(self, _request):
        trouble = self.model_trouble
        return ModelTested(ok=trouble is None, trouble=trouble, seconds=0.8)

    def _inventory(self, request):
        """Small pages, so that every reader has to turn them."""
        place = (request.account_id, request.collection, request.origin)
        mine = sorted(key for key in self.stored if key[:3] == place)
        start = int(request.after or 0)
        page = mine[start : start + min(request.limit, PAGE)]
        more = start + len(page) < len(mine)
        return KnowledgeInventoryPage(
            points=tuple(
                StoredPoint(
                    model=key[3],
                    record_id=key[4],
                    chunk=0,
                    chunks=1,
                    content_hash=self.stored[key].content_hash,
                )
                for key in page
            ),
            next=str(start + len(page)) if more else None,
        )

    def _collections(self, request):
        mine = [key for key in self.stored if key[0] == request.account_id]
        return AccountCollections(
            collections=tuple(
                CollectionState(
                    collection=name,
                    points=sum(key[1:3] == (name, request.origin) for key in mine),
                    foreign=sum(key[1] == name and key[2] != request.origin for key in mine),
                )
                for name in sorted({key[1] for key in mine})
            )
        )

    def _purge(self, request):
        for key in [key for key in self.stored if (key[0], key[2]) == _place(request)]:
            del self.stored[key]
        return self._collections(request)

    def _move(self, request):
        self._refuse_strangers(request.to_account_id, request.origin)
        mine = [key for key in self.stored if (key[0], key[2]) == _place(request)]
        missing = [key for key in mine if (request.to_account_id, *key[1:]) not in self.stored]
        now = missing[: min(request.limit, 2)]
        for key in now:
            self.stored[request.to_account_id, *key[1:]] = self.stored[key]
        return KnowledgeMoved(moved=len(now), left=len(missing) - len(now))

    def _adopt(self, request):
        for key in [key for key in self.stored if key[0] == request.account_id]:
            account, collection, _origin, *record = key
            self.stored[account, collection, request.origin, *record] = self.stored.pop(key)
        return self._collections(request)

    # --- the store ---

    def _refuse_strangers(self, account_id, origin, collection=None):
        for account, name, owner, *_record in self.stored:
            if account == account_id and owner != origin and collection in (None, name):
                raise Refusal(409, "written by another Odoo database")

    @staticmethod
    def _key(request, key):
        return (request.account_id, request.collection, request.origin, key.model, key.record_id)

    def _receipt(self, request, keys):
        held = [(key, self.stored.get(self._key(request, key))) for key in keys]
        return KnowledgeReceipt(
            collection=f"{request.account_id}_{request.collection}",
            receipts=tuple(
                PointReceipt(
                    model=key.model,
                    record_id=key.record_id,
                    content_hash=item.content_hash if item else None,
                    points=1 if item else 0,
                )
                for key, item in held
            ),
        )


def _place(request):
    return request.account_id, request.origin
