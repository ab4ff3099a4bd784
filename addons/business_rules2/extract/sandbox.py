"""Reading in a child process, so that no file can take the server down.

The child has limits of CPU, memory, time and answer of its own (``__main__``), and gets nothing
of the server's environment but what starting Python takes: no password, no configuration.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

from . import limits
from .extraction import Extraction
from .problem import Refused

_HOME = Path(__file__).resolve().parent
_GRACE_SECONDS = 5
_KEPT_VARIABLES = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")


def read_file(data: bytes, name: str) -> Extraction:
    """Text of a file called ``name``. Raises Refused."""
    if len(data) > limits.FILE_BYTES:
        raise too_large(len(data))
    return _run({"name": name}, data)


def read_page(address: str) -> Extraction:
    """Text of the public web page at ``address``. Raises Refused."""
    return _run({"address": address}, b"")


def too_large(size: int) -> Refused:
    """What is wrong with a file of ``size`` bytes."""
    megabytes = -(-size // limits.MEGABYTE)
    return Refused("too_large", size=megabytes, limit=limits.FILE_BYTES // limits.MEGABYTE)


def _run(order: dict, data: bytes) -> Extraction:
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    # Files instead of pipes: the child's limit on written files then bounds the answer as well.
    with TemporaryFile() as source, TemporaryFile() as answer:
        source.write(json.dumps(order).encode() + b"\n" + data)
        source.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-m", _HOME.name],
                cwd=_HOME.parent,
                env={**environment, "PYTHONUTF8": "1"},
                stdin=source,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=limits.WALL_SECONDS + _GRACE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Refused("exhausted") from error
        # Ended by a signal: one of its limits, or a reader that crashed.
        if done.returncode < 0:
            raise Refused("exhausted")
        if done.returncode:
            raise Refused("internal", status=done.returncode)
        answer.seek(0)
        return _extraction(json.load(answer))


def _extraction(answer: dict) -> Extraction:
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["details"])
    return Extraction(**answer["extraction"])
