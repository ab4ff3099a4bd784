"""Fetching one public web page, without becoming somebody's way into our network."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

import certifi

from .address import Resolver, is_public, public_addresses, resolve
from .limits import FETCH_SECONDS, MEGABYTE, PAGE_BYTES, REDIRECTS
from .problem import Refused

_PORTS = {"http": 80, "https": 443}
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "application/pdf": "pdf",
}
_REDIRECTIONS = (301, 302, 303, 307, 308)
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; BusinessRulesDocuments/1.0)",
    "Accept": ", ".join(_TYPES),
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_BLOCK = 64 * 1024


@dataclass(frozen=True)
class Page:
    """A fetched page: its ``data``, where it was found, a ``name`` that tells its type."""

    data: bytes
    address: str
    name: str
    encoding: str | None


@dataclass(frozen=True)
class Policy:
    """Where connections may go. Only tests, whose server is on this machine, change it."""

    resolver: Resolver = resolve
    allowed: Callable[[str], bool] = is_public
    ports: tuple[int, ...] = tuple(_PORTS.values())
    seconds: float = FETCH_SECONDS
    authorities: str = certifi.where()


def fetch(address: str, policy: Policy | None = None) -> Page:
    """The page at ``address``. Raises Refused.

    Every hop of a redirection is checked like the first. No proxy, cookie or password is used.
    """
    policy = policy or Policy()
    deadline = time.monotonic() + policy.seconds
    for _hop in range(REDIRECTS + 1):
        parts = _checked(address, policy)
        connection = _connect(parts, policy, deadline)
        try:
            answer = _ask(connection, parts)
            if answer.status not in _REDIRECTIONS:
                return _page(answer, connection, address, deadline)
            address = urljoin(address, answer.getheader("Location") or "")
        except TimeoutError as error:
            raise Refused("page_slow", seconds=int(policy.seconds)) from error
        except (OSError, http.client.HTTPException) as error:
            raise Refused("unreachable", host=parts.hostname or "") from error
        finally:
            connection.close()
    raise Refused("redirects", limit=REDIRECTS)


def _checked(address: str, policy: Policy) -> SplitResult:
    try:
        parts = urlsplit(address.strip())
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError as error:
        raise Refused("bad_address") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Refused("bad_address")
    if parts.username is not None or parts.password is not None:
        raise Refused("credentials")
    if port not in policy.ports:
        raise Refused("port", port=port)
    return parts


def _connect(parts: SplitResult, policy: Policy, deadline: float) -> http.client.HTTPConnection:
    """A connection to a checked address, which still speaks to the host by its name."""
    host = _ascii(parts.hostname or "")
    port = parts.port or _PORTS[parts.scheme]
    addresses = public_addresses(host, port, policy.resolver, policy.allowed)
    connection = http.client.HTTPConnection(host, port)
    for number, ip in enumerate(addresses, start=1):
        try:
            plain = socket.create_connection((ip, port), timeout=_left(deadline))
            if parts.scheme == "https":
                plain = _secured(plain, host, policy.authorities)
            connection.sock = plain
        except ssl.SSLError as error:
            raise Refused("certificate", host=host) from error
        except OSError as error:
            if number == len(addresses):
                raise Refused("unreachable", host=host) from error
        else:
            return connection
    raise Refused("unreachable", host=host)


def _secured(plain: socket.socket, host: str, authorities: str) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=authorities)
    try:
        return context.wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _ask(connection: http.client.HTTPConnection, parts: SplitResult) -> http.client.HTTPResponse:
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="/?&=%+:;,@!$'()*~")
    connection.request("GET", path, headers=_HEADERS)
    return connection.getresponse()


def _page(
    answer: http.client.HTTPResponse,
    connection: http.client.HTTPConnection,
    address: str,
    deadline: float,
) -> Page:
    if answer.status != 200:
        raise Refused("http_status", status=answer.status)
    content_type = answer.headers.get_content_type()
    if content_type not in _TYPES or answer.getheader("Content-Encoding", "identity") != "identity":
        raise Refused("page_type", type=content_type)
    data = bytearray()
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(deadline))
        block = answer.read1(_BLOCK)
        if not block:
            break
        data += block
        if len(data) > PAGE_BYTES:
            raise Refused("page_large", limit=PAGE_BYTES // MEGABYTE)
        _left(deadline)
    name = f"page.{_TYPES[content_type]}"
    return Page(bytes(data), address, name, answer.headers.get_content_charset())


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Refused("bad_address") from error
