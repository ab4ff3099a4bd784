"""The address of the embedded runtime, made before any worker exists."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass

BACKLOG = 128
"""Connections that wait in the kernel while the runtime restarts."""


@dataclass(frozen=True)
class Listener:
    """A listening loopback socket, its address and the token that opens it."""

    socket: socket.socket
    url: str
    token: str


def open_listener(token: str | None) -> Listener:
    """Listen on a free loopback port; without ``token`` one is made for this server's life.

    The socket stays open in the server while runtimes come and go, so a request that arrives
    meanwhile waits instead of being refused, and the address never changes.
    """
    listening = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
    port = listening.getsockname()[1]
    return Listener(listening, f"http://127.0.0.1:{port}", token or secrets.token_urlsafe(32))
