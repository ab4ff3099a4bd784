"""Structured logs: level, logger, event and a JSON object a line, without anybody's words.

Our own modules log fixed messages with ids and numbers. What libraries log may quote prompts,
requests and results, so of theirs only the place is kept; of exceptions the classes and the
frames, and the words only when the class is ours.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

OURS = __package__.partition(".")[0]
_TRUSTED = (OURS, "uvicorn")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
FRAMES = 6


class LineFormatter(logging.Formatter):
    """A record as one line: ``LEVEL logger: event {"key": value}``.

    The level comes first because Odoo's supervisor passes each line on at its level; whoever
    reads the line knows the time.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record's event, its extras, and the exception's outline."""
        event, known = _told(record)
        details = json.dumps(known, ensure_ascii=False, default=type_name) if known else ""
        return f"{record.levelname} {record.name}: {event} {details}".rstrip()


class JsonFormatter(logging.Formatter):
    """A record as one JSON object: the same, with the time."""

    def format(self, record: logging.LogRecord) -> str:
        """``time`` is ISO 8601 in UTC; the extras stand beside ``level``, ``logger``, ``event``."""
        event, known = _told(record)
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": event,
        }
        return json.dumps(known | told, ensure_ascii=False, default=type_name)


def _told(record: logging.LogRecord) -> tuple[str, dict[str, Any]]:
    known: dict[str, Any] = {}
    event = "library"
    if record.name.partition(".")[0] in _TRUSTED:
        event = " ".join(record.getMessage().split())
        known = {k: v for k, v in vars(record).items() if k not in _STANDARD}
    else:
        known["where"] = f"{record.module}:{record.lineno}"
    if record.exc_info and record.exc_info[1]:
        known["exception"] = outline(record.exc_info[1])
    return event, known


def type_name(value: object) -> str:
    """Stands for a value that JSON cannot hold: its class, never its words."""
    return type(value).__name__


def outline(error: BaseException) -> list[str]:
    """Classes of an exception and its causes with the frames it came through, innermost last."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        ours = kind.__module__.partition(".")[0] == OURS
        lines.append(f"{kind.__module__}.{kind.__name__}{f': {current}' if ours else ''}")
        frames = traceback.extract_tb(current.__traceback__)[-FRAMES:]
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        if isinstance(current, BaseExceptionGroup):
            for inner in current.exceptions:
                lines += outline(inner)
        current = current.__cause__ or current.__context__
    return lines


def configure(as_json: bool = False) -> None:
    """Everything to standard error: ours from INFO, libraries from WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if as_json else LineFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(logging.INFO)
    # Deprecations inside libraries are for developers, whose tests show them.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    # At every call it says that it counts the tokens of custom endpoints roughly.
    logging.getLogger("crewai.llms.base_llm").setLevel(logging.ERROR)
