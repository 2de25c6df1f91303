"""Rules of the usual form are read in one step: the general reader gives the same for each, and for those near them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.ledger import Ledger
from parsers.linux import nft_lines, xt_tables
from parsers.linux.nft_expression import expressions
from parsers.linux.nft_json import read_json
from parsers.linux.nft_plain import PLAIN_LINE, PlainRules
from parsers.linux.nft_ruleset import NftChain, Ruleset
from parsers.linux.nft_text import read_text
from parsers.linux.nft_tokens import tokens_of
from parsers.linux.xt_tables import Replay, chains_of
from parsers.netfilter_style.xt_plain import PLAIN_RULE
from parsers.netfilter_style.xt_plain import PlainRules as XtRules

P = ParamSpec("P")
T = TypeVar("T")
NEVER = re.compile(r"(?!)")
VALUES = (
    "10.0.0.0/8", "10.1.2.3", "0.0.0.0/0", "10.0.0.0/33", "300.1.1.1", "010.0.0.1", "10.0.0.0/08", "@nets", "@gone",
    "{ 10.0.0.1, 10.2.0.0/16 }", "!= 10.3.0.0/16", "10.0.0.1-10.0.0.9", "10.0.0.1/255.0.255.0", "10.0.0.1,10.0.0.2",
)  # fmt: skip
PORTS = (
    "22",
    "443",
    "0",
    "65535",
    "65536",
    "022",
    "ssh",
    "{ 80, 443 }",
    "!= 25",
    "1-1024",
    "or",
    "@doors",
    "0x16",
)
PARTS = (
    *(f"ip {side} {value}" for side in ("saddr", "daddr") for value in VALUES),
    *(f"{name} {side} {port}" for name in ("tcp", "udp", "th") for side in ("sport", "dport") for port in PORTS),
    'iifname "eth0"', 'oifname != "eth1"', 'iifname "lo"', "iif lo", 'iifname "a b"', 'oifname { "a", "b" }',
    "ct state established,related", "ct state new", "ct state { new, invalid }", "ct state vmap { new : accept }",
    "ip protocol icmp", "ip protocol tcp", "meta l4proto { tcp, udp }", "meta nfproto ipv6", "meta l4proto 6",
    "icmp type echo-request", "ip6 saddr 2001:db8::/32", "ip6 nexthdr udp", "meta mark 0", "meta mark 0x1",
    "limit rate 5/second", "tcp flags syn", "counter", "counter packets 3 bytes 180", "counter name seen", "log prefix \"x\"",
    "meta mark set 1", "ip saddr set 10.0.0.1", "tcp option maxseg size set rt mtu", "notrack", "$far", "add @seen { ip saddr }",
)  # fmt: skip
VERDICTS = (
    "accept", "drop", "return", "continue", "jump other", "goto other", "jump gone", "reject",
    "reject with tcp reset", 'accept comment "a # b"', "drop # handle 7", "accept;", "", "accept drop", "queue num 1", "ACCEPT",
)  # fmt: skip
NFT = st.builds(
    lambda parts, verdict: " ".join([*parts, verdict]),
    st.lists(st.sampled_from(PARTS), max_size=5),
    st.sampled_from(VERDICTS),
)
XT_PARTS = (
    *(f"{option} {value}" for option in ("-s", "-d", "! -s")
      for value in ("10.0.0.0/8", "10.1.2.3", "10.1.2.3/32", "0.0.0.0/0", "10.0.0.0/255.0.255.0", "010.1.2.3",
                    "10.0.0.0/33", "300.1.1.1", "10.0.0.1,10.0.0.2", "2001:db8::/32", "host.example")),
    *(f"-p {name} -m {name} --dport {port}" for name in ("tcp", "udp") for port in ("22", "0", "65000", "65535", "65536", "80:90", "ssh")),
    "-p tcp --dport 443", "-p tcp", "-p icmp -m icmp --icmp-type 8", "-p tcp -m udp --dport 5", "-m tcp --sport 5",
    "--sport 1024:65535", "-p tcp -m multiport --dports 80,443", "-p udp -m multiport ! --ports 53", "-i lo", "! -o lo", "-i eth+",
    "-m conntrack --ctstate RELATED,ESTABLISHED", "-m state ! --state NEW", "-m limit --limit 5/sec", "-f", "--syn",
    "--tcp-flags SYN,ACK SYN", '-m comment --comment "a -j DROP"', "-m comment --comment 'x", "-4", "-6", "! -p udp", "-m set --match-set x src",
    "--mark 0", "-m mark --mark 0x1", "9", "!",
)  # fmt: skip
XT_TARGETS = (
    "-j ACCEPT", "-j DROP", "-j OTHER", "-g OTHER", "-j RETURN", "-j REJECT --reject-with tcp-reset", "-j LOG --log-prefix x",
    "-j MARK --set-mark 1", "", "-j", "-j ACCEPT -s 10.9.0.0/16", "-j ~DROP",
)  # fmt: skip
XT = st.builds(
    lambda parts, target: " ".join([*parts, target]).strip(),
    st.lists(st.sampled_from(XT_PARTS), max_size=4),
    st.sampled_from(XT_TARGETS),
)
DAMAGE = st.tuples(
    st.integers(0, 400),
    st.sampled_from(["", "~", " ", "{", "}", '"', "#", ";", "\\", "-", "/", "9", "\t", "!"]),
)


def damaged(lines: list[str], damage: list[tuple[int, str]]) -> list[str]:
    """The lines with characters put in, or (for "") taken out."""
    text = "\n".join(lines)
    for place, character in damage:
        at = place % len(text)
        text = text[:at] + character + text[at + (not character) :]
    return text.split("\n")


def nft_text(rules: list[str]) -> list[str]:
    """A rule set with these rules in its forward chain."""
    return [
        "define far = 10.7.0.0/16",
        "table inet filter {",
        "\tset nets { type ipv4_addr; flags interval; elements = { 10.8.0.0/16, 10.9.0.1 } }",
        "\tset seen { type ipv4_addr; flags dynamic; }",
        "\tset doors { type inet_service; elements = { 22, 8080 } }",
        "\tchain other {",
        "\t\tdrop",
        "\t}",
        "\tchain forward {",
        "\t\ttype filter hook forward priority filter; policy drop;",
        *(f"\t\t{rule}" for rule in rules),
        "\t}",
        "}",
    ]


def nft_read(lines: list[str]) -> tuple[list[NftChain], bytes, dict[int, tuple[str, str | None]]]:
    """The chains of a text, the state of each line, and the topics of those not understood."""
    ledger = Ledger(len(lines))
    return Ruleset("f", read_text(lines, ledger)).read(), bytes(ledger.status), ledger.topics


def xt_read(lines: list[str], family: int) -> object:
    """The chains of a dump, its states, and what became of each line."""
    ledger = Ledger(len(lines))
    replay = Replay("f", lines, ledger, family)
    found = [
        (chain, state.unsure, state.policy, table, name)
        for one in sorted(replay.seen)
        for chain, state, table, name in chains_of(replay, one)
    ]
    return found, bytes(ledger.status), ledger.topics


def general(function: Callable[P, T], *given: P.args, **more: P.kwargs) -> T:
    """What a reader gives where no line has the usual form, and each rule is read by itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nft_lines, "PLAIN_LINE", NEVER)
        patch.setattr(xt_tables, "PLAIN_RULE", NEVER)
        patch.setattr(PlainRules, "of_expressions", PlainRules._general)
        return function(*given, **more)


