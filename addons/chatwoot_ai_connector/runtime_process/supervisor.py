"""Keeps one runtime running, as long as its owner calls :meth:`Supervisor.step`."""

from __future__ import annotations

import logging
import os
import selectors
import time
from collections.abc import Callable

from .child import Child
from .restart import RestartPolicy

GRACE = 5.0
"""Seconds a runtime has to end by itself when the server stops."""
_logger = logging.getLogger(__name__)


class Supervisor:
    """Starts the runtime, passes its output on and starts it again when it ends.

    ``start_child`` starts one; ``on_start`` is told after every start. All methods but
    :meth:`wake` belong to one thread, which must live as long as the child: the kernel ends the
    child with the thread that started it. How the child ends never ends the server: the prefork
    master stops everything when one of *its* children exits with status 3, but the child is
    reaped here and its status goes no further than the log.
    """

    def __init__(self, start_child: Callable[[], Child], on_start: Callable[[], None]) -> None:
        self._start_child = start_child
        self._on_start = on_start
        self._policy = RestartPolicy()
        self._child: Child | None = None
        self._started = 0.0
        self._start_at = 0.0
        self._wake_read, self._wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake_read, selectors.EVENT_READ)

    def step(self, timeout: float) -> None:
        """Do what is due, then wait for the next event, at most ``timeout`` seconds."""
        if self._child is None:
            wait = self._start_at - time.monotonic()
            if wait > 0:
                self._wait(min(wait, timeout))
                return
            self._start()
        self._wait(timeout)
        if self._child is not None and self._child.ended():
            self._after_exit(self._child)

    def wake(self) -> None:
        """Make a waiting :meth:`step` return. May be called from a signal handler."""
        os.write(self._wake_write, b".")

    def stop(self) -> None:
        """End the child, killing it when it takes longer than :data:`GRACE`."""
        child, self._child = self._child, None
        if child is not None:
            deadline = time.monotonic() + GRACE
            child.terminate()
            while not child.ended() and (left := deadline - time.monotonic()) > 0:
                self._wait(left, child)
            self._forget(child)
            _logger.info("agent runtime (%s) stopped, status %s", child.pid, child.clean_up())
        self._selector.close()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def _start(self) -> None:
        try:
            child = self._start_child()
        except OSError as error:
            self._schedule(f"could not be started: {error}", lived=0.0)
            return
        self._child = child
        self._started = time.monotonic()
        self._selector.register(child.exit_fd, selectors.EVENT_READ)
        self._selector.register(child.output_fd, selectors.EVENT_READ)
        _logger.info("agent runtime started (%s)", child.pid)
        self._on_start()

    def _wait(self, timeout: float, child: Child | None = None) -> None:
        child = child or self._child
        for key, _events in self._selector.select(timeout):
            if key.fd == self._wake_read:
                os.read(self._wake_read, 4096)
            elif child is not None and key.fd == child.output_fd and not child.pass_output_on():
                # Closed early; without this the selector would report it without end.
                self._selector.unregister(child.output_fd)

    def _after_exit(self, child: Child) -> None:
        self._child = None
        self._forget(child)
        status = child.clean_up()
        lived = time.monotonic() - self._started
        self._schedule(f"({child.pid}) ended with status {status} after {lived:.0f} s", lived)

    def _forget(self, child: Child) -> None:
        for fd in (child.exit_fd, child.output_fd):
            if fd in self._selector.get_map():
                self._selector.unregister(fd)

    def _schedule(self, what: str, lived: float) -> None:
        wait = self._policy.after_exit(lived)
        self._start_at = time.monotonic() + wait
        _logger.warning("agent runtime %s; starting again in %.0f s", what, wait)
