"""Remedies that are proved: on every failing fixture of the filter rules, and where something must be refused."""

from __future__ import annotations

import re

import pytest

from auditor import profile
from auditor.remedies import braces, moves, netfilter, removal, renumber, routeros
from auditor.remedies.apply import carried_out
from auditor.remedies.errors import NotCarriedOut
from auditor.remedies.proof import LED_BACK, proof, service_packets
from auditor.remedies.rollback import rollback
from auditor.reports.model import ProofPart
from parsers.platform import CONFIGURATION, Inputs, Platform, Remedy, Text
from parsers.registry import platform
from rules.finding import Finding, Outcome
from rules.rule import check_all
from rules.view import View
from tests.fixture_cases import Case, cases, texts

SERVICE = profile.load("bitbucket")

PLACEHOLDER = re.compile(
    r"<[a-z]+>|\b(?:NEW|NUMBER|PACKAGE|ROUTER|POLICY|PROFILE|GROUP|NAME|FILTER|LOCATION|FORWARDING)\b"
)
BY_HAND = "there is no command to carry out: .*by hand"
REFUSED = {
    # a file outside of CONFIG_DB holds the rules, and comes back with the next update
    "dell_sonic/acl001_fires_acl_loader_default": "acl-loader made the rules from a file",
    # these lists can only drop
    "fortinet/acl001_fires_access_list": BY_HAND,
    # the firewall cannot change what the management server pushed
    "paloalto_panos/acl001_fires_rule_pushed_by_panorama": "Panorama pushed the rule",
}
"""Where a remedy is not proved since somebody has to decide, and the reason that must be given. Everything else must
be proved."""


def device_texts(case: Case) -> tuple[Text, ...]:
    return tuple(Text(file, command, list(lines)) for file, command, lines in texts(case.folder))


def failing(case: Case) -> tuple[View, Platform, tuple[Text, ...], list[Finding], list[Finding]]:
    chosen = platform(case.platform)
    inputs = device_texts(case)
    view = View(chosen.parse(Inputs(case.folder.name, case.platform, inputs)), SERVICE)
    found = check_all(view)
    wanted = [f for f in found if f.outcome is Outcome.FAIL and f.code.startswith("ACL")]
    return view, chosen, inputs, found, wanted


FIRING = [
    case for case in cases() if case.folder.name.startswith("acl00") and "_fires_" in case.name
]


@pytest.mark.parametrize("case", FIRING, ids=lambda case: case.name)
def test_remedies_of_failing_fixtures_are_proved(case: Case) -> None:
    view, chosen, inputs, found, wanted = failing(case)
    assert wanted
    for finding in wanted:
        proved = proof(view, chosen, inputs, found, finding)
        assert proved is not None, f"{finding.code}: nothing is proposed"
        expected = REFUSED.get(case.name)
        if expected is None:
            assert proved.holds, f"{finding.code}: {proved}"
            assert "the finding is gone" in proved.words
            assert proved.words.endswith(LED_BACK), f"{finding.code}: {proved.words}"
            assert not proved.opened
        else:
            assert not proved.holds, f"{finding.code} is proved: strike it off the list"
            assert re.search(expected, proved.words), f"{finding.code}: {proved.words}"


def test_every_platform_proves_remedies() -> None:
    proved = {case.platform for case in FIRING if case.name not in REFUSED}
    assert proved == {case.platform for case in FIRING}


def test_commands_hold_no_placeholder() -> None:
    """Nothing that is printed to be pasted has a word that somebody has to put a name in for, in any family."""
    found = []
    for case in cases():
        chosen = platform(case.platform)
        view = View(
            chosen.parse(Inputs(case.folder.name, case.platform, device_texts(case))), SERVICE
        )
        for finding in check_all(view):
            lines = [c for one in finding.remedies for c in chosen.remedy(one)]
            typed = [c for c in lines if not c.lstrip().startswith(("!", "#"))]
            found += [f"{case.name} {finding.code}: {c}" for c in typed if PLACEHOLDER.search(c)]
    assert not found


# what a proof must refuse

CONFIG = """hostname r1
interface GigabitEthernet0/0
 ip address 10.20.1.1 255.255.255.0
 ip access-group A in
interface GigabitEthernet0/1
 ip address 203.0.113.1 255.255.255.252
ip route 0.0.0.0 0.0.0.0 203.0.113.2
ip access-list extended A
 10 deny tcp any any eq 22
 20 deny udp any any
 30 permit ip any any
end
"""


