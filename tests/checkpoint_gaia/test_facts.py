"""What clish commands say: interfaces, routes, bonds, and which commands are not understood."""

from __future__ import annotations

import pytest

from parsers.model.balancing import Spread, Stage
from parsers.model.device import Device
from parsers.model.interfaces import Interface, InterfaceKind
from parsers.model.routes import RouteTable
from tests.audit_text import brief, findings_of
from tests.checkpoint_gaia.policies import DEFAULTS, gateway, layer, rule, text_of

GW = "203.0.113.1"


def table(device: Device) -> RouteTable:
    """The static routes of a device."""
    assert device.static_routes is not None
    return device.static_routes


def routes(*commands: str) -> list[tuple[object, ...]]:
    """Length, gateways, discard, backup and condition of each static route."""
    return [
        (r.length, tuple(h.address or h.interface for h in r.next_hops), r.discard, r.backup,
         r.conditional is not None)
        for r in table(gateway("\n".join(commands))).routes
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (["set static-route default nexthop gateway address 203.0.113.1 on"],
         [(0, (GW,), None, False, False)]),
        (["set static-route default nexthop gateway logical eth0 on"],
         [(0, ("eth0",), None, False, False)]),
        (["set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.1 priority 1 on",
          "set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.5 priority 1 on"],
         [(8, (GW, "203.0.113.5"), None, False, False)]),
        (["set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.1 priority 1 on",
          "set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.5 priority 2 on"],
         [(8, (GW,), None, False, False), (8, ("203.0.113.5",), None, True, False)]),
        (["set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.1 on",
          "set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.5 on",
          "set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.1 off"],
         [(8, ("203.0.113.5",), None, False, False)]),
        (["set static-route 10.0.0.0/8 nexthop gateway address 203.0.113.1 on",
          "set static-route 10.0.0.0/8 off"], []),
        (["set static-route 10.0.0.0/8 nexthop blackhole"], [(8, (), "drop", False, False)]),
        (["set static-route 10.0.0.0/8 nexthop reject"], [(8, (), "reject", False, False)]),
        (["set static-route default nexthop gateway address 203.0.113.1 on",
          "set static-route default ping on"], [(0, (GW,), None, False, True)]),
        (["set ipv6 static-route default nexthop gateway 2001:db8::1 on"],
         [(0, ("2001:db8::1",), None, False, False)]),
        (["set ipv6 static-route 2001:db8:1::/48 nexthop gateway fe80::1 interface eth0 on"],
         [(48, ("fe80::1",), None, False, False)]),
    ],
)  # fmt: skip
def test_routes(commands: list[str], expected: list[tuple[object, ...]]) -> None:
    assert routes(*commands) == expected


@pytest.mark.parametrize(
    "command",
    [
        "set static-route 10.0.0.0/33 nexthop blackhole",
        "set static-route 2001:db8::/32 nexthop blackhole",
        "set static-route 10.0.0.0/8 nexthop blackhol",
        "set static-route 10.0.0.0/8 nexthop gateway address 10.0.0.300 on",
        "set static-route 10.0.0.0/8 nexthop gateway address 10.0.0.1 priority 9 on",
        "set static-route 10.0.0.0/8 nexthop gateway address 10.0.0.1 maybe",
        "set static-route 10.0.0.0/8",
    ],
)
def test_routes_that_are_not_understood(command: str) -> None:
    device = gateway(command)
    assert not table(device).complete
    assert [u.topic for u in device.not_understood] == ["route"]


def interface(device: Device, name: str) -> Interface:
    return next(i for i in device.interfaces if i.name == name)


def mtu_of(found: Interface) -> int | None:
    return found.mtu.value if found.mtu is not None else None


def test_interfaces() -> None:
    device = gateway(
        "set hostname gw7\nset interface eth0 mtu 9000\nset interface eth0 state off\n"
        'set interface eth0 comments "it\'s the \\"old\\" one"\n'
        "set interface eth0 ipv4-address 192.0.2.1 subnet-mask 255.255.255.252\n"
        "add interface eth0 vlan 7\nset interface eth0.7 ipv6-address 2001:db8::1 mask-length 64\n"
        "add interface lo loopback 10.255.0.1/32\n"
    )
    eth, vlan = interface(device, "eth0"), interface(device, "eth0.7")
    assert (mtu_of(eth), eth.enabled, eth.addresses[0].length) == (9000, False, 30)
    assert (vlan.kind, vlan.parent, mtu_of(vlan)) == (InterfaceKind.SUBINTERFACE, "eth0", 9000)
    assert interface(device, "lo").kind is InterfaceKind.LOOPBACK
    assert device.lines.not_understood == 0
    assert vlan.addresses[0].family == 6


def test_without_ipv6_no_interface_has_it() -> None:
    device = gateway(
        "set interface eth0 ipv6-address 2001:db8::1 mask-length 64\nset ipv6-state off\n"
    )
    assert interface(device, "eth0").addresses == ()


