"""Rules that mark some packets of a session, and routing rules that read the mark, by family.

Each row was seen in the lab (`python -m tests.lab`): where it says `None` for the choice, sessions survive.
"""

from __future__ import annotations

import pytest

from parsers.model.balancing import HashField, PathChoice, Spread, Stage
from parsers.model.device import Device
from tests.linux.linux_case import device

ORDINARY = (
    "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default"
)
MARKED = f"100:\tfrom all fwmark 0x1 lookup 101\n{ORDINARY}"
TTL, DSCP, LENGTH = HashField.TTL, HashField.DSCP, HashField.LENGTH


def nft(*rules: str, hook: str = "prerouting", priority: str = "mangle") -> str:
    """A rule set with one chain."""
    lines = "".join(f"    {rule}\n" for rule in rules)
    base = f"type filter hook {hook} priority {priority}; policy accept;"
    return f"table inet t {{\n  chain c {{\n    {base}\n{lines}  }}\n}}"


def mangle(*rules: str) -> str:
    """The mangle table with rules in PREROUTING."""
    lines = "".join(f"-A PREROUTING {rule}\n" for rule in rules)
    return f"*mangle\n:PREROUTING ACCEPT [0:0]\n{lines}COMMIT"


def policies(found: Device, family: int = 4) -> list[PathChoice]:
    """The choices by mark or rule that act on a family."""
    choices = [c for c in found.path_choices if c.stage is Stage.POLICY]
    return [choice for choice in choices if choice.family in (0, family)]


KEPT = ("meta mark set ct mark", "ct state new meta mark set 1", "ct mark set meta mark")


@pytest.mark.parametrize(
    ("rules", "spread", "fields"),
    [
        (("ip ttl < 60 meta mark set 1",), Spread.FLOW, {TTL}),
        (("ip dscp cs1 meta mark set 1",), Spread.FLOW, {DSCP}),
        (("ip ecn ce meta mark set 1",), Spread.FLOW, {DSCP}),
        (("meta length > 100 meta mark set 1",), Spread.FLOW, {LENGTH}),
        (("meta mark set ip dscp map { cs1 : 1, cs2 : 2 }",), Spread.FLOW, {DSCP}),
        (("tcp flags syn meta mark set 1",), Spread.PER_PACKET, set()),
        (("ct state new meta mark set 1",), Spread.PER_PACKET, set()),
        (("ct state new meta mark set 1", "ct mark set meta mark"), Spread.UNKNOWN, set()),
        (("ct bytes > 10000 meta mark set 1",), Spread.ADAPTIVE, set()),
        (("ct original bytes > 10000 meta mark set 1",), Spread.ADAPTIVE, set()),
        (("limit rate 10/second meta mark set 1",), Spread.ADAPTIVE, set()),
        (("numgen inc mod 2 == 0 meta mark set 1",), Spread.PER_PACKET, set()),
        (KEPT, None, set()),
        (("ct state new ct mark set 1",), None, set()),
        (("ip dscp cs1 meta mark set 2",), None, set()),
        (("tcp dport 443 meta mark set 1",), None, set()),
        (("ct state new,established meta mark set 1",), None, set()),
        (("ip daddr 104.192.136.0/21 meta mark set 1",), None, set()),
        (("udp dport 53 ip ttl < 60 meta mark set 1",), None, set()),
    ],
)
def test_marks_on_a_condition(
    rules: tuple[str, ...], spread: Spread | None, fields: set[HashField]
) -> None:
    found = policies(device(nft_list_ruleset=nft(*rules), ip_rule_show=MARKED))
    assert [(c.spread, set(c.fields), c.trap) for c in found] == (
        [(spread, fields, False)] if spread else []
    )


@pytest.mark.parametrize(
    ("rule", "spread", "fields"),
    [
        ("-m ttl --ttl-lt 60 -j MARK --set-xmark 0x1/0xffffffff", Spread.FLOW, {TTL}),
        ("-m dscp --dscp 0x08 -j MARK --set-xmark 0x1/0xffffffff", Spread.FLOW, {DSCP}),
        ("-m tos --tos 0x10/0x3f -j MARK --set-xmark 0x1/0xffffffff", Spread.FLOW, {DSCP}),
        ("-m length --length 100:1500 -j MARK --set-xmark 0x1/0xffffffff", Spread.FLOW, {LENGTH}),
        ("-m dscp --dscp 0x08 -j MARK --set-xmark 0x2/0xffffffff", None, set()),
        ("-m connbytes --connbytes 10000 --connbytes-dir both --connbytes-mode bytes "
         "-j MARK --set-xmark 0x1/0xffffffff", Spread.ADAPTIVE, set()),
        ("-p tcp --syn -j MARK --set-xmark 0x1/0xffffffff", Spread.PER_PACKET, set()),
        ("-p tcp --dport 443 -j MARK --set-xmark 0x1/0xffffffff", None, set()),
    ],
)  # fmt: skip
def test_iptables_marks_on_a_condition(
    rule: str, spread: Spread | None, fields: set[HashField]
) -> None:
    found = policies(device(iptables__save=mangle(rule), ip_rule_show=MARKED))
    assert [(c.spread, set(c.fields)) for c in found] == ([(spread, fields)] if spread else [])


