"""What IOS-XR texts say: routes, load balancing, blocks that end with words, and lines accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.model.balancing import HashField, Spread
from parsers.model.interfaces import InterfaceKind
from parsers.platform import CONFIGURATION, Inputs, Remedy, Text
from parsers.registry import platform
from tests.audit_text import brief, device_of, findings_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

LAN = "interface GigabitEthernet0/0/0/0\n ipv4 address 10.20.1.1 255.255.255.0\n"
UP1 = "interface GigabitEthernet0/0/0/1\n ipv4 address 203.0.113.1 255.255.255.252\n"
UP2 = "interface GigabitEthernet0/0/0/2\n ipv4 address 198.51.100.1 255.255.255.252\n"
STATIC = "router static\n address-family ipv4 unicast\n"
TWO = STATIC + "  0.0.0.0/0 203.0.113.2\n  0.0.0.0/0 198.51.100.2\n"
NOTHING: set[tuple[str, str, str]] = set()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("", NOTHING),
        ("cef load-balancing fields L4 global\n", NOTHING),
        ("cef load-balancing algorithm adjust 3\n", NOTHING),
        ("hw-module profile load-balance algorithm ip-tunnel\n", NOTHING),
        ("cef load-balancing fields l9\n", {("LB001", "critical", "unknown")}),
        ("hw-module profile load-balance algorithm spray\n", {("LB001", "critical", "unknown")}),
    ],
)
def test_load_balancing(statement: str, expected: set[tuple[str, str, str]]) -> None:
    config = statement + LAN + UP1 + UP2 + TWO
    assert brief(findings_of("cisco_xr", config), "LB") == expected


def test_flow_labels_in_the_hash_are_stated() -> None:
    device = device_of("cisco_xr", "cef load-balancing fields ipv6 flow-label\n")
    (choice,) = device.path_choices
    assert HashField.FLOW_LABEL in choice.fields
    assert (choice.family, choice.spread) == (6, Spread.FLOW)


def test_unknown_statements_stay_unread() -> None:
    device = device_of("cisco_xr", "cef load-balancing fields l9\nload-balancing foo\n")
    assert [unread.where.line for unread in device.not_understood] == [1, 2]


ROUTES = """interface GigabitEthernet0/0/0/2
!
router static
 address-family ipv4 unicast
  0.0.0.0/0 203.0.113.2
  0.0.0.0/0 198.51.100.2 250 tag 7 description floating 9
  104.192.136.0/21 Null0
  10.1.0.0/16 GigabitEthernet0/0/0/2 198.51.100.2 bfd fast-detect minimum-interval 50 multiplier 3
  10.2.0.0/16 203.0.113.2 track OBJECT
  10.3.0.0/16 vrf B 203.0.113.9
 !
 address-family ipv4 multicast
  10.9.0.0/16 203.0.113.2
 !
 vrf B
  address-family ipv6 unicast
   ::/0 2001:db8::1
  !
 !
