"""Rules of the forward chain against single packets; expectations are read off the manual."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mikrotik_routeros.flows import (
    C2,
    F22,
    F80,
    F443,
    H2,
    P4,
    P6,
    PING,
    R443,
    S443,
    UDP,
    tcp,
    verdict,
)  # fmt: skip

FILTER = "/ip firewall filter\n"
FILTER6 = "/ipv6 firewall filter\n"
REST = "add action=accept chain=forward\n"
DROP = "add action=drop chain=forward\n"
Packet = dict[str, object]


def ask(folder: Path, rules: str, packet: Packet, name: str = "forward") -> tuple[str, int | None]:
    """The verdict on rules below `/ip firewall filter`; the first rule is line 2."""
    return verdict(folder, FILTER + rules, packet, name)


@pytest.mark.parametrize(
    ("rule", "packet", "expected"),
    [
        # defaults: no action accepts, a chain that decides nothing accepts
        ("add chain=forward dst-port=443 protocol=tcp\n" + DROP, F443, ("permit", 2)),
        ("add chain=forward dst-port=443 protocol=tcp\n" + DROP, F22, ("deny", 3)),
        ("add action=drop chain=forward dst-port=22 protocol=tcp", F443, ("permit", None)),
        # addresses: hosts, prefixes, ranges, negation
        ("add action=drop chain=forward dst-address=104.192.136.0/21", F443, ("deny", 2)),
        ("add action=drop chain=forward dst-address=104.192.141.1", F443, ("deny", 2)),
        ("add action=drop chain=forward dst-address=104.192.141.0-104.192.141.9", F443, ("deny", 2)),
        ("add action=drop chain=forward dst-address=104.192.141.2-104.192.141.9", F443, ("permit", None)),
        ("add action=drop chain=forward dst-address=!104.192.136.0/21", F443, ("permit", None)),
        ("add action=drop chain=forward dst-address=!104.192.136.0/21", tcp(443, H2), ("deny", 2)),
        ("add action=drop chain=forward src-address=10.20.1.5", tcp(443, src=C2), ("permit", None)),
        # protocols and ports
        ("add action=drop chain=forward protocol=!tcp", F443, ("permit", None)),
        ("add action=drop chain=forward protocol=!tcp", UDP, ("deny", 2)),
        ("add action=drop chain=forward protocol=6", F443, ("deny", 2)),
        ("add action=drop chain=forward dst-port=80,440-450 protocol=tcp", F443, ("deny", 2)),
        ("add action=drop chain=forward dst-port=!443,22 protocol=tcp", F443, ("permit", None)),
        ("add action=drop chain=forward dst-port=!443,22 protocol=tcp", F80, ("deny", 2)),
        ("add action=drop chain=forward port=443 protocol=tcp", R443, ("deny", 2)),
        ("add action=drop chain=forward port=!443 protocol=tcp", F443, ("permit", None)),
        ("add action=drop chain=forward port=!443 protocol=tcp", F22, ("deny", 2)),
        ("add action=drop chain=forward protocol=tcp src-port=443", F443, ("permit", None)),
        ("add action=drop chain=forward protocol=tcp src-port=443", R443, ("deny", 2)),
        ("add action=drop chain=forward port=443 protocol=tcp src-port=50000", F443, ("deny", 2)),
        # flags
        ("add action=drop chain=forward protocol=tcp tcp-flags=syn,!ack", F443, ("deny", 2)),
        ("add action=drop chain=forward protocol=tcp tcp-flags=syn,!ack", R443, ("permit", None)),
        ("add action=drop chain=forward protocol=tcp tcp-flags=fin,syn", F443, ("permit", None)),
        # ICMP
        ("add action=drop chain=forward icmp-options=3:4 protocol=icmp", P4, ("deny", 2)),
        ("add action=drop chain=forward icmp-options=8:0-255 protocol=icmp", P4, ("permit", None)),
        ("add action=drop chain=forward icmp-options=8:0-255 protocol=icmp", PING, ("deny", 2)),
        ("add action=drop chain=forward icmp-options=3:0-3 protocol=icmp", P4, ("permit", None)),
        ("add action=drop chain=forward icmp-options=!3:4 protocol=icmp", P4, ("permit", None)),
        ("add action=drop chain=forward icmp-options=!3:4 protocol=icmp", PING, ("deny", 2)),
        # states
        ("add chain=forward connection-state=established,related\n" + DROP, R443, ("permit", 2)),
        ("add chain=forward connection-state=established,related\n" + DROP, P4, ("permit", 2)),
        ("add chain=forward connection-state=established\n" + DROP, P4, ("deny", 3)),
        ("add chain=forward connection-state=established,related\n" + DROP, F443, ("deny", 3)),
        ("add action=drop chain=forward connection-state=!established,related", F443, ("deny", 2)),
        ("add action=drop chain=forward connection-state=invalid", F443, ("permit", None)),
        # actions that go on
        ("add action=log chain=forward\n" + DROP, F443, ("deny", 3)),
        ("add action=passthrough chain=forward\n" + REST, F443, ("permit", 3)),
        ("add action=fasttrack-connection chain=forward connection-state=established\n" + DROP, R443, ("deny", 3)),
        ("add action=tarpit chain=forward protocol=tcp", F443, ("deny", 2)),
        ("add action=reject chain=forward", F443, ("deny", 2)),
        # disabled, and menus of other chains
        ("add action=drop chain=forward disabled=yes\n" + REST, F443, ("permit", 3)),
        ("add action=drop chain=forward disabled=no\n" + REST, F443, ("deny", 2)),
        ("add action=drop chain=output\n" + REST, F443, ("permit", 3)),
        # T115
        ("add chain=input action=drop", F443, ("permit", None)),
    ],
)  # fmt: skip
def test_rule(tmp_path: Path, rule: str, packet: Packet, expected: tuple[str, int | None]) -> None:
    assert ask(tmp_path, rule, packet) == expected


@pytest.mark.parametrize(
    "words",
    [
        "connection-bytes=0-1000", "connection-limit=100,32", "connection-mark=x", "content=git",
        "dscp=10", "dst-limit=1,5,dst-address/1m40s", "hotspot=!auth", "ingress-priority=1",
        "ipv4-options=any", "layer7-protocol=l7", "limit=10,5:packet", "nth=2,1", "p2p=all-p2p",
        "packet-mark=no-mark", "packet-size=100-200", "priority=0", "psd=21,3s,3,1", "random=50",
        "realm=1", "routing-mark=x", "src-mac-address=00:53:00:00:00:01", "tcp-mss=0-500",
        "time=0s-1d,sun,mon", "tls-host=*bitbucket*", "ttl=equal:64", "in-interface=*5",
        "per-connection-classifier=src-address:2/0", "dst-address-type=blackhole",
        "connection-nat-state=srcnat", 'connection-state=""', "in-interface=all-wireless",
        "in-bridge-port=ether2", "connection-type=sip", "connection-rate=0-100k",
    ],
)  # fmt: skip
def test_what_packets_do_not_show_is_unknown(tmp_path: Path, words: str) -> None:
    """U4, U6, U7, U8: a drop that may match is unknown; where the rest denies too, it does not matter."""
    rule = f"add action=drop chain=forward {words}\n"
    assert ask(tmp_path, rule, F443) == ("unknown", 2)
    assert ask(tmp_path, rule + DROP, F443) == ("deny", 3)
    narrowed = f"add action=drop chain=forward dst-port=22 protocol=tcp {words}\n"
    assert ask(tmp_path, narrowed, F443) == ("permit", None)
    assert ask(tmp_path, narrowed, F22) == ("unknown", 2)


def test_chains(tmp_path: Path) -> None:
    rules = (
        "add action=jump chain=forward jump-target=web protocol=tcp\n"  # 2
        "add action=drop chain=forward\n"  # 3
        "add action=return chain=web dst-port=80 protocol=tcp\n"  # 4
        "add chain=web dst-port=443 protocol=tcp\n"  # 5
    )
    assert ask(tmp_path, rules, F443) == ("permit", 5)
    assert ask(tmp_path, rules, F80) == ("deny", 3)
    assert ask(tmp_path, rules, F22) == ("deny", 3)
    assert ask(tmp_path, rules, F443, "web") == ("permit", 5)


def test_a_jump_to_a_chain_without_rules_comes_back(tmp_path: Path) -> None:
    rules = "add action=jump chain=forward jump-target=hotspot-stuff\n" + REST
    assert ask(tmp_path, rules, F443) == ("permit", 3)


def test_a_chain_that_calls_itself_is_unknown(tmp_path: Path) -> None:
    rules = (
        "add action=jump chain=forward jump-target=a\n"
        "add action=jump chain=a jump-target=b\nadd action=jump chain=b jump-target=a\n"
    )
    assert ask(tmp_path, rules, F443)[0] == "unknown"


def test_family(tmp_path: Path) -> None:
    """IPv6 has its own menu, and its filter is asked for IPv6 packets."""
    config = (
        FILTER + DROP + FILTER6 + "add action=drop chain=forward dst-port=22 protocol=tcp\n"
        "add action=drop chain=forward icmp-options=2:0-255 protocol=icmpv6\n"
        "add action=drop chain=forward dst-address=2401:1d80:3100::/40\n"
    )
    assert verdict(tmp_path, config, S443) == ("permit", None)
    assert verdict(tmp_path, config, {**S443, "dst_port": 22}) == ("deny", 4)
    assert verdict(tmp_path, config, P6) == ("deny", 5)
    assert verdict(tmp_path, config, {**S443, "dst": "2401:1d80:3100::1"}) == ("deny", 6)


def test_t116_raw_comes_first(tmp_path: Path) -> None:
    """A raw drop precedes the filter; a rule about the destination of sessions is not about answers."""
    config = (
        "/ip firewall raw\nadd chain=prerouting dst-address=104.192.136.0/21 action=drop\n"
        + FILTER + REST
    )  # fmt: skip
    for name in ("prerouting", "raw/prerouting", "forward"):
        assert verdict(tmp_path, config, F443, name) == ("deny", 2)
    assert verdict(tmp_path, config, tcp(443, H2)) == ("permit", 4)


def test_notrack_makes_states_unknown(tmp_path: Path) -> None:
    config = (
        "/ip firewall raw\nadd action=notrack chain=prerouting\n" + FILTER
        + "add chain=forward connection-state=established,related\n" + DROP
    )  # fmt: skip
    assert verdict(tmp_path, config, R443) == ("unknown", 4)
    ospf = config.replace("chain=prerouting", "chain=prerouting protocol=ospf")
    assert verdict(tmp_path, ospf, R443) == ("permit", 4)


def test_without_tracking_states_are_unknown(tmp_path: Path) -> None:
    config = (
        "/ip firewall connection tracking\nset enabled=no\n" + FILTER
        + "add chain=forward connection-state=established,related\n" + DROP
    )  # fmt: skip
    assert verdict(tmp_path, config, R443)[0] == "unknown"


def test_ipsec_policies_match_where_there_is_ipsec(tmp_path: Path) -> None:
    rule = FILTER + "add chain=forward ipsec-policy=in,ipsec\n" + DROP
    assert verdict(tmp_path, rule, F443) == ("deny", 3)
    peer = "/ip ipsec peer\nadd address=198.51.100.1/32 name=p\n"
    assert verdict(tmp_path, rule + peer, F443) == ("unknown", 2)
    none = FILTER + "add chain=forward ipsec-policy=in,none\n" + DROP
    assert verdict(tmp_path, none, F443) == ("permit", 2)


def test_dstnat_needs_a_rule_that_translates(tmp_path: Path) -> None:
    rule = FILTER + "add action=drop chain=forward connection-nat-state=!dstnat\n"
    assert verdict(tmp_path, rule, F443) == ("deny", 2)
    nat = "/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=80 protocol=tcp to-addresses=10.20.1.9\n"
    assert verdict(tmp_path, rule + nat, F443) == ("unknown", 2)
    upnp = "/ip upnp\nset enabled=yes\n"
    assert verdict(tmp_path, rule + upnp, F443) == ("unknown", 2)


def test_routing_rules_that_drop(tmp_path: Path) -> None:
    config = (
        "/routing rule\n"
        "add action=lookup-only-in-table dst-address=104.192.141.0/24 table=main\n"
        "add action=drop dst-address=104.192.136.0/21\n"
    )
    assert verdict(tmp_path, config, F443, "routing rules") == ("permit", 2)
    assert verdict(tmp_path, config, tcp(443, "104.192.138.1"), "routing rules") == ("deny", 3)
    soft = config.replace("lookup-only-in-table", "lookup")
    assert verdict(tmp_path, soft, F443, "routing rules") == ("unknown", 2)
