"""Outputs of Junos show commands, written by hand after the forms that the vendor documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.model.routes import NextHop, Route, RouteTable
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from parsers.text import lines_of
from tests.audit_text import device_of

CORPUS = Path(__file__).parent.parent.parent.parent / "shared" / "corpus"

ROUTES = """
inet.0: 5 destinations, 6 routes (5 active, 0 holddown, 0 hidden)
+ = Active Route, - = Last Active, * = Both

0.0.0.0/0          *[Static/5] 5w0d 19:43:09
                    > to 203.0.113.2 via ge-0/0/1.0
                      to 198.51.100.2 via ge-0/0/2.0
                    [BGP/170] 1d 02:03:04, localpref 100
                      AS path: 65001 I, validation-state: unverified
                    > to 203.0.113.2 via ge-0/0/1.0
10.20.1.0/24       *[Direct/0] 5w0d 19:43:09
                    > via ge-0/0/0.0
10.20.1.1/32       *[Local/0] 5w0d 19:43:09
                      Local via ge-0/0/0.0
104.192.136.0/21   *[Static/5] 00:01:02
                      Discard
10.9.0.0/16        *[OSPF/10] 00:01:02, metric 20
                    > to 10.20.1.9 via ge-0/0/0.0

V.inet.0: 1 destinations, 1 routes (1 active, 0 holddown, 0 hidden)

0.0.0.0/0          *[Static/5] 00:00:01
                      to table inet.0

inet6.0: 1 destinations, 1 routes (1 active, 0 holddown, 0 hidden)

2401:1d80:3000::/36
                   *[Static/5] 00:00:01
                      Reject
"""


def only_table(command: str, text: str) -> RouteTable:
    (table,) = device_of("juniper_junos", "set system host-name r1\n", **{command: text}).tables
    return table


def of(table: RouteTable, vrf: str, family: int, length: int) -> list[Route]:
    return [r for r in table.routes if (r.vrf, r.family, r.length) == (vrf, family, length)]


def test_routes_as_text() -> None:
    table = only_table("show_route", ROUTES)
    assert (table.source, table.complete) == ("rib", True)
    static, bgp = of(table, "default", 4, 0)
    assert static.next_hops == (
        NextHop("ge-0/0/1.0", "203.0.113.2"),
        NextHop("ge-0/0/2.0", "198.51.100.2"),
    )
    assert (static.line, static.protocol, static.backup, bgp.backup) == (5, "static", False, True)
    assert [r.protocol for r in of(table, "default", 4, 24)] == ["connected"]
    assert [r.protocol for r in of(table, "default", 4, 32)] == ["local"]
    assert [(r.discard, r.next_hops) for r in of(table, "default", 4, 21)] == [("drop", ())]
    assert [(r.metric, r.distance) for r in of(table, "default", 4, 16)] == [(20, 10)]
    assert [r.conditional for r in of(table, "V", 4, 0)] == ["the look-up goes on in table inet.0"]
    assert [(r.discard, r.line) for r in of(table, "default", 6, 36)] == [("reject", 28)]


def test_a_table_that_shows_fewer_routes_than_it_states_is_incomplete() -> None:
    cut = "\n".join(ROUTES.split("\n")[:9])
    table = only_table("show_route", cut)
    assert not table.complete
    assert table.not_understood[0].line == 2


def test_a_line_of_a_table_that_is_not_understood_makes_it_incomplete() -> None:
    table = only_table(
        "show_route", ROUTES.replace("                      Discard", "        Vanish")
    )
    assert [where.line for where in table.not_understood] == [16]


JSON = """{
    "route-information" : [
    {
        "route-table" : [
        {
            "table-name" : [{ "data" : "inet.0" }],
            "destination-count" : [{ "data" : "2" }],
            "rt" : [
            {
                "rt-destination" : [{ "data" : "0.0.0.0/0" }],
                "rt-entry" : [
                {
                    "active-tag" : [{ "data" : "*" }],
                    "current-active" : [{ "data" : [null] }],
                    "protocol-name" : [{ "data" : "BGP" }],
                    "preference" : [{ "data" : "170" }],
                    "nh" : [
                    { "to" : [{ "data" : "203.0.113.2" }], "via" : [{ "data" : "ge-0/0/1.0" }] },
                    { "to" : [{ "data" : "198.51.100.2" }], "via" : [{ "data" : "ge-0/0/2.0" }] }
                    ]
                }
                ]
            },
            {
                "rt-destination" : [{ "data" : "104.192.136.0/21" }],
                "rt-entry" : [
                {
                    "current-active" : [{ "data" : [null] }],
                    "protocol-name" : [{ "data" : "Static" }],
                    "preference" : [{ "data" : "5" }],
                    "nh-type" : [{ "data" : "Discard" }],
                }
                ]
            }
            ]
        }
        ]
    }
    ]
}
"""


def test_routes_as_json_with_the_comma_that_old_releases_leave() -> None:
    table = only_table("show_route_|_display_json", JSON)
    assert table.complete
    default, null = table.routes
    assert (default.line, default.protocol, len(default.next_hops)) == (10, "bgp", 2)
    assert (null.line, null.discard, null.length) == (25, "drop", 21)


def test_json_that_ends_early_is_incomplete() -> None:
    assert not only_table("show_route_|_display_json", JSON[:400]).complete


FIB = """Routing table: default.inet
Internet:
Enabled protocols: Bridging,
Destination        Type RtRef Next hop           Type Index    NhRef Netif
default            user     1                    ulst  1048574     2
                              203.0.113.2        ucst      600     4 ge-0/0/1.0
                              198.51.100.2       ucst      601     4 ge-0/0/2.0
