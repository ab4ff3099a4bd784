"""Several questions at once, and an answer in time whatever becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

AT_ONCE = 8


def in_parallel(tasks: Mapping[str, Callable[[], Any]], seconds: float) -> dict[str, Any]:
    """What each task returned or the ``Exception`` it raised; ``TimeoutError`` after ``seconds``.

    A task that hangs is left behind in its thread, so each needs a time-out of its own as well.
    """
    waiting: SimpleQueue[str] = SimpleQueue()
    for name in tasks:
        waiting.put(name)
    done: SimpleQueue[tuple[str, Any]] = SimpleQueue()
    for _worker in range(min(AT_ONCE, len(tasks))):
        Thread(target=_work, args=(tasks, waiting, done), daemon=True).start()
    results: dict[str, Any] = {name: TimeoutError() for name in tasks}
    deadline = time.monotonic() + seconds
    for _task in tasks:
        try:
            name, result = done.get(timeout=max(deadline - time.monotonic(), 0))
        except Empty:
            break
        results[name] = result
    while not waiting.empty():  # Nobody wants to know any more.
        try:
            waiting.get_nowait()
        except Empty:
            break
    return results


def _work(tasks, waiting, done):
    while True:
        try:
            name = waiting.get_nowait()
        except Empty:
            return
        try:
            result = tasks[name]()
        except Exception as error:
            result = error
        done.put((name, result))
