"""Interfaces, routes, sizes and paths of BIG-IP configurations, and texts that are damaged."""

from __future__ import annotations

import pytest

from parsers.model.balancing import Spread
from parsers.model.interfaces import InterfaceKind
from tests.audit_text import brief, device_of, findings_of
from tests.f5_tmsh.texts import GLOBAL, HEAD, NETWORK, policy, rule, virtual


def test_vlans_carry_addresses() -> None:
    device = device_of("f5_tmsh", HEAD + NETWORK)
    found = {i.name: i for i in device.interfaces}
    assert found["inside"].kind is InterfaceKind.VLAN
    assert found["inside"].parent == "1.1"
    assert [(a.length, a.where.line) for a in found["inside"].addresses] == [(24, 16)]
    assert found["inside"].ptb[0].sends is True
    assert device.os_version == "15.1.8"


def test_trunks_and_their_members() -> None:
    text = (
        "net interface 1.1 {\n    disabled\n}\nnet interface 1.2 { }\n"
        "net trunk up {\n    distribution-hash dst-mac\n    interfaces {\n        1.1\n        1.2\n    }\n}\n"
        "net vlan /Common/v {\n    interfaces {\n        up {\n            tagged\n        }\n    }\n    mtu 1400\n}\n"
    )
    device = device_of("f5_tmsh", text)
    found = {i.name: i for i in device.interfaces}
    assert found["up"].kind is InterfaceKind.BUNDLE
    assert (found["1.1"].bundle, found["1.1"].enabled) == ("up", False)
    assert (found["v"].parent, found["v"].mtu and found["v"].mtu.value) == ("up", 1400)
    choice = device.path_choices[0]
    assert (choice.interface, choice.spread, choice.where and choice.where.line) == (
        "up",
        Spread.FLOW,
        6,
    )
    assert device.not_understood == ()


@pytest.mark.parametrize(
    ("body", "hops", "discard"),
    [
        ("gw 203.0.113.1", [(None, "203.0.113.1")], None),
        ("gw 203.0.113.1%0", [(None, "203.0.113.1")], None),
        ("interface /Common/tun", [("tun", None)], None),
        ("blackhole", [], "drop"),
        ("pool /Common/gw", [(None, "203.0.113.1"), (None, "203.0.113.3")], None),
    ],
)
def test_routes(body: str, hops: list[tuple[str | None, str | None]], discard: str | None) -> None:
    pool = "ltm pool /Common/gw {\n    members {\n        /Common/203.0.113.1:0 {\n            address 203.0.113.1\n        }\n        /Common/203.0.113.3:0 { }\n    }\n}\n"
    device = device_of(
        "f5_tmsh", pool + f"net route /Common/r {{\n    {body}\n    network 104.192.136.0/21\n}}\n"
    )
    assert device.static_routes is not None
    (route,) = device.static_routes.routes
    assert [(h.interface, h.address) for h in route.next_hops] == hops
    assert (route.discard, route.length, device.static_routes.complete) == (discard, 21, True)


@pytest.mark.parametrize(
    "body",
    [
        "gw 203.0.113.999\n    network default",
        "network default",
        "gw 203.0.113.1\n    network 10.0.0.0/40",
        "pool /Common/gone\n    network default",
        "gw 203.0.113.1\n    network default\n    metric 5",
    ],
)
def test_a_route_not_understood_leaves_the_table_open(body: str) -> None:
    device = device_of("f5_tmsh", f"net route /Common/r {{\n    {body}\n}}\n")
    assert device.static_routes is not None
    assert not device.static_routes.complete
    assert {line.topic for line in device.not_understood} == {"route"}


def test_tunnels() -> None:
    text = (
        "net tunnels gre /Common/mygre {\n    defaults-from /Common/gre\n}\n"
        "net tunnels tunnel /Common/t1 {\n    local-address 203.0.113.2\n    profile /Common/mygre\n    remote-address 198.51.100.1\n}\n"
        "net tunnels tunnel /Common/t2 {\n    local-address 203.0.113.2\n    profile /Common/ipsec\n}\n"
    )
    found = {i.name: i.tunnel for i in device_of("f5_tmsh", text).interfaces}
    assert found["t1"] is not None
    assert (found["t1"].mode, found["t1"].overhead, found["t1"].destination) == (
        "gre",
        24,
        "198.51.100.1",
    )
    assert found["t2"] is not None
    assert (found["t2"].mode, found["t2"].overhead) == ("ipsec", None)


