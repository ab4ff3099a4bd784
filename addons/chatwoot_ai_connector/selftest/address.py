"""Our own webhook address, as far as it can be judged from here."""

from __future__ import annotations

import ipaddress
import json
import socket
import time
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests

from agent_runtime import signing

SECONDS = 4


class OwnAnswer(NamedTuple):
    """How our webhook answered an event that means nothing."""

    status: int
    seconds: float


def private_addresses(address: str) -> list[str]:
    """The numeric addresses of the URL's host if all of them are private, else nothing.

    As seen from here; Chatwoot may be told other addresses for the same name. Raises
    ``OSError`` when the name is not known.
    """
    host = urlsplit(address).hostname or ""
    known = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    numbers = list(dict.fromkeys(entry[4][0].partition("%")[0] for entry in known))
    public = any(ipaddress.ip_address(number).is_global for number in numbers)
    return [] if public else numbers


def greeting(account_number: int) -> dict[str, Any]:
    """An event of the account that means nothing."""
    return {"event": "self_test", "account": {"id": account_number}}


def knock(address: str, account_number: int, secret: str) -> OwnAnswer:
    """Deliver a signed event of no meaning to our own webhook; nothing is kept of it."""
    body = json.dumps(greeting(account_number)).encode()
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "X-Chatwoot-Timestamp": str(timestamp),
        "X-Chatwoot-Signature": signing.sign(secret, timestamp, body),
    }
    with requests.Session() as session:
        # A .netrc or proxy of the surroundings must not add credentials or a detour.
        session.trust_env = False
        answer = session.post(
            address, data=body, headers=headers, timeout=SECONDS, allow_redirects=False
        )
    return OwnAnswer(answer.status_code, answer.elapsed.total_seconds())


def leads_here(address: str, own_address: str | None, plain_path: str) -> bool:
    """Whether a URL entered in Chatwoot is our webhook, whatever name the host has there.

    With the route token or without: without one, the account is found by its number.
    """
    paths = {plain_path, urlsplit(own_address or "").path or plain_path}
    return urlsplit(address).path.rstrip("/") in paths
