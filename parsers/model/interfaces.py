"""Interfaces: addresses, sizes, neighbours in a bundle, and what they do to transit packets."""

from __future__ import annotations

import enum
from typing import NamedTuple

from parsers.model.source import Frozen, Sourced, Where


class InterfaceKind(enum.Enum):
    """What an interface is, as far as transit cares."""

    PHYSICAL = "physical"
    SUBINTERFACE = "subinterface"
    VLAN = "vlan"  # SVI, irb, BVI, bridge interface with an address
    BUNDLE = "bundle"
    TUNNEL = "tunnel"
    DIALER = "dialer"  # PPP and PPPoE
    LOOPBACK = "loopback"
    MANAGEMENT = "management"
    NULL = "null"
    OTHER = "other"


class InterfaceAddress(NamedTuple):
    """`value` is the interface's own address as an integer."""

    family: int
    value: int
    length: int
    where: Where


class Tunnel(Frozen):
    """Encapsulation of a tunnel interface.

    `mode` is one of gre, gre-ipv6, ipip, 6in4, ipsec, dmvpn, vxlan, wireguard, pppoe, l2tp, other.
    `overhead` is in bytes, None where it depends on what the text does not show. `path_mtu_discovery`
    is True where the outer packet carries DF and the tunnel learns from PTB.
    """

    mode: str
    overhead: int | None = None
    source: str | None = None
    destination: str | None = None
    path_mtu_discovery: bool = False
    where: Where | None = None


class Ptb(Frozen):
    """Whether an interface lets the device send Frag-Needed (IPv4) or Packet Too Big (IPv6).

    `sends` None is unknown. `where` None with a `reason` is a platform default.
    """

    family: int
    sends: bool | None
    where: Where | None = None
    reason: str = ""


class MssClamp(Frozen):
    """A clamp of the TCP MSS option in transit. `value` in bytes, None clamps to the path MTU.

    `direction` is `in`, `out` or `both`, as seen from the interface; `scope` says what it covers.
    """

    family: int
    value: int | None
    direction: str = "both"
    where: Where | None = None


class Interface(Frozen):
    """One interface. MTU fields are bytes available to IP; None where nothing says so.

    `mtu` is the interface's MTU as IP sees it (a platform that counts layer 2 headers subtracts
    them in its parser); `ip_mtu`, `ipv6_mtu` are explicit per-family limits. `not_understood` are
    lines of its block that no handler knew: rules answer `unknown` for what those could change.
    """

    name: str
    kind: InterfaceKind = InterfaceKind.PHYSICAL
    where: Where | None = None
    enabled: bool = True
    routed: bool = True
    vrf: str = "default"
    description: str = ""
    addresses: tuple[InterfaceAddress, ...] = ()
    dynamic_address: Sourced[str] | None = None
    mtu: Sourced[int] | None = None
    ip_mtu: Sourced[int] | None = None
    ipv6_mtu: Sourced[int] | None = None
    clamps: tuple[MssClamp, ...] = ()
    ptb: tuple[Ptb, ...] = ()
    tunnel: Tunnel | None = None
    bundle: str | None = None
    parent: str | None = None
    zone: Sourced[str] | None = None
    nat: Sourced[str] | None = None  # inside | outside
    policy_route: Sourced[str] | None = None
    urpf: Sourced[str] | None = None  # strict | loose
    not_understood: tuple[Where, ...] = ()
