"""The nft parser against the tool itself: what it loads in a network namespace of its own, it lists
as text and as JSON, and both must be read to the same filters with nothing left over."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from parsers.model.filters import Filter
from tests.linux.linux_case import F22, F80, F443, R443, device, verdict

RULESET = """table inet filter {
  set nets { type ipv4_addr; flags interval; elements = { 104.192.136.0/21, 192.0.2.1-192.0.2.9 } }
  set pairs { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/8 . 22 } }
  map ports { type inet_service : verdict; elements = { 25 : drop, 587 : accept } }
  chain user {
    tcp dport { 22, 443, 8000-8010 } accept
    return
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established,related accept comment "sessions"
    ct state vmap { invalid : drop, untracked : accept }
    ct state != established tcp flags & (fin|syn|rst|ack) != syn drop
    tcp flags & (fin|syn) == fin|syn drop
    tcp flags { syn, ack } counter
    tcp flags != syn counter
    tcp flags ! rst,fin counter
    ip saddr & 255.255.0.255 == 10.0.0.1 drop
    ip daddr @nets jump user
    ip daddr . tcp dport @pairs accept
    ip daddr . tcp dport { 10.0.0.1 . 22, 10.0.0.2 . 23-25 } accept
    ip saddr . tcp dport vmap { 10.0.0.1 . 22 : accept, 10.0.0.2 . 23 : jump user }
    tcp dport vmap @ports
    meta l4proto { tcp, udp } th dport 53 accept
    iifname "lan*" oifname { "wan0", "wan1" } reject with tcp reset
    meta nfproto ipv6 reject with icmpx type admin-prohibited
    icmp type destination-unreachable icmp code frag-needed accept
    icmpv6 type { packet-too-big, echo-request } accept
    icmp type . icmp code { 3 . 4 } accept
    ip frag-off & 0x1fff != 0 drop
    ip protocol { tcp, udp } counter
    tcp sport 1024-65535 counter
    ip6 saddr 2001:db8::/32 ip6 daddr != 2001:db8:1::/48 drop
    tcp dport != 22-25 ip saddr != { 10.0.0.0/8, 192.168.0.1 } counter
    limit rate 10/second burst 3 packets accept
    meta mark set numgen inc mod 2
    ct state new meta mark set numgen random mod 2 map { 0 : 1, 1 : 2 }
    meta mark set jhash ip saddr . tcp sport mod 2
    tcp flags syn tcp option maxseg size set rt mtu
    tcp flags syn tcp option maxseg size set 1360
    ct mark != 0 meta mark set ct mark
    fib saddr . iif oif missing drop
    ip dscp ef accept
    meta length > 1400 drop
    log prefix "end " level info
  }
}
"""


def _usable() -> bool:
    if os.geteuid() != 0 or not (shutil.which("nft") and shutil.which("unshare")):
        return False
    done = subprocess.run(
        ["unshare", "-n", "nft", "list", "ruleset"], capture_output=True, check=False
    )
    return done.returncode == 0


pytestmark = pytest.mark.skipif(
    not _usable(), reason="needs nft, unshare and the right to make a network namespace"
)


def listed() -> tuple[str, str]:
    """The rule set as nft lists it, as text and as JSON."""
    script = "nft -f - && nft list ruleset && echo ===== && nft -j list ruleset"
    done = subprocess.run(
        ["unshare", "-n", "sh", "-c", script],
        input=RULESET, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text, _, as_json = done.stdout.partition("=====\n")
    return text, as_json


def bare(found: Filter) -> object:
    """A filter without the lines it was read from."""
    return found._replace(
        file="",
        line=0,
        default_line=0,
        entries=tuple(entry._replace(line=0) for entry in found.entries),
    )


def test_text_and_json_are_read_alike_and_whole() -> None:
    text, as_json = listed()
    by_text = device(nft_list_ruleset=text)
    by_json = device(nft__j_list_ruleset=as_json)
    pretty = device(nft__j_list_ruleset=json.dumps(json.loads(as_json), indent=1))
    source = device(config=RULESET)
    assert by_text.not_understood == by_json.not_understood == source.not_understood == ()
    for key, found in by_text.filters.items():
        assert bare(found) == bare(by_json.filters[key])
        assert bare(found) == bare(pretty.filters[key])
    lines = [entry.line for entry in pretty.filters[("nft/inet/filter/forward", 0)].entries]
    assert lines == sorted(lines, key=lambda line: line or 0) and len(set(lines)) > 30


@pytest.mark.parametrize("asked", [F443, F80, F22, R443])
def test_the_listed_form_decides_as_the_loaded_one(asked: object) -> None:
    text, _ = listed()
    by_text, source = device(nft_list_ruleset=text), device(config=RULESET)
    key = "nft/inet/filter/forward"
    assert isinstance(asked, type(F443))
    assert verdict(by_text, key, asked)[0] == verdict(source, key, asked)[0]


def test_effects_are_read_alike() -> None:
    text, as_json = listed()
    one, other = device(nft_list_ruleset=text), device(nft__j_list_ruleset=as_json)
    assert [(c.family, c.value, c.direction) for c in one.global_clamps] == [
        (4, None, "both"), (6, None, "both"), (4, 1360, "both"), (6, 1360, "both"),
    ]  # fmt: skip
    assert [(c.family, c.value) for c in other.global_clamps] == [
        (c.family, c.value) for c in one.global_clamps
    ]
    assert [(c.spread, c.in_effect, c.trap) for c in one.path_choices] == [
        (c.spread, c.in_effect, c.trap) for c in other.path_choices
    ]
