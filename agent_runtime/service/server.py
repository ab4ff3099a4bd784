"""The process: socket, loop, signals, and the end of the parent."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

import uvicorn

from .. import tracing
from ..settings import Settings
from . import logs
from .app import create_app
from .runtime import Runtime

THREADS_PER_TURN = 4
"""CrewAI runs models and tools in the default executor, where they wait for the network."""

_log = logging.getLogger(__name__)


class Server(uvicorn.Server):
    """uvicorn without its own signal handling, which would raise the signal again at the end."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are handled by :func:`serve`."""
        yield


def serve(settings: Settings, json_log: bool = False) -> NoReturn:
    """Serve until told to stop; does not return. What it cannot serve for, it logs.

    Leaves by ``os._exit``: threads that still wait for a model cannot be ended, and nothing in
    this process needs them to be.
    """
    logs.configure(as_json=json_log)
    # Libraries print; what they print may be a customer's text.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    status = 1
    try:
        # Not asyncio.run, which would wait at the end for the executor's threads.
        asyncio.new_event_loop().run_until_complete(_serve(settings, listen(settings)))
        status = 0
    except OSError as error:
        _log.error("cannot listen", extra={"error": error.strerror})
    except Exception:
        # The process ends below, before Python would tell of it.
        _log.critical("cannot serve", exc_info=True)
    finally:
        logging.shutdown()
        os._exit(status)


def listen(settings: Settings) -> socket.socket:
    """The inherited socket, or one of our own. Raises ``OSError``, as when the port is taken."""
    if settings.fd is not None:
        return socket.socket(fileno=settings.fd)
    return socket.create_server((settings.host, settings.port), backlog=512)


async def _serve(settings: Settings, listening: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    # Before the runtime switches the SDK off, for CrewAI.
    tracing.configure(settings)
    threads = THREADS_PER_TURN * settings.max_turns
    loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="crew"))
    runtime = Runtime(settings)
    config = uvicorn.Config(
        create_app(runtime),
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
        server_header=False,
    )
    server = Server(config)

    def stop() -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    host, port = listening.getsockname()[:2]
    _log.info("serving", extra={"host": host, "port": port, "boot": runtime.boot_id})
    with _parent_watched(settings, stop):
        await server.serve(sockets=[listening])
    tracing.close()
    _log.info("stopped")


@contextlib.contextmanager
def _parent_watched(settings: Settings, stop: Callable[[], None]) -> Iterator[None]:
    """Stop when the process that handed us its socket ends: nobody else would."""
    if settings.fd is None:
        yield
        return
    try:
        parent = os.pidfd_open(os.getppid())
    except OSError as error:
        # Kernels before 5.3; the parent's own arrangement must do.
        _log.warning("the parent cannot be watched", extra={"error": error.strerror})
        yield
        return
    loop = asyncio.get_running_loop()
    loop.add_reader(parent, stop)
    try:
        yield
    finally:
        loop.remove_reader(parent)
        os.close(parent)
