"""Where a tenant may have its language model called. Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from .web_address import parts_of


def is_allowed(url: str, hosts: Collection[str]) -> bool:
    """Whether ``url`` is https, or http on this machine; with ``hosts``, whether it is of those."""
    parts = parts_of(url)
    if parts is None:
        return False
    if hosts:
        return parts.hostname in hosts
    return parts.scheme == "https" or _is_loopback(parts.hostname)


def hosts_of(setting: str) -> frozenset[str]:
    """The hosts in a setting, separated by commas or blanks.

    People write them as they stand in addresses: with scheme, port, path or capitals.
    """
    entries = setting.replace(",", " ").split()
    found = (parts_of(entry if "://" in entry else f"https://{entry}") for entry in entries)
    return frozenset(parts.hostname for parts in found if parts)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
