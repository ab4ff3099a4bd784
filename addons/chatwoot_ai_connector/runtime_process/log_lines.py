"""Turn the runtime's output into log records. Pure."""

from __future__ import annotations

import logging
import re

LONGEST_LINE = 8192
"""Bytes after which a line without end is passed on as it is."""
_LEVELS = {
    "DEBUG": logging.DEBUG,
    "INFO": logging.INFO,
    "WARNING": logging.WARNING,
    "ERROR": logging.ERROR,
    "CRITICAL": logging.CRITICAL,
}
"""Not asked of the logging module, where Odoo has given a level of its own the name INFO."""
_LEVEL = re.compile(rf"({'|'.join(_LEVELS)})\b:? ?(.*)", re.DOTALL)


class LogLines:
    """Splits a byte stream into ``(level, text)``.

    A line that begins with a level's name has that level; others, such as those of a traceback,
    keep the level of the line before.
    """

    def __init__(self) -> None:
        self._rest = b""
        self._level = logging.INFO

    def feed(self, data: bytes) -> list[tuple[int, str]]:
        """The lines that ``data`` completes."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            lines.append(self._rest)
            self._rest = b""
        return [record for line in lines if (record := self._record(line))]

    def close(self) -> list[tuple[int, str]]:
        """What is left when the stream has ended without a line end."""
        rest, self._rest = self._rest, b""
        record = self._record(rest)
        return [record] if record else []

    def _record(self, line: bytes) -> tuple[int, str] | None:
        text = line.decode("utf-8", "replace").rstrip()
        if match := _LEVEL.match(text):
            self._level = _LEVELS[match[1]]
            text = match[2]
        return (self._level, text) if text else None
