"""Interfaces, routes, sizes and path choices of AOS-CX configurations."""

from __future__ import annotations

import pytest

from parsers.model.balancing import Spread, Stage
from parsers.model.interfaces import InterfaceKind
from tests.aruba_aoscx.texts import router
from tests.audit_text import brief, device_of, findings_of


def test_interfaces() -> None:
    device = device_of("aruba_aoscx", router())
    found = {i.name: i for i in device.interfaces}
    assert found["vlan20"].kind is InterfaceKind.VLAN
    assert (found["1/1/1"].routed, found["1/1/2"].routed) == (True, False)
    assert (found["mgmt"].kind, found["mgmt"].vrf) == (InterfaceKind.MANAGEMENT, "mgmt")
    assert device.os_version == "FL.10.11.1021"
    assert device.not_understood == ()


@pytest.mark.parametrize(
    ("line", "hops", "discard", "vrf"),
    [
        ("ip route 104.192.136.0/21 203.0.113.1", [(None, "203.0.113.1")], None, "default"),
        (
            "ip route 104.192.136.0/21 203.0.113.1 distance 5 tag 7 vrf blue",
            [(None, "203.0.113.1")],
            None,
            "blue",
        ),
        ("ip route 104.192.136.0/21 1/1/1", [("1/1/1", None)], None, "default"),
        ("ip route 104.192.136.0/21 vlan20 distance 9", [("vlan20", None)], None, "default"),
        ("ip route 104.192.136.0/21 nullroute", [], "drop", "default"),
        ("ip route 104.192.136.0/21 blackhole", [], "drop", "default"),
        ("ip route 104.192.136.0/21 reject", [], "reject", "default"),
    ],
)
def test_static_routes(
    line: str, hops: list[tuple[str | None, str | None]], discard: str | None, vrf: str
) -> None:
    device = device_of("aruba_aoscx", router(more=line + "\n"))
    assert device.static_routes is not None
    route = next(r for r in device.static_routes.routes if r.length == 21)
    assert [(h.interface, h.address) for h in route.next_hops] == hops
    assert (route.discard, route.vrf, device.static_routes.complete) == (discard, vrf, True)


@pytest.mark.parametrize(
    "rest",
    [
        "203.0.113.1 via-magic",
        "203.0.113.999",
        "nowhere",
        "203.0.113.1 distance x",
        "203.0.113.1 vrf",
    ],
)
def test_a_route_not_understood_leaves_the_table_open(rest: str) -> None:
    device = device_of("aruba_aoscx", router(more=f"ip route 104.192.136.0/21 {rest}\n"))
    assert device.static_routes is not None
    assert not device.static_routes.complete


def test_floating_routes() -> None:
    device = device_of("aruba_aoscx", router(more="ip route 0.0.0.0/0 203.0.113.3 distance 200\n"))
    assert device.static_routes is not None
    assert [route.backup for route in device.static_routes.routes] == [False, True]


def test_lags() -> None:
    text = "interface lag 7 multi-chassis\n    no shutdown\n    routing\n    ip address 192.0.2.1/31\n    hash l3-src-dst\n    lacp mode active\ninterface 1/1/7\n    no shutdown\n    lag 7\n"
    device = device_of("aruba_aoscx", text)
    found = {i.name: i for i in device.interfaces}
    assert found["lag7"].kind is InterfaceKind.BUNDLE
    assert found["1/1/7"].bundle == "lag7"
    (choice,) = [c for c in device.path_choices if c.stage is Stage.BUNDLE]
    assert (choice.spread, choice.interface, choice.where and choice.where.line) == (
        Spread.FLOW,
        "lag7",
        5,
    )


def test_default_hash_is_silent() -> None:
    """Load-balancing page, 14.2: equal-cost routes are on, hashed by addresses and ports."""
    text = router(more="ip route 0.0.0.0/0 203.0.113.3\n")
    assert brief(findings_of("aruba_aoscx", text), "LB") == set()


def test_sizes_and_messages() -> None:
    narrow = router(outside="mtu 1400")
    assert brief(findings_of("aruba_aoscx", narrow), "MTU") == set()
    off = narrow + "no ip icmp unreachable\n"
    assert ("MTU001", "critical", "unknown") in brief(findings_of("aruba_aoscx", off), "MTU")
    slow = narrow + "ip icmp throttle 10\n"
    assert ("MTU004", "medium", "fail") in brief(findings_of("aruba_aoscx", slow), "MTU")


def test_tunnels() -> None:
    text = "interface tunnel 1 mode gre ipv4\n    source ip 203.0.113.2\n    destination ip 198.51.100.1\n    ip address 10.0.0.1/30\n    ip mtu 1400\n"
    (found,) = device_of("aruba_aoscx", text).interfaces
    assert found.tunnel is not None
    assert (found.tunnel.mode, found.tunnel.overhead, found.tunnel.source) == (
        "gre",
        24,
        "203.0.113.2",
    )
    assert found.ip_mtu is not None
    assert found.ip_mtu.value == 1400


def test_strange_texts() -> None:
    for text in (
        "interface 1/1/9-1/1/1\n    mtu 9000\n",
        "access-list ip \u00e9\n    10 permit any any any\n",
        "vlan 5-1\n    name x\n",
        "vlan 1-99999\n    apply access-list ip L in\n",
        "access-list ip X\n    10 permit any any any " + "x" * 50_000,
        "policy P\n    10 class\n",
        "object-group port P\n    10 range 5\n",
    ):
        device_of("aruba_aoscx", text)