@pytest.mark.parametrize(
    ("condition", "mark", "spread"),
    [
        ("tcp flags syn", "meta mark set 1", Spread.PER_PACKET),
        ("ip ttl < 60", "meta mark set 1", Spread.FLOW),
        ("ip ttl < 60", "meta mark set 2", None),
        ("ct state new", "ct mark set 1", None),
        ("tcp dport 443", "meta mark set 1", None),
    ],
)
def test_a_mark_in_a_chain_that_is_called(condition: str, mark: str, spread: Spread | None) -> None:
    called = f"chain one {{\n    {mark}\n  }}\n  chain c"
    ruleset = nft(f"{condition} jump one").replace("chain c", called, 1)
    found = policies(device(nft_list_ruleset=ruleset, ip_rule_show=MARKED))
    assert [c.spread for c in found] == ([spread] if spread else [])


@pytest.mark.parametrize(
    ("expression", "spread", "trap"),
    [
        ("jhash ip saddr . tcp sport mod 2", Spread.FLOW, True),
        ("symhash mod 2", Spread.FLOW, True),
        ("jhash ip saddr . tcp sport . ip ttl mod 2", Spread.FLOW, False),
        ("jhash ip6 flowlabel mod 2", Spread.FLOW, False),
        ("jhash tcp sequence mod 2", Spread.UNKNOWN, False),
    ],
)
def test_a_hash_is_judged_by_its_fields(expression: str, spread: Spread, trap: bool) -> None:
    ruleset = nft(f"meta mark set {expression}")
    texts = device(nft_list_ruleset=ruleset, ip_rule_show=MARKED, ip__6_rule_show=MARKED)
    assert {(c.spread, c.trap) for c in policies(texts)} == {(spread, trap)}


def test_each_family_has_routing_rules_of_its_own() -> None:
    """`ip rule` alone shows those of IPv4 (ip-rule(8))."""
    ruleset = nft("meta mark set numgen inc mod 2")
    both = device(nft_list_ruleset=ruleset, ip_rule_show=ORDINARY, ip__6_rule_show=MARKED)
    assert [policies(both, family)[0].in_effect for family in (4, 6)] == [False, True]
    one = device(nft_list_ruleset=ruleset, ip_rule_show=MARKED)
    assert [policies(one, family)[0].in_effect for family in (4, 6)] == [True, None]


@pytest.mark.parametrize(
    ("rule", "routes"),
    [
        ("from all fwmark 0x1 lookup 101", True),
        ("from all fwmark 0x1/0xff lookup 101", True),
        ("from all fwmark 0x100/0xff00 lookup 101", False),
        ("from all fwmark 0/0x1 lookup 101", True),
        ("not from all fwmark 0x2 lookup 101", True),
    ],
)
def test_a_mark_routes_if_a_rule_tells_it_from_none(rule: str, routes: bool) -> None:
    rules = f"100:\t{rule}\n{ORDINARY}"
    found = device(nft_list_ruleset=nft("ip ttl < 60 meta mark set 1"), ip_rule_show=rules)
    assert bool(policies(found)) is routes


@pytest.mark.parametrize(
    ("rule", "prefixes"),
    [
        ("from all tos 0x10 lookup 101", None),
        ("from all to 104.192.136.0/21 tos lowdelay lookup 101", ((4, 0x68C08800, 21),)),
        ("from all iif lo tos 0x10 lookup 101", ()),
        ("from all tos 0x10 ipproto udp lookup 101", ()),
        ("from 10.20.0.0/16 lookup 101", ()),
    ],
)
def test_rules_on_the_tos_byte(
    rule: str, prefixes: tuple[tuple[int, int, int], ...] | None
) -> None:
    found = policies(device(ip_rule_show=f"100:\t{rule}\n{ORDINARY}"))
    if prefixes == ():
        assert not found
    else:
        assert [(c.spread, set(c.fields), c.prefixes) for c in found] == [
            (Spread.FLOW, {DSCP}, prefixes)
        ]


@pytest.mark.parametrize(
    ("ruleset", "cleared", "late"),
    [
        (nft("ip frag-off set 0"), True, False),
        (nft("ip frag-off set ip frag-off & 0xbfff"), True, False),
        (nft("ip frag-off set 0", hook="forward", priority="filter"), False, True),
        (nft("ip frag-off set 0x4000"), False, False),
        (nft("ip frag-off & 0x4000 != 0 accept"), False, False),
    ],
)
def test_df_is_cleared_before_routing_or_behind_it(ruleset: str, cleared: bool, late: bool) -> None:
    found = device(nft_list_ruleset=ruleset)
    assert bool(found.df_cleared) is cleared
    assert any(fact.value == "clear-df" for fact in found.recognised) is late