def proved_with(*commands: str) -> ProofPart:
    """The proof of a remedy that says exactly this."""
    inputs = (Text("r1.cfg", CONFIGURATION, CONFIG.splitlines()),)
    real = platform("cisco_ios")
    view = View(real.parse(Inputs("r1", "cisco_ios", inputs)), SERVICE)
    found = check_all(view)
    finding = next(f for f in found if f.code == "ACL001")
    told = real._replace(remedy=lambda _: commands)
    part = proof(view, told, inputs, found, finding._replace(remedies=(Remedy("permit-flow"),)))
    assert part is not None
    return part


HEAD = "ip access-list extended A"
EXACT = [f" {n} permit tcp any {p} eq 22" for n, p in enumerate(
    ("13.35.248.0 0.0.0.255", "13.200.41.128 0.0.0.127", "13.227.180.0 0.0.0.255", "13.227.213.0 0.0.0.255",
     "104.192.136.0 0.0.7.255", "185.166.140.0 0.0.3.255"), 1)]  # fmt: skip


def test_an_exact_remedy_is_proved() -> None:
    part = proved_with(HEAD, *EXACT)
    assert part.holds, part
    assert "destination port 22" in part.words


@pytest.mark.parametrize(
    ("commands", "opened", "words"),
    [
        ((HEAD, " 5 permit tcp any any eq 22"), "port 22", "not the service's"),
        ((HEAD, " 5 permit ip any any"), "TCP from any IPv4 to 0.0.0.0/5", "not the service's"),
        ((HEAD, *EXACT, " 9 permit tcp any host 192.0.2.1 eq 22"), "192.0.2.1", "not the service's"),
        ((HEAD, " 15 permit tcp any any eq 22"), "", "still there"),
        ((HEAD, *EXACT[:3]), "", "still there"),
        ((HEAD, *EXACT, " 9 permut tcp any any"), "", "cannot be read back"),
        ((HEAD, " <n> permit tcp any any"), "", "chosen by hand"),
        (("! nothing", "commit"), "", "no command"),
        (("interface GigabitEthernet0/1", " ip access-group B out", "ip access-list extended B",
          " permit udp any any", HEAD, *EXACT), "", "there is a new one"),
    ],
)  # fmt: skip
def test_what_does_more_or_less_is_not_proved(
    commands: tuple[str, ...], opened: str, words: str
) -> None:
    part = proved_with(*commands)
    assert not part.holds
    assert words in part.words
    assert opened in "; ".join(part.opened)
    assert bool(opened) == bool(part.opened)


def test_the_packets_of_a_service() -> None:
    mine = service_packets(SERVICE)
    words = mine.describe(40)
    assert "104.192.136.0/21" in words
    assert "ICMP type 3 code 4" in words
    assert "UDP" not in words


# carrying out


SAVED = ["*filter", ":FORWARD DROP [0:0]", "-A FORWARD -j ONE", "-A FORWARD -j TWO", "COMMIT"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("iptables -I FORWARD 1 -p tcp -j ACCEPT", 2),
        ("iptables -I FORWARD 2 -p tcp -j ACCEPT", 3),
        ("iptables -I FORWARD -p tcp -j ACCEPT", 2),
        ("iptables -A FORWARD -p tcp -j ACCEPT", 4),
        ("iptables -I FORWARD 9 -p tcp -j ACCEPT", 4),
    ],
)
def test_iptables(command: str, expected: int) -> None:
    found = netfilter.iptables([Text("i", "iptables-save", SAVED)], command)[0].lines
    assert found.index("-A FORWARD -p tcp -j ACCEPT") == expected
    assert [line for line in found if line != "-A FORWARD -p tcp -j ACCEPT"] == SAVED


def test_iptables_begins_a_table() -> None:
    command = "iptables -t mangle -A FORWARD -p tcp -j TCPMSS --set-mss 1360"
    found = netfilter.iptables([Text("i", "iptables-save", SAVED)], command)[0].lines
    assert found[len(SAVED) :] == [
        "*mangle",
        ":FORWARD ACCEPT [0:0]",
        "-A FORWARD -p tcp -j TCPMSS --set-mss 1360",
        "COMMIT",
    ]
    with pytest.raises(NotCarriedOut, match="ip6tables-save"):
        netfilter.iptables([Text("i", "iptables-save", SAVED)], "ip6tables -I FORWARD 1 -j ACCEPT")


