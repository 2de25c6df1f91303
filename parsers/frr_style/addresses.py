"""Addresses of interfaces as Linux tools and FRR write them."""

from __future__ import annotations

from ipaddress import ip_interface

from parsers.model.interfaces import InterfaceAddress
from parsers.model.source import Where


def interface_address(text: str, where: Where) -> InterfaceAddress:
    """The address of `A/length` or `A`. Raises ValueError for anything else."""
    network = ip_interface(text)
    return InterfaceAddress(network.version, int(network.ip), network.network.prefixlen, where)
