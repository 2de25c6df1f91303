"""Reports about path choice become choices in effect; texts as the systems print them."""

from __future__ import annotations

import pytest

from parsers.model.balancing import HashField, PathChoice, Spread, Stage
from parsers.platform import Text
from parsers.reports.choices import report_choices

S, D, P, SP, DP = (
    HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT,
)  # fmt: skip
LOAD = (
    "IPv4/IPv6 ECMP load sharing:\nUniversal-id (Random Seed): 316862977\n"
    "Load-share mode : address source-destination port source-destination\nRotate: 32\n"
)
ECMP = """
ECMP Configuration
------------------

ECMP Status        : Enabled

ECMP Load Balancing by
------------------------
Source IP          : Enabled
Destination IP     : Enabled
Source Port        : Enabled
Destination Port   : Disabled
"""
SETTINGS = """              ip-forward: yes
          send-redirects: yes
  ipv4-multipath-hash-policy: l4
"""
BONDS = """Flags: X - disabled; R - running
 0  R name="bond1" mtu=1500 mac-address=02:00:00:00:00:01 slaves=ether1,ether2 mode=balance-rr
      primary=none link-monitoring=mii transmit-hash-policy=layer-2
"""
TEAM = """setup:
  runner: roundrobin
ports:
  eth1
    link watches:
      link summary: up
"""
CEF = """IPv4 CEF is enabled for distributed and running
0.0.0.0/0, epoch 0, flags [default route], RIB[S], refcount 5, per-packet sharing
  sources: RIB, DRH
10.20.1.0/24, epoch 0, flags [attached, connected], RIB[C], refcount 4, per-destination sharing
"""
OLD_RULES = """*mangle
-A WANLOADBALANCE_PRE -i eth2 -m state --state NEW -m statistic --mode random --probability 0.5 -j ISP_eth0
COMMIT
"""


def read(command: str, text: str) -> list[PathChoice]:
    return report_choices(Text("t.txt", command, text.splitlines()))


@pytest.mark.parametrize(
    ("command", "text", "spread", "fields"),
    [
        ("show ip load-sharing", LOAD, Spread.FLOW, {S, D, SP, DP}),
        ("show ip ecmp", ECMP, Spread.FLOW, {S, D, SP}),
        ("/ip settings print", SETTINGS, Spread.FLOW, {S, D, P, SP, DP}),
        ("/ip settings print", SETTINGS.replace("l4", "l9"), Spread.UNKNOWN, set()),
        ("/interface bonding print detail", BONDS, Spread.PER_PACKET, set()),
        ("teamdctl team0 state", TEAM, Spread.PER_PACKET, set()),
        ("teamdctl team0 state", TEAM.replace("roundrobin", "frob"), Spread.UNKNOWN, set()),
        ("sysctl -a", "net.ipv4.fib_multipath_hash_policy = 1", Spread.FLOW, {S, D, P, SP, DP}),
        ("iptables-save", OLD_RULES, Spread.FLOW, {S, D, P, SP, DP}),
        ("iptables-save", OLD_RULES.replace("-m state --state NEW ", ""), Spread.PER_PACKET, set()),
    ],
)
def test_report(command: str, text: str, spread: Spread, fields: set[HashField]) -> None:
    (choice,) = read(command, text)
    assert (choice.spread, set(choice.fields), choice.operational) == (spread, fields, True)
    assert choice.where is not None


def test_entries_of_the_forwarding_table() -> None:
    """Of a whole table those that split; of one prefix all."""
    assert [(c.spread, c.prefixes) for c in read("show ip cef detail", CEF)] == [
        (Spread.PER_PACKET, ((4, 0, 0),))
    ]
    found = read("show ip cef 10.20.1.0 internal", CEF)
    assert [c.spread for c in found] == [Spread.PER_PACKET, Spread.FLOW]


@pytest.mark.parametrize(
    "command", ["show ip cef vrf LAB 0.0.0.0 internal", "show version", "nft list ruleset"]
)
def test_outputs_about_other_things_add_nothing(command: str) -> None:
    rules = (
        "table ip nat {\n  chain pre {\n    dnat to numgen inc mod 2 map { 0 : 10.0.0.1 }\n  }\n}\n"
    )
    assert read(command, rules if command.startswith("nft") else CEF) == []


def test_a_bond_that_uses_one_member_makes_no_choice() -> None:
    text = (
        "Ethernet Channel Bonding Driver: v6.1.0\n\nBonding Mode: fault-tolerance (active-backup)\n"
    )
    assert read("cat /proc/net/bonding/bond0", text) == []
    (choice,) = read(
        "cat /proc/net/bonding/bond0",
        text.replace("fault-tolerance (active-backup)", "load balancing (round-robin)"),
    )
    assert (choice.stage, choice.interface, choice.spread) == (
        Stage.BUNDLE, "bond0", Spread.PER_PACKET,
    )  # fmt: skip