NFT = ["table inet fw {", "\tchain fwd {", "\t\ttype filter hook forward priority filter; policy drop;",
       "\t\ttcp dport 80 accept # handle 4", "\t\tudp dport 53 accept # handle 5", "\t}", "}"]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("nft insert rule inet fw fwd tcp dport 22 accept", 3),
        ("nft insert rule inet fw fwd position 5 tcp dport 22 accept", 4),
        ("nft add rule inet fw fwd tcp dport 22 accept", 5),
    ],
)
def test_nft(command: str, expected: int) -> None:
    found = netfilter.nft([Text("n", "nft list ruleset", NFT)], command)[0].lines
    assert found.index("\t\ttcp dport 22 accept") == expected


@pytest.mark.parametrize("command", ["nft insert rule inet fw fwd position 9 accept", "nft add rule ip fw fwd accept",
                                     "nft flush ruleset"])  # fmt: skip
def test_nft_refuses(command: str) -> None:
    with pytest.raises(NotCarriedOut):
        netfilter.nft([Text("n", "nft list ruleset", NFT)], command)


EXPORT = ["/ip firewall filter", "add action=accept chain=forward", "add action=drop chain=forward \\",
          "    comment=old", "/ip route", "add dst-address=192.0.2.0/24 type=blackhole"]  # fmt: skip


def test_routeros() -> None:
    text = [Text("r", CONFIGURATION, EXPORT)]
    add = "/ip firewall filter add chain=forward action=accept protocol=tcp place-before="
    assert (
        routeros.menu(text, f"{add}0")[0].lines[1] == "add chain=forward action=accept protocol=tcp"
    )
    assert routeros.menu(text, f"{add}[find comment=old]")[0].lines[2].endswith("protocol=tcp")
    with pytest.raises(NotCarriedOut):
        routeros.menu(text, f"{add}[find comment=new]")
    removed = routeros.menu(text, "/ip route remove [find dst-address=192.0.2.0/24]")[0].lines
    assert removed == EXPORT[:-1]


@pytest.mark.parametrize(
    ("lines", "wanted", "expected"),
    [
        (
            ["ip route 192.0.2.0 255.255.255.0 Null0", "x"],
            "ip route 192.0.2.0 255.255.255.0 Null0",
            ["x"],
        ),
        (
            ["ip route-static 192.0.2.0 255.255.255.0 NULL0"],
            "ip route-static 192.0.2.0 24 NULL0",
            [],
        ),
        (["set a b c", "set a b d", "set a e"], "a b", ["set a e"]),
        (["a {", "    b {", "        c 1;", "    }", "    d;", "}"], "a b", ["a {", "    d;", "}"]),
        (
            ["a {", "    b {", "        c 1;", "    }", "}"],
            "a b c",
            ["a {", "    b {", "    }", "}"],
        ),
        (["a {", "    b;", "}"], "a c", None),
    ],
)
def test_removal(lines: list[str], wanted: str, expected: list[str] | None) -> None:
    assert removal.removes(lines, wanted) is (expected is not None)
    if expected is not None:
        assert lines == expected


@pytest.mark.parametrize(
    ("name", "lines", "command", "header", "expected"),
    [
        ("cisco_ios", ["ip access-list extended A", " permit ip any any", " deny ip any any", "x"],
         "ip access-list resequence A 20 20", "", [" 20 permit ip any any", " 40 deny ip any any"]),
        ("cisco_nxos", ["ip access-list A", "  10 permit ip any any", "  11 deny ip any any"],
         "resequence ip access-list A 5 5", "", ["  5 permit ip any any", "  10 deny ip any any"]),
        ("arista_eos", ["ip access-list A", "   10 permit ip any any"], "   resequence 30 30",
         "ip access-list A", ["   30 permit ip any any"]),
        ("huawei_vrp", ["acl number 3002", " rule 5 permit udp", " rule 10 deny ip"], " step 13", "acl 3002",
         [" rule 13 permit udp", " rule 26 deny ip"]),
        ("hp_comware", ["acl advanced 3000", " rule 0 permit udp", " rule 5 deny ip"], " step 10",
         "acl advanced 3000", [" rule 0 permit udp", " rule 10 deny ip"]),
        ("hp_comware", ["acl advanced 3000", " rule 0 deny ip"], " step 10 start 10", "acl advanced 3000",
         [" rule 10 deny ip"]),
    ],
)  # fmt: skip
def test_renumbering(
    name: str, lines: list[str], command: str, header: str, expected: list[str]
) -> None:
    renumber.renumbered(lines, command, header, name)
    assert lines[1 : 1 + len(expected)] == expected


