"""Free TCP ports on the loopback interface, and waiting for one to answer."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from ..problem import Problem

_POLL_SECONDS = 0.1


def free_port(wanted: int | None = None) -> int:
    """A port nobody listens on: ``wanted`` itself (Problem when taken), or any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except OSError as error:
            raise Problem(
                f"port {wanted} is taken ({error.strerror})",
                "stop the program that uses it, or choose another port: SUITE_PORT=8170 make demo",
            ) from error
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    """Does anybody accept connections on this loopback port?"""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(url: str) -> bool:
    """Does a GET of ``url`` succeed within two seconds?"""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until(ready: Callable[[], bool], seconds: float, alive: Callable[[], bool]) -> bool:
    """Poll ``ready`` until it holds; False when the time is over or the process died."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        if not alive():
            return False
        time.sleep(_POLL_SECONDS)  # another program's readiness cannot be awaited, only asked for
    return False
