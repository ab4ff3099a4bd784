"""How long a provider says that it wants to be left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from agent_runtime.llm import retry_after


def told(headers: dict[str, str] | None = None, body: bytes = b"") -> float | None:
    return retry_after.told(httpx.Response(429, headers=headers, content=body))


def test_in_seconds() -> None:
    assert told({"Retry-After": "2"}) == 2
    assert told({"Retry-After": "0.5"}) == 0.5


def test_as_a_moment() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert told({"Retry-After": later}) == pytest.approx(30, abs=2)
    assert told({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0


def test_as_google_tells_it_in_the_answer() -> None:
    detail = b'{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34.07s"}'
    assert told(body=b'{"error": {"code": 429, "details": [' + detail + b"]}}") == 34.07


@pytest.mark.parametrize("strange", ["soon", "-1", "nan", "inf", "", "Wed, 99 Oct", "1e999"])
def test_what_says_nothing_is_passed_over(strange: str) -> None:
    assert told({"Retry-After": strange}) is None


def test_nothing_is_told() -> None:
    assert told() is None
    assert told(body=b"\xff\xfe") is None