@settings(max_examples=300, deadline=None)
@given(st.lists(NFT, min_size=1, max_size=6), st.lists(DAMAGE, max_size=2))
def test_nft_rules_are_read_as_the_grammar_does(
    rules: list[str], damage: list[tuple[int, str]]
) -> None:
    lines = damaged(nft_text(rules), damage)
    assert nft_read(lines) == general(nft_read, lines)


@settings(max_examples=300, deadline=None)
@given(st.lists(XT, min_size=1, max_size=6), st.lists(DAMAGE, max_size=2), st.sampled_from((4, 6)))
def test_iptables_rules_are_read_as_option_by_option(
    rules: list[str], damage: list[tuple[int, str]], family: int
) -> None:
    lines = [
        "*filter",
        ":FORWARD DROP [0:0]",
        ":OTHER - [0:0]",
        *(f"-A FORWARD {rule}" for rule in rules),
        "COMMIT",
    ]
    lines = damaged(lines, damage)
    assert xt_read(lines, family) == general(xt_read, lines, family)


@pytest.mark.parametrize(
    "rules",
    [
        ["tcp dport 65536 accept", "tcp dport 65535 drop"],
        ["ip saddr 10.0.0.0/8 ip daddr 192.0.2.1 accept", ")", "tcp dport 22 accept"],
        ["ip saddr 10.0.0.0/8 accept", "}", "}", "tcp dport 22 accept"],
        ["ip saddr 10.0.0.0/8 accept", "counter \\", "tcp dport 22 accept", "tcp dport 23 accept"],
        ["ip saddr 10.0.0.0/8 ip saddr 10.1.0.0/16 accept", "ip protocol udp tcp dport 22 accept"],
        ['iifname "lo" ip saddr 10.0.0.0/8 drop', 'iifname != "lo" ip daddr 10.0.0.0/8 drop'],
        ["ip daddr 010.0.0.1 drop", "ip saddr @seen drop", "add @seen { ip saddr } accept"],
    ],
)
def test_nft_rules_that_ask_for_more(rules: list[str]) -> None:
    lines = nft_text(rules)
    assert nft_read(lines) == general(nft_read, lines)


