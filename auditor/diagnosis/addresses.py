"""Where an address lies in regard of a service's published ranges."""

from __future__ import annotations

import ipaddress
from typing import Literal

from rules.service import Network, Service

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Place = Literal["anycast", "regional", "retired", "private", "outside"]

WORDS: dict[Place, str] = {
    "anycast": "in a published anycast range",
    "regional": "in a published range, not anycast",
    "retired": "in a range that is no longer published",
    "private": "a private or special address (a proxy, NAT64 or hosts entry)",
    "outside": "outside the published ranges",
}


def address_of(text: str) -> Address | None:
    """The address that `text` is, without brackets and zone; None if it is none."""
    try:
        return ipaddress.ip_address(text.strip("[]").split("%")[0])
    except ValueError:
        return None


def place_of(address: Address, service: Service) -> Place:
    """Where `address` lies."""
    if _within(address, service.anycast):
        return "anycast"
    if _within(address, service.prefixes):
        return "regional"
    if _within(address, service.former):
        return "retired"
    return "outside" if address.is_global else "private"


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address.version == network.version and address in network for network in networks)
