"""What a server and everything below it have used."""

from __future__ import annotations

import psutil


class CpuMeter:
    """CPU seconds of a process tree since the meter was made.

    Children that end meanwhile count through their parent, once it has reaped them; what begins
    later counts wholly.
    """

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._before = _used(self._root)

    def seconds(self) -> float:
        """User and system time together."""
        return _used(self._root) - self._before


def _used(root: psutil.Process) -> float:
    total = 0.0
    for process in (root, *root.children(recursive=True)):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total
