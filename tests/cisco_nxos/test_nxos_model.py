"""The facts that the NX-OS parser reads, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.cisco_nxos.names import canonical, expanded, numbers
from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from parsers.platform import Remedy
from parsers.registry import platform
from tests.audit_text import device_of

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def nxos(config: str) -> Device:
    return device_of("cisco_nxos", config)


ROUTED = [
    ("no-switchport", "interface Ethernet1/1\n  no switchport\n", True),
    ("switchport", "interface Ethernet1/1\n  switchport\n", False),
    ("nothing-said", "interface Ethernet1/1\n", False),
    ("default-layer-2", "system default switchport\ninterface Ethernet1/1\n", False),
    ("default-layer-3", "no system default switchport\ninterface Ethernet1/1\n", True),
    ("default-stands-below", "interface Ethernet1/1\nno system default switchport\n", True),
    ("nexus-7000", "boot kickstart bootflash:/n7000-s2-kickstart.6.2.16.bin\ninterface Ethernet1/1\n", True),
    ("nexus-7000-access-port", "boot kickstart bootflash:/n7000-s2-kickstart.6.2.16.bin\ninterface Ethernet1/1\n  switchport\n", False),
    ("address", "interface Ethernet1/1\n  ip address 10.0.0.1/24\n", True),
    ("address-on-switchport", "interface Ethernet1/1\n  switchport\n  ip address 10.0.0.1/24\n", False),
    ("member", "no system default switchport\ninterface Ethernet1/1\n  channel-group 5 mode active\n", False),
    ("svi", "interface Vlan1\n", True),
    ("subinterface", "interface Ethernet1/1.7\n", True),
    ("loopback", "interface loopback0\n", True),
    ("management", "interface mgmt0\n", True),
    ("bundle", "interface port-channel7\n  no switchport\n", True),
    ("layer-2-settings", "interface port-channel7\n  switchport mode trunk\n", False),
]  # fmt: skip


@pytest.mark.parametrize(("config", "routed"), [c[1:] for c in ROUTED], ids=[c[0] for c in ROUTED])
def test_layer(config: str, routed: bool) -> None:
    assert nxos(config).interfaces[0].routed is routed


def test_interface_facts() -> None:
    device = nxos(
        "hostname leaf1\nversion 9.3(8) Bios:version 05.42\n"
        "interface Eth1/1\n  description to core\n  no switchport\n  vrf member RED\n"
        "  mtu 9216\n  ip address 10.0.0.1/31\n  ip address 10.9.0.1/24 secondary\n"
        "  ipv6 address 2001:db8::1/64\n  ip unreachables\n  shutdown\n"
        "interface Ethernet1/1.10\n  ip address 10.1.0.1/24\n"
        "interface Ethernet1/5\n  channel-group 7 force mode active\n"
        "interface Vlan30\n  ip forward\n"
        "interface mgmt0\n  ip address 192.0.2.9/24\n"
    )
    first, sub, member, forwarding, management = device.interfaces
    assert (first.name, first.vrf, first.description) == ("Ethernet1/1", "RED", "to core")
    assert first.mtu is not None
    assert (first.mtu.value, first.mtu.where and first.mtu.where.line) == (9216, 7)
    assert [(a.family, a.length, a.where.line) for a in first.addresses] == [
        (4, 31, 8), (4, 24, 9), (6, 64, 10),
    ]  # fmt: skip
    assert first.ptb[0].sends is True
    assert first.ptb[0].where is not None
    assert first.ptb[0].where.line == 11
    assert (first.enabled, sub.enabled, sub.kind) == (False, False, InterfaceKind.SUBINTERFACE)
    assert member.bundle == "port-channel7"
    assert forwarding.dynamic_address is not None
    assert (management.kind, management.vrf) == (InterfaceKind.MANAGEMENT, "management")
    assert device.os_version == "9.3(8)"


def test_a_range_is_read_for_each_of_its_interfaces() -> None:
    device = nxos("interface Ethernet1/1-3, Ethernet1/9\n  no switchport\n  mtu 9000\n  frob\n")
    assert [(i.name, i.routed, i.mtu and i.mtu.value) for i in device.interfaces] == [
        (f"Ethernet1/{n}", True, 9000) for n in (1, 2, 3, 9)
    ]
    assert all([w.line for w in i.not_understood] == [4] for i in device.interfaces)
    assert [u.where.line for u in device.not_understood] == [4]


def test_names() -> None:
    assert canonical("port-channel 6") == "port-channel6"
    assert canonical("Loopback0") == "loopback0"
    assert canonical("eth101/1/4") == "Ethernet101/1/4"
    assert expanded("Ethernet1/1.1-2") == ["Ethernet1/1.1", "Ethernet1/1.2"]
    assert expanded("Ethernet1/5-2") == []
    assert expanded("Ethernet1/1, 3") == []
    assert numbers("1-3,9") == [1, 2, 3, 9]
    assert numbers("3-1") is None
    assert numbers("all") is None


def test_static_routes() -> None:
    device = nxos(
        "interface Ethernet1/1\n  no switchport\n  ip address 10.0.0.1/24\n"
        "ip route 10.1.0.0/16 Ethernet1/1 10.0.0.2 name core tag 7 20\n"
        "ip route 104.192.136.0/21 Null0\n"
        "ip route 10.2.0.0/16 10.0.0.3 track 5\n"
        "vrf context RED\n  ip route 0.0.0.0/0 10.9.0.1 vrf BLUE\n"
        "  ipv6 route ::/0 2001:db8::1\n"
        "ip route 10.3.0.0/16 10.0.0.4\nno ip route 10.3.0.0/16 10.0.0.4\n"
    )
    assert device.static_routes is not None
    routes = device.static_routes.routes
    assert device.static_routes.complete
    assert [(r.vrf, r.length, r.line, r.distance, r.discard) for r in routes] == [
        ("default", 16, 4, 20, None),
        ("default", 21, 5, 1, "drop"),
        ("default", 16, 6, 1, None),
        ("RED", 0, 8, 1, None),
        ("RED", 0, 9, 1, None),
    ]
    assert routes[0].next_hops[0].interface == "Ethernet1/1"
    assert routes[2].conditional == "track 5"
    assert routes[3].next_hops[0].vrf == "BLUE"


@pytest.mark.parametrize(
    "line",
    [
        "ip route 10.1.0.0/16 10.0.0.2 name a 256",
        "ip route 10.1.0.0/33 10.0.0.2",
        "ip route 10.1.0.0~16 10.0.0.2",
        "ip route 10.1.0.0/16",
        "ip route 10.1.0.0/16 10.0.0.2 frob",
        "ip route 10.1.0.0/16 Ethernet1/44 10.0.0.2",
        "vrf context A\n  frob on",
    ],
)
def test_a_route_not_understood_leaves_the_table_open(line: str) -> None:
    device = nxos(line + "\n")
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert [u.topic for u in device.not_understood] == ["route"]


def test_a_vrf_that_is_shut_down_takes_its_interfaces_down() -> None:
    text = "interface Ethernet1/1\n  no switchport\n  vrf member A\nvrf context A\n  shutdown\n"
    assert nxos(text).interfaces[0].enabled is False


def test_orders_of_filters_on_one_vlan() -> None:
    """A VLAN map stands before the routed list on the way in, and behind it on the way out."""
    device = nxos(
        "ip access-list A\n  permit ip any any\n"
        "vlan access-map M 10\n  match ip address A\n  action forward\nvlan filter M vlan-list 5\n"
        "interface Vlan5\n  ip access-group A in\n  ip access-group A out\n"
    )
    for direction, expected in (
        ("in", ["vlan access-map M", "A"]),
        ("out", ["A", "vlan access-map M"]),
    ):
        bound = [b for b in device.bindings if b.direction == direction and b.family == 4]
        assert [b.key for b in sorted(bound, key=lambda b: b.order)] == expected


def test_recognised_and_sources() -> None:
    device = nxos(
        "feature bgp\nrouter bgp 65001\n  address-family ipv4 unicast\n    maximum-paths 4\n"
        "ip nat inside source list A pool P\n"
        "interface Ethernet1/1\n  no switchport\n  ip policy route-map R\n"
        "  ip verify unicast source reachable-via any\n  ip nat outside\n"
        "interface Ethernet1/2\n  inherit port-profile WEB\n"
        "port-profile type ethernet WEB\n  switchport\n  ip port access-group A in\n"
    )
    assert [s.value for s in device.routing_sources] == ["bgp"]
    assert [r.value for r in device.recognised] == ["nat"]
    first = device.interfaces[0]
    assert first.policy_route is not None
    assert first.policy_route.value == "R"
    assert first.urpf is not None
    assert first.urpf.value == "loose"
    assert first.nat is not None
    assert first.nat.value == "outside"
    # what a profile holds is not read, so the interface that inherits it is not understood
    assert [(u.topic, u.subject) for u in device.not_understood] == [("interface", "Ethernet1/2")]


REMEDIES = [
    (
        Remedy("permit-flow", "A", 4, None, ("104.192.136.0/21",), (443, 22), None, 5),
        ("ip access-list A", "  5 permit tcp any 104.192.136.0/21 eq 443", "  6 permit tcp any 104.192.136.0/21 eq 22"),
    ),
    (
        Remedy("permit-return", "B", 6, None, ("2401:1d80:3000::/36",), (443,), None, None),
        ("ipv6 access-list B", "  permit tcp 2401:1d80:3000::/36 eq 443 any established"),
    ),
    (Remedy("permit-ptb", "A", number=5), ("ip access-list A", "  5 permit icmp any any packet-too-big")),
    (Remedy("send-ptb", interface="Tunnel1"), ("interface Tunnel1", "  ip unreachables")),
    (Remedy("clamp-mss", interface="Tunnel1", number=1360), ()),
    (Remedy("per-flow", interface="Ethernet1/1"), ("interface Ethernet1/1", "  no ip load-sharing per-packet")),
    (Remedy("remove-null-route", prefixes=("104.192.136.0/21",)), ("no ip route 104.192.136.0/21 Null0",)),
    (Remedy("resequence", "A", number=10), ("resequence ip access-list A 10 10",)),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "lines"), REMEDIES, ids=[r[0].kind for r in REMEDIES])
def test_remedy(wanted: Remedy, lines: tuple[str, ...]) -> None:
    assert platform("cisco_nxos").remedy(wanted) == lines


@pytest.mark.corpus
def test_corpus_is_understood() -> None:
    """At most 5 % of real lines are not understood, and at most 1 % of all where it decides."""
    folder = CORPUS / "configs" / "cisco_nxos"
    if not folder.is_dir():
        pytest.skip("the shared corpus is not beside the repository")
    total = unread = deciding = 0
    for file in sorted(folder.iterdir()):
        device = nxos(file.read_text("utf-8", "replace"))
        total += device.lines.total
        unread += device.lines.not_understood
        deciding += sum(u.topic != "other" for u in device.not_understood)
    assert unread <= total * 0.05
    assert deciding <= total * 0.01
