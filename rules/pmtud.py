"""The budget of Path MTU Discovery on one device: sizes, who must tell, and clamps that make it moot.

RFC 1191 and RFC 8201: a router that may not fragment must answer with Frag-Needed (ICMP 3/4) or Packet Too
Big (ICMPv6 type 2). The safe MSS is the path MTU less 40 bytes for IPv4 and 60 for IPv6 (RFC 9293, 3.7.1).
"""

from __future__ import annotations

import enum
import ipaddress
from collections.abc import Iterable
from typing import NamedTuple

from parsers.model.interfaces import Interface, InterfaceKind, MssClamp, Ptb
from parsers.model.source import Where
from rules.view import View

HEADERS = {4: 40, 6: 60}
"""IP and TCP headers without options, in bytes."""
ETHERNET = 1500
LEAST_SIZE, LARGEST_SIZE = 68, 65535
"""The bounds of an MTU in bytes for IPv4 (RFC 791)."""
LEAST_ESP_OVERHEAD = 54
"""The smallest overhead of an ESP tunnel over IPv4, AES-GCM-16 (RFC 4303, RFC 4106)."""


class Size(NamedTuple):
    """The largest packet that fits through an interface, in bytes. `assumed` marks a default or an
    estimate, `why` says where the number is from; `where` is the line, if one says so. `overhead` is what
    a tunnel adds, in bytes, None where there is no tunnel or its overhead is not known."""

    value: int
    assumed: bool
    why: str
    where: Where | None
    overhead: int | None = None


def is_possible(size: int) -> bool:
    """Whether a link can have an MTU of so many bytes (RFC 791, 3.1 and 3.2)."""
    return LEAST_SIZE <= size <= LARGEST_SIZE


def is_possible_segment(size: int | None) -> bool:
    """Whether a clamp to so many bytes belongs to a possible packet; None clamps to the path MTU."""
    return size is None or is_possible(size + HEADERS[4])


class Telling(enum.Enum):
    """Whether a device tells a sender that its packets are too big."""

    ON = "on"
    OFF = "off"
    PERHAPS = "perhaps"  # off on one of the two interfaces; which one counts is not documented
    UNKNOWN = "unknown"


def effective_mtu(view: View, interface: Interface, family: int) -> Size:
    """The size for IP packets of a family that go out through `interface`."""
    own = interface.ip_mtu if family == 4 else interface.ipv6_mtu
    explicit = next(
        (s for s in (own, interface.mtu) if s is not None and is_possible(s.value)), None
    )
    overhead = interface.tunnel.overhead if interface.tunnel is not None else None
    if explicit is not None:
        return Size(explicit.value, False, f"MTU {explicit.value}", explicit.where, overhead)
    if interface.tunnel is not None:
        return _tunnel_size(view, interface)
    if interface.parent is not None and interface.parent in view.interfaces:
        parent = view.interfaces[interface.parent]
        if parent.mtu is not None and is_possible(parent.mtu.value):
            value = parent.mtu.value
            return Size(value, False, f"MTU {value} of {parent.name}", parent.mtu.where)
    return Size(ETHERNET, True, "default MTU 1500", None)


def carrier_of(view: View, interface: Interface) -> Interface | None:
    """The interface underneath a tunnel: the one that its source names, or that has the source's address."""
    source = interface.tunnel.source if interface.tunnel is not None else None
    if source is None:
        return None
    if source in view.interfaces:
        return view.interfaces[source]
    try:
        return _owners(view).get(int(ipaddress.ip_address(source)))
    except ValueError:
        return None


def _owners(view: View) -> dict[int, Interface]:
    """The interfaces by their own addresses; remembered with the view."""
    found = view.cache.get("owners")
    if found is None:
        found = {a.value: i for i in reversed(view.device.interfaces) for a in i.addresses}
        view.cache["owners"] = found
    assert isinstance(found, dict)  # noqa: S101 - only this function writes under the key
    return found


def _tunnel_size(view: View, interface: Interface) -> Size:
    tunnel = interface.tunnel
    assert tunnel is not None  # noqa: S101 - the caller asked
    base = ETHERNET
    carrier = carrier_of(view, interface)
    if carrier is not None and carrier.mtu is not None and is_possible(carrier.mtu.value):
        base = carrier.mtu.value
    if tunnel.overhead is None:
        value = base - LEAST_ESP_OVERHEAD
        why = f"at most {value}: {base} less the least overhead of an {tunnel.mode} tunnel"
        return Size(value, True, why, tunnel.where)
    value = base - tunnel.overhead
    why = f"{base} less {tunnel.overhead} for {tunnel.mode}"
    return Size(value, True, why, tunnel.where, tunnel.overhead)


def telling(inside: Interface | None, outside: Interface, family: int) -> tuple[Telling, list[Ptb]]:
    """Whether the device sends Frag-Needed or PTB for packets between two interfaces, and the
    statements that say so."""
    flags = [
        flag for i in (inside, outside) if i is not None for flag in i.ptb if flag.family == family
    ]
    if not flags or any(flag.sends is None for flag in flags):
        return Telling.UNKNOWN, flags
    off = [flag for flag in flags if flag.sends is False]
    if not off:
        return Telling.ON, flags
    if len(off) == len(flags) and inside is not None:
        return Telling.OFF, off
    return Telling.PERHAPS, off


def clamps_between(
    view: View, inside: Interface | None, outside: Interface, family: int, towards_client: bool
) -> list[MssClamp]:
    """The clamps that act on the SYN-ACK (`towards_client`, it limits uploads) or on the SYN."""
    wanted = {"both", "in"} if towards_client else {"both", "out"}
    found = [c for c in view.device.global_clamps if c.family in (0, family)]
    found += [c for c in outside.clamps if c.family == family and c.direction in wanted]
    if inside is not None:
        wanted = {"both", "out"} if towards_client else {"both", "in"}
        found += [c for c in inside.clamps if c.family == family and c.direction in wanted]
    return found


def adequate(clamps: Iterable[MssClamp], size: int, family: int) -> MssClamp | None:
    """The first clamp that keeps segments within `size` bytes; None if none does. A clamp to the path
    MTU follows the interface's own MTU."""
    for clamp in clamps:
        if clamp.value is None:
            return clamp
        if is_possible_segment(clamp.value) and clamp.value <= size - HEADERS[family]:
            return clamp
    return None


def is_narrow(view: View, interface: Interface, family: int) -> bool:
    """Whether an interface takes less than an Ethernet packet."""
    if interface.kind in (InterfaceKind.LOOPBACK, InterfaceKind.NULL, InterfaceKind.MANAGEMENT):
        return False
    return effective_mtu(view, interface, family).value < ETHERNET
