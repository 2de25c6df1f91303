"""Static routes, and what else puts routes into the table or chooses ways beside it.

Sources: Fortinet, CLI reference, `router static` and `static6` (destination 0.0.0.0/0, distance 10, priority 0 before
7.0 and 1 from then on; IPv6 priority 1024), `router policy`; Administration Guide, "Routing concepts": the least
distance enters the table, and of those routes the least priority number is used; equal ones share the sessions.
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple

from parsers.fortinet.addresses import AddressBook, subnet_of
from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.scopes import Scope
from parsers.fortinet.sdwan import DEFAULT_ZONE, Sdwan
from parsers.model.addresses import FULL, AddressTerm, prefix_term
from parsers.model.routes import NextHop, Route
from parsers.model.source import TextFact

STATIC = {4: "router static", 6: "router static6"}
POLICY = {4: "router policy", 6: "router policy6"}
_KNOWN = frozenset(
    {
        "dst", "gateway", "device", "distance", "priority", "blackhole", "status", "sdwan", "sdwan-zone",
        "virtual-wan-link", "dstaddr", "internet-service", "internet-service-custom", "dynamic-gateway", "vrf", "src",
        "link-monitor-exempt", "bfd", "weight",
    }
)  # fmt: skip
_IGNORED = {
    "comment": "text for people", "comments": "text for people", "devindex": "a number of the interface",
    "tag": "a mark for routing protocols", "preferred-source": "the device's own packets",
    "internet-service-fortiguard": "a list of the device",
}  # fmt: skip
_POLICY_KNOWN = frozenset(
    {
        "input-device", "input-device-negate", "src", "srcaddr", "src-negate", "dst", "dstaddr", "dst-negate", "action",
        "protocol", "start-port", "end-port", "start-source-port", "end-source-port", "gateway", "output-device", "tos",
        "tos-mask", "status", "internet-service-id", "internet-service-custom", "internet-service-fortiguard", "users",
        "groups",
    }
)  # fmt: skip
_PROTOCOLS = {
    "router bgp": "bgp", "router ospf": "ospf", "router ospf6": "ospf", "router rip": "rip", "router ripng": "rip",
    "router isis": "isis",
}  # fmt: skip
_STARTS = frozenset({"neighbor", "network", "ospf-interface", "ospf6-interface", "interface", "isis-interface",
                     "isis-net", "neighbor-group", "area", "neighbor-range"})  # fmt: skip
"""Blocks below a routing protocol that let it talk to others; without one it gives no routes."""


class _Row(NamedTuple):
    """A static route before those of one destination are compared."""

    route: Route
    distance: int
    priority: int


def read_routes(draft: Draft, scope: Scope, sdwan: Sdwan, books: dict[int, AddressBook]) -> None:
    """All routes of a virtual domain."""
    monitored = _monitored(draft, scope)
    for family, name in STATIC.items():
        table = scope.table(name)
        rows: list[_Row] = []
        for entry in draft.rows(table, "route") if table is not None else ():
            rows += _rows(draft, scope, entry, family, sdwan, books[family], monitored)
        if table is not None and table.doubt:
            draft.routes_doubt.append(draft.where(table.line))
        draft.routes += _compared(rows)
    if sdwan.doubt:
        draft.routes_doubt.append(draft.where(sdwan.members[0].line if sdwan.members else 1))
    for name, protocol in _PROTOCOLS.items():
        table = scope.table(name)
        if table is not None:
            _protocol(draft, table, protocol)
    for name in POLICY.values():
        table = scope.table(name)
        if table is not None:
            _policy_routes(draft, table)


def _monitored(draft: Draft, scope: Scope) -> dict[str, str]:
    """Interfaces whose static routes go away when a probe fails, with the monitor's name."""
    table = scope.table("system link-monitor")
    found: dict[str, str] = {}
    if table is not None:
        draft.use_all(table)
        for entry in table.entries.values():
            values = Settings(entry.settings(), {})
            if values.get("status").text != "disable" and values.on("update-static-route", True):
                found.setdefault(values.get("srcintf").text, entry.name)
    return found


