"""Interface blocks of AOS-CX."""

from __future__ import annotations

import re

from parsers.aruba_aoscx.irrelevant import INTERFACE as IRRELEVANT
from parsers.aruba_aoscx.names import canonical, expanded, kind
from parsers.aruba_aoscx.state import PolicyUse, aoscx
from parsers.cisco_style import interface_lines as lines
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Applied, Draft
from parsers.ledger import UNREAD
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.interfaces import InterfaceKind
from parsers.model.source import TextFact
from parsers.reader import Handler, Statement, Table, irrelevant, read

Found = re.Match[str]
DIRECTIONS = {"in": "in", "out": "out", "routed-in": "in", "routed-out": "out"}
ROUTED_STAGE = 1
"""Lists on what is routed, behind those of the VLAN itself (stage 0) on the way in."""
LAG_HASH = {
    "l2-src-dst": frozenset[HashField](),
    "l3-src-dst": frozenset({HashField.SRC, HashField.DST}),
    "l4-src-dst": frozenset({HashField.SRC, HashField.DST, HashField.SRC_PORT, HashField.DST_PORT}),
}


def apply_list(state: Draft, match: Found, line: int) -> None:
    """`apply access-list ip N in|out|routed-in|routed-out`; the last one of a kind and direction wins."""
    draft = lines.current(state)
    family = 6 if match["family"] == "ipv6" else 4
    direction = DIRECTIONS[match["direction"]]
    stage = ROUTED_STAGE if match["direction"].startswith("routed") else 0
    draft.applied = [
        a for a in draft.applied if (a.family, a.direction, a.stage) != (family, direction, stage)
    ]
    if not match[0].startswith("no "):
        draft.applied.append(Applied((match["name"],), family, direction, line, stage))


def apply_policy(state: Draft, match: Found, line: int) -> None:
    """`apply policy P in|out|routed-in|routed-out`."""
    name = lines.current(state).name
    direction = DIRECTIONS[match["direction"]]
    aoscx(state).policy_uses.append(PolicyUse(name, match["name"], direction, line))


def address(state: Draft, match: Found, line: int) -> bool | None:
    """`ip address A/LEN [secondary]`. Whether the port is routed is judged when its block is known."""
    draft = lines.current(state)
    routed = draft.routed
    result = lines.address_mask(state, match, line)
    draft.routed = routed
    return result


def dynamic(state: Draft, match: Found, line: int) -> None:
    """`ip dhcp`, `ip unnumbered …`."""
    lines.current(state).dynamic_address = TextFact(value=match[0], where=state.where(line))


def routing(state: Draft, match: Found, line: int) -> None:
    """`[no] routing`: layer 3 or layer 2."""
    aoscx(state).declared[lines.current(state).name] = not match[0].startswith("no ")


def layer2(state: Draft, match: Found, line: int) -> None:
    """`vlan access N`, `vlan trunk native N [tag]`, `vlan trunk allowed …`."""
    held = aoscx(state)
    name = lines.current(state).name
    held.declared.setdefault(name, False)
    if match[0].startswith("vlan trunk"):
        held.trunks.add(name)
    found = re.fullmatch(r"vlan access (\d+)", match[0])
    if found is not None:
        held.access_vlan[name] = int(found[1])


def member(state: Draft, match: Found, line: int) -> None:
    """`lag N`: member of lagN."""
    lines.current(state).bundle = f"lag{match['number']}"


def lag_hash(state: Draft, match: Found, line: int) -> bool | None:
    """`hash l2-src-dst|l3-src-dst|l4-src-dst` of a LAG."""
    fields = LAG_HASH.get(match["how"])
    lines.current(state).choices.append(
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.UNKNOWN if fields is None else Spread.FLOW,
            statement=match[0],
            fields=fields or frozenset(),
            interface=lines.current(state).name,
            in_effect=None if fields is None else True,
            reason="no document read names this hash" if fields is None else "",
            where=state.where(line),
        )
    )
    return None if fields is not None else False


def tunnel_end(state: Draft, match: Found, line: int) -> None:
    """`source ip A`, `destination ip A` of a tunnel."""
    lines.current(state).tunnel[match["end"]] = (match["address"], line)


def port_filter(state: Draft, match: Found, line: int) -> None:
    """A statement that drops frames as they enter a port, and that is not judged."""
    name = lines.current(state).name
    fact = TextFact(value="l2-filter", where=state.where(line), note=match[0])
    aoscx(state).port_filters.append((name, fact))


def urpf(state: Draft, match: Found, line: int) -> None:
    """`ip urpf [strict|loose]`."""
    kind_of = "loose" if "loose" in match[0] else "strict"
    lines.current(state).urpf = TextFact(value=kind_of, where=state.where(line))


def recognised(what: str) -> Handler:
    """A handler for a statement that could change a verdict and is not modelled."""

    def handle(state: Draft, match: Found, line: int) -> None:
        name = lines.current(state).name
        state.recognised.append(
            TextFact(value=what, where=state.where(line), note=f"{name}: {match[0]}")
        )

    return handle