!
router static vrf B address-family ipv4 unicast 10.4.0.0/16 203.0.113.7
"""


def test_static_routes() -> None:
    table = device_of("cisco_xr", ROUTES).static_routes
    assert table is not None
    assert table.complete
    found = [(r.line, r.vrf, r.length, r.discard, r.backup, r.conditional) for r in table.routes]
    assert found == [
        (5, "default", 0, None, False, None),
        (6, "default", 0, None, True, None),
        (7, "default", 21, "drop", False, None),
        (8, "default", 16, None, False, "BFD session"),
        (9, "default", 16, None, False, "track OBJECT"),
        (10, "default", 16, None, False, None),
        (17, "B", 0, None, False, None),
        (21, "B", 16, None, False, None),
    ]
    hops = [route.next_hops for route in table.routes]
    assert [(h[0].interface, h[0].address, h[0].vrf) for h in hops if h] == [
        (None, "203.0.113.2", None),
        (None, "198.51.100.2", None),
        ("GigabitEthernet0/0/0/2", "198.51.100.2", None),
        (None, "203.0.113.2", None),
        (None, "203.0.113.9", "B"),
        (None, "2001:db8::1", None),
        (None, "203.0.113.7", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        STATIC + "  0.0.0.0/0 203.0.113.2 frobnicate 3\n",
        STATIC + "  0.0.0.0/0 203.0.113\n",
        STATIC + "  0.0.0.0/x 203.0.113.2\n",
        "router static\n adress-family ipv4 unicast\n",
        "router static adress-family ipv4 unicast 0.0.0.0/0 203.0.113.2\n",
        "0.0.0.0/0 203.0.113.2\n",
    ],
)
def test_routes_not_understood_leave_the_table_open(text: str) -> None:
    device = device_of("cisco_xr", text)
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert device.not_understood


FORMAL = """!! IOS XR Configuration 24.2.206
hostname r1
interface Bundle-Ether5
interface Bundle-Ether5 description to the provider
interface Bundle-Ether5 mtu 9014
interface Bundle-Ether5 ipv4 address 203.0.113.1 255.255.255.252
interface Bundle-Ether5 ipv4 access-group A ingress
interface TenGigE0/0/0/1 bundle id 5 mode active
ipv4 access-list A 10 permit tcp any any eq 443
ipv4 access-list A 20 deny ipv4 any any
router bgp 65000 neighbor 192.0.2.1 remote-as 65001
router bgp 65000 neighbor 192.0.2.1 address-family ipv4 unicast
policy-map P class X set dscp ef
"""


def test_the_formal_text_reads_like_the_other() -> None:
    device = device_of("cisco_xr", FORMAL)
    assert device.os_version == "24.2.206"
    assert not device.not_understood
    bundle, member = device.interfaces
    assert (bundle.kind, bundle.mtu.value if bundle.mtu else 0) == (InterfaceKind.BUNDLE, 9000)
    assert bundle.description == "to the provider"
    assert member.bundle == "Bundle-Ether5"
    assert len(device.filters["A", 4].entries) == 2
    assert [(s.value, s.where) for s in device.routing_sources] == [("bgp", ("r1.cfg", 11))]


def test_a_statement_not_understood_on_one_line_marks_its_interface() -> None:
    device = device_of("cisco_xr", "interface Bundle-Ether5 frobnicate 3\n")
    assert device.interfaces[0].not_understood == (("r1.cfg", 1),)


def test_policy_language_ends_with_its_own_word() -> None:
    config = (
        "route-policy P\nif destination in X then\ndrop\nendif\nend-policy\n"
        "prefix-set X\n 10.0.0.0/8\nend-set\nipv4 access-list A\n 10 permit ipv4 any any\n"
    )
    device = device_of("cisco_xr", config)
    assert not device.not_understood
    assert ("A", 4) in device.filters


def test_a_policy_without_end_swallows_nothing() -> None:
    config = "route-policy P\n pass\nipv4 access-list A\n 10 deny ipv4 any any\nroute-policy Q\n pass\nend-policy\n"
    device = device_of("cisco_xr", config)
    assert ("A", 4) in device.filters
    assert [unread.where.line for unread in device.not_understood] == [1, 2]


def test_groups_matter_only_where_they_touch_something() -> None:
    harmless = "group G\n mpls traffic-eng\n  logging events all\nend-group\napply-group G\n"
    assert not device_of("cisco_xr", harmless).not_understood
    touching = "group G\n interface 'Gig.*'\n  mtu 1414\nend-group\napply-group G\n" + LAN
    device = device_of("cisco_xr", touching)
    assert device.interfaces[0].not_understood == (("r1.cfg", 5),)
    assert device.static_routes is not None
    assert not device.static_routes.complete
    inside = device_of("cisco_xr", LAN + " apply-group G\n")
    assert inside.interfaces[0].not_understood == (("r1.cfg", 3),)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("flowspec\n address-family ipv4\n  service-policy type pbr P\n", "flowspec"),
        ("service cgn C\n service-location preferred-active 0/0/CPU0\n", "nat"),
        ("vrf RED\n fallback-vrf default\n", "vrf-selection"),
        ("vrf-policy\n vrf default address-family ipv4 policy type pbr input P\n", "policy-route"),
        ("l2vpn\n bridge group G\n  bridge-domain D\n   ip-source-guard\n", "l2-filter"),
        ("dynamic-template\n type ppp T\n  ipv4 access-group A ingress\n", "inspection"),
        (LAN + " tunnel df disable\n", "df-bit"),
    ],
)
def test_recognised(text: str, word: str) -> None:
    device = device_of("cisco_xr", text)
    assert [fact.value for fact in device.recognised] == [word]
    assert not device.not_understood


def test_preconfigured_interfaces_carry_nothing() -> None:
    (interface,) = device_of(
        "cisco_xr", "interface preconfigure TenGigE0/7/0/0\n ipv4 address 10.0.0.1/24\n"
    ).interfaces
    assert (interface.name, interface.enabled) == ("TenGigE0/7/0/0", False)


def test_remedies_end_with_commit() -> None:
    make = platform("cisco_xr").remedy
    flow = Remedy("permit-flow", "A", 4, prefixes=("104.192.136.0/21",), ports=(443, 22), number=5)
    assert make(flow) == (
        "ipv4 access-list A",
        " 5 permit tcp any 104.192.136.0/21 eq 443",
        " 6 permit tcp any 104.192.136.0/21 eq 22",
        "commit",
    )
    null = Remedy("remove-null-route", prefixes=("104.192.136.0/21", "2401:1d80:3000::/36"))
    assert make(null) == (
        "router static",
        " address-family ipv4 unicast",
        "  no 104.192.136.0/21 Null0",
        " address-family ipv6 unicast",
        "  no 2401:1d80:3000::/36 Null0",
        "commit",
    )
    assert make(Remedy("send-ptb", interface="tunnel-ip1"))[1] == " no ipv4 unreachables disable"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project")
def test_corpus_is_read_almost_whole() -> None:
    files = [*(CORPUS / "configs" / "cisco_xr").iterdir()]
    files += list(CORPUS.glob("labs/*xr*/configs/*/show_running-config.txt"))
    total = missed = 0
    for file in files:
        lines = file.read_text("utf-8", "replace").splitlines()
        if file.name == "show_running-config.txt" and not any("IOS XR" in x for x in lines[:3]):
            continue
        text = Text(file.name, CONFIGURATION, lines)
        device = platform("cisco_xr").parse(Inputs(file.name, "cisco_xr", (text,)))
        total += device.lines.total
        missed += device.lines.not_understood
    assert total > 2000
    assert missed <= total * 0.01
