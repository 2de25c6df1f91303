"""All outputs of the shared corpus, counted and compared by `benchmarks/routes_table.py`."""

from __future__ import annotations

from functools import cache

import pytest

from benchmarks import ntc
from benchmarks.routes_table import CORPUS, Row, ntc_ways, our_ways, rows, texts
from parsers.show.ip_interfaces import InterfaceFacts
from parsers.show.links import LinkFacts
from parsers.show.readers import read
from parsers.show.version import VersionFacts

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project"),
]

needs_templates = pytest.mark.skipif(
    not ntc.INSTALLED, reason="ntc-templates, which the readers are compared with, is not installed"
)

NOTHING_PRINTED = {
    "labs/iosxr_ebgp_basic/show/azure/show_route_vrf_all.txt",
    "labs/iosxr_ibgp_rr_over_ospf/show/RR/show_route_vrf_all.txt",
    "labs/iosxr_ibgp_rr_over_ospf/show/border01/show_route_vrf_all.txt",
    "labs/iosxr_ibgp_rr_over_ospf/show/border02/show_route_vrf_all.txt",
    "show/cisco_ios/show_ip_cef/show_ip_cef_disabled.raw",
}
"""Empty files, and CEF that does not run: they prove no route's absence."""

LEAKED = "a leaked route `is directly connected, <time>, Loopback…` is lost"
LEAKED_WAY = "`via A (vrf), <time>, Interface` loses its interface"
NEXT_HOP_VRF = "`(nexthop in vrf default)` becomes an interface called `vrf default`"
_BGP, _CLASSIC, _WIDE = (
    f"labs/iosxe_vrf_route_leaking_{name}/show"
    for name in ("bgp_peering", "classic_eigrp", "wide_eigrp")
)
TEMPLATES_ARE_WRONG = {
    f"{_BGP}/d1_v12/show_ip_route_vrf_vrf2.txt": LEAKED,
    f"{_BGP}/d2_v34/show_ip_route_vrf_vrf4.txt": LEAKED,
    f"{_CLASSIC}/d3_pe/show_ip_route_vrf_d2_ce.txt": LEAKED,
    f"{_CLASSIC}/d3_pe/show_ip_route_vrf_d4_shared.txt": LEAKED_WAY,
    f"{_WIDE}/d3_pe/show_ip_route_vrf_d2_ce.txt": LEAKED,
    f"{_WIDE}/d3_pe/show_ip_route_vrf_d4_shared.txt": LEAKED_WAY,
    "labs/cisco_xr_ios_vpnv4/show/PE1/show_route_vrf_all.txt": NEXT_HOP_VRF,
    "labs/cisco_xr_ios_vpnv4/show/PE2/show_route_vrf_all.txt": NEXT_HOP_VRF,
    "labs/cisco_xr_ios_vpnv4/show/PE3/show_route_vrf_all.txt": NEXT_HOP_VRF,
    "show/cisco_nxos/show_ip_route/cisco_nxos_show_ip_route_vrf2.raw": (
        "`Route not found` becomes a record without a prefix"
    ),
    "show/cisco_nxos/show_ip_route/cisco_nxos_show_ip_route_vrf4.raw": (
        "111.222.0.0/10 keeps its host bits"
    ),
}
"""Outputs in which ntc-templates finds other ways than the device printed, and which."""


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(rows())


def test_every_route_and_way_that_a_device_printed_is_read() -> None:
    assert len(_rows()) > 150
    assert [(row.name, row.ours, row.plain) for row in _rows() if row.ours != row.plain] == []


def test_every_line_is_understood() -> None:
    incomplete = {row.name for row in _rows() if not row.table.complete}
    assert incomplete == NOTHING_PRINTED


def test_text_and_json_of_one_device_agree() -> None:
    by_name = {row.name: row for row in _rows()}
    pairs = 0
    for name, row in by_name.items():
        text = next(
            (by_name[n] for end in ("txt", "json") if (n := _text_name(name, end)) in by_name), None
        )
        if "json" not in row.text.command or text is None or "route" not in row.text.command:
            continue
        pairs += 1
        assert our_ways(row) == our_ways(text), name
        assert {_facts(r) for r in row.table.routes} == {_facts(r) for r in text.table.routes}, name
    assert pairs >= 6


def _text_name(name: str, end: str) -> str:
    return name.removesuffix(f"_|_json.{end}") + ".txt"


def _facts(route: object) -> tuple[object, ...]:
    names = ("vrf", "value", "length", "protocol", "distance", "metric", "discard", "conditional")
    return tuple(getattr(route, name) for name in names)


@needs_templates
def test_the_templates_of_the_field_agree_where_they_are_right() -> None:
    differing = {
        row.name
        for row in _rows()
        if "json" not in row.text.command
        and (theirs := ntc_ways(row)) is not None
        and theirs != our_ways(row)
    }
    assert differing == set(TEMPLATES_ARE_WRONG)


@needs_templates
def test_versions_agree_with_the_templates() -> None:
    asked = {"cisco_xe": "cisco_ios"}
    seen = compared = 0
    for platform, text in texts():
        facts = read(platform, text)
        if not isinstance(facts, VersionFacts) or "json" in text.command:
            continue
        seen += 1
        assert facts.system is not None, text.file
        assert facts.version is not None, text.file
        assert facts.version in text.lines[facts.line - 1]
        command = "show version"
        if "brief" not in text.command:
            records = ntc.records(asked.get(platform, platform), command, "\n".join(text.lines))
            for record in records or []:
                theirs = record.get("version") or record.get("os") or record.get("image")
                compared += 1
                assert str(theirs).partition(" ")[0] == facts.version, text.file
    assert (seen > 80, compared > 80) == (True, True)


@needs_templates
def test_interfaces_agree_with_the_templates() -> None:
    seen = 0
    for platform, text in texts():
        facts = read(platform, text)
        if not isinstance(facts, tuple) or "ip" not in text.command.split():
            continue
        seen += 1
        found = [entry for entry in facts if isinstance(entry, InterfaceFacts)]
        assert not any(entry.not_understood for entry in found), text.file
        records = ntc.records(platform, text.command, "\n".join(text.lines))
        assert records is not None, text.file
        ours = [(entry.name, str(entry.mtu.value) if entry.mtu else "") for entry in found]
        assert ours == [_interface(record) for record in records], text.file
    assert seen >= 7


@needs_templates
def test_links_agree_with_the_templates() -> None:
    seen = compared = 0
    for platform, text in texts():
        facts = read(platform, text)
        if not isinstance(facts, tuple) or "show interface" not in text.command:
            continue
        seen += 1
        found = [entry for entry in facts if isinstance(entry, LinkFacts)]
        heads = [line for line in text.lines if line[:1].isalpha() and " is " in line[:60]]
        shown = [line.split()[0] for line in heads if not line.startswith("admin")]
        assert [entry.name for entry in found] == shown, text.file
        asked = "cisco_ios" if platform == "cisco_xe" else platform
        records = ntc.records(asked, text.command, "\n".join(text.lines)) or []
        compared += bool(records)
        theirs = {str(r["interface"]): str(r["mtu"]) for r in records}
        ours = {entry.name: str(entry.mtu.value) if entry.mtu else "" for entry in found}
        assert theirs == {} or theirs == ours, text.file
    assert (seen > 60, compared > 40) == (True, True)


def _interface(record: dict[str, str]) -> tuple[str, str]:
    return record.get("interface") or record.get("intf") or "", record.get("mtu") or ""
