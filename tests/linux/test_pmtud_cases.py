"""Path MTU Discovery on Linux: verdicts worked out by hand (knowledge: pmtud, section D)."""

from __future__ import annotations

import pytest

from parsers.platform import Inputs, Text
from parsers.registry import platform
from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket, brief

ADDRESSES = """1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
    inet 127.0.0.1/8 scope host lo
2: lan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP
    inet 10.20.0.1/16 brd 10.20.255.255 scope global lan0
3: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN
    inet 10.99.0.2/30 scope global wg0
"""
ROUTES = """default via 10.99.0.1 dev wg0 proto static
10.20.0.0/16 dev lan0 proto kernel scope link src 10.20.0.1
10.99.0.0/30 dev wg0 proto kernel scope link src 10.99.0.2
"""
OPEN = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{}COMMIT\n"
DROPS = "-A OUTPUT -p icmp -j DROP\n"
CLAMP = (
    "*mangle\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n"
    ":OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n"
    "-A {} -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu\nCOMMIT\n"
)
FORWARDS = "net.ipv4.ip_forward = 1\n"

CASES = [
    ("T89", OPEN.format(DROPS), FORWARDS, {("MTU001", "critical", "fail")}),
    ("T90", OPEN.format(""), FORWARDS + "net.ipv4.icmp_ratelimit = 100000\n", set()),
    ("T91", OPEN.format(""), FORWARDS + "net.ipv4.ip_no_pmtu_disc = 1\n", set()),
    (
        "T92",
        OPEN.format(DROPS) + CLAMP.format("OUTPUT"),
        FORWARDS,
        {("MTU001", "critical", "fail")},
    ),
    # the message to clients leaves through lan0, from an address of the router
    ("drop-on-the-lan", OPEN.format("-A OUTPUT -o lan0 -p icmp -j DROP\n"), FORWARDS, {("MTU001", "critical", "fail")}),
    ("drop-on-the-tunnel", OPEN.format("-A OUTPUT -o wg0 -p icmp -j DROP\n"), FORWARDS, set()),
    ("drop-of-loopback-sources", OPEN.format("-A OUTPUT -s 127.0.0.0/8 -p icmp -j DROP\n"), FORWARDS, set()),
    ("drop-of-another-code", OPEN.format("-A OUTPUT -p icmp -m icmp --icmp-type 3/3 -j DROP\n"), FORWARDS, set()),
    ("T93", OPEN.format(DROPS) + CLAMP.format("FORWARD"), FORWARDS, {("MTU001", "info", "fail")}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "sysctl", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_verdict(rules: str, sysctl: str, expected: set[tuple[str, str, str]]) -> None:
    texts = tuple(
        Text(f"{name}.txt", name.replace("_", " "), body.splitlines())
        for name, body in (
            ("ip_address_show", ADDRESSES),
            ("ip_route_show", ROUTES),
            ("iptables-save", rules),
            ("sysctl_-a", sysctl),
            ("uname_-r", "6.1.0-18-amd64"),
        )
    )
    device = platform("linux").parse(Inputs("gw", "linux", texts))
    assert brief(check_all(View(device, bitbucket())), "MTU") == expected
