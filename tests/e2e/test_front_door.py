"""The demonstration's front door: pages to the workers, websockets to the evented port."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from demo.front_door import FrontDoor
from devtools.services.ports import free_port


class _Named(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"{self.server.name} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        """Quiet."""


@pytest.fixture
def backend():
    servers = []

    def start(name):
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Named)
        server.daemon_threads = True
        server.name = name
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return server.server_port

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_each_connection_finds_its_server(backend):
    door = FrontDoor(free_port(), backend("pages"), backend("websockets"))
    door.start()
    with requests.Session() as session:
        assert session.get(f"{door.url}/web", timeout=5).text == "pages /web"
        assert session.get(f"{door.url}/odoo?debug=1", timeout=5).text == "pages /odoo?debug=1"
    answer = requests.get(f"{door.url}/websocket?version=1", timeout=5)
    assert answer.text == "websockets /websocket?version=1"
    door.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(door.url, timeout=5)
