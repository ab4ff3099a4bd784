"""Logs hold ids and numbers, nobody's words."""

from __future__ import annotations

import json
import logging
import re
import sys

from agent_runtime.service.logs import JsonFormatter, LineFormatter, outline
from agent_runtime.settings import SettingsError


def line(name: str, message: str, *, fails: bool = False, **extra: object) -> dict:
    info = None
    if fails:
        try:
            raise ValueError("quanto custa, pergunta Ana")
        except ValueError:
            info = sys.exc_info()
    record = logging.getLogger(name).makeRecord(
        name, logging.ERROR, __file__, 1, message, (), info, extra=extra
    )
    written = LineFormatter().format(record)
    assert "\n" not in written
    found = re.fullmatch(r"ERROR (?P<logger>\S+): (?P<event>[^{]*?) ?(?P<more>\{.*\})?", written)
    return json.loads(found["more"] or "{}") | {"logger": found["logger"], "event": found["event"]}


def test_our_events_carry_their_ids() -> None:
    written = line("agent_runtime.service.desk", "turn done", turn="db:1", attempt=2)
    assert written["event"] == "turn done"
    assert (written["turn"], written["attempt"]) == ("db:1", 2)


def test_what_libraries_say_is_left_out() -> None:
    written = json.dumps(line("crewai.llm", "prompt was: quanto custa, pergunta Ana"))
    assert "Ana" not in written
    assert "crewai.llm" in written


def test_exceptions_lose_their_words_but_not_their_place() -> None:
    written = line("agent_runtime.engine.turn", "turn failed", fails=True)
    assert "Ana" not in json.dumps(written)
    assert written["exception"][0] == "builtins.ValueError"
    assert "test_service_logs" in written["exception"][1]


def test_our_own_exceptions_keep_their_words() -> None:
    assert outline(SettingsError("TOKEN missing"))[0].endswith("SettingsError: TOKEN missing")


def test_values_that_are_no_json_are_named_by_class() -> None:
    assert line("agent_runtime.x", "event", thing=object())["thing"] == "object"


def test_a_line_of_json_tells_the_same_and_when() -> None:
    record = logging.getLogger("agent_runtime.x").makeRecord(
        "agent_runtime.x", logging.INFO, __file__, 1, "turn done", (), None, extra={"turn": "db:1"}
    )
    record.created = 0.0
    assert json.loads(JsonFormatter().format(record)) == {
        "time": "1970-01-01T00:00:00.000+00:00",
        "level": "INFO",
        "logger": "agent_runtime.x",
        "event": "turn done",
        "turn": "db:1",
    }