default            perm     0                    rjct       36     1
10.20.1.0/24       intf     0                    rslv      590     1 ge-0/0/0.0
10.20.1.1/32       intf     0 10.20.1.1          locl      589     2
10.20.1.9/32       dest     0 0:50:56:a1:b2:c3   ucst      592     1 ge-0/0/0.0
104.192.136.0/21   user     0                    dscd       34     2

Routing table: __pfe_private__.inet
Internet:
Destination        Type RtRef Next hop           Type Index    NhRef Netif
default            perm     0                    dscd      517     1
"""


def test_forwarding_table() -> None:
    table = only_table("show_route_forwarding-table", FIB)
    assert (table.source, table.complete) == ("fib", True)
    used, kernel = of(table, "default", 4, 0)
    assert used.next_hops == (
        NextHop("ge-0/0/1.0", "203.0.113.2"),
        NextHop("ge-0/0/2.0", "198.51.100.2"),
    )
    assert (used.line, used.backup, kernel.backup, kernel.discard) == (5, False, True, "reject")
    assert [r.discard for r in of(table, "default", 4, 21)] == ["drop"]
    assert [r.next_hops for r in of(table, "default", 4, 24)] == [(NextHop("ge-0/0/0.0", None),)]
    assert {r.vrf for r in table.routes} == {"default"}


def test_version_as_text_and_json() -> None:
    config = "set version 12.3R4\n"
    text = "Hostname: r1\nModel: mx240\nJunos: 21.4R3-S1.5\nJUNOS OS Kernel 64-bit  [20220101.x]\n"
    device = device_of("juniper_junos", config, show_version=text)
    assert (device.model, device.os_version) == ("mx240", "21.4R3-S1.5")
    json = '{"software-information": [{"product-model": [{"data": "qfx5100"}], "junos-version": [{"data": "20.2R1"}]}]}'
    device = device_of("juniper_junos", config, **{"show_version_|_display_json": json})
    assert (device.model, device.os_version) == ("qfx5100", "20.2R1")


def test_sizes_in_effect() -> None:
    config = (
        "set interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/24\n"
        "set interfaces ge-0/0/1 unit 0 family inet mtu 1400\n"
    )
    text = (
        "Physical interface: ge-0/0/0, Enabled, Physical link is Up\n"
        "  Logical interface ge-0/0/0.0 (Index 74) (SNMP ifIndex 535)\n    Protocol inet, MTU: 1480\n"
        "  Logical interface ge-0/0/1.0 (Index 75) (SNMP ifIndex 536)\n    Protocol inet, MTU: 1480\n"
    )
    device = device_of("juniper_junos", config, show_interfaces=text)
    sizes = {i.name: (i.ip_mtu.value, i.ip_mtu.where) for i in device.interfaces if i.ip_mtu}
    assert sizes == {
        "ge-0/0/0.0": (1480, ("show_interfaces.txt", 3)),
        "ge-0/0/1.0": (1400, ("r1.cfg", 2)),
    }


@pytest.mark.corpus
def test_the_corpus_reads_without_gaps() -> None:
    """Every Junos configuration and output of other people's devices: no exception, few lines open."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside the project")
    junos = platform("juniper_junos")
    total = open_lines = inner = 0
    files = [*(CORPUS / "configs" / "juniper_junos").iterdir()]
    files += (CORPUS / "labs").glob("*/configs/*/show_configuration*display_set*")
    for file in sorted(files):
        if file.name == "BUILD.bazel":
            continue
        text = Text(file.name, CONFIGURATION, lines_of(file.read_bytes()))
        device = junos.parse(Inputs(file.name, "juniper_junos", (text,)))
        total += device.lines.total
        open_lines += device.lines.not_understood
        inner += sum(unread.topic != "other" for unread in device.not_understood)
    assert total > 9000
    assert open_lines <= total // 20
    assert inner <= total // 100


@pytest.mark.corpus
def test_route_tables_of_the_corpus_are_complete() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not beside the project")
    junos = platform("juniper_junos")
    seen = 0
    for file in sorted((CORPUS / "labs").glob("*/show/*/show_route_|_display_json.txt")):
        text = Text(file.name, "show route | display json", lines_of(file.read_bytes()))
        for table in junos.parse(Inputs("r1", "juniper_junos", (text,))).tables:
            assert table.complete, file
            assert table.routes
            seen += 1
    assert seen > 20
