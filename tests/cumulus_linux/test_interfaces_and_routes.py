"""Interfaces, routes and path choices of Cumulus Linux, as each form says them."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from parsers.model.balancing import HashField, Spread
from parsers.model.device import Device
from parsers.model.interfaces import InterfaceKind
from tests.audit_text import brief, device_of, findings_of

NVUE = """nv set interface lo ip address 10.255.0.1/32
nv set interface bond1 bond member swp3-4
nv set interface bond1 bridge domain br_default access 10
nv set interface swp5 bridge domain br_default vlan 10-20
nv set interface vlan10 ip address 10.20.1.1/24
nv set interface vlan10 ip vrr address 10.20.1.254/24
nv set interface vlan10 ip vrf RED
nv set interface swp1,swp51s0-1 link mtu 1500
nv set interface swp1 ip address 203.0.113.2/30
nv set interface swp1.100 ip address 198.51.100.2/30
nv set interface eth0 ip address dhcp
nv set interface eth0 ip vrf mgmt
nv set vrf RED loopback ip address 10.255.1.1/32
"""
NCLU = """net add loopback lo ip address 10.255.0.1/32
net add bond bond1 bond slaves swp3-4
net add bridge bridge ports bond1,swp5
net add bond bond1 bridge access 10
net add interface swp5 bridge vids 10-20
net add vlan 10 ip address 10.20.1.1/24
net add vlan 10 ip address-virtual 00:00:5e:00:01:01 10.20.1.254/24
net add vlan 10 vrf RED
net add interface swp1,swp51s0-1 mtu 1500
net add interface swp1 ip address 203.0.113.2/30
net add interface swp1.100 ip address 198.51.100.2/30
net add interface eth0 ip address dhcp
net add interface eth0 vrf mgmt
net add vrf RED ip address 10.255.1.1/32
"""
FLAT = """leaf01
# This file describes the network interfaces
auto lo
iface lo inet loopback
    address 10.255.0.1/32
auto bond1
iface bond1
    bond-slaves glob swp3-4
    bridge-access 10
iface swp5
    bridge-vids 10-20
iface bridge
    bridge-ports bond1 swp5
    bridge-vlan-aware yes
iface vlan10
    address 10.20.1.1/24
    address-virtual 00:00:5e:00:01:01 10.20.1.254/24
    vlan-raw-device bridge
    vrf RED
iface swp1
    address 203.0.113.2
    netmask 255.255.255.252
    mtu 1500
iface swp51s0
    mtu 1500
iface swp51s1
    mtu 1500
iface swp1.100
    address 198.51.100.2/30
iface eth0 inet dhcp
    vrf mgmt
iface RED
    address 10.255.1.1/32
    vrf-table auto
