"""Interface blocks of ASA; PIX says the same at the top level."""

from __future__ import annotations

import ipaddress
import re

from parsers.cisco_asa.draft import AsaDraft, AsaInterface
from parsers.cisco_asa.irrelevant import INTERFACE as IRRELEVANT
from parsers.cisco_asa.objects import mask_length, resolved
from parsers.cisco_style import interface_lines as lines
from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.model.interfaces import InterfaceAddress, InterfaceKind
from parsers.model.source import TextFact
from parsers.reader import Statement, Table

Found = re.Match[str]


def open_interface(state: AsaDraft, match: Found, line: int) -> None:
    """`interface X`: a second block of one interface continues it."""
    name = match["name"].replace(" ", "")
    draft = state.interfaces.get(name)
    if not isinstance(draft, AsaInterface):
        kind = lines.kind_of(name)
        if kind is InterfaceKind.MANAGEMENT:
            kind = InterfaceKind.PHYSICAL  # it forwards unless `management-only` stands there
        draft = AsaInterface(name, kind, state.where(line))
        if "." in name:
            draft.parent = name.partition(".")[0]
        state.interfaces[name] = draft
    state.interface = draft
    state.subject = name


def current(state: AsaDraft) -> AsaInterface:
    """The interface whose block is open."""
    found = lines.current(state)
    if not isinstance(found, AsaInterface):
        raise LookupError("no interface block is open")
    return found


def nameif(state: AsaDraft, match: Found, line: int) -> None:
    """`nameif N`: only a named interface carries traffic."""
    set_name(current(state), match["name"], line)


def set_name(interface: AsaInterface, name: str, line: int) -> None:
    """Names an interface; `inside` begins with level 100, every other name with 0 (command reference)."""
    interface.nameif = name
    interface.nameif_line = line
    if interface.level is None:
        interface.level = 100 if name == "inside" else 0


def no_nameif(state: AsaDraft, match: Found, line: int) -> None:
    """`no nameif`."""
    current(state).nameif = None


def security_level(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`security-level N`, 0 to 100."""
    if int(match["level"]) > 100:
        return False
    interface = current(state)
    interface.level, interface.level_line = int(match["level"]), line
    return None


def address(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`ip address A MASK [standby B]`."""
    return set_address(state, current(state), match, line)


def set_address(state: AsaDraft, interface: AsaInterface, match: Found, line: int) -> bool | None:
    """Takes an IPv4 address with its mask; False if it is none."""
    try:
        length = mask_length(match["mask"])
        found = ipaddress.IPv4Interface(f"{resolved(state, match['address'])}/{length}")
    except ValueError:
        return False
    interface.addresses = [a for a in interface.addresses if a.family != 4]
    interface.addresses.append(
        InterfaceAddress(4, int(found.ip), found.network.prefixlen, state.where(line))
    )
    if " pppoe" in match[0]:
        interface.pppoe = line
        if "setroute" in match[0]:
            state.sources.append(TextFact(value="pppoe", where=state.where(line)))
    return None


def ipv6_address(state: AsaDraft, match: Found, line: int) -> bool | None:
    """`ipv6 address P/LEN [eui-64] [standby B]`."""
    try:
        found = ipaddress.IPv6Interface(match["address"])
    except ValueError:
        return False
    current(state).addresses.append(
        InterfaceAddress(6, int(found.ip), found.network.prefixlen, state.where(line))
    )
    return None


def dynamic(state: AsaDraft, match: Found, line: int) -> None:
    """`ip address dhcp|pppoe [setroute]`."""
    set_dynamic(state, current(state), match[0], line)


def set_dynamic(state: AsaDraft, interface: AsaInterface, text: str, line: int) -> None:
    """An address that a server gives; only with `setroute` a default route comes with it."""
    where = state.where(line)
    routed = "setroute" in text
    interface.dynamic_address = TextFact(value=text if routed else text.upper(), where=where)
    interface.pppoe = line if "pppoe" in text else None
    if routed and interface.pppoe:
        state.sources.append(TextFact(value="pppoe", where=where))


def management_only(state: AsaDraft, match: Found, line: int) -> None:
    """`management-only [individual]`: to the box only, with a routing table of its own since 9.5."""
    current(state).management = not match[0].startswith("no ")


def channel_group(state: AsaDraft, match: Found, line: int) -> None:
    """`channel-group N mode …`."""
    current(state).bundle = f"Port-channel{match['number']}"


def member(state: AsaDraft, match: Found, line: int) -> None:
    """`member-interface X` below Redundant: one of the pair is active at a time."""
    found = state.interfaces.get(match["name"].replace(" ", ""))
    if found is not None:
        found.bundle = current(state).name


def load_balance(state: AsaDraft, match: Found, line: int) -> None:
    """`port-channel load-balance FIELDS`: a hash on every choice of fields."""
    state.choices.append(
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.FLOW,
            statement=match[0],
            interface=current(state).name,
            where=state.where(line),
        )
    )


