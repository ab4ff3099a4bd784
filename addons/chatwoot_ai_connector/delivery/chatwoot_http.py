"""One HTTP call to Chatwoot, and what its failure means. Used by every adapter of it.

The hyphenated header is the same to Rails as ``api_access_token`` and survives proxies that drop
underscores.
"""

from __future__ import annotations

import ssl
from typing import Any, Self

import requests
import urllib3

from .problems import Doubtful, NotForBots, NotFound, Refused, Rejected, Unavailable

TIMEOUT = 5
"""Seconds to connect, and for each wait on the socket. Chatwoot itself gives up after 15."""
TOKEN_HEADER = "Api-Access-Token"
NOT_FOR_BOTS = "not authorized for bots"
AWAY = (429, 502, 503, 504)
"""Statuses that speak of the whole Chatwoot, not of what was asked."""


class ChatwootHttp:
    """Chatwoot's API below ``root``; every method raises the errors of :mod:`.problems`."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._session = requests.Session()
        # A .netrc or proxy of the surroundings must not add credentials or a detour.
        self._session.trust_env = False

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def _call(
        self,
        method: str,
        path: str,
        token: str | None,
        json: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
    ) -> Any:
        """The JSON answer of one request."""
        response = self._send(method, path, token, json, params)
        try:
            return response.json()
        except ValueError as error:
            problem = Doubtful if method != "GET" else Unavailable
            raise problem(f"{method} {path}: the answer is not JSON") from error

    def _send(
        self,
        method: str,
        path: str,
        token: str | None,
        json: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
    ) -> requests.Response:
        """One request that Chatwoot has accepted; some are answered by an empty body."""
        what = f"{method} {path}"
        writes = method != "GET"
        try:
            response = self._session.request(
                method,
                f"{self._root}/{path}",
                json=json,
                params=params,
                headers={TOKEN_HEADER: token} if token else {},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            text = f"{what}: {type(error).__name__}"
            if not writes or _never_connected(error):
                raise Unavailable(text, out_of_reach=True) from error
            # A connection that broke may be an accident; one that hangs says more.
            hangs = isinstance(error, requests.Timeout)
            raise Doubtful(text, out_of_reach=hangs) from error
        _raise_for_status(what, response, writes)
        return response


def _never_connected(error: requests.RequestException) -> bool:
    """Whether the request certainly never left.

    ``ConnectionError`` covers both a refused connection and one that broke half-way, ``SSLError``
    both a certificate that is not trusted and an encrypted stream that broke; only the errors
    inside tell them apart.
    """
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.InvalidURL):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, urllib3.exceptions.SSLError):
        return isinstance(reason.args[0], ssl.SSLCertVerificationError)
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def _raise_for_status(what: str, response: requests.Response, writes: bool) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    words = _words(response)
    text = f"{what}: HTTP {status}{': ' + words if words else ''}"
    if status in (401, 403):
        raise (NotForBots if NOT_FOR_BOTS in words else Refused)(text)
    if status == 404:
        raise NotFound(text)
    if status in (429, 503):
        raise Unavailable(text, _retry_after(response), out_of_reach=True)
    if status >= 500:
        # Ours may be the request that was cut short behind a proxy after the message was saved.
        problem = Doubtful if writes else Unavailable
        raise problem(text, out_of_reach=status in AWAY)
    raise Rejected(text)


def _words(response: requests.Response) -> str:
    """Chatwoot's own words for an error, shortened; empty when it sent a page or nothing."""
    try:
        body = response.json()
    except ValueError:
        return ""
    if not isinstance(body, dict):
        return ""
    said = body.get("error") or body.get("message") or body.get("errors") or ""
    return str(said)[:200]


def _retry_after(response: requests.Response) -> int | None:
    value = response.headers.get("Retry-After", "")
    return int(value) if value.isascii() and value.isdigit() else None