"""


def addresses(found: Device, name: str) -> list[str]:
    one = next(i for i in found.interfaces if i.name == name)
    return [f"{ip_address(a.value)}/{a.length}" for a in one.addresses]


@pytest.mark.parametrize("text", [NVUE, NCLU, FLAT], ids=["nvue", "nclu", "flat"])
def test_the_same_switch_in_three_forms(text: str) -> None:
    found = device_of("cumulus_linux", text)
    assert [line.text for line in found.not_understood] == []
    by_name = {i.name: i for i in found.interfaces}
    assert addresses(found, "lo") == ["10.255.0.1/32"]
    assert addresses(found, "vlan10") == ["10.20.1.1/24", "10.20.1.254/24"]
    assert addresses(found, "swp1") == ["203.0.113.2/30"]
    assert addresses(found, "RED") == ["10.255.1.1/32"]
    assert by_name["vlan10"].vrf == by_name["RED"].vrf == "RED"
    assert by_name["vlan10"].kind is InterfaceKind.VLAN
    assert [by_name[name].bundle for name in ("swp3", "swp4", "swp5")] == ["bond1", "bond1", None]
    assert not by_name["bond1"].routed
    assert not by_name["swp5"].routed
    assert by_name["swp1.100"].parent == "swp1"
    assert by_name["swp1.100"].kind is InterfaceKind.SUBINTERFACE
    assert by_name["eth0"].dynamic_address is not None
    assert by_name["eth0"].kind is InterfaceKind.MANAGEMENT
    sizes = [by_name[name].mtu for name in ("swp1", "swp51s0", "swp51s1")]
    assert [size.value for size in sizes if size is not None] == [1500, 1500, 1500]


ROUTES = [
    ("nv set vrf default router static 10.0.0.0/8 via 192.0.2.1", ("default", "192.0.2.1", None, 1)),
    ("nv set vrf RED router static 10.0.0.0/8 distance 5 via 192.0.2.1", ("RED", "192.0.2.1", None, 5)),
    ("nv set vrf default router static 10.0.0.0/8 via blackhole", ("default", None, "drop", 1)),
    ("nv set vrf default router static 10.0.0.0/8 via 192.0.2.1 type reject", ("default", None, "reject", 1)),
    ("nv set interface swp9 ip gateway 192.0.2.1\nnv set interface swp9 ip vrf BLUE", ("BLUE", "192.0.2.1", None, 0)),
    ("net add routing route 10.0.0.0/8 192.0.2.1 20 vrf RED", ("RED", "192.0.2.1", None, 20)),
    ("net add routing route 10.0.0.0/8 Null0", ("default", None, "drop", 1)),
    ("net commit\nsudo sh -c \"printf 'vrf RED\\n  ip route 10.0.0.0/8 192.0.2.1\\n' >> /etc/frr/frr.conf\"", ("RED", "192.0.2.1", None, 1)),
    ("iface swp9\n  post-up ip route add 10.0.0.0/8 via 192.0.2.1 dev swp9", ("default", "192.0.2.1", None, 0)),
    ("iface swp9\n  gateway 192.0.2.1\n  vrf mgmt", ("mgmt", "192.0.2.1", None, 0)),
    ("# ports.conf --\nfrr version 8.4\nvrf RED\n ip route 10.0.0.0/8 blackhole\nexit-vrf", ("RED", None, "drop", 1)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROUTES)
def test_static_routes(text: str, expected: tuple[str, str | None, str | None, int]) -> None:
    found = device_of("cumulus_linux", text)
    assert found.static_routes is not None
    (route,) = found.static_routes.routes
    hop = route.next_hops[0].address if route.next_hops else None
    assert (route.vrf, hop, route.discard, route.distance) == expected
    assert found.static_routes.complete


@pytest.mark.parametrize(
    "text",
    [
        "nv set vrf default router static 10.0.0.0/8x via 192.0.2.1",
        "nv set vrf default router static 10.0.0.0/8 via 1.2.3.4.5",
        "nv set vrf default router static 10.0.0.0/8 via 192.0.2.1 frob 1",
        "net add routing route 10.0.0.0/40 192.0.2.1",
        "frr version 8.4\nip route 10.0.0.0/8 192.0.2~1",
    ],
)
def test_a_route_that_is_not_understood_leaves_the_table_open(text: str) -> None:
    found = device_of("cumulus_linux", text)
    assert found.static_routes is not None
    assert not found.static_routes.complete
    assert found.not_understood


@pytest.mark.parametrize(
    "text",
    [
        "nv set interface swp1 ip address 10.0.0.1/33",
        "nv set interface swp1 link mtu big",
        "nv set interface swp1 something new",
        "net add interface swp1 something new",
        "iface swp1\n  something new",
        "iface swp1\n  post-up /root/script.sh",
        "auto swp1",
    ],
)
def test_an_interface_line_that_is_not_understood(text: str) -> None:
    found = device_of("cumulus_linux", text)
    assert [i.name for i in found.interfaces if i.not_understood] == ["swp1"]
    assert len(found.not_understood) == 1


ECMP = (
    "nv set interface swp1 ip address 10.20.1.1/24\nnv set interface swp51 ip address 203.0.113.2/30\n"
    "nv set interface swp52 ip address 198.51.100.2/30\n"
    "nv set vrf default router static 0.0.0.0/0 via 203.0.113.1\n"
    "nv set vrf default router static 0.0.0.0/0 via 198.51.100.1\n"
)
ADAPTIVE = "nv set interface swp51-52 router adaptive-routing enable on\n"


def test_t100_adaptive_routing_is_a_note() -> None:
    assert brief(findings_of("cumulus_linux", ECMP + ADAPTIVE), "LB") == set()
    assert any(f.code == "LB003" for f in findings_of("cumulus_linux", ECMP + ADAPTIVE))


def test_a_profile_of_the_users_own_is_undecided() -> None:
    own = "nv set router adaptive-routing profile profile-custom\n"
    assert brief(findings_of("cumulus_linux", ECMP + ADAPTIVE + own), "LB") == {
        ("LB001", "critical", "unknown")
    }


def test_hash_fields() -> None:
    text = "nv set system forwarding ecmp-hash ingress-interface on\nnv set system forwarding ecmp-hash source-port off\n"
    four = next(c for c in device_of("cumulus_linux", text).path_choices if c.family == 4)
    assert HashField.INGRESS in four.fields
    assert HashField.SRC_PORT not in four.fields


@pytest.mark.parametrize(
    ("text", "spread"),
    [
        ("nv set interface bond1 bond member swp1-2", Spread.FLOW),
        (
            "nv set interface bond1 bond mode static\nnv set interface bond1 bond member swp1",
            Spread.FLOW,
        ),
        ("iface bond1\n  bond-slaves swp1 swp2\n  bond-mode balance-rr", Spread.PER_PACKET),
        ("iface bond1\n  bond-slaves swp1 swp2\n  bond-mode new-mode", Spread.UNKNOWN),
    ],
)
def test_bonds(text: str, spread: Spread) -> None:
    choices = [c for c in device_of("cumulus_linux", text).path_choices if c.interface == "bond1"]
    assert [choice.spread for choice in choices] == [spread]


@pytest.mark.parametrize(
    "text",
    [
        "- set:\n    interface:\n      swp1:\n       ip:\n          address:\n            10.0.0.1/24: {}\n     link:\n        mtu: 1500\n",
        "- set:\n    interface:\n      swp1: &a\n        link:\n          mtu: 1500\n",
        "- set:\n    interface:\n      swp1\n        link:\n          mtu: 1500\n",
        '{"interface": {"swp1": {"link": {"mtu": 1500}',
        '{"interface": {"swp1": {"link": {"mtu": ~1500}}}}',
        "- set:\n    interface:\n      swp1:\n        link:\n          mtu: 1500\n      swp1:\n        link:\n          mtu: 9000\n",
    ],
)
def test_texts_that_are_damaged_are_doubted(text: str) -> None:
    found = device_of("cumulus_linux", text)
    assert found.not_understood or any(i.not_understood for i in found.interfaces)


def test_policy_routing_is_noted() -> None:
    found = device_of("cumulus_linux", "nv set interface swp1 router pbr map M\n")
    assert [note.value for note in found.recognised] == ["policy-route"]
    assert found.interfaces[0].policy_route is not None
