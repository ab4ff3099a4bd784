"""A closed-loop load generator: some clients, each sending its next request after the last."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import requests

CLIENTS = 8


@dataclass(frozen=True)
class Load:
    """What a run showed: requests a second, and each request's seconds."""

    per_second: float
    seconds: list[float]


def run(send: Callable[[requests.Session], requests.Response], duration: float) -> Load:
    """Let :data:`CLIENTS` clients call ``send`` for ``duration`` seconds; every answer must be 200.

    Each client has a session of its own, as Chatwoot's workers have.
    """
    taken: list[float] = []
    failures: list[str] = []
    end = time.monotonic() + duration

    def client() -> None:
        session = requests.Session()
        session.trust_env = False
        while (begun := time.monotonic()) < end:
            answer = send(session)
            taken.append(time.monotonic() - begun)
            if answer.status_code != 200:
                failures.append(f"{answer.status_code} {answer.text[:100]}")
                return

    begun = time.monotonic()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures or not taken:
        raise RuntimeError(f"the load run failed: {failures[:1] or 'no answer'}")
    return Load(len(taken) / (time.monotonic() - begun), taken)