@pytest.mark.parametrize(
    "rule",
    [
        "-s 10.0.0.0/8 -i lo -j ACCEPT",
        "-d 10.0.0.0/8 ! -o lo -j ACCEPT",
        "-s 10.0.0.0/8 -j ACCEPT -s 10.9.0.0/16",
        "-p udp -m udp --dport 53 -m tcp -j ACCEPT",
        "-p tcp --dport 53 -m tcp --sport 5 -j ACCEPT",
        "-p tcp --dport 53 -p udp -j ACCEPT",
        "-p tcp -m tcp --dport 53 --dport 54 -j ACCEPT",
        "-s 10.0.0.0/8 -m set --match-set x src -j ACCEPT",
        "-s 10.0.0.0/8 -m limit --limit 1/s -j OTHER",
        "-s 10.0.0.0/8 9 -j ACCEPT",
    ],
)
def test_iptables_rules_that_ask_for_more(rule: str) -> None:
    lines = ["*filter", ":OTHER - [0:0]", f"-A FORWARD {rule}", f"-A FORWARD {rule}", "COMMIT"]
    assert xt_read(lines, 4) == general(xt_read, lines, 4)


def json_lines(rules: list[list[Any]]) -> list[str]:
    """What `nft -j list ruleset` would print for a chain of these rules."""
    place = {"family": "inet", "table": "filter"}
    elements = [{"prefix": {"addr": "10.8.0.0", "len": 16}}]
    objects: list[dict[str, Any]] = [
        {"table": {"family": "inet", "name": "filter"}},
        {"set": {**place, "name": "nets", "type": "ipv4_addr", "elem": elements}},
        {"chain": {**place, "name": "other"}},
        {
            "chain": {
                **place,
                "name": "forward",
                "type": "filter",
                "hook": "forward",
                "prio": 0,
                "policy": "drop",
            }
        },
        *({"rule": {**place, "chain": "forward", "expr": found}} for found in rules),
    ]
    return json.dumps({"nftables": objects}, indent=1).split("\n")


def json_read(lines: list[str]) -> tuple[list[NftChain], bytes]:
    """The chains of a JSON text, and the state of each line."""
    ledger = Ledger(len(lines))
    return Ruleset("f", read_json(lines, ledger)).read(), bytes(ledger.status)


def field(protocol: str, name: str) -> dict[str, Any]:
    """The left side of a condition on a header field."""
    return {"payload": {"protocol": protocol, "field": name}}


