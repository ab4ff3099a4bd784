"""Addresses of Chatwoot installations, and when another one is somebody else. Pure."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(url: str) -> SplitResult | None:
    """The parts of ``https://host[:port][/path]`` (or ``http``); ``None`` for anything else."""
    # urlsplit drops line ends and tabs before it judges.
    if not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        fit = parts.scheme in ("http", "https") and (parts.port is None or parts.port > 0)
        # A label of a host has 63 letters at the most, and one at least.
        (parts.hostname or "").encode("idna")
    except ValueError:
        return None
    bare = parts.username is None and not parts.query and not parts.fragment
    return parts if fit and bare and parts.hostname else None


def is_elsewhere(former: str, url: str) -> bool:
    """Whether secrets given for ``former`` must not be sent to ``url``."""
    before, after = parts_of(former), parts_of(url)
    if before is None or after is None or before.hostname != after.hostname:
        return True
    return (before.scheme, after.scheme) == ("https", "http")


def origin_of(url: str) -> str | None:
    """``scheme://host[:port]`` of an address, ``None`` when it is none."""
    parts = parts_of(url)
    return f"{parts.scheme}://{parts.netloc}" if parts else None
