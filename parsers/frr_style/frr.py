"""FRR's running configuration (FRR documentation: zebra, staticd, pbrd)."""

from __future__ import annotations

import re
from ipaddress import IPv4Network

from parsers.frr_style.addresses import interface_address
from parsers.ledger import Ledger
from parsers.model.addresses import prefix_term
from parsers.model.interfaces import InterfaceAddress
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced, Where
from parsers.reader import Statement, Table, irrelevant, read

_DISCARD = {"null0": "drop", "blackhole": "drop", "reject": "reject"}


class FrrInterface:
    """What an FRR `interface` block says."""

    def __init__(self, name: str, where: Where) -> None:
        self.name = name
        self.where = where
        self.vrf: str | None = None
        self.shutdown = False
        self.description = ""
        self.addresses: list[InterfaceAddress] = []
        self.not_understood: list[Where] = []


class FrrState:
    """What was read so far; `subject` names the interface for the ledger."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.hostname: str | None = None
        self.version: str | None = None
        self.vrf = "default"
        self.interface: FrrInterface | None = None
        self.interfaces: dict[str, FrrInterface] = {}
        self.routes: list[Route] = []
        self.missed_routes: list[Where] = []
        self.sources: list[Sourced[str]] = []
        self.notes: list[Sourced[str]] = []
        self.forwards: dict[int, bool] = {}

    @property
    def subject(self) -> str | None:
        """The interface whose block is open."""
        return self.interface.name if self.interface else None

    def missed(self, number: int, topic: str) -> None:
        """Keeps a line that no statement knows with what it stands in."""
        if topic == "interface" and self.interface is not None:
            self.interface.not_understood.append(Where(self.file, number))


def _hostname(state: FrrState, match: re.Match[str], line: int) -> None:
    state.hostname = match.group(1)


def _version(state: FrrState, match: re.Match[str], line: int) -> None:
    state.version = match.group(1)


def _interface(state: FrrState, match: re.Match[str], line: int) -> None:
    name = match.group(1)
    where = Where(state.file, line)
    state.interface = state.interfaces.setdefault(name, FrrInterface(name, where))
    if match.group(2):
        state.interface.vrf = match.group(2)


def _address(state: FrrState, match: re.Match[str], line: int) -> bool:
    text = match.group(2)
    try:
        found = interface_address(text, Where(state.file, line))
    except ValueError:
        return False
    if state.interface is not None:
        state.interface.addresses.append(found)
    return True


def _interface_vrf(state: FrrState, match: re.Match[str], line: int) -> None:
    if state.interface is not None:
        state.interface.vrf = match.group(1)


def _shutdown(state: FrrState, match: re.Match[str], line: int) -> None:
    if state.interface is not None:
        state.interface.shutdown = True


def _description(state: FrrState, match: re.Match[str], line: int) -> None:
    if state.interface is not None:
        state.interface.description = match.group(1)


def _vrf(state: FrrState, match: re.Match[str], line: int) -> None:
    state.vrf = match.group(1)


def _end_vrf(state: FrrState, match: re.Match[str], line: int) -> None:
    state.vrf = "default"
    state.interface = None


def _routing(state: FrrState, match: re.Match[str], line: int) -> None:
    protocol = match.group(1)
    name = {"ospf6": "ospf"}.get(protocol, protocol)
    state.sources.append(Sourced(value=name, where=Where(state.file, line)))


def _forwarding(state: FrrState, match: re.Match[str], line: int) -> None:
    state.forwards[6 if match.group(2) == "ipv6" else 4] = match.group(1) is None


def _flowspec(state: FrrState, match: re.Match[str], line: int) -> None:
    where = Where(state.file, line)
    state.notes.append(Sourced(value="flowspec", where=where, note=match.group(0)))


def _policy_map(state: FrrState, match: re.Match[str], line: int) -> None:
    where = Where(state.file, line)
    state.notes.append(Sourced(value="policy-route", where=where, note=match.group(0)))


def _route(state: FrrState, match: re.Match[str], line: int) -> bool:
    route = static_route(match.group(2).split(), line, state.vrf)
    if route is None:
        state.missed_routes.append(Where(state.file, line))
        return False
    state.routes.append(route)
    return True


def static_route(words: list[str], line: int, vrf: str) -> Route | None:
    """The route of `P GATEWAY|INTERFACE|Null0 …` (staticd); None if not understood."""
    destination = words.pop(0)
    source_dependent = False
    if words[:1] == ["from"]:
        del words[:2]
        source_dependent = True
    if words and re.fullmatch(r"\d+\.\d+\.\d+\.\d+", words[0]) and "/" not in destination:
        try:
            destination = f"{destination}/{IPv4Network(f'0.0.0.0/{words.pop(0)}').prefixlen}"
        except ValueError:
            return None
    try:
        term = prefix_term(destination)
        length = int(destination.partition("/")[2])
    except ValueError:
        return None
    draft = _StaticDraft(vrf, "only packets of one source" if source_dependent else None)
    while words:
        if not draft.take(words):
            return None
    if draft.discard is None and draft.gateway is None and draft.device is None:
        return None
    hops = () if draft.discard else (NextHop(draft.device, draft.gateway, draft.next_vrf),)
    return Route(
        term.family, term.value, length, draft.vrf, "static", hops, line, draft.discard,
        draft.distance, None, False, draft.conditional,
    )  # fmt: skip


_DEVICE = re.compile(r"(?=.*[A-Za-z])[\w.:@-]+", re.ASCII)
"""What an interface can be called; a gateway with a wrong character in it is no interface."""
_WITH_VALUE = frozenset({"tag", "label", "color", "segments", "encap-behavior"})
"""Options of a static route with one value that changes neither where nor whether it forwards."""


class _StaticDraft:
    """The words behind a static route's prefix, taken one by one."""

    def __init__(self, vrf: str, conditional: str | None) -> None:
        self.vrf = vrf
        self.conditional = conditional
        self.gateway: str | None = None
        self.device: str | None = None
        self.discard: str | None = None
        self.next_vrf: str | None = None
        self.distance = 1

    def take(self, words: list[str]) -> bool:
        """Takes the next word with its value; False if it has no place here."""
        word = words.pop(0)
        if word in _WITH_VALUE or word in ("table", "vrf", "nexthop-vrf"):
            return bool(words) and self._valued(word, words.pop(0))
        if word.lower() in _DISCARD and self.gateway is None and self.device is None:
            self.discard = _DISCARD[word.lower()]
        elif word == "bfd":
            self.conditional = "BFD"
            words.clear()
        elif word.isdecimal():
            self.distance = int(word)
        elif self.gateway is None and _is_address(word):
            self.gateway = word
        elif self.device is None and word != "onlink" and _DEVICE.fullmatch(word):
            self.device = word
        elif word != "onlink":
            return False
        return True

    def _valued(self, word: str, value: str) -> bool:
        if word == "table":
            self.vrf = f"table {value}"
        elif word == "vrf":
            self.vrf = value
        elif word == "nexthop-vrf":
            self.next_vrf = value
        return True


