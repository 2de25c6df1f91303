"""Handlers of interface lines that Cisco-style platforms write alike."""

from __future__ import annotations

import ipaddress
import re

from parsers.cisco_style.draft import Draft, InterfaceDraft
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, MssClamp
from parsers.model.source import BoolFact, IntFact, TextFact

Found = re.Match[str]

MTU_RANGE = (64, 65535)
"""What platforms accept lies in here; a number outside is damage, not a setting."""
MSS_RANGE = (40, 9000)

_KINDS = (
    (re.compile(r"(?i)tun|nve|vxlan|gre"), InterfaceKind.TUNNEL),
    (re.compile(r"(?i)lo(?:opback)?\d"), InterfaceKind.LOOPBACK),
    (re.compile(r"(?i)null"), InterfaceKind.NULL),
    (re.compile(r"(?i)(?:vlan|bvi|bdi|irb)"), InterfaceKind.VLAN),
    (re.compile(r"(?i)(?:port-?channel|bundle-ether|bundle-pos|po\d)"), InterfaceKind.BUNDLE),
    (re.compile(r"(?i)(?:mgmt|management)"), InterfaceKind.MANAGEMENT),
    (
        re.compile(r"(?i)(?:dialer|virtual-template|virtual-ppp|multilink|bri)"),
        InterfaceKind.DIALER,
    ),
)


def kind_of(name: str) -> InterfaceKind:
    """The kind that an interface's name tells; a dot makes a subinterface."""
    for pattern, kind in _KINDS:
        if pattern.match(name):
            if "." in name and kind in (InterfaceKind.BUNDLE,):
                return InterfaceKind.SUBINTERFACE
            return kind
    return InterfaceKind.SUBINTERFACE if "." in name else InterfaceKind.PHYSICAL


def open_interface(state: Draft, name: str, line: int) -> InterfaceDraft:
    """Enters the block of `name`, a second block of one interface continues it."""
    draft = state.interfaces.get(name)
    if draft is None:
        draft = InterfaceDraft(name, kind_of(name), state.where(line))
        if "." in name:
            draft.parent = name.split(".")[0]
            parent = state.interfaces.get(draft.parent)
            if parent is not None and not parent.enabled:
                draft.enabled = False
        state.interfaces[name] = draft
    state.interface = draft
    state.subject = name
    return draft


def current(state: Draft) -> InterfaceDraft:
    """The interface whose block is open."""
    if state.interface is None:
        raise LookupError("no interface block is open")
    return state.interface


def description(state: Draft, match: Found, line: int) -> None:
    """`description TEXT`."""
    current(state).description = match["text"] or ""


def address_mask(state: Draft, match: Found, line: int) -> bool | None:
    """`ip address A MASK [secondary]` or `A/LEN`."""
    try:
        found = ipaddress.ip_interface(match["address"].replace(" ", "/", 1))
    except ValueError:
        return False
    draft = current(state)
    if "secondary" not in match[0]:
        draft.addresses = [
            a for a in draft.addresses if a.family != 4 or "secondary" in _text(state, a)
        ]
    draft.addresses.append(
        InterfaceAddress(found.version, int(found.ip), found.network.prefixlen, state.where(line))
    )
    if draft.routed is None:
        draft.routed = True
    return None


def _text(state: Draft, address: InterfaceAddress) -> str:
    return state.lines[address.where.line - 1]


def ipv6_address(state: Draft, match: Found, line: int) -> bool | None:
    """`ipv6 address A/LEN [eui-64 | anycast | secondary …]`, or a link-local address alone."""
    draft = current(state)
    draft.ipv6 = True
    try:
        found = ipaddress.ip_interface(match["address"])
    except ValueError:
        return False
    draft.addresses.append(
        InterfaceAddress(6, int(found.ip), found.network.prefixlen, state.where(line))
    )
    return None


def ipv6_on(state: Draft, match: Found, line: int) -> None:
    """`ipv6 enable`, `ipv6 address autoconfig`: IPv6 runs, and no address is known."""
    current(state).ipv6 = True


def dynamic(state: Draft, match: Found, line: int) -> None:
    """`ip address dhcp`, `ip address negotiated`, `ip unnumbered X`."""
    draft = current(state)
    draft.dynamic_address = TextFact(value=match[0], where=state.where(line))
    if draft.routed is None:
        draft.routed = True


def mtu(state: Draft, match: Found, line: int) -> bool | None:
    """`mtu N`: bytes that IP may use, on platforms that do not count layer 2."""
    if not MTU_RANGE[0] <= int(match["value"]) <= MTU_RANGE[1]:
        return False
    current(state).mtu = IntFact(value=int(match["value"]), where=state.where(line))
    return None


def ip_mtu(state: Draft, match: Found, line: int) -> bool | None:
    """`ip mtu N` or `ipv4 mtu N`."""
    if not MTU_RANGE[0] <= int(match["value"]) <= MTU_RANGE[1]:
        return False
    current(state).ip_mtu = IntFact(value=int(match["value"]), where=state.where(line))
    return None


def ipv6_mtu(state: Draft, match: Found, line: int) -> bool | None:
    """`ipv6 mtu N`."""
    if not MTU_RANGE[0] <= int(match["value"]) <= MTU_RANGE[1]:
        return False
    current(state).ipv6_mtu = IntFact(value=int(match["value"]), where=state.where(line))
    return None


def shutdown(state: Draft, match: Found, line: int) -> None:
    """`shutdown` or `no shutdown`."""
    current(state).enabled = match[0].startswith("no ")


def vrf(state: Draft, match: Found, line: int) -> None:
    """`vrf forwarding V`, `ip vrf forwarding V`, `vrf member V`, `vrf V`."""
    current(state).vrf = match["vrf"]


def clamp(state: Draft, match: Found, line: int) -> bool | None:
    """`ip tcp adjust-mss N`: SYN and SYN-ACK in both directions (IOS command page)."""
    if not MSS_RANGE[0] <= int(match["value"]) <= MSS_RANGE[1]:
        return False
    family = 6 if match[0].startswith("ipv6") else 4
    current(state).clamps[family, "both"] = MssClamp(
        family=family, value=int(match["value"]), where=state.where(line)
    )
    return None


def unreachables(state: Draft, match: Found, line: int) -> None:
    """`[no] ip unreachables`, `[no] ipv6 unreachables`."""
    family = 6 if "ipv6" in match[0].split()[:2] else 4
    current(state).unreachables[family] = BoolFact(
        value=not match[0].startswith("no "), where=state.where(line)
    )


def tunnel_word(state: Draft, match: Found, line: int) -> None:
    """`tunnel source|destination|mode|key|path-mtu-discovery|protection …`, kept by its word."""
    words = match[0].split()
    current(state).tunnel[words[1]] = (" ".join(words[2:]), line)


def policy_route(state: Draft, match: Found, line: int) -> None:
    """`ip policy route-map R`: forwarding may differ from the routing table."""
    current(state).policy_route = TextFact(value=match["name"], where=state.where(line))


def zone_member(state: Draft, match: Found, line: int) -> None:
    """`zone-member security Z`."""
    current(state).zone = TextFact(value=match["name"], where=state.where(line))


def nat_side(state: Draft, match: Found, line: int) -> None:
    """`ip nat inside` or `ip nat outside`."""
    current(state).nat = TextFact(value=match["side"], where=state.where(line))


def switchport(state: Draft, match: Found, line: int) -> None:
    """`switchport` or `no switchport`: layer 2 or layer 3."""
    current(state).routed = match[0].startswith("no ")
