"""What the EOS parser reads: identity, interfaces, routes, and the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.model.interfaces import InterfaceKind
from parsers.platform import CONFIGURATION, Inputs, Text
from parsers.registry import platform
from tests.audit_text import device_of

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"


def test_header_names_model_and_release() -> None:
    config = "! Command: show running-config\n! device: leaf1 (DCS-7260CX-64, EOS-4.22.3M)\nend\n"
    device = device_of("arista_eos", config)
    assert (device.model, device.os_version) == ("DCS-7260CX-64", "4.22.3M")


ROUTED = [
    ("interface Ethernet1|no switchport|ip address 192.0.2.1/31", True),
    ("interface Ethernet1|description unused", False),
    ("interface Ethernet1|switchport access vlan 7|ip address 192.0.2.1/31", False),
    ("interface Ethernet1|switchport|ip address 192.0.2.1/31", False),
    ("interface Ethernet1|ip address 192.0.2.1/31", True),
    ("interface Ethernet1.7|encapsulation dot1q vlan 7|ip address 192.0.2.1/31", True),
    ("interface Port-Channel1|switchport mode trunk", False),
    ("interface Vlan7|ip address 192.0.2.1/31", True),
    ("interface Management1|ip address 192.0.2.1/31", True),
]


@pytest.mark.parametrize(("lines", "routed"), ROUTED)
def test_routed_or_switched(lines: str, routed: bool) -> None:
    config = lines.replace("|", "\n   ") + "\n"
    assert device_of("arista_eos", config).interfaces[0].routed is routed


def test_default_mode_routed() -> None:
    config = "switchport default mode routed\ninterface Ethernet1\n   description wan\n"
    assert device_of("arista_eos", config).interfaces[0].routed


def test_interface_facts() -> None:
    config = (
        "interface defaults\n   mtu 9000\n"
        "interface Ethernet1\n   no switchport\n   vrf BLUE\n   shutdown\n   mtu 1500\n"
        "   ip address 192.0.2.1/31\n   ip address 198.51.100.1/24 secondary\n"
        "   ipv6 address 2001:db8::1/64\n   ip verify unicast source reachable-via rx\n"
        "interface Vlan7\n   ip address virtual 10.7.0.1/24\n   ip address virtual "
        "10.8.0.1/24 secondary\n"
        "interface Ethernet2\n   channel-group 5 mode active\n"
        "interface Ethernet3\n   no switchport\n   ip address unnumbered Loopback0\n"
    )
    one, vlan, member, third = device_of("arista_eos", config).interfaces
    assert (one.vrf, one.enabled, one.mtu and one.mtu.value) == ("BLUE", False, 1500)
    assert [a.length for a in one.addresses] == [31, 24, 64]
    assert one.urpf is not None and one.urpf.value == "strict"
    assert (vlan.kind, vlan.mtu and vlan.mtu.value) == (InterfaceKind.VLAN, 9000)
    assert [a.length for a in vlan.addresses] == [24, 24]
    assert (member.bundle, member.routed, member.mtu) == ("Port-Channel5", False, None)
    assert third.routed and third.dynamic_address is not None


def test_a_range_reads_its_lines_for_every_member() -> None:
    config = (
        "interface Ethernet1/1-2,1/4\n   no switchport\n   mtu 9000\n   frob\ninterface Vlan1\n"
    )
    device = device_of("arista_eos", config)
    assert [i.name for i in device.interfaces] == [
        "Ethernet1/1",
        "Ethernet1/2",
        "Ethernet1/4",
        "Vlan1",
    ]
    members = device.interfaces[:3]
    assert all(i.routed and i.mtu and i.mtu.value == 9000 and i.not_understood for i in members)
    assert [u.where.line for u in device.not_understood] == [4]


def test_a_range_of_unclear_meaning_is_not_understood() -> None:
    device = device_of("arista_eos", "interface Ethernet1/1-2,4\n   no switchport\n")
    assert not device.interfaces
    assert [u.topic for u in device.not_understood] == ["interface", "interface"]


def test_what_moves_or_drops_is_recognised() -> None:
    config = (
        "policy-map type pbr P\n   10 class C\n      drop\n"
        "interface Ethernet1\n   no switchport\n   service-policy type pbr input P\n"
        "   ip nat source dynamic access-list A pool N\n"
        "interface Ethernet2\n   switchport port-security\n   mac access-group M in\n"
        "vlan 7\n   address locking\n      address-family ipv4\n"
        "router bgp 1\n   address-family flow-spec ipv4\n      neighbor 192.0.2.1 activate\n"
        "no ip routing\n"
        "no ip routing vrf MGMT\n"
    )
    device = device_of("arista_eos", config)
    assert [r.value for r in device.recognised] == [
        "nat", "l2-filter", "l2-filter", "l2-filter", "flowspec", "no-routing", "qos-drop",
    ]  # fmt: skip
    one = device.interfaces[0]
    assert one.policy_route is not None and one.policy_route.value == "P"
    assert one.nat is not None and one.nat.value == "outside"
    assert [s.value for s in device.routing_sources] == ["bgp"]
    assert not device.not_understood


def test_a_redirecting_policy_is_policy_routing() -> None:
    config = (
        "traffic-policies\n   traffic-policy TP\n      match r1 ipv4\n         protocol tcp\n"
        "         actions\n            redirect next-hop 192.0.2.1\n"
        "interface Ethernet1\n   no switchport\n   traffic-policy input TP\n"
    )
    assert device_of("arista_eos", config).interfaces[0].policy_route is not None


ROUTES = [
    # text, routes that stay: (vrf, prefix length, discard, distance, backup)
    ("ip route 0.0.0.0/0 192.0.2.1", [("default", 0, None, 1, False)]),
    ("ip route vrf B 10.0.0.0/8 Null0 250", [("B", 8, "drop", 250, False)]),
    ("ip route 1.1.1.1 255.255.255.255 null0", [("default", 32, "drop", 1, False)]),
    (
        "ip route 1.1.1.1/32 null0|ip route 1.1.1.1/32 Ethernet1",
        [("default", 32, "drop", 1, False)],
    ),
    ("ip route 1.1.1.1/32 Ethernet1|ip route 1.1.1.1/32 null0", [("default", 32, None, 1, False)]),
    ("ip route 1.1.1.1/32 null0|no ip route 1.1.1.1/32", []),
    ("ip route vrf B 1.1.1.1/32 null0|no ip route 1.1.1.1/32", [("B", 32, "drop", 1, False)]),
    (
        "ip route 1.1.1.1/32 Ethernet1|ip route 1.1.1.1/32 Ethernet1 7|no ip route "
        "1.1.1.1/32 Ethernet1",
        [],
    ),
    (
        "ip route 1.1.1.1/32 Ethernet1|ip route 1.1.1.1/32 Ethernet1 7|no ip route "
        "1.1.1.1/32 Ethernet1 7",
        [("default", 32, None, 1, False)],
    ),
    (
        "ip route 1.1.1.1/32 Ethernet1 192.0.2.1|no ip route 1.1.1.1/32 Ethernet1",
        [("default", 32, None, 1, False)],
    ),
    (
        "ip route 1.1.1.1/32 192.0.2.1 tag 5|ip route 1.1.1.1/32 192.0.2.1",
        [("default", 32, None, 1, False)],
    ),
    (
        "ip route 0.0.0.0/0 192.0.2.1|ip route 0.0.0.0/0 192.0.2.9 250",
        [("default", 0, None, 1, False), ("default", 0, None, 250, True)],
    ),
    (
        "ipv6 route ::/0 Vlan7 2001:db8::1 200 tag 6 name X metric 100",
        [("default", 0, None, 200, False)],
    ),
    ("ip route 0.0.0.0/0 Nexthop-Group G", [("default", 0, None, 1, False)]),
]


@pytest.mark.parametrize(("text", "expected"), ROUTES)
def test_static_routes(text: str, expected: list[tuple[str, int, str | None, int, bool]]) -> None:
    ports = "interface Ethernet1\n   no switchport\ninterface Vlan7\n"
    table = device_of("arista_eos", ports + text.replace("|", "\n") + "\n").static_routes
    assert table is not None and table.complete
    found = [(r.vrf, r.length, r.discard, r.distance, r.backup) for r in table.routes]
    assert found == expected


def test_a_garbled_route_makes_the_table_incomplete() -> None:
    table = device_of("arista_eos", "ip route 10.0.0.0/8 192.0.2.1 frob 7\n").static_routes
    assert table is not None and not table.complete


def test_texts_inside_are_not_configuration() -> None:
    config = (
        "banner motd\ninterface Ethernet7\nEOF\n"
        "interface Ethernet1\n   comment\n   ip access-group A in\n   EOF\n   no switchport\n"
        "event-handler H\n   action bash\n      ip route 0.0.0.0/0 Null0\n      EOF\n"
        "management api http-commands\n   protocol https certificate\n-----BEGIN "
        "CERTIFICATE-----\nMIIF\n"
        "-----END CERTIFICATE-----\nEOF\n-----BEGIN PRIVATE KEY-----\nMIIJ\n-----END "
        "PRIVATE KEY-----\nEOF\n"
    )
    device = device_of("arista_eos", config)
    assert [i.name for i in device.interfaces] == ["Ethernet1"]
    assert not device.bindings and device.interfaces[0].routed
    assert device.static_routes is not None and not device.static_routes.routes
    assert not device.not_understood


def test_lines_not_understood_are_reported_where_they_stand() -> None:
    config = (
        "frobnicate\ninterface Ethernet1\n   profile P\n   frob\n"
        "ip access-list A\n   10 permit tcp any any eq 443 frob\nrouter ospf 1\n   area 0\nquux 1\n"
    )
    device = device_of("arista_eos", config)
    assert [(u.where.line, u.topic) for u in device.not_understood] == [
        (1, "other"), (3, "interface"), (4, "interface"), (6, "filter"), (9, "other"),
    ]  # fmt: skip
    counts = device.lines
    assert counts.total == counts.used + counts.irrelevant + counts.not_understood == 9


def texts() -> list[Path]:
    found = sorted((CORPUS / "configs" / "arista_eos").glob("*"))
    for text in sorted(CORPUS.glob("labs/*/configs/*/show_running-config.txt")):
        if "\n! device: " in text.read_text("utf-8", "replace")[:400]:
            found.append(text)
    return [text for text in found if text.name != "BUILD.bazel"]


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project")
def test_corpus_is_understood() -> None:
    total = unread = decisive = 0
    for text in texts():
        lines = text.read_text("utf-8", "replace").splitlines()
        inputs = Inputs(text.name, "arista_eos", (Text(text.name, CONFIGURATION, lines),))
        device = platform("arista_eos").parse(inputs)
        total += device.lines.total
        unread += device.lines.not_understood
        decisive += sum(u.topic != "other" for u in device.not_understood)
    assert total > 5000
    assert unread <= 0.05 * total
    assert decisive <= 0.01 * total
