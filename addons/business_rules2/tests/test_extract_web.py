import ssl
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from tempfile import NamedTemporaryFile

from odoo.tests import BaseCase, tagged

from ..extract import limits, web
from ..extract.address import is_public, resolve
from ..extract.problem import Refused
from .site_certificate import certificate_of


class _Site(ThreadingHTTPServer):
    """A web site on this machine; ``pages`` maps a path to (status, headers, body)."""

    daemon_threads = True

    def __init__(self):
        self.pages = {}
        self.asked = []
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        """Clients hang up in the middle and refuse certificates: that is what is tested."""

    def close(self):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        status, headers, body = self.server.pages[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for part in [body] if isinstance(body, bytes) else body:
            self.wfile.write(part)

    def log_message(self, *args):
        """Keep the test's output clean."""


@tagged("post_install", "-at_install")
class TestExtractWeb(BaseCase):
    def setUp(self):
        super().setUp()
        self.site = _Site()
        self.addCleanup(self.site.close)
        self.port = self.site.server_address[1]
        self.looked_up = []

    def policy(self, seconds=5.0, answers=("127.0.0.1",), **names):
        """Lets ``shop.test`` be this machine, which no other setting allows."""

        def resolver(host, port):
            self.looked_up.append(host)
            if host == "shop.test":
                return list(answers)
            return names[host] if host in names else resolve(host, port)

        def allowed(ip):
            return ip == "127.0.0.1" or is_public(ip)

        return web.Policy(resolver, allowed, (self.port, 80, 443), seconds)

    def page(self, path="/", body=b"<html><body>Ol\xc3\xa1</body></html>", status=200, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.site.pages[path] = (status, {"Content-Type": "text/html; charset=utf-8"} | names, body)

    def assert_refused(self, code, address, policy=None):
        with self.assertRaises(Refused) as caught:
            web.fetch(address, policy)
        self.assertEqual(caught.exception.code, code)
        return caught.exception.details

    def test_a_page_is_fetched_by_its_name_from_the_checked_address(self):
        self.page("/trocas?a=1")
        fetched = web.fetch(f"http://shop.test:{self.port}/trocas?a=1", self.policy())
        self.assertEqual((fetched.name, fetched.encoding), ("page.html", "utf-8"))
        self.assertIn("Olá".encode(), fetched.data)
        self.assertEqual(self.site.asked, [(f"shop.test:{self.port}", "/trocas?a=1")])

    def test_a_name_is_looked_up_once(self):
        """DNS rebinding: the second answer, an internal address, is never asked for."""
        self.page()
        web.fetch(f"http://shop.test:{self.port}/", self.policy())
        self.assertEqual(self.looked_up, ["shop.test"])

    def test_redirections_are_followed_and_the_last_address_is_told(self):
        self.page("/a", status=301, Location="/b")
        self.page("/b", status=302, Location=f"http://shop.test:{self.port}/c")
        self.page("/c")
        fetched = web.fetch(f"http://shop.test:{self.port}/a", self.policy())
        self.assertEqual(fetched.address, f"http://shop.test:{self.port}/c")

    def test_endless_redirections_end(self):
        self.page("/a", status=302, Location="/a")
        self.assert_refused("redirects", f"http://shop.test:{self.port}/a", self.policy())
        self.assertEqual(len(self.site.asked), limits.REDIRECTS + 1)

    def test_a_redirection_to_an_internal_address_is_not_followed(self):
        for target in ("http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/"):
            with self.subTest(target):
                self.page("/a", status=302, Location=target)
                address = f"http://shop.test:{self.port}/a"
                self.assert_refused("private_address", address, self.policy())
        self.page("/a", status=302, Location="file:///etc/passwd")
        self.assert_refused("bad_address", f"http://shop.test:{self.port}/a", self.policy())

    def test_a_name_with_one_internal_address_is_refused(self):
        policy = self.policy(mixed=["93.184.216.34", "192.168.0.9"])
        self.assert_refused("private_address", "http://mixed/", policy)

    def test_internal_addresses_in_every_spelling(self):
        """The check as it runs in production, with the system's resolver."""
        hosts = "127.0.0.1 localhost 169.254.169.254 [::1] [::] 0.0.0.0 10.1.2.3 172.16.0.1"
        hosts += " 192.168.1.1 100.64.0.1 224.0.0.1 240.0.0.1 255.255.255.255 2130706433"
        hosts += " 0x7f000001 0177.0.0.1 127.1 [::ffff:127.0.0.1] [::ffff:10.0.0.1] [fe80::1]"
        hosts += " [fd00::1] [fec0::1] [64:ff9b::7f00:1] [2002:7f00:1::]"
        for host in hosts.split():
            with self.subTest(host):
                self.assert_refused("private_address", f"http://{host}/")

    def test_public_addresses_pass_the_check(self):
        for ip in ("93.184.216.34", "200.160.2.3", "2001:12ff::1"):
            self.assertTrue(is_public(ip), ip)

    def test_only_ordinary_addresses_of_the_web(self):
        for code, address in (
            ("bad_address", "ftp://example.com/"),
            ("bad_address", "file:///etc/passwd"),
            ("bad_address", "www.example.com"),
            ("bad_address", "http://"),
            ("bad_address", "http://[::1/"),
            ("credentials", "https://user:secret@example.com/"),
            ("port", "http://example.com:6379/"),
            ("unknown_host", "https://no-such-host.invalid/"),
        ):
            with self.subTest(address):
                self.assert_refused(code, address)

    def test_what_the_server_answers_is_checked(self):
        self.page("/gone", status=404)
        self.page("/picture", Content_Type="image/png")
        self.page("/packed", Content_Encoding="gzip")
        self.page("/large", body=(b"x" * 65536 for _block in range(100)))
        for path, code in (
            ("/gone", "http_status"),
            ("/picture", "page_type"),
            ("/packed", "page_type"),
            ("/large", "page_large"),
        ):
            with self.subTest(path):
                self.assert_refused(code, f"http://shop.test:{self.port}{path}", self.policy())

    def test_a_slow_page_is_given_up(self):
        release = threading.Event()
        self.addCleanup(release.set)

        def drops():
            yield b"<html>"
            release.wait(30)

        self.page("/slow", body=drops())
        started = time.monotonic()
        address = f"http://shop.test:{self.port}/slow"
        self.assert_refused("page_slow", address, self.policy(seconds=0.5))
        self.assertLess(time.monotonic() - started, 5)

    def test_https_proves_the_name_and_not_the_address(self):
        certificate = self.enterContext(NamedTemporaryFile())
        certificate.write(certificate_of("shop.test"))
        certificate.flush()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.name)
        named = []
        context.sni_callback = lambda _socket, name, _context: named.append(name)
        self.site.socket = context.wrap_socket(self.site.socket, server_side=True)
        self.page()
        policy = replace(self.policy(), authorities=certificate.name)
        fetched = web.fetch(f"https://shop.test:{self.port}/", policy)
        self.assertIn("Olá".encode(), fetched.data)
        self.assertEqual(named, ["shop.test"])
        other = replace(self.policy(other=["127.0.0.1"]), authorities=certificate.name)
        self.assert_refused("certificate", f"https://other:{self.port}/", other)
        self.assert_refused("certificate", f"https://shop.test:{self.port}/", self.policy())
        self.assertEqual(len(self.site.asked), 1)

    def test_https_is_never_asked_in_the_clear(self):
        """The site speaks no TLS at all."""
        self.assert_refused("certificate", f"https://shop.test:{self.port}/", self.policy())
        self.assertEqual(self.site.asked, [])

    def test_a_server_that_is_away(self):
        self.site.close()
        self.assert_refused("unreachable", f"http://shop.test:{self.port}/", self.policy())
