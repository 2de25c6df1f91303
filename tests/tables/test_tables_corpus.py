"""All tables of the shared corpus that this package reads, beside ntc-templates and the JSON of the same device."""

from __future__ import annotations

import ipaddress
import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks import ntc
from benchmarks.routes_table import CORPUS
from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.tables.readers import read_table
from parsers.text import lines_of

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project"),
]

Way = tuple[str, str]
"""Prefix and address of the next hop, empty where there is none."""

RAWS = [
    ("cisco_asa", "show route"),
    ("ubiquiti_edgerouter", "show ip route"),
    ("mikrotik_routeros", "ip route print terse"),
    ("checkpoint_gaia", "show ipv6 route"),
    ("hp_comware", "display ip routing-table"),
    ("huawei_vrp", "display ip routing-table verbose"),
]
INCOMPLETE = {
    "hp_comware_display_ip_routing-table.raw": "the numbers of routes in its heading are those of a longer text",
}
"""Texts that are not whole, and why."""

TEMPLATES_ARE_WRONG = {
    "mikrotik_routeros_ip_route_print_terseIPv4.raw": "a gateway that is unreachable counts as a way",
}
"""Outputs in which ntc-templates finds other ways than the device printed."""


def _texts() -> list[tuple[str, Path, Text]]:
    return [
        (platform, path, Text(path.name, command, lines_of(path.read_bytes())))
        for platform, command in RAWS
        for path in sorted((CORPUS / "show" / platform / command.replace(" ", "_")).glob("*.raw"))
    ]


def _table(platform: str, text: Text) -> RouteTable:
    table = read_table(platform, text)
    assert table is not None
    return table


def _ours(table: RouteTable) -> set[Way]:
    ways = set()
    for route in table.routes:
        network = ipaddress.IPv4Network if route.family == 4 else ipaddress.IPv6Network
        prefix = str(network((route.value, route.length)))
        ways |= {(prefix, hop.address or "") for hop in route.next_hops}
        if not route.next_hops:
            ways.add((prefix, ""))
    return ways


def _theirs(record: dict[str, Any]) -> list[Way]:
    get = record.get
    network = get("network") or get("ip_address") or get("dst_address") or get("destination") or ""
    length = get("prefix_length") or get("mask") or get("netmask") or ""
    prefix = network if "/" in network else f"{network}/{length}"
    hops = get("nexthop_ip") or get("nexthopip") or get("next_hop") or get("gateway") or ""
    plain = [word if re.fullmatch(r"[\da-f.:]+", word) else "" for word in hops.split(",")]
    return [(str(ipaddress.ip_network(prefix)), word) for word in plain]


def test_every_line_is_understood() -> None:
    assert len(_texts()) >= 7
    incomplete = {
        path.name for platform, path, text in _texts() if not _table(platform, text).complete
    }
    assert incomplete == set(INCOMPLETE)


@pytest.mark.skipif(not ntc.INSTALLED, reason="ntc-templates is not installed")
def test_the_templates_of_the_field_agree_where_they_are_right() -> None:
    differing = {}
    for platform, path, text in _texts():
        records = ntc.records(platform, text.command, "\n".join(text.lines))
        assert records is not None, path.name
        ours = _ours(_table(platform, text))
        # an address of the device itself is no next hop: ours leaves it out, the templates do not
        own = {prefix for prefix, _ in ours} - {prefix for prefix, address in ours if address}
        theirs = {
            (prefix, "" if prefix in own else address)
            for record in records
            for prefix, address in _theirs(record)
        }
        if theirs != ours:
            differing[path.name] = theirs ^ ours
    assert set(differing) == set(TEMPLATES_ARE_WRONG), differing


def test_fortios_of_the_lab() -> None:
    path = CORPUS / "labs/fortios_first_basic/show/d2_fw/get_router_info_routing-table_all.txt"
    table = _table("fortinet", Text(path.name, "", lines_of(path.read_bytes())))
    assert table.complete
    assert _ours(table) == {
        ("0.0.0.0/0", "10.23.31.2"),
        ("10.12.12.0/30", ""),
        ("10.23.31.0/30", ""),
        ("192.168.122.0/24", ""),
        ("192.168.123.1/32", "10.12.12.1"),
        ("192.168.123.2/32", ""),
    }


def test_sros_text_and_json_of_one_device_agree() -> None:
    seen = 0
    for path in sorted((CORPUS / "labs").glob("*/show/*/show_router_route-table.txt")):
        table = _table("nokia_sros", Text(str(path), "", lines_of(path.read_bytes())))
        assert table.complete, path
        other = path.with_name("info_json_state_router_Base_route-table.txt")
        state = json.loads(other.read_text())["nokia-state:unicast"]["ipv4"]
        expected = {
            (route["ipv4-prefix"], hop.get("nexthop-ip", ""))
            for route in state.get("route", [])
            for hop in route["nexthop"]
        }
        assert {way for way in _ours(table) if ":" not in way[0]} == expected, path
        seen += 1
    assert seen > 15