BELOW: Table[Draft] = Table(
    irrelevant("parameters of the statement above", r"\S+"), missed="interface"
)

TABLE: Table[Draft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(r"ip address (?P<address>\d\S+/\d+)(?: secondary)?", address, topic="interfaces"),
        Statement(r"ip static (?P<address>\d\S+/\d+)", address),
        Statement(r"ip dhcp|ip unnumbered .*", dynamic),
        Statement(r"(?:no )?(?:default-gateway|nameserver) .*", reason="of the management port"),
        Statement(r"no ip (?:address|dhcp|unnumbered)(?: .*)?", reason="no address"),
        Statement(r"ipv6 address (?:link-local|autoconfig|dhcp)(?: \S+)?", lines.ipv6_on),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?: (?:eui-64|tag \S+))?",
            lines.ipv6_address,
        ),
        Statement(r"no ipv6 address(?: .*)?", reason="no IPv6 address"),
        Statement(r"(?:no )?shutdown", lines.shutdown),
        Statement(r"vrf attach (?P<vrf>\S+)", lines.vrf),
        Statement(r"no vrf attach(?: .*)?", reason="the default VRF"),
        Statement(r"mtu (?P<value>\d+)", lines.mtu, topic="mtu"),
        Statement(r"ip mtu (?P<value>\d+)", lines.ip_mtu),
        Statement(r"ipv6 mtu (?P<value>\d+)", lines.ipv6_mtu),
        Statement(r"no (?:ip |ipv6 )?mtu(?: \d+)?", reason="the default MTU"),
        Statement(r"(?:no )?routing", routing, topic="interfaces"),
        Statement(r"vlan (?:access|trunk) .*", layer2),
        Statement(r"no vlan (?:access|trunk)(?: .*)?", reason="the default VLAN"),
        Statement(r"lag (?P<number>\d+)", member, topic="bundles"),
        Statement(r"no lag(?: .*)?", reason="no member of a LAG"),
        Statement(r"hash (?P<how>\S+)", lag_hash, topic="load sharing"),
        Statement(
            r"(?:no )?apply access-list (?P<family>ip|ipv6) (?P<name>\S+) (?P<direction>in|out|routed-in|routed-out)",
            apply_list,
            topic="bindings",
        ),
        Statement(r"apply access-list mac \S+ \S+", port_filter),
        Statement(
            r"apply policy (?P<name>\S+) (?P<direction>in|out|routed-in|routed-out)",
            apply_policy,
            topic="policies",
        ),
        Statement(
            r"no apply (?:access-list|policy)(?: .*)?", reason="nothing applied is the default"
        ),
        Statement(
            r"(?P<end>source|destination) (?:ip|ipv6) (?P<address>\S+)", tunnel_end, topic="tunnels"
        ),
        Statement(r"(?:ip|ipv6) urpf(?: .*)?", urpf, topic="urpf"),
        Statement(r"(?:ip|ipv6) source-lockdown(?: .*)?", port_filter),
        Statement(
            r"aaa authentication port-access (?:dot1x authenticator|mac-auth)|port-access (?:security|port-security)"
            r"|port-security",
            port_filter,
            table=BELOW,
        ),
        Statement(r"(?:no )?aaa .*", reason="parameters of admission"),
        Statement(r"ip nat .*|nat .*", recognised("nat"), topic="nat"),
        *IRRELEVANT,
    ),
    missed="interface",
)


def open_named(state: Draft, name: str, line: int) -> None:
    """Enters the block of one interface; the management port is in a VRF of its own."""
    draft = lines.open_interface(state, name, line)
    draft.kind = kind(name)
    draft.parent = name.partition(".")[0] if "." in name else None
    if draft.kind is InterfaceKind.MANAGEMENT:
        draft.vrf = "mgmt"


def interface(state: Draft, match: Found, line: int) -> None:
    """`interface 1/1/1`, `interface lag 1 [multi-chassis]`, `interface tunnel 1 [mode gre ipv4]`."""
    open_named(state, canonical(match["name"]), line)
    if match["more"] and match["more"].startswith("mode "):
        lines.current(state).tunnel["mode"] = (match["more"][5:], line)


def interface_range(state: Draft, match: Found, first: int, last: int) -> None:
    """`interface 1/1/1-1/1/4`: the lines below are read once for each interface."""
    names = expanded(match["name"])
    end = block_last(state.lines, first, last)
    if not names:
        for line in range(first, end + 1):
            state.ledger.miss(line, "interface", match["name"])
        return
    for name in names:
        state.ledger.status[first + 1 : end + 1] = bytes([UNREAD]) * (end - first)
        open_named(state, name, first)
        read(state.lines[:end], TABLE, state, state.ledger, first + 1)
    state.ledger.use(first)
