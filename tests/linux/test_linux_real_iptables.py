"""The iptables parser against iptables' own translation to nft, which the nft parser reads."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from parsers.model.filters import State
from rules.packets.packet import packet
from tests.linux.linux_case import ACK, CLIENT, SERVICE, SYN, SYN_ACK, device, judged

RULES = """*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:U1 - [0:0]
:U2 - [0:0]
-A FORWARD -s 10.20.0.0/16 ! -d 104.192.0.1/255.255.0.255 -p tcp -m tcp --dport 22:80 -j U1
-A FORWARD -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -m conntrack --ctstate NEW -j DROP
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -p tcp -m multiport --dports 443,8000:8010 -g U2
-A FORWARD ! -s 10.20.0.0/16 -p tcp -j REJECT --reject-with tcp-reset
-A FORWARD -m iprange --dst-range 185.166.140.0-185.166.141.7 -j DROP
-A FORWARD -i lan+ ! -o wan0 -p udp -j DROP
-A FORWARD -p udp -m udp ! --sport 1024:65535 -j RETURN
-A FORWARD -p icmp -m icmp --icmp-type 8 -j ACCEPT
-A FORWARD -p udp -j ACCEPT
-A U1 -p tcp -m tcp --dport 22 -j RETURN
-A U1 -p tcp -m tcp --tcp-flags SYN,ACK SYN,ACK -j DROP
-A U1 -j ACCEPT
-A U2 -d 104.192.136.0/21 -j ACCEPT
-A U2 -p tcp -m tcp --dport 8005 -j DROP
COMMIT
"""


def translated() -> str | None:
    """The rules as nft lists them; None where this system cannot load them."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("nft", "unshare", "iptables-nft-restore"))):
        return None
    script = "iptables-nft-restore && nft list ruleset"
    done = subprocess.run(
        ["unshare", "-n", "sh", "-c", script],
        input=RULES, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout if done.returncode == 0 else None


def test_both_readings_decide_alike() -> None:
    listing = translated()
    if listing is None:
        pytest.skip("needs nft, iptables-nft, unshare and the right to make a network namespace")
    one, other = device(config=RULES), device(nft_list_ruleset=listing)
    addresses = (CLIENT, "10.21.0.1", SERVICE, "104.192.141.2", "185.166.141.7", "203.0.113.9")
    asked = [
        packet(src, dst, protocol, sport, dport, icmp=(kind, 0), flags=flags, state=state)
        for src in addresses
        for dst in addresses
        for protocol, sport, dport, kind, flags in (
            (6, 50000, 443, 0, SYN), (6, 50000, 22, 0, SYN), (6, 443, 50000, 0, SYN_ACK),
            (6, 50000, 8005, 0, SYN), (6, 50000, 80, 0, ACK), (17, 53, 53, 0, 0),
            (17, 50000, 53, 0, 0), (1, 0, 0, 8, 0), (1, 0, 0, 3, 0), (47, 0, 0, 0, 0),
        )
        for state in (State.NEW, State.ESTABLISHED, State.INVALID)
    ]  # fmt: skip
    decided = {"permit": 0, "deny": 0}
    for each in asked:
        for into, out in (("lan0", "wan0"), ("lan1", "wan1")):
            first = judged(one, "iptables/filter/FORWARD", each, into, out)
            second = judged(other, "nft/ip/filter/FORWARD", each, into, out)
            assert first.outcome is second.outcome, (each, into, out, first.line, second.line)
            decided[first.outcome.value] += 1
    assert min(decided.values()) > 100
