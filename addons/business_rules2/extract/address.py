"""Which addresses of the network a page may be fetched from: public ones only."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from .problem import Refused

Resolver = Callable[[str, int], list[str]]

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""NAT64: an IPv4 address in the clothes of a public IPv6 one."""


def is_public(ip: str) -> bool:
    """Whether ``ip`` is an address of the public internet and nothing else in disguise."""
    address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if address.sixtofour or address.teredo or address in _TRANSLATED or address.scope_id:
            return False
        # fec0::/10, forbidden by now, but still routed inside some networks.
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a host, by the system's resolver, which also reads ``2130706433``."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refused("unknown_host", host=host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_addresses(
    host: str,
    port: int,
    resolver: Resolver = resolve,
    allowed: Callable[[str], bool] = is_public,
) -> list[str]:
    """Addresses to connect to. One that is not public condemns the host.

    The caller connects to these and does not look the name up again: a name server that answers
    differently the second time (DNS rebinding) is not asked.
    """
    addresses = resolver(host, port)
    if not addresses or not all(map(allowed, addresses)):
        raise Refused("private_address", host=host)
    return addresses