def bridge_group(state: AsaDraft, match: Found, line: int) -> None:
    """`bridge-group N`: a port of BVI N."""
    interface = current(state)
    interface.bridged, interface.bridge = line, match["number"]
    interface.routed = False


def not_towards(state: AsaDraft, match: Found, line: int) -> None:
    """`no forward interface VlanN`: the third VLAN of an ASA 5505 base licence opens no sessions there."""
    current(state).not_towards.append((match["name"].replace(" ", ""), line))


def policy_route(state: AsaDraft, match: Found, line: int) -> None:
    """`policy-route route-map R`."""
    current(state).policy_route = TextFact(value=match["name"], where=state.where(line))


def tunnel(state: AsaDraft, match: Found, line: int) -> None:
    """`tunnel source interface I|…`, `tunnel destination A`, `tunnel mode ipsec …`, `tunnel protection …`."""
    words = match[0].split()
    value = [w for w in words[2:] if w != "interface"] if words[1] == "source" else words[2:]
    current(state).tunnel[words[1]] = (" ".join(value), line)


def used(state: AsaDraft, match: Found, line: int) -> None:
    """A fact that another statement carries: membership of a traffic zone changes no filter."""


TABLE: Table[AsaDraft] = Table(
    (
        Statement(r"description(?: (?P<text>.*))?", lines.description, topic="interfaces"),
        Statement(r"nameif (?P<name>\S+)", nameif, topic="zones"),
        Statement(r"no nameif(?: \S+)?", no_nameif),
        Statement(r"security-level (?P<level>\d{1,3})", security_level),
        Statement(r"no security-level(?: .*)?", reason="no level of its own"),
        Statement(
            r"ip address (?P<address>\S+) (?P<mask>\d+\.\d+\.\d+\.\d+)(?: standby \S+)?"
            r"(?: cluster-pool \S+)?(?: pppoe(?: setroute)?)?",
            address,
            topic="interfaces",
        ),
        Statement(r"ip address (?:dhcp|pppoe)(?: setroute)?", dynamic),
        Statement(r"no ip address(?: .*)?", reason="an interface without an address"),
        Statement(
            r"ipv6 address (?P<address>[0-9a-fA-F:.]+/\d+)(?: eui-64)?(?: standby \S+)?(?: cluster-pool \S+)?",
            ipv6_address,
        ),
        Statement(r"ipv6 address \S+ link-local(?: standby \S+)?", lines.ipv6_on),
        Statement(r"ipv6 (?:address (?:autoconfig|dhcp).*|enable)", lines.ipv6_on),
        Statement(r"no ipv6 .*", reason="an interface without IPv6, or without one of its services"),
        Statement(r"(?:no )?shutdown", lines.shutdown),
        Statement(r"no shut", lines.shutdown),
        Statement(r"(?:no )?management-only(?: individual)?", management_only),
        Statement(r"channel-group (?P<number>\d+)(?: mode \S+)?(?: vss-id \S+)?", channel_group, topic="bundles"),
        Statement(r"member-interface (?P<name>\S+)", member),
        Statement(r"port-channel load-balance \S+", load_balance, topic="load sharing"),
        Statement(r"bridge-group (?P<number>\d+)", bridge_group),
        Statement(r"no forward interface (?P<name>\S+(?: \d+)?)", not_towards),
        Statement(r"policy-route route-map (?P<name>\S+)", policy_route, topic="policy routing"),
        Statement(r"zone-member \S+", used),
        Statement(r"tunnel (?:source|destination|mode|protection|key)(?: .*)?", tunnel, topic="tunnels"),
        Statement(r"cts manual", reason="marks packets with tags, which access lists judge"),
        *IRRELEVANT,
    ),
    missed="interface",
)  # fmt: skip
