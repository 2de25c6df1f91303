"""Handlers of interface lines that VRP and Comware write alike."""

from __future__ import annotations

import re

from parsers.model.balancing import PathChoice
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, MssClamp
from parsers.model.source import IntFact, TextFact
from parsers.reader import Handler
from parsers.vrp_style.draft import Applied, Draft, InterfaceDraft
from parsers.vrp_style.terms import NotUnderstood, interface_address

Found = re.Match[str]

MTU_RANGE = (46, 65535)
"""What these systems accept lies in here; a number outside is damage, not a setting."""
MSS_RANGE = (128, 9960)

_KINDS = (
    (re.compile(r"(?i)tunnel|nve|vxlan|vsi"), InterfaceKind.TUNNEL),
    (re.compile(r"(?i)loopback|inloop"), InterfaceKind.LOOPBACK),
    (re.compile(r"(?i)null"), InterfaceKind.NULL),
    (re.compile(r"(?i)vlanif|vlan-interface|vbdif|irb"), InterfaceKind.VLAN),
    (
        re.compile(
            r"(?i)eth-trunk|ip-trunk|bridge-aggregation|route-aggregation|hdlc-bundle|mp-group"
        ),
        InterfaceKind.BUNDLE,
    ),
    (re.compile(r"(?i)meth|m-gigabit|m-ethernet"), InterfaceKind.MANAGEMENT),
    (
        re.compile(r"(?i)dialer|virtual-template|virtual-ethernet|cellular|bri"),
        InterfaceKind.DIALER,
    ),
)


def kind_of(name: str) -> InterfaceKind:
    """The kind that an interface's name tells; a dot makes a subinterface."""
    for pattern, kind in _KINDS:
        if pattern.match(name):
            return InterfaceKind.SUBINTERFACE if "." in name else kind
    return InterfaceKind.SUBINTERFACE if "." in name else InterfaceKind.PHYSICAL


def open_interface(state: Draft, match: Found, line: int) -> InterfaceDraft:
    """Enters the view of an interface, whose name may be written in two words."""
    name = match["name"].replace(" ", "")
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
    """The interface whose view is open."""
    if state.interface is None:
        raise LookupError("no interface view is open")
    return state.interface


def description(state: Draft, match: Found, line: int) -> None:
    """`description TEXT`."""
    current(state).description = match["text"] or ""


def address(state: Draft, match: Found, line: int) -> bool | None:
    """`ip address A MASK|LENGTH [sub]`, `ipv6 address A LENGTH` or `A/LENGTH`."""
    try:
        found = interface_address(match["address"], match["mask"] or "")
    except NotUnderstood:
        return False
    draft = current(state)
    if found.version == 4 and not match[0].endswith(" sub"):
        draft.addresses = [
            a
            for a in draft.addresses
            if a.family != 4 or state.lines[a.where.line - 1].rstrip().endswith(" sub")
        ]
    draft.addresses.append(
        InterfaceAddress(found.version, int(found.ip), found.network.prefixlen, state.where(line))
    )
    return None


def ipv6_on(state: Draft, match: Found, line: int) -> None:
    """`ipv6 enable`, `ipv6 address auto …`: IPv6 runs, and no address is known from here."""


def dynamic(state: Draft, match: Found, line: int) -> None:
    """`ip address dhcp-alloc`, `ppp-negotiate`, `unnumbered interface X`."""
    current(state).dynamic_address = TextFact(value=match[0], where=state.where(line))


def shutdown(state: Draft, match: Found, line: int) -> None:
    """`shutdown` or `undo shutdown`."""
    current(state).enabled = match[0].startswith("undo ")


def vrf_name(name: str) -> str:
    """The name of a VPN; one that is called `default` (USG: management) is not the public network."""
    return "VPN default" if name == "default" else name


def vrf(state: Draft, match: Found, line: int) -> None:
    """`ip binding vpn-instance V`."""
    current(state).vrf = vrf_name(match["vrf"])


