"""Tell the databases that there is a new runtime."""

from __future__ import annotations

import logging
import threading

from agent_runtime.client import RuntimeClient, RuntimeClientError

from .listener import Listener
from .sweep_wakeup import wake_sweeps

PATIENCE = 60
"""Seconds to wait for the first answer of a runtime that has just been started."""
_logger = logging.getLogger(__name__)


def wake_sweeps_when_ready(listener: Listener) -> None:
    """Wake every database's sweep once the runtime answers; returns at once.

    Turns the former runtime had in hand are lost with it; the sweep sees that the runtime has
    another ``boot_id`` and hands them over again, seconds after the loss instead of at their
    deadline. Nothing is polled: the question waits in the socket's queue until it is answered.
    """
    threading.Thread(
        target=_wait_and_wake, args=(listener,), name="agent_runtime.readiness", daemon=True
    ).start()


def _wait_and_wake(listener: Listener) -> None:
    try:
        RuntimeClient(listener.url, listener.token, timeout=PATIENCE).health()
    except RuntimeClientError as error:
        # It has ended again or hangs; the next start, or the sweep's own schedule, will do.
        _logger.info("no answer from the new agent runtime: %s", error)
        return
    wake_sweeps()