LEFT = st.sampled_from(
    [
        field("ip", "saddr"), field("tcp", "dport"), {"meta": {"key": "l4proto"}}, {"ct": {"key": "state"}},
        {"payload": {"protocol": "tcp", "field": "dport", "base": "th"}}, {"payload": {"base": "th", "offset": 16}},
        {"ct": {"key": "state", "dir": "original"}}, {"meta": {"key": "mark"}}, {"meta": {"key": "iifname"}},
        {"meta": {}}, {}, "meta", None, {"payload": None}, {"payload": {"protocol": 1, "field": ["dport"]}},
    ]
)  # fmt: skip
RIGHT = st.sampled_from(
    [
        0, 1, True, False, 1.0, 6, 22, "22", "10.0.0.1", "lo", "@nets", "*", None, [], ["new"], ["new", "established"],
        [1], {"prefix": {"addr": "10.0.0.0", "len": 8}}, {"prefix": {"addr": "10.0.0.0", "len": True}},
        {"prefix": {"addr": "10.0.0.0", "len": 1}}, {"prefix": {"addr": "10.0.0.0"}}, {"range": [1, 5]},
        {"set": [1, 22]}, {"prefix": None}, "established",
    ]
)  # fmt: skip
MATCH = st.fixed_dictionaries(
    {"left": LEFT, "right": RIGHT},
    optional={"op": st.sampled_from(["==", "!=", "in", "<", None, 1])},
).map(lambda body: {"match": body})
OTHER = st.sampled_from(
    [
        {"counter": None},
        {"counter": {"packets": 1, "bytes": 60}},
        {"log": None},
        {"match": None},
        {},
        "accept",
        None,
    ]
)
VERDICT = st.sampled_from(
    [
        {"accept": None},
        {"drop": None},
        {"return": None},
        {"jump": {"target": "other"}},
        {"reject": None},
    ]
)
JSON_RULE = st.builds(
    lambda parts, verdicts: [*parts, *verdicts],
    st.lists(st.one_of(MATCH, MATCH, OTHER), max_size=4),
    st.lists(VERDICT, max_size=2),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(NFT, min_size=1, max_size=6), st.lists(JSON_RULE, max_size=8))
def test_json_rules_are_read_one_by_one(texts: list[str], odd: list[list[Any]]) -> None:
    rules = [expressions(tokens_of([text])[:-1])[0] for text in texts]
    lines = json_lines([*rules, *odd])
    assert json_read(lines) == general(json_read, lines)


def test_a_truth_value_is_not_a_number() -> None:
    port = field("tcp", "dport")
    ends = [{"prefix": {"addr": "10.0.0.0", "len": length}} for length in (1, True)]
    rules = [
        *(
            [{"match": {"left": port, "op": "==", "right": one}}, {"accept": None}]
            for one in (1, True, 1.0)
        ),
        *(
            [{"match": {"left": field("ip", "saddr"), "op": "==", "right": end}}, {"drop": None}]
            for end in ends
        ),
    ]
    lines = json_lines(rules)
    found = json_read(lines)
    assert found == general(json_read, lines)
    entries = [rule.entries[0] for rule in found[0][1].chain.rules]
    assert [entry.uncertain is None for entry in entries] == [True, False, False, True, False]


@pytest.mark.parametrize(
    "rule",
    [
        "ip saddr 10.0.0.0/8 ip daddr 192.0.2.1 tcp dport 22 counter packets 5 bytes 300 accept",
        'iifname "eth0" oifname "eth1" ct state new ip daddr 192.0.2.1 udp dport 53 accept comment "to dns"',
        "ip saddr @nets drop # handle 12",
        "ct state established,related accept",
    ],
)
def test_lines_of_the_usual_nft_form(rule: str) -> None:
    assert PLAIN_LINE.fullmatch(f"\t\t{rule}")
    lines = nft_text([rule] * 3)
    kinds = [item.kind for item in read_text(lines, Ledger(len(lines))) if item.line > 10]
    assert kinds == ["rules"]


@pytest.mark.parametrize(
    "rule",
    [
        "-s 10.0.0.0/8 -d 192.0.2.1/32 -p tcp -m tcp --dport 22 -j ACCEPT",
        '-d 192.0.2.1/32 -p tcp -m conntrack --ctstate NEW -m comment --comment "a -j b" -j DROP',
        "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    ],
)
def test_lines_of_the_usual_iptables_form(rule: str) -> None:
    line = PLAIN_RULE.fullmatch(f"-A FORWARD {rule}")
    assert line is not None
    assert XtRules(4).parts(line) is not None