@pytest.mark.parametrize(
    ("command", "name", "mode", "overhead"),
    [
        ("add vpn tunnel 5 type numbered local 10.0.0.1 remote 10.0.0.2 peer HQ", "vpnt5", "ipsec", None),
        ("add pppoe client id 1 interface eth0 user-name u", "pppoe1", "pppoe", 8),
        ("add gre id 3 remote 198.51.100.1 local 203.0.113.2", "gre3", "gre", 24),
        ("add interface eth0 6in4 9 remote 198.51.100.1 ttl 64", "sit_6in4_9", "6in4", 20),
    ],
)  # fmt: skip
def test_tunnels(command: str, name: str, mode: str, overhead: int | None) -> None:
    tunnel = interface(gateway(command), name).tunnel
    assert tunnel is not None
    assert (tunnel.mode, tunnel.overhead) == (mode, overhead)


@pytest.mark.parametrize(
    "command",
    [
        "set interface eth0 mtu 9000x", "set interface eth0 mtu", "set interface eth0 state maybe",
        "set interface eth0 ipv4-address 192.0.2.1 mask-length 33", "set interface eth0 spin 3",
        "set interface eth0 ipv4-address 192.0.2.300 mask-length 3", "add interface eth0 vlan 4095",
        "set bonding group x mode xor", "set bonding group 1 mode", "set bonding group 1 moed xor",
    ],
)  # fmt: skip
def test_interface_commands_that_are_not_understood(command: str) -> None:
    assert [u.topic for u in gateway(command).not_understood] == ["interface"]


@pytest.mark.parametrize(
    "command",
    ["sett hostname x", "set fire on", "delete interface eth0", "hello", "set", "set pbr"],
)
def test_other_commands_that_are_not_understood(command: str) -> None:
    assert gateway(command).lines.not_understood == 1


BOND = (
    "add bonding group 1\nadd bonding group 1 interface eth0\nadd bonding group 1 interface eth1\n"
)


@pytest.mark.parametrize(
    ("more", "spread"),
    [
        ("", Spread.PER_PACKET),
        ("set bonding group 1 mode round-robin", Spread.PER_PACKET),
        ("set bonding group 1 mode 8023AD\nset bonding group 1 xmit-hash-policy layer3+4", Spread.FLOW),
        ("set bonding group 1 mode 8023AD\nset bonding group 1 lacp-rate slow", Spread.FLOW),
        ("set bonding group 1 mode xor\nset bonding group 1 xmit-hash-policy layer9", Spread.UNKNOWN),
        ("set bonding group 1 mode abxor", Spread.UNKNOWN),
        ("set bonding group 1 mode active-backup", None),
    ],
)  # fmt: skip
def test_bonds(more: str, spread: Spread | None) -> None:
    """T121 to T123: a bond without a mode goes round robin."""
    found = [c for c in gateway(BOND + more).path_choices if c.stage is Stage.BUNDLE]
    assert [c.spread for c in found] == ([] if spread is None else [spread])


def test_sources_and_notes() -> None:
    device = gateway(
        "set bgp external remote-as 65001 peer 192.0.2.1 on\nset ospf interface eth0 area backbone off\n"
        "set pbr rule priority 1 match from 10.0.0.0/8\nadd dhcp client interface eth3\n"
        "set mdps interface Mgmt on\n"
    )
    assert [s.value for s in device.routing_sources] == ["bgp", "dhcp"]
    assert [r.value for r in device.recognised] == ["policy-route"]
    assert interface(device, "Mgmt").kind is InterfaceKind.MANAGEMENT


def test_virtual_systems_have_tables_of_their_own() -> None:
    device = gateway(
        "set virtual-system 2\nset interface eth4 ipv4-address 192.0.2.1 mask-length 24\n"
        "set static-route default nexthop blackhole\n"
    )
    assert interface(device, "eth4").vrf == "vs 2"
    assert table(device).routes[0].vrf == "vs 2"


def test_without_a_policy_transit_is_not_known() -> None:
    """U15."""
    assert ("ACL008", "high", "unknown") in brief(findings_of("checkpoint_gaia", DEFAULTS), "ACL")


@pytest.mark.parametrize("policy", ["{", '{"a": 1}', "[]", '{"rulebase": 3}', '[{"uid": "x"}]'])
def test_a_policy_that_is_not_understood(policy: str) -> None:
    device = gateway(DEFAULTS, policy)
    assert device.missing
    assert device.lines.not_understood == 1


def test_a_policy_answers() -> None:
    device = gateway(DEFAULTS, text_of(layer([rule()])))
    assert not device.missing
    assert len(device.bindings) == 2


@pytest.mark.parametrize(
    "text", ["", "\0\0", "set", "set interface", '"', 'set interface eth0 comments "x']
)
def test_odd_texts_do_no_harm(text: str) -> None:
    gateway(text)
