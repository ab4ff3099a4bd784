"""The child process: reads one source from standard input, writes the answer as JSON.

Started by ``sandbox`` only. Limits are set before any library that reads is imported.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from . import limits
from .problem import Refused

if TYPE_CHECKING:
    from .web import Page


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, limits.CPU_SECONDS),
        (resource.RLIMIT_AS, limits.MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, limits.ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    # Ends the child also when its parent was killed and nobody waits for it any more.
    signal.alarm(limits.WALL_SECONDS)


def _fetch(address: str) -> Page:
    """The page, within its time even from a server that sends a byte now and then."""
    from . import web

    def too_slow(_signal, _frame):
        raise Refused("page_slow", seconds=limits.FETCH_SECONDS)

    signal.signal(signal.SIGALRM, too_slow)
    signal.alarm(limits.FETCH_SECONDS)
    try:
        return web.fetch(address)
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(limits.WALL_SECONDS)


def _read(order: dict, data: bytes) -> dict:
    from . import reading

    if address := order.get("address"):
        page = _fetch(address)
        extraction = reading.read(page.data, page.name, page.encoding, page.address)
    else:
        extraction = reading.read(data, order["name"])
    return {"extraction": asdict(extraction)}


def main() -> None:
    try:
        _limit()
        order = json.loads(sys.stdin.buffer.readline())
        answer = _read(order, sys.stdin.buffer.read())
    except Refused as problem:
        answer = {"refused": problem.code, "details": problem.details}
    except (MemoryError, RecursionError):
        answer = {"refused": "exhausted", "details": {}}
    # A fault of ours is told to the parent, which has the log.
    except Exception as error:
        answer = {"refused": "internal", "details": _fault(error)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


def _fault(error: Exception) -> dict[str, str]:
    """What went wrong and where; not the message, which may hold text of the source."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = "/".join(Path(frame.filename).parts[-2:])
    return {"error": type(error).__name__, "place": f"{place}:{frame.lineno}"}


if __name__ == "__main__":
    main()
