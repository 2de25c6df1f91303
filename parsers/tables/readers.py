"""Which reader of this package reads which command of which platform.

Only commands that print whole tables are here: what one prints for a prefix or a protocol proves nothing of other
routes. A snapshot's file name is its command with `_` for a blank; the command itself is known too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from parsers.model.routes import RouteTable
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.show.collector import DEFAULT_VRF
from parsers.tables import aoscx, asa, gaia, os10, panos, routeros, srl, sros, tmos, vrp, zebos
from parsers.tables.frr_text import frr_routes
from parsers.tables.vrp_blocks import blocks

Reader = Callable[[Text, str | None], RouteTable]
"""`reader(text, vrf)`: `vrf` is the one that the command asks for, None for all of them."""


def _frr4(text: Text, vrf: str | None) -> RouteTable:
    return frr_routes(text, vrf, 4)


def _frr6(text: Text, vrf: str | None) -> RouteTable:
    return frr_routes(text, vrf, 6)


_VRF = r"(?: vrf (?P<vrf>\S+))?"
_VPN = r"(?: vpn-instance (?P<vrf>\S+))?"
_ROUTER = r"show router(?: (?P<vrf>(?!route-table|fib)\S+))?"
_PAGING = r"(?: without-paging)?"


def _display(dialect: vrp.Dialect) -> Mapping[str, Reader]:
    """The commands of VRP and Comware."""
    rows = partial(_rows, dialect)
    verbose = partial(_blocks, dialect)
    return {
        rf"display ip routing-table{_VPN}": rows,
        r"display ip routing-table (?P<vrf>all-routes|all-vpn-instance)": rows,
        rf"display ip routing-table{_VPN} verbose": verbose,
        rf"display ipv6 routing-table{_VPN}(?: verbose)?": verbose,
        rf"display fib{_VPN}": partial(_fib, dialect),
    }


def _rows(dialect: vrp.Dialect, text: Text, vrf: str | None) -> RouteTable:
    return vrp.routing_table(text, dialect, vrf)


def _blocks(dialect: vrp.Dialect, text: Text, vrf: str | None) -> RouteTable:
    return blocks(text, dialect, vrf)


def _fib(dialect: vrp.Dialect, text: Text, vrf: str | None) -> RouteTable:
    return vrp.fib(text, dialect, vrf)


READERS: Mapping[str, Mapping[str, Reader]] = {
    "aruba_aoscx": {rf"show ip(?:v6)? route(?: (?P<all>all-vrfs))?{_VRF}": aoscx.routes},
    "checkpoint_gaia": {r"show (?:ipv6 )?route(?: all)?": gaia.routes},
    "cisco_asa": {
        r"show route(?: management-only)?": asa.ip_routes,
        r"show ipv6 route(?: management-only)?": asa.ipv6_routes,
        r"show asp table routing(?: all)?": asa.asp_routes,
    },
    "dell_os10": {rf"show ip(?:v6)? route{_VRF}": os10.routes},
    "f5_tmsh": {r"(?:tmsh )?show net route": tmos.routes},
    "fortinet": {
        r"get router info routing-table (?:all|details)": zebos.fortios_ip,
        r"get router info6 routing-table(?: all)?": zebos.fortios_ipv6,
    },
    "hp_comware": _display(vrp.COMWARE),
    "huawei_vrp": _display(vrp.VRP),
    "mikrotik_routeros": {
        rf"[/-]?ip[ /]route[ /]print (?:detail|terse){_PAGING}": routeros.ip_routes,
        rf"[/-]?ipv6[ /]route[ /]print (?:detail|terse){_PAGING}": routeros.ipv6_routes,
    },
    "nokia_srl": {
        r"show network-instance (?P<vrf>\S+) route-table(?: all|(?: ipv[46]-unicast)? summary)?": srl.routes
    },
    "nokia_sros": {
        rf"{_ROUTER} route-table(?: ipv[46])?": sros.route_table,
        rf"{_ROUTER} fib \d+(?: ipv[46])?": sros.fib,
    },
    "paloalto_panos": {
        r"show routing route(?: virtual-router (?P<vrf>\S+))?": panos.routes,
        r"show routing fib(?: virtual-router (?P<vrf>\S+))?": panos.fib,
        r"show advanced-routing route(?: logical-router (?P<vrf>\S+))?": panos.advanced_routes,
    },
    "ubiquiti_edgerouter": {
        r"show ip route": zebos.edgeos_ip,
        r"show ipv6 route": zebos.edgeos_ipv6,
    },
    "vyos": {rf"show ip route{_VRF}": _frr4, rf"show ipv6 route{_VRF}": _frr6},
}
"""Readers by platform and pattern of the command."""

_ALL = frozenset({"all", "*", "all-routes", "all-vpn-instance", "all-vrfs"})
_SUFFIXES = (".txt", ".json", ".log", ".raw")
_COMPILED = {
    platform: [(re.compile(pattern), reader) for pattern, reader in table.items()]
    for platform, table in READERS.items()
}


def read_table(platform: str, text: Text) -> RouteTable | None:
    """The table that a text of a platform prints, None if no reader knows its command."""
    if text.command == CONFIGURATION:
        return None
    stem = text.file.rpartition("/")[2]
    for suffix in _SUFFIXES:
        stem = stem.removesuffix(suffix)
    for name in (stem, text.command):
        command = " ".join(name.replace("_", " ").split())
        for pattern, reader in _COMPILED.get(platform, ()):
            match = pattern.fullmatch(command)
            if match is not None:
                return reader(text, _vrf_of(match, name))
    return None


def _vrf_of(match: re.Match[str], name: str) -> str | None:
    """The VRF that a command asks for; the file's name keeps the underscores that `match` lost."""
    groups = match.groupdict()
    if groups.get("all"):
        return None
    vrf = groups.get("vrf")
    if vrf is None:
        return DEFAULT_VRF
    start, end = match.span("vrf")
    return None if vrf in _ALL else name[start:end] if len(name) >= end else vrf


def read_tables(inputs: Inputs) -> tuple[RouteTable, ...]:
    """All tables among the texts of a device, forwarding tables first: they are nearer to the hardware."""
    found = [read_table(inputs.platform, text) for text in inputs.texts]
    tables = [table for table in found if table is not None]
    return tuple(sorted(tables, key=lambda table: table.source != "fib"))


def topics(platform: str) -> frozenset[str]:
    """What the readers of a platform give: `rib`, `fib`."""
    patterns = READERS.get(platform, {})
    return frozenset(
        "fib" if re.search(r"fib|asp table", pattern) else "rib" for pattern in patterns
    )
