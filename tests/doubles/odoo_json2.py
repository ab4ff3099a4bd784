"""A minimal Odoo behind JSON-2: keys, databases and products; every request is remembered."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from agent_runtime.contracts import OdooAccess


@dataclass
class Tenant:
    """One database: its key, and products as field dictionaries."""

    database: str
    api_key: str
    products: list[dict[str, Any]]
    more: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Records of other models, by model."""


@dataclass
class OdooStub:
    """What a test sees of the stub."""

    url: str
    tenants: dict[str, Tenant]
    requests: list[dict[str, Any]] = field(default_factory=list)

    def access(self, database: str) -> OdooAccess:
        """The tenant's own access, as Odoo puts it into a turn's request."""
        tenant = self.tenants[database]
        return OdooAccess(url=self.url, database=database, login="agent", api_key=tenant.api_key)

    def searches(self) -> list[dict[str, Any]]:
        """The bodies of product searches."""
        return [r["body"] for r in self.requests if r["path"].endswith("/search_read")]


def product(record_id: int, name: str, price: float, **more: Any) -> dict[str, Any]:
    """A product as the addons present it, and a cost that must never leave."""
    return {
        "id": record_id,
        "name": name,
        "default_code": False,
        "ai_selling_price": price,
        "currency_id": [6, "BRL"],
        "ai_stock_state": "in_stock",
        "ai_available_quantity": 5.0,
        "uom_name": "Unidades",
        "standard_price": price / 2,
        **more,
    }


@contextlib.contextmanager
def odoo_stub(*tenants: Tenant) -> Iterator[OdooStub]:
    """Serve the tenants on a free loopback port."""
    stub = OdooStub("", {tenant.database: tenant for tenant in tenants})

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length) or b"{}")
            database = self.headers.get("X-Odoo-Database")
            stub.requests.append({"path": self.path, "database": database, "body": body})
            tenant = stub.tenants.get(database or "")
            if tenant is None or self.headers["Authorization"] != f"bearer {tenant.api_key}":
                self._answer(401, {"message": "Invalid apikey"})
            elif self.path == "/json/2/res.users/context_get":
                self._answer(200, {"lang": "pt_BR"})
            elif self.path == "/json/2/product.template/search_read":
                self._answer(200, _search(tenant.products, body))
            elif (model := _MODEL.match(self.path)) and model[1] in tenant.more:
                self._answer(200, _search(tenant.more[model[1]], body))
            else:
                self._answer(404, {"message": "not here"})

        def _answer(self, status: int, value: Any) -> None:
            payload = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


_MODEL = re.compile(r"/json/2/([a-z.]+)/search_read\Z")


def _search(products: list[dict[str, Any]], body: dict[str, Any]) -> list[dict[str, Any]]:
    fields, limit = body["fields"], body.get("limit") or 80
    found = [item for item in products if _matches(item, body["domain"])]
    page = found[body.get("offset") or 0 :][:limit]
    return [{name: item.get(name) for name in ["id", *fields]} for item in page]


def _matches(item: dict[str, Any], domain: list[Any]) -> bool:
    """Enough of Odoo's domains: conditions joined by "and", those with ``ilike`` by "or"."""
    terms = [term for term in domain if term != "|"]
    likes = [
        value.lower() in str(item.get(name) or "").lower()
        for name, operator, value in terms
        if operator == "ilike"
    ]
    for name, operator, value in terms:
        # A field the stub's products do not carry holds what is asked for.
        held = item.get(name, value)
        if (operator == "in" and held not in value) or (operator == "=" and held != value):
            return False
    return any(likes) if likes else True