BRACES = ["firewall {", "    name LAN {", "        default-action drop", "    }", "}"]


def test_set_commands_find_their_block() -> None:
    lines = list(BRACES)
    for command in (
        "set firewall name LAN rule 9 action accept",
        "set firewall name LAN rule 9 destination port 443",
        "set firewall name LAN default-action drop",  # is there already
        "set firewall group network-group S network 192.0.2.0/24",
    ):
        braces.put(lines, command)
    assert [line.strip() for line in lines] == [
        "firewall {", "name LAN {", "default-action drop", "rule 9 {", "action accept", "destination {", "port 443",
        "}", "}", "}", "group {", "network-group S {", "network 192.0.2.0/24", "}", "}", "}",
    ]  # fmt: skip


def test_rules_are_made_where_they_are_moved_to() -> None:
    lines = ["security-policy", " rule name a", "  action permit", " rule name b", "  action deny"]
    typed = ["security-policy", " rule name NEW", "  action permit", " rule move NEW before b"]
    assert moves.moved(lines, typed) == [
        *lines[:3],
        " rule name NEW",
        "  action permit",
        *lines[3:],
    ]
    with pytest.raises(NotCarriedOut):
        moves.moved(lines, [*typed[:-1], " rule move NEW before c"])


POLICIES = ["config firewall address", "    edit 5", "    next", "end", "config firewall policy", "    edit 4",
            "    next", "    edit 5", "    next", "end"]  # fmt: skip


def test_policies_are_made_where_they_are_moved_to() -> None:
    typed = ["config firewall address", "edit S", "next", "end", "config firewall policy", "edit 9", "set action accept",
             "next", "move 9 before 5", "end"]  # fmt: skip
    found = moves.moved(POLICIES, typed)
    assert found == [*POLICIES[:4], *typed[:4], *POLICIES[4:7], *typed[5:8], *POLICIES[7:]]
    with pytest.raises(NotCarriedOut, match="0 policies have the number 6"):
        moves.moved(POLICIES, [*typed[:-2], "move 9 before 6", "end"])
    with pytest.raises(NotCarriedOut, match="2 policies"):
        moves.moved([*POLICIES, *POLICIES], typed)


def test_removed_statements_take_their_headers_along() -> None:
    lines = [
        "router static",
        " address-family ipv4 unicast",
        "  0.0.0.0/0 203.0.113.2",
        "  192.0.2.0/24 Null0",
    ]
    commands = (
        "router static",
        " address-family ipv4 unicast",
        "  no 192.0.2.0/24 Null0",
        "commit",
    )
    found = carried_out("cisco_xr", [Text("r", CONFIGURATION, lines)], commands)
    assert "  192.0.2.0/24 Null0" not in found[0].lines


@pytest.mark.parametrize(
    ("name", "commands", "expected"),
    [
        ("cisco_ios", ["ip access-list resequence A 20 20", "ip access-list extended A", " 19 permit tcp any any"],
         ("ip access-list extended A", " no 19")),
        ("cisco_xe", ["interface Gi0/1", " no ip load-sharing per-packet"],
         ("interface Gi0/1", " ip load-sharing per-packet")),
        ("linux", ["iptables -t mangle -A FORWARD -p tcp -j X", "iptables -I FORWARD 1 -p tcp -j ACCEPT"],
         ("iptables -D FORWARD -p tcp -j ACCEPT", "iptables -t mangle -D FORWARD -p tcp -j X")),
        ("linux", ["nft insert rule inet a b accept"], ()),
        ("juniper_junos", ["set a"], ("rollback 1", "commit")),
        ("fortinet", ["config firewall policy", "edit 9", "next", "end"],
         ("config firewall policy", "delete 9", "end")),
        ("fortinet", ["config x", "set y 1", "end"], ("config x", "unset y", "end")),
    ],
)  # fmt: skip
def test_rollback(name: str, commands: list[str], expected: tuple[str, ...]) -> None:
    assert rollback(name, commands) == expected
