"""Fetching customers' files: from where, how large, and what they are."""

from __future__ import annotations

import asyncio

import pytest

from agent_runtime.attachments.download import NotFetched, fetch, origin
from agent_runtime.attachments.media import media_of
from tests.doubles.file_server import OGG, PNG, FileServer

FILES = {"/voz.ogg": (200, {}, OGG)}


def fetched(url: str, *allowed: str, limit: int = 1000) -> bytes:
    return asyncio.run(fetch(url, frozenset(map(origin, allowed)), limit))


def test_a_redirection_leads_to_the_storage_the_operator_names_and_nowhere_else() -> None:
    with FileServer(FILES) as storage:
        sent_on = {"/a": (302, {"Location": f"{storage.host}/voz.ogg"}, b"")}
        with FileServer(sent_on) as chatwoot:
            url = f"{chatwoot.host}/a"
            assert fetched(url, chatwoot.host, storage.host) == OGG
            storage.asked.clear()
            with pytest.raises(NotFetched, match="not of the tenant's Chatwoot"):
                fetched(url, chatwoot.host)
            assert storage.asked == []


def test_a_circle_of_redirections_ends() -> None:
    circle = {"/a": (302, {"Location": "/a"}, b"")}
    with FileServer(circle) as files, pytest.raises(NotFetched, match="too many redirections"):
        fetched(f"{files.host}/a", files.host)


def test_a_file_that_is_not_stored_yet_is_asked_for_again() -> None:
    def soon(times: int) -> tuple[int, dict[str, str], bytes]:
        return (200, {}, OGG) if times > 1 else (404, {}, b"")

    with FileServer({"/a": soon}) as files:
        assert fetched(f"{files.host}/a", files.host) == OGG
        assert len(files.asked) == 2


def test_nothing_larger_than_allowed_is_read() -> None:
    large = {"/a": (200, {}, bytes(100_000))}
    with FileServer(large) as files, pytest.raises(NotFetched, match="larger than 1000 bytes"):
        fetched(f"{files.host}/a", files.host)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://user@127.0.0.1/",
        "ftp://127.0.0.1/",
        "http://",
        "http://host:99999/",
    ],
)
def test_what_is_no_web_address_has_no_origin(url: str) -> None:
    assert origin(url) is None
    with pytest.raises(NotFetched):
        fetched(url, "http://127.0.0.1")


def test_another_port_or_scheme_is_another_origin() -> None:
    assert origin("https://Chat.test/x") == origin("https://chat.test:443")
    assert len({origin(f"{s}://chat.test{p}") for s in ("http", "https") for p in ("", ":1")}) == 4


def test_kinds_of_files_are_seen_in_their_bytes() -> None:
    assert media_of(OGG).content_type == "audio/ogg"
    assert media_of(PNG).content_type == "image/png"
    assert media_of(b"<html>") is None
    assert media_of(b"") is None
