"""Interfaces, routes, sizes and path choices of OS10 configurations."""

from __future__ import annotations

import pytest

from parsers.model.balancing import Spread
from parsers.model.interfaces import InterfaceKind
from tests.audit_text import brief, device_of, findings_of
from tests.dell_os10.texts import router


def test_interfaces() -> None:
    device = device_of("dell_os10", router())
    found = {i.name: i for i in device.interfaces}
    assert found["vlan20"].kind is InterfaceKind.VLAN
    assert (found["ethernet1/1/1"].routed, found["ethernet1/1/2"].routed) == (True, False)
    assert device.os_version == "10.5.2.3"
    assert device.not_understood == ()


def test_link_mtu_counts_32_bytes_that_ip_has_not() -> None:
    text = router(outside=" mtu 1532\n", more="default mtu 9216\n")
    found = {i.name: i for i in device_of("dell_os10", text).interfaces}
    assert found["ethernet1/1/1"].mtu is not None
    assert found["ethernet1/1/1"].mtu.value == 1500
    assert found["vlan20"].mtu is not None
    assert found["vlan20"].mtu.value == 9184


@pytest.mark.parametrize(
    ("line", "hops", "discard"),
    [
        ("ip route 104.192.136.0/21 203.0.113.1", [(None, "203.0.113.1")], None),
        (
            "ip route 104.192.136.0/21 203.0.113.1 interface ethernet1/1/1",
            [("ethernet1/1/1", "203.0.113.1")],
            None,
        ),
        (
            "ip route 104.192.136.0/21 203.0.113.1 interface ethernet 1/1/1 5",
            [("ethernet1/1/1", "203.0.113.1")],
            None,
        ),
        ("ip route 104.192.136.0/21 interface ethernet1/1/1", [("ethernet1/1/1", None)], None),
        ("ip route 104.192.136.0/21 interface null 0", [], "drop"),
        ("ip route 104.192.136.0/21 interface null0", [], "drop"),
        ("ip route 104.192.136.0 255.255.248.0 203.0.113.1", [(None, "203.0.113.1")], None),
    ],
)
def test_static_routes(
    line: str, hops: list[tuple[str | None, str | None]], discard: str | None
) -> None:
    device = device_of("dell_os10", router(more=line + "\n"))
    assert device.static_routes is not None
    route = next(r for r in device.static_routes.routes if r.length == 21)
    assert [(h.interface, h.address) for h in route.next_hops] == hops
    assert (route.discard, device.static_routes.complete) == (discard, True)


def test_a_route_not_understood_leaves_the_table_open() -> None:
    device = device_of(
        "dell_os10", router(more="ip route 104.192.136.0/21 203.0.113.1 via-magic\n")
    )
    assert device.static_routes is not None
    assert not device.static_routes.complete


@pytest.mark.parametrize(
    ("line", "spread", "trap"),
    [
        ("hash-algorithm ecmp random", Spread.FLOW, True),  # case 116 of the load-balancing page
        ("hash-algorithm lag random", Spread.FLOW, True),
        (
            "load-balancing ip-selection destination-ip source-ip protocol l4-destination-port l4-source-port",
            Spread.FLOW,
            False,
        ),
        ("load-balancing ingress-port enable", Spread.FLOW, False),
        ("load-balancing per-packet", Spread.UNKNOWN, False),
    ],
)
def test_path_choices(line: str, spread: Spread, trap: bool) -> None:
    device = device_of("dell_os10", router(more=line + "\n"))
    (choice,) = [c for c in device.path_choices if c.where is not None]
    assert (choice.spread, choice.trap) == (spread, trap)


def test_case_116_is_a_note() -> None:
    text = router(more="ip route 0.0.0.0/0 203.0.113.3\nhash-algorithm ecmp random\n")
    assert brief(findings_of("dell_os10", text), "LB") == set()
    assert [f.code for f in findings_of("dell_os10", text) if f.code.startswith("LB")] == ["LB003"]


def test_ranges_of_interfaces() -> None:
    text = "interface range ethernet1/1/1-1/1/3\n no switchport\n mtu 9216\n"
    device = device_of("dell_os10", text)
    assert [i.name for i in device.interfaces] == [
        "ethernet1/1/1",
        "ethernet1/1/2",
        "ethernet1/1/3",
    ]
    assert all(i.routed and i.mtu is not None for i in device.interfaces)


def test_members_of_bundles() -> None:
    text = "interface port-channel10\n no shutdown\n no switchport\n ip address 192.0.2.1/31\n!\ninterface ethernet1/1/5:1\n no shutdown\n channel-group 10 mode active\n no switchport\n"
    found = {i.name: i for i in device_of("dell_os10", text).interfaces}
    assert found["ethernet1/1/5:1"].bundle == "port-channel10"
    assert not found["ethernet1/1/5:1"].routed
    assert found["port-channel10"].kind is InterfaceKind.BUNDLE


def test_vrfs_and_policy_routing() -> None:
    text = "ip vrf blue\n!\ninterface vlan5\n ip vrf forwarding blue\n ip address 10.5.0.1/24\n ip policy route-map STEER\n"
    (found,) = device_of("dell_os10", text).interfaces
    assert found.vrf == "blue"
    assert found.policy_route is not None


def test_strange_texts() -> None:
    for text in (
        "interface range ethernet1/1/9-1/1/1\n mtu 9216\n",
        "ip access-list \u00e9\n seq 1 permit ip any any\n",
        "interface vlan10\n ip address 10.0.0.1/33\n",
        "ip access-list X\n" + " seq 1 permit ip any any " + "x" * 50_000,
    ):
        device_of("dell_os10", text)
