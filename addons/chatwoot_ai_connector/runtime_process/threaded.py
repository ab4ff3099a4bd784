"""The runtime's supervisor as a thread of Odoo's threaded server."""

from __future__ import annotations

import threading

from odoo.service import server

from .launch import is_wanted, make_supervisor, open_embedded
from .listener import Listener

BEAT = 60.0
"""Longest wait in seconds; a stop interrupts it."""


class RuntimeThread(threading.Thread):
    """Runs and watches the runtime until :meth:`stop`."""

    def __init__(self, listener: Listener) -> None:
        super().__init__(name="agent_runtime.supervisor", daemon=True)
        self._supervisor = make_supervisor(listener)
        self._stopping = threading.Event()

    def run(self) -> None:
        """Watch; end the runtime in the thread that started it."""
        try:
            while not self._stopping.is_set():
                self._supervisor.step(BEAT)
        finally:
            self._supervisor.stop()

    def stop(self) -> None:
        """End the runtime and wait until it has ended."""
        self._stopping.set()
        self._supervisor.wake()
        self.join()


_original_start = server.ThreadedServer.start
_original_stop = server.ThreadedServer.stop


def _start(self: server.ThreadedServer, stop: bool = False) -> None:
    if not stop and is_wanted():
        # The address must be known before the first request is served.
        listener = open_embedded()
        _original_start(self, stop=stop)
        self.agent_runtime_thread = RuntimeThread(listener)
        self.agent_runtime_thread.start()
    else:
        _original_start(self, stop=stop)


def _stop(self: server.ThreadedServer) -> None:
    # First, because the server looks for child processes that are left when it stops.
    thread = getattr(self, "agent_runtime_thread", None)
    if thread is not None:
        del self.agent_runtime_thread
        thread.stop()
    _original_stop(self)


def install() -> None:
    """Join Odoo's threaded server. Called once, when the addon is imported server-wide."""
    server.ThreadedServer.start = _start
    server.ThreadedServer.stop = _stop