def mtu(state: Draft, match: Found, line: int) -> bool | None:
    """`mtu N`, `ip mtu N`, `ipv6 mtu N`: bytes of an IP packet."""
    value = int(match["value"])
    if not MTU_RANGE[0] <= value <= MTU_RANGE[1]:
        return False
    fact = IntFact(value=value, where=state.where(line))
    draft = current(state)
    word = match[0].split()[0]
    if word == "ip":
        draft.ip_mtu = fact
    elif word == "ipv6":
        draft.ipv6_mtu = fact
    else:
        draft.mtu = fact
    return None


def clamp(state: Draft, match: Found, line: int) -> bool | None:
    """`tcp adjust-mss N` (VRP), `tcp mss N` (Comware), and their forms with `ipv6`."""
    value = int(match["value"])
    if not MSS_RANGE[0] <= value <= MSS_RANGE[1]:
        return False
    family = 6 if match[0].startswith("ipv6") else 4
    current(state).clamps[family, "both"] = MssClamp(
        family=family, value=value, where=state.where(line)
    )
    return None


def bridged(state: Draft, match: Found, line: int) -> None:
    """`port link-type …`, `port default vlan N`, `portswitch`, `port link-mode bridge`: layer 2."""
    current(state).bridged = line


def routed(state: Draft, match: Found, line: int) -> None:
    """`undo portswitch`, `port link-mode route`: layer 3."""
    current(state).routed = line


def tunnel_word(state: Draft, match: Found, line: int) -> None:
    """`source`, `destination`, `tunnel-protocol`, `gre key`, `ipsec profile` …, kept by its word."""
    current(state).tunnel[match[0].split()[0]] = (match["rest"], line)


def zone(state: Draft, match: Found, line: int) -> None:
    """`zone Z`: the interface is a member of it."""
    current(state).zone = TextFact(value=match["zone"], where=state.where(line))


def urpf(state: Draft, match: Found, line: int) -> None:
    """`urpf strict|loose`, `ip urpf strict|loose`."""
    current(state).urpf = TextFact(value=match["mode"], where=state.where(line))


def nat_outside(state: Draft, match: Found, line: int) -> None:
    """`nat outbound …`: the sources of what leaves here are translated."""
    current(state).nat = TextFact(value="outside", where=state.where(line))
    recognised("nat")(state, match, line)


def policy_route(state: Draft, match: Found, line: int) -> None:
    """Policy routing on the interface: forwarding may differ from the routing table."""
    current(state).policy_route = TextFact(value=match["name"], where=state.where(line))


def apply(state: Draft, applied: Applied) -> None:
    """Adds a filter; one that is named again in the same direction is one."""
    draft = current(state)
    same = [
        a
        for a in draft.applied
        if (a.name, a.family, a.direction, a.kind, a.rule)
        == (applied.name, applied.family, applied.direction, applied.kind, applied.rule)
    ]
    if not same:
        draft.applied.append(applied)


def choose(state: Draft, choice: PathChoice) -> None:
    """A statement about path choice; the last one of a stage wins."""
    draft = current(state)
    draft.choices = [c for c in draft.choices if c.stage is not choice.stage]
    draft.choices.append(choice)


def recognised(what: str) -> Handler:
    """A handler for a statement that could change a verdict and is not modelled. On an interface, the note
    begins with its name."""

    def handle(state: Draft, match: Found, line: int) -> None:
        place = f"{state.interface.name}: " if state.interface is not None else ""
        state.recognised.append(
            TextFact(value=what, where=state.where(line), note=f"{place}{match[0]}")
        )

    return handle


def recognised_top(what: str) -> Handler:
    """The same for a statement of the system view."""

    def handle(state: Draft, match: Found, line: int) -> None:
        state.recognised.append(TextFact(value=what, where=state.where(line), note=match[0]))

    return handle