def _is_address(word: str) -> bool:
    try:
        prefix_term(word)
    except ValueError:
        return False
    return "/" not in word


INTERFACE = Table[FrrState](
    (
        Statement(r"(ip|ipv6) address (\S+)(?: label \S+)?", _address, topic="interfaces"),
        Statement(r"description (.*)", _description, topic="interfaces"),
        Statement(r"vrf (\S+)", _interface_vrf, topic="interfaces"),
        Statement(r"shutdown", _shutdown, topic="interfaces"),
        Statement(r"pbr-policy (\S+)", _policy_map, topic="policy routing"),
        *irrelevant(
            "how a routing protocol forms adjacencies; routes are read from tables",
            "no", "ip ospf", "ipv6 ospf6", "ip rip", "ipv6 ripng", "ip router", "ipv6 router",
            "isis", "ip pim", "ip igmp", "ipv6 pim", "ipv6 mld", "ipv6 nd", "bfd", "eigrp",
            "mpls", "babel", "ip nhrp", "ip eigrp", "evpn", "openfabric", "vrrp",
        ),
        *irrelevant(
            "attributes for traffic engineering and messages",
            "bandwidth", "link-detect", "link-params", "multicast", "mpls-te", "exit",
            "exit-link-params",
        ),
    ),
    missed="interface",
)  # fmt: skip

VRF = Table[FrrState](
    (
        Statement(r"(ip|ipv6) route (.+)", _route, topic="static routes"),
        Statement(r"exit-vrf", _end_vrf),
        *irrelevant("EVPN binding and import of routes", "vni", "ip protocol", "ipv6 protocol",
                    "ip nht", "ipv6 nht", "ip router-id", "ipv6 router-id", "netns"),
    ),
    missed="route",
)  # fmt: skip

PROCESS = Table[FrrState](
    (
        Statement(r"address-family (?:ipv4|ipv6) flowspec", _flowspec, topic="flowspec"),
        *irrelevant("how a routing process chooses; its routes are read from tables", r"\S+"),
    )
)
PBR = Table[FrrState](irrelevant("part of a policy noted as a whole", "match", "set", "exit"))

FRR = Table[FrrState](
    (
        Statement(r"(no )?(ip|ipv6) forwarding", _forwarding, topic="forwarding"),
        Statement(r"(?:frr|zebra) version(?: (.+))?", _version),
        Statement(r"hostname (\S+)", _hostname),
        Statement(
            r"interface (\S+)(?: vrf (\S+))?", _interface, table=INTERFACE, topic="interfaces"
        ),
        Statement(r"vrf (\S+)", _vrf, table=VRF, topic="static routes"),
        Statement(r"exit-vrf", _end_vrf),
        Statement(r"(ip|ipv6) route (.+)", _route, topic="static routes"),
        Statement(
            r"router (bgp|ospf|ospf6|isis|rip|ripng|eigrp|babel|openfabric)(?: .*)?",
            _routing,
            table=PROCESS,
            topic="routing sources",
        ),
        Statement(r"pbr-map .*", _policy_map, table=PBR, topic="policy routing"),
        *irrelevant(
            "filters on routes, not on packets; routes are read from tables",
            "route-map", "ip prefix-list", "ipv6 prefix-list", "access-list", "ipv6 access-list",
            "bgp", "ip as-path", "ip community-list", "ip large-community-list",
            "ip extcommunity-list", "ip protocol", "ipv6 protocol", "ip nht", "ipv6 nht",
            "zebra nexthop", "zebra route-map", "ip router-id", "router-id", "key", "key chain",
        ),
        *irrelevant(
            "management, logging and authentication",
            "frr defaults", "log", "service", "line vty", "password", "enable", "username",
            "agentx", "debug", "no", "end", "exit", "banner", "domainname",
            "Current configuration:", r"Building configuration\.*", "security", "ip ssh", "rpki",
            "bfd", "mpls ldp", "vtysh", "fpm", "mgmt",
        ),
    )
)  # fmt: skip
"""The statements of an FRR configuration."""


def read_frr(file: str, lines: list[str], ledger: Ledger) -> FrrState:
    """What an FRR configuration says; the ledger gets every line."""
    state = FrrState(file)
    read(lines, FRR, state, ledger)
    return state
