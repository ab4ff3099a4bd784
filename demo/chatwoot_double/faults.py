"""Trouble on demand: what the double's REST API does wrong, and how often."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


class Hold:
    """Keeps requests waiting until it is let go of."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        """Set when the first request waits."""
        self.released = threading.Event()

    def release(self) -> None:
        """Let every request go on, those to come as well."""
        self.released.set()


@dataclass(eq=False)
class Fault:
    """One planned misbehaviour of requests whose method and path end fit.

    ``status``: refuse with this status without doing anything. ``delay``: seconds to wait before
    doing the work. ``drop_answer``: do the work, then close the connection without an answer (the
    doubtful case: it happened, but the caller cannot know). ``hold``: wait for its release before
    the work, or, when the answer is dropped, after it. ``path_start``: only below this path.
    """

    method: str
    path_end: str
    status: int | None = None
    delay: float = 0.0
    drop_answer: bool = False
    times: int = 1
    hold: Hold | None = None
    path_start: str = ""


@dataclass
class FaultPlan:
    """The faults still to come; each is used up by the requests it hits."""

    planned: list[Fault] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, fault: Fault) -> None:
        """Plan one more."""
        with self.lock:
            self.planned.append(fault)

    def end(self, fault: Fault) -> None:
        """Let what is left of a fault not happen."""
        with self.lock:
            if fault in self.planned:
                self.planned.remove(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that hits this request, if any."""
        with self.lock:
            for fault in self.planned:
                fits = path.startswith(fault.path_start) and path.endswith(fault.path_end)
                if fault.method == method and fits:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.planned.remove(fault)
                    return fault
        return None
