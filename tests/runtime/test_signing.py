"""Signatures over timestamp and raw body."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from agent_runtime.signing import sign, verify

SECRET, BODY, NOW = "s" * 32, b'{"a": "\xc3\xa3"}', 1_790_000_000


def test_the_scheme_is_sha256_over_timestamp_dot_body() -> None:
    expected = hmac.new(SECRET.encode(), b"1790000000." + BODY, hashlib.sha256).hexdigest()
    assert sign(SECRET, NOW, BODY) == f"sha256={expected}"


def test_its_own_signature_is_verified_from_header_text() -> None:
    assert verify(SECRET, str(NOW), BODY, sign(SECRET, NOW, BODY), NOW + 1.5)


@pytest.mark.parametrize("shift", [-301, 301])
def test_a_stale_or_future_timestamp_is_refused(shift: int) -> None:
    assert not verify(SECRET, NOW, BODY, sign(SECRET, NOW, BODY), NOW + shift)


@pytest.mark.parametrize("shift", [-300, 300])
def test_the_tolerance_is_inclusive(shift: int) -> None:
    assert verify(SECRET, NOW, BODY, sign(SECRET, NOW, BODY), NOW + shift)


@pytest.mark.parametrize(
    "timestamp", [None, "", "abc", "-5", "1e9", " 1790000000", "１７９", "9" * 40, "1790000000.0"]
)
def test_hostile_timestamps_are_refused(timestamp: str | None) -> None:
    assert not verify(SECRET, timestamp, BODY, sign(SECRET, NOW, BODY), NOW)


@pytest.mark.parametrize("signature", [None, "", "sha256=", "sha1=00", "é" * 10])
def test_hostile_signatures_are_refused(signature: str | None) -> None:
    assert not verify(SECRET, NOW, BODY, signature, NOW)


def test_another_body_secret_or_time_is_refused() -> None:
    signature = sign(SECRET, NOW, BODY)
    assert not verify(SECRET, NOW, BODY + b" ", signature, NOW)
    assert not verify("t" * 32, NOW, BODY, signature, NOW)
    assert not verify(SECRET, NOW + 1, BODY, signature, NOW)


def test_an_empty_secret_opens_nothing() -> None:
    assert not verify("", NOW, BODY, sign("", NOW, BODY), NOW)