def test_dag_round_robin_is_no_path_choice() -> None:
    """Case 115 of the load-balancing page: packets over processors, not over paths."""
    text = (
        HEAD + NETWORK.replace("    tag 20", "    dag-round-robin enabled\n    tag 20") + virtual()
    )
    assert findings_of("f5_tmsh", text) == []


def test_mss_override_is_a_clamp_where_all_forwarders_have_it() -> None:
    """Case T105 of the path MTU page says that an override may raise as well; see the README."""
    profile = "ltm profile fastl4 /Common/p {\n    defaults-from /Common/fastL4\n    mss-override 1360\n}\n"
    clamped = virtual(body="ip-forward\nprofiles {\n    /Common/p { }\n}")
    device = device_of("f5_tmsh", HEAD + profile + clamped)
    assert [(c.family, c.value, c.where and c.where.line) for c in device.global_clamps] == [
        (4, 1360, 5)
    ]
    both = clamped + virtual(name="other", destination="0.0.0.0:443")
    assert device_of("f5_tmsh", HEAD + profile + both).global_clamps == ()


def test_df_mode() -> None:
    profile = "ltm profile fastl4 /Common/p {\n    ip-df-mode clear\n}\n"
    text = (
        HEAD
        + profile
        + virtual(body="ip-forward\nprofiles {\n    /Common/p { }\n}")
        + NETWORK.replace("    tag 20", "    mtu 1400\n    tag 20")
    )
    assert brief(findings_of("f5_tmsh", text), "MTU005") == {("MTU005", "medium", "fail")}


def test_programs_hide_nothing_behind_them() -> None:
    rule_text = "ltm rule /Common/r {\nwhen HTTP_REQUEST {\n}\n}\n}\n  if { } {\n}\nltm virtual /Common/a { }\n"
    device = device_of("f5_tmsh", HEAD + rule_text + NETWORK)
    assert [u.text for u in device.not_understood] == []
    assert {i.name for i in device.interfaces if i.addresses} == {"inside", "outside"}


def test_imish() -> None:
    text = (
        NETWORK
        + "!\nno service password-encryption\n!\nrouter bgp 65001\n neighbor 203.0.113.1 remote-as 65002\n!\nip route 10.9.0.0/16 203.0.113.1\n!\nend\n"
    )
    device = device_of("f5_tmsh", text)
    assert [source.value for source in device.routing_sources] == ["bgp"]
    assert device.static_routes is not None
    assert [route.length for route in device.static_routes.routes] == [0, 16]
    assert device.not_understood == ()


def test_a_cut_text_is_in_doubt() -> None:
    drop = rule("X", "action drop", "ip-protocol udp")
    text = HEAD + NETWORK + GLOBAL + virtual() + policy(drop)
    cut = text[: text.index("ip-protocol udp")]
    assert ("ACL001", "high", "unknown") in brief(findings_of("f5_tmsh", cut), "ACL")
    assert brief(findings_of("f5_tmsh", text), "ACL") == set()


@pytest.mark.parametrize("name", ["/Common/d\u00e9j\u00e0", "/Common/x" * 400, "/Common/\ufffd"])
def test_strange_names(name: str) -> None:
    text = (
        HEAD
        + NETWORK
        + virtual()
        + policy(rule("X", "action drop", f"destination address-lists {name}"))
        + GLOBAL
    )
    assert brief(findings_of("f5_tmsh", text), "ACL") == {("ACL001", "high", "unknown")}


def test_circles_of_lists() -> None:
    text = "".join(
        f"security firewall address-list /Common/{a} {{\n    address-lists {{\n        /Common/{b}\n    }}\n}}\n"
        for a, b in (("A", "B"), ("B", "A"))
    )
    text += (
        HEAD
        + NETWORK
        + virtual()
        + policy(rule("X", "action drop", "destination address-lists /Common/A"))
        + GLOBAL
    )
    assert brief(findings_of("f5_tmsh", text), "ACL") == {("ACL001", "high", "unknown")}