def _rows(
    draft: Draft,
    scope: Scope,
    entry: Block,
    family: int,
    sdwan: Sdwan,
    book: AddressBook,
    monitored: dict[str, str],
) -> list[_Row]:
    values = draft.take(entry, _KNOWN, _IGNORED, "route", f"route {entry.name}")
    sound = not values.unknown and not entry.doubt
    sound = sound and entry.name.isascii() and entry.name.isdecimal() and int(entry.name) < 1 << 32
    status = values.get("status").text
    if status == "disable" and sound:
        return []
    terms = _destinations(values, family, book) if sound else None
    numbers = _numbers(values, family)
    device = values.get("device")
    if device.values and draft.interfaces and device.text not in draft.interfaces:
        draft.miss_line(device.line, "route")
        draft.routes_doubt.append(draft.where(device.line))
    if terms is None or numbers is None or status not in ("", "enable"):
        draft.routes_doubt.append(draft.where(entry.line))
        _miss_values(draft, values, family, status)
        draft.missed.extend((line, "route", None) for line in entry.lines() if not sound)
        return []
    distance, priority = numbers
    hops = _hops(values, family, sdwan)
    discard = "drop" if values.on("blackhole") else None
    if not hops and discard is None:
        draft.routes_doubt.append(draft.where(entry.line))
        if values.has("gateway"):
            draft.miss_line(values.get("gateway").line, "route")
        return []
    condition = _condition(values, monitored, sdwan)
    vrf = scope.vrf_of(values.get("vrf").text)
    return [
        _Row(
            Route(
                family,
                term.value,
                term.care.bit_count(),
                vrf,
                "static",
                () if discard else hops,
                entry.line,
                discard,
                distance,
                priority,
                conditional=condition,
            ),
            distance,
            priority,
        )
        for term in terms
    ]


def _miss_values(draft: Draft, values: Settings, family: int, status: str) -> None:
    """The lines whose values are none: what only the device knows is understood all the same."""
    if status not in ("", "enable", "disable"):
        draft.miss_line(values.get("status").line, "route")
    for key in ("distance", "priority"):
        if values.has(key) and _number(values.get(key).text) is None:
            draft.miss_line(values.get(key).line, "route")
    if values.has("dst") and _prefix(values.get("dst").values, family) is None:
        draft.miss_line(values.get("dst").line, "route")


def _destinations(
    values: Settings, family: int, book: AddressBook
) -> tuple[AddressTerm, ...] | None:
    """The prefixes of a route; None for what only the device knows."""
    if values.get("src").text not in ("", "0.0.0.0", "0.0.0.0/0"):  # noqa: S104 - no socket
        return None
    if values.get("internet-service").text not in ("", "0") or values.has(
        "internet-service-custom"
    ):
        return None
    if values.has("dstaddr"):
        found = book.find(values.get("dstaddr").text, values.get("dstaddr").line)
        contiguous = all(not _has_hole(term) for term in found.terms)
        return found.terms if not found.doubt and contiguous else None
    said = values.get("dst")
    if not said.values:
        return (AddressTerm(family, 0, 0),)
    term = _prefix(said.values, family)
    return (term,) if term is not None else None


def _prefix(words: tuple[str, ...], family: int) -> AddressTerm | None:
    """The prefix that is written so; None if it is none."""
    try:
        term = subnet_of(words) if family == 4 else prefix_term(" ".join(words))
    except ValueError:
        return None
    return term if term.family == family else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


def _has_hole(term: AddressTerm) -> bool:
    inverse = FULL[term.family] ^ term.care
    return bool(inverse & (inverse + 1))


