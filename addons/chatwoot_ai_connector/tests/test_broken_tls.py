import datetime
import ipaddress
import socket
import ssl
import tempfile
import threading
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from odoo.tests import BaseCase, tagged

from ..delivery.chatwoot_api import ChatwootApi
from ..delivery.problems import Doubtful, Unavailable


def certificate(folder):
    """Path of a self-signed certificate for 127.0.0.1, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = Path(folder) / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


class BreakingServer:
    """Reads one request over TLS, then garbles the encrypted stream."""

    def __init__(self, path):
        self.requests = []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(path)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        connection, _address = self._socket.accept()
        with connection:
            try:
                stream = self._context.wrap_socket(connection, server_side=True)
            except ssl.SSLError:
                return
            # The request's head and its body may come in two pieces.
            request = stream.recv(65_536)
            while b"ai_turn" not in request:
                request += stream.recv(65_536)
            self.requests.append(request)
            with socket.socket(fileno=stream.detach()) as bare:
                bare.sendall(b"no TLS record at all")

    def stop(self):
        self._socket.close()
        self._thread.join(5)


@tagged("post_install", "-at_install")
class TestBrokenTls(BaseCase):
    """What an encryption's failure says about a message: never left, or nobody knows."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = certificate(folder.name)
        self.server = BreakingServer(self.path)
        self.addCleanup(self.server.stop)
        self.api = ChatwootApi(self.server.url, 7, "token")
        self.addCleanup(self.api.close)

    def test_a_certificate_that_is_not_trusted_stops_the_message(self):
        with self.assertRaises(Unavailable):
            self.api.create_message(1, "Oi", 1, 1)
        self.assertEqual(self.server.requests, [])

    def test_a_stream_that_breaks_after_the_request_leaves_a_doubt(self):
        self.api._session.verify = str(self.path)
        with self.assertRaises(Doubtful):
            self.api.create_message(1, "Oi", 1, 1)
        self.assertEqual(len(self.server.requests), 1)
