"""Many questions at once, none of them waited for longer than people wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from ..delivery.problems import ChatwootProblem

AT_ONCE = 10


class TooSlow(Exception):
    """There was no answer within the time that was left."""


def ask_all(questions: Mapping[str, Callable[[], Any]], deadline: float) -> dict[str, Any]:
    """The answers by name: what the question returned, or the problem it met.

    ``deadline`` is in monotonic seconds; whatever has not answered by then is :class:`TooSlow`.
    Errors that are no trouble of the network are raised. The questions run in threads, so they
    may not touch Odoo's records.
    """
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="chatwoot-self-test")
    asked = {name: pool.submit(question) for name, question in questions.items()}
    wait(asked.values(), timeout=max(deadline - time.monotonic(), 0))
    pool.shutdown(wait=False, cancel_futures=True)
    return {name: _outcome(future) for name, future in asked.items()}


def _outcome(future: Future) -> Any:
    if future.cancelled() or not future.done():
        return TooSlow()
    problem = future.exception()
    if problem is None:
        return future.result()
    if isinstance(problem, ChatwootProblem | OSError):
        return problem
    raise problem
