"""MSS clamps and packets that are too big (knowledge: pmtud, cases T89 to T93)."""

# device texts and tables of cases stand unbroken

from __future__ import annotations

import pytest

from parsers.linux import PLATFORM
from parsers.platform import Remedy
from rules.packets.packet import packet
from tests.linux.linux_case import CLIENT, SERVICE, device, verdict

PTB = packet("10.20.0.1", CLIENT, 1, icmp=(3, 4))
T89 = "*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p icmp -j DROP\nCOMMIT\n"
CLAMP = "-p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu"


def test_t89_a_drop_in_output_is_bound_where_the_system_sends() -> None:
    found = device(iptables__save=T89)
    assert [(b.key, b.direction) for b in found.bindings] == [("iptables/filter/OUTPUT", "out")]
    assert verdict(found, "iptables/filter/OUTPUT", PTB) == ("deny", 3)
    assert verdict(found, "iptables/filter/OUTPUT", packet(CLIENT, SERVICE))[0] == "permit"


@pytest.mark.parametrize(
    "setting", ["net.ipv4.icmp_ratelimit = 100000", "net.ipv4.ip_no_pmtu_disc = 1"]
)
def test_t90_t91_settings_that_do_not_stop_transit_messages(setting: str) -> None:
    found = device(
        sysctl__a=setting,
        ip_address_show="2: wg0: <POINTOPOINT,NOARP,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN\n    link/none",
    )
    assert {p.sends for p in found.interfaces[0].ptb} == {True}
    assert found.ptb_limits == ()
    assert found.lines.irrelevant == 1


def test_t92_a_clamp_in_output_is_no_transit_clamp() -> None:
    found = device(iptables__save=T89 + "*mangle\n-A OUTPUT " + CLAMP + "\nCOMMIT")
    assert found.global_clamps == ()


def test_t93_a_clamp_in_forward() -> None:
    found = device(iptables__save=T89 + "*mangle\n-A FORWARD " + CLAMP + "\nCOMMIT")
    assert [
        (c.family, c.value, c.direction, c.where.line if c.where else 0)
        for c in found.global_clamps
    ] == [(4, None, "both", 6)]


def test_clamps_of_one_interface_and_direction() -> None:
    found = device(
        iptables__save="*mangle\n-A FORWARD -o ppp0 -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1452\n"
        "-A FORWARD -i ppp+ -p tcp --tcp-flags SYN,RST SYN -m tcpmss --mss 1400:1536 -j TCPMSS --set-mss 1400\n"
        "-A FORWARD -o tun0 -p tcp -d 104.192.136.0/21 --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1300\n"
        "-A FORWARD -p tcp --syn -j TCPMSS --set-mss 1200\nCOMMIT",
    )
    by_name = {i.name: i for i in found.interfaces}
    assert [(c.value, c.direction) for c in by_name["ppp0"].clamps] == [(1452, "out"), (1400, "in")]
    assert found.global_clamps == ()
    assert [(n.value, n.where.line if n.where else 0) for n in found.recognised] == [
        ("mss-clamp", 4), ("mss-clamp", 5),
    ]  # fmt: skip


def test_nft_clamps() -> None:
    found = device(
        config="table inet m {\n chain fw {\n  type filter hook forward priority mangle;\n  jump clamp\n"
        '  oifname "ppp0" tcp flags syn tcp option maxseg size set 1452\n }\n'
        " chain clamp {\n  tcp flags syn tcp option maxseg size set rt mtu\n }\n}"
    )
    assert [(c.family, c.value, c.where.line if c.where else 0) for c in found.global_clamps] == [
        (4, None, 8), (6, None, 8),
    ]  # fmt: skip
    (interface,) = found.interfaces
    assert [(c.family, c.value, c.direction) for c in interface.clamps] == [
        (4, 1452, "out"), (6, 1452, "out"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            Remedy("permit-flow", "iptables/filter/FORWARD", 4, None, ("104.192.136.0/21",), (443, 22), number=3),
            ("iptables -I FORWARD 3 -d 104.192.136.0/21 -p tcp -m multiport --dports 443,22 -j ACCEPT",),
        ),
        (
            Remedy("permit-return", "iptables/mangle/FORWARD", 6, None, ("2401:1d80:3000::/36",), (443,)),
            ("ip6tables -t mangle -I FORWARD 1 -s 2401:1d80:3000::/36 -p tcp -m multiport --sports 443 -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",),
        ),
        (
            Remedy("permit-flow", "nft/inet/filter/forward", 4, None, ("104.192.136.0/21",), (443,), before="17"),
            ("nft insert rule inet filter forward position 17 ip daddr 104.192.136.0/21 tcp dport { 443 } accept comment allow-104.192.136.0-21",),
        ),
        (
            Remedy("permit-ptb", "nft/inet/filter/forward", 6),
            ("nft insert rule inet filter forward icmpv6 type packet-too-big accept comment allow-too-big",),
        ),
        (Remedy("send-ptb"), ("iptables -I OUTPUT 1 -p icmp --icmp-type fragmentation-needed -j ACCEPT",)),
        (
            Remedy("clamp-mss", None, 4, "ppp0", number=1452),
            (
                "iptables -t mangle -A FORWARD -i ppp0 -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1452",
                "iptables -t mangle -A FORWARD -o ppp0 -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1452",
            ),
        ),
        (Remedy("remove-null-route", None, 4, None, ("104.192.136.0/21",)), ("ip route del blackhole 104.192.136.0/21",)),
        (Remedy("no such kind"), ()),
    ],
)  # fmt: skip
def test_remedies(change: Remedy, lines: tuple[str, ...]) -> None:
    assert PLATFORM.remedy(change) == lines