def _numbers(values: Settings, family: int) -> tuple[int, int] | None:
    """Distance and priority; None if one of them is no number."""
    found = []
    for key, default in (("distance", 10), ("priority", 0 if family == 4 else 1024)):
        number = _number(values.get(key).text or str(default))
        if number is None:
            return None
        found.append(number)
    return found[0], found[1]


def _hops(values: Settings, family: int, sdwan: Sdwan) -> tuple[NextHop, ...]:
    zones = set(values.get("sdwan-zone").values)
    if values.on("sdwan") or values.on("virtual-wan-link"):
        zones.add(DEFAULT_ZONE)
        everywhere = not values.has("sdwan-zone")
    else:
        everywhere = False
    if zones:
        return tuple(
            NextHop(member.interface, (member.gateway if family == 4 else member.gateway6) or None)
            for member in sdwan.members
            if everywhere or member.zone in zones
        )
    gateway = values.get("gateway").text
    unset = gateway in ("", "0.0.0.0", "::")  # noqa: S104 - no socket
    device = values.get("device").text
    if unset and not device:
        return ()
    if not unset:
        try:
            if ipaddress.ip_address(gateway).version != family:
                return ()
        except ValueError:
            return ()
    return (NextHop(device or None, None if unset else gateway),)


def _condition(values: Settings, monitored: dict[str, str], sdwan: Sdwan) -> str | None:
    """What a route depends on and the text does not show."""
    if values.on("bfd"):
        return "BFD"
    monitor = monitored.get(values.get("device").text)
    if monitor is not None and not values.on("link-monitor-exempt"):
        return f"link monitor {monitor}"
    uses_sdwan = values.on("sdwan") or values.on("virtual-wan-link") or values.has("sdwan-zone")
    if uses_sdwan and sdwan.probed:
        return "the health checks of the SD-WAN"
    return None


def _compared(rows: list[_Row]) -> list[Route]:
    """The routes with those marked that another of the same destination beats."""
    best: dict[tuple[int, int, str], tuple[int, int]] = {}
    for row in rows:
        key = (row.route.value, row.route.length, row.route.vrf)
        rank = (row.distance, row.priority)
        if key not in best or rank < best[key]:
            best[key] = rank
    found = []
    for row in rows:
        key = (row.route.value, row.route.length, row.route.vrf)
        beaten = (row.distance, row.priority) > best[key]
        found.append(row.route._replace(backup=True) if beaten else row.route)
    return found


def _protocol(draft: Draft, table: Block, protocol: str) -> None:
    """A routing protocol: what it learns is not in the text."""
    draft.use_all(table)
    for part in table.walk():
        for line in part.bad:
            draft.miss_line(line, "route")
            draft.routes_doubt.append(draft.where(line))
    starts = any(
        name in _STARTS and (block.entries or block.statements)
        for name, block in table.tables.items()
    )
    if starts or (protocol == "bgp" and "as" in table.settings()):
        draft.sources.append(TextFact(value=protocol, where=draft.where(table.line)))


def _policy_routes(draft: Draft, table: Block) -> None:
    """Routes that look at more than the destination; `deny` leaves the packet to the routing table."""
    for entry in draft.rows(table, "route"):
        values = draft.take(entry, _POLICY_KNOWN, _IGNORED, "route", f"policy route {entry.name}")
        if values.get("status").text == "disable" or values.get("action").text == "deny":
            continue
        fact = TextFact(value=f"policy route {entry.name}", where=draft.where(entry.line))
        names = values.get("input-device").values
        if not names or values.on("input-device-negate") or "any" in names:
            draft.recognise("policy-route", entry.line, f"policy route {entry.name}")
            continue
        for name in names:
            known = draft.interfaces.get(name)
            if known is None:
                draft.recognise("policy-route", entry.line, f"policy route {entry.name}")
            elif known.policy_route is None:
                draft.interfaces[name] = known.model_copy(update={"policy_route": fact})
