"""Path MTU discovery: the cases of the knowledge page for RouterOS, clamps and their directions."""

from __future__ import annotations

import pytest

from tests.audit_text import brief, device_of, findings_of
from tests.mikrotik_routeros.flows import HEADER

LAN = "/ip address\nadd address=10.20.1.1/24 interface=ether5\nadd address=203.0.113.2/30 interface=ether1\n"
ROUTE = "/ip route\nadd dst-address=0.0.0.0/0 gateway=203.0.113.1\n"
FILTER = "/ip firewall filter\n"
TUNNEL = (
    "/ppp profile\nadd change-tcp-mss={} name=p\n"
    "/interface l2tp-client\nadd connect-to=198.51.100.9 disabled=no max-mtu=1400 name=l2tp-out1 profile=p\n"
)
OUTPUT = FILTER + "add action=drop chain=output protocol=icmp\n"
BY_TUNNEL = "/ip route\nadd dst-address=0.0.0.0/0 gateway=l2tp-out1\n"
CLAMP = "/ip firewall mangle\nadd action=change-mss chain=forward {} protocol=tcp tcp-flags=syn\n"


def mtu(config: str) -> set[tuple[str, str, str]]:
    return brief(findings_of("mikrotik_routeros", HEADER + config), "MTU")


CRITICAL = {("MTU001", "critical", "fail")}
MITIGATED = {("MTU001", "info", "fail")}


def test_t80_icmp_dropped_in_both_directions() -> None:
    drop = FILTER + "add action=drop chain=forward protocol=icmp\nadd action=accept chain=forward\n"
    assert mtu(LAN + drop + ROUTE) == {("MTU002", "high", "fail"), ("MTU003", "high", "fail")}
    behind = (
        FILTER + "add action=accept chain=forward\nadd action=drop chain=forward protocol=icmp\n"
    )
    assert mtu(LAN + behind + ROUTE) == set()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("add action=drop chain=forward icmp-options=3:4 protocol=icmp", {"MTU002", "MTU003"}),
        ("add action=drop chain=forward icmp-options=8:0 protocol=icmp", set()),
        ("add action=drop chain=forward icmp-options=3:0-3 protocol=icmp", set()),
        ("add chain=forward connection-state=related protocol=icmp\nadd action=drop chain=forward protocol=icmp", set()),
        ("add action=drop chain=forward in-interface=ether1 protocol=icmp", {"MTU002"}),
        ("add action=drop chain=forward out-interface=ether1 protocol=icmp", {"MTU003"}),
    ],
)  # fmt: skip
def test_filters_on_icmp(rule: str, expected: set[str]) -> None:
    assert {code for code, _, _ in mtu(LAN + FILTER + rule + "\n" + ROUTE)} == expected


def test_t82_own_icmp_dropped() -> None:
    clamp = CLAMP.format("new-mss=1360 out-interface=l2tp-out1 tcp-mss=1361-65535")
    assert mtu(LAN + TUNNEL.format("no") + OUTPUT + clamp + BY_TUNNEL) == CRITICAL
    assert mtu(LAN + TUNNEL.format("no") + OUTPUT + BY_TUNNEL) == CRITICAL
    assert mtu(LAN + TUNNEL.format("no") + BY_TUNNEL) == set()


@pytest.mark.parametrize(
    "clamp",
    [
        CLAMP.format("new-mss=1360 tcp-mss=1361-65535"),
        CLAMP.format("new-mss=clamp-to-pmtu"),
        CLAMP.format("in-interface=l2tp-out1 new-mss=1360 tcp-mss=1361-65535"),
    ],
)
def test_t82_with_a_clamp_that_reaches_syn_acks(clamp: str) -> None:
    assert mtu(LAN + TUNNEL.format("no") + OUTPUT + clamp + BY_TUNNEL) == MITIGATED


@pytest.mark.parametrize(
    "clamp",
    [
        CLAMP.format("new-mss=1400 tcp-mss=1401-65535"),  # 1400 less 40 is 1360
        CLAMP.format("new-mss=1360 tcp-mss=1361-1400"),
        CLAMP.format("disabled=yes new-mss=1360"),
        CLAMP.format("new-mss=1360 src-address=192.0.2.0/24"),
        CLAMP.format("new-mss=1360").replace("tcp-flags=syn", "tcp-flags=syn,!ack"),
        CLAMP.format("new-mss=1360").replace("chain=forward", "chain=output"),
        CLAMP.format("new-mss=1360").replace("tcp-flags=syn", "tcp-flags=fin"),
    ],
)
def test_t82_with_a_clamp_that_is_not_enough(clamp: str) -> None:
    assert mtu(LAN + TUNNEL.format("no") + OUTPUT + clamp + BY_TUNNEL) == CRITICAL


def test_a_profile_that_says_so_clamps() -> None:
    assert mtu(LAN + TUNNEL.format("yes") + OUTPUT + BY_TUNNEL) == MITIGATED


def test_pppoe_is_clamped_unless_its_profile_says_no() -> None:
    pppoe = (
        "/interface pppoe-client\nadd disabled=no interface=ether1 max-mtu=1400 name=pppoe-out1{}\n"
    )
    way = "/ip route\nadd dst-address=0.0.0.0/0 gateway=pppoe-out1\n"
    assert mtu(LAN + pppoe.format("") + OUTPUT + way) == MITIGATED
    no = "/ppp profile\nset *0 change-tcp-mss=no\n"
    assert mtu(LAN + no + pppoe.format("") + OUTPUT + way) == CRITICAL


def test_tunnels() -> None:
    device = device_of(
        "mikrotik_routeros",
        HEADER
        + "/interface gre\nadd local-address=203.0.113.2 name=gre1 remote-address=198.51.100.2\n"
        "add clamp-tcp-mss=no dont-fragment=inherit local-address=203.0.113.2 mtu=1400 name=gre2 remote-address=198.51.100.3\n"
        "add ipsec-secret=x local-address=203.0.113.2 name=gre3 remote-address=198.51.100.4\n"
        "/interface wireguard\nadd listen-port=13231 mtu=1412 name=wg1\n"
        "/interface eoip\nadd mac-address=02:00:00:00:00:01 name=eoip1 remote-address=198.51.100.5 tunnel-id=1\n"
        "/interface ipip\nadd name=ipip1 remote-address=198.51.100.6\n",
    )
    found = {i.name: i for i in device.interfaces}
    told = {
        name: (i.tunnel.mode, i.tunnel.overhead, i.tunnel.path_mtu_discovery, i.mtu and i.mtu.value)
        for name, i in found.items()
        if i.tunnel is not None
    }
    assert told == {
        "gre1": ("gre", 24, False, None), "gre2": ("gre", 24, True, 1400),
        "gre3": ("gre", None, False, None), "wg1": ("wireguard", 80, False, 1412),
        "eoip1": ("other", 42, False, None), "ipip1": ("ipip", 20, False, None),
    }  # fmt: skip
    assert [(c.direction, c.value) for c in found["gre1"].clamps] == [("in", None)]
    assert found["gre2"].clamps == ()
    assert device.not_understood == ()


def test_df_cleared() -> None:
    rule = "/ip firewall mangle\nadd action=clear-df chain=forward\n"
    assert [
        f.where.line for f in device_of("mikrotik_routeros", HEADER + rule).df_cleared if f.where
    ] == [3]
