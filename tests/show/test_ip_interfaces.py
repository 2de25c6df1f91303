"""`show ip interface`, `show ipv4 interface` and `show cef interface`."""

from __future__ import annotations

from parsers.model.balancing import Spread
from parsers.show.ip_interfaces import InterfaceFacts, interface_facts, path_choices
from tests.show.words import text

IOS = """
GigabitEthernet0/0/1.10 is up, line protocol is up
  Internet address is 192.0.2.1/30
  MTU is 1400 bytes
  VPN Routing/Forwarding "blue"
  Outgoing Common access list is not set
  Outgoing access list is EDGE-OUT
  Inbound Common access list is not set
  Inbound  access list is EDGE-IN
  ICMP redirects are always sent
  ICMP unreachables are never sent
  IP CEF switching is disabled
  Policy routing is enabled, using route map PBR
  Post encapsulation features: MTU Processing, IP Protocol Output Counter
GigabitEthernet0/2 is administratively down, line protocol is down
  Internet protocol processing disabled
"""

XR = """
Loopback30 is Up, ipv4 protocol is Down [VRF in FWD reference]
  Vrf is ran (vrfid 0x0)
  MTU is 1514 (1500 is available to IP)
  Outgoing access list is not set
  Inbound  common access list is BOGONS, access list is CUST-IN
  ICMP unreachables are always sent
"""

NXOS = """
IP Interface Status for VRF "prod"
Ethernet1/1, Interface status: protocol-up/link-up/admin-up, iod: 190,
  IP MTU: 9216 bytes (using link MTU)
  IP icmp unreachables (except port): disabled
  IP load sharing: none
"""

CEF = """
FastEthernet1/0/0 is up (if_number 6)
  Corresponding hwidb fast_if_number 6
  ICMP redirects are always sent
  Per packet load-sharing is enabled
  Inbound access list is not set
  IP MTU 1500
GigabitEthernet0/1 is up (if_number 3)
  Per packet load-sharing is disabled
"""


def _facts(facts: InterfaceFacts) -> dict[str, object]:
    """What is known, without the lines."""
    known: dict[str, object] = {"name": facts.name, "up": facts.up, "vrf": facts.vrf}
    for name in ("mtu", "unreachables", "per_packet", "policy_route", "cef"):
        sourced = getattr(facts, name)
        if sourced is not None:
            known[name] = sourced.value
    if facts.access_lists:
        known["lists"] = [(entry.direction, entry.name) for entry in facts.access_lists]
    return known


def test_ios() -> None:
    first, second = interface_facts(text(IOS))
    assert _facts(first) == {
        "name": "GigabitEthernet0/0/1.10",
        "up": True,
        "vrf": "blue",
        "mtu": 1400,
        "unreachables": False,
        "policy_route": "PBR",
        "cef": False,
        "lists": [("out", "EDGE-OUT"), ("in", "EDGE-IN")],
    }
    assert first.unreachables is not None
    assert first.unreachables.where is not None
    assert first.unreachables.where.line == 10
    assert first.not_understood == ()
    assert _facts(second) == {"name": "GigabitEthernet0/2", "up": False, "vrf": None}


def test_xr_counts_the_mtu_that_ip_has() -> None:
    (facts,) = interface_facts(text(XR))
    assert _facts(facts) == {
        "name": "Loopback30",
        "up": False,
        "vrf": "ran",
        "mtu": 1500,
        "unreachables": True,
        "lists": [("in", "BOGONS"), ("in", "CUST-IN")],
    }


def test_nxos() -> None:
    (facts,) = interface_facts(text(NXOS))
    assert _facts(facts) == {
        "name": "Ethernet1/1",
        "up": True,
        "vrf": "prod",
        "mtu": 9216,
        "unreachables": False,
        "per_packet": False,
    }


def test_per_packet_load_sharing_in_effect() -> None:
    choices = path_choices(text(CEF))
    assert [(c.interface, c.spread, c.operational, c.where and c.where.line) for c in choices] == [
        ("FastEthernet1/0/0", Spread.PER_PACKET, True, 4),
        ("GigabitEthernet0/1", Spread.FLOW, True, 8),
    ]
    assert choices[0].statement == "Per packet load-sharing is enabled"
    assert [facts.mtu and facts.mtu.value for facts in interface_facts(text(CEF))] == [1500, None]


def test_a_line_of_the_topic_in_another_form_is_told() -> None:
    (facts,) = interface_facts(
        text("Vlan1 is up, line protocol is up\n  ICMP unreachables are sometimes sent\n")
    )
    assert facts.unreachables is None
    assert [where.line for where in facts.not_understood] == [2]
