"""iptables: verdicts of single packets (knowledge: filters, cases T121 to T125) and the replay."""

# device texts and tables of cases stand unbroken

from __future__ import annotations

import pytest

from parsers.model.filters import Action, State, Symptom
from rules.packets.packet import Packet, packet
from tests.linux.linux_case import (
    ACK,
    CLIENT,
    CLIENT6,
    F22,
    F80,
    F443,
    F443_6,
    FRAG,
    P4,
    P6,
    R443,
    SERVICE,
    SERVICE6,
    device,
    judged,
    to,
    verdict,
)

FORWARD = "iptables/filter/FORWARD"
T121 = """:FORWARD DROP
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -s 10.20.0.0/16 -p tcp -m multiport --dports 443,80 -j ACCEPT"""
T122 = """-A FORWARD -p tcp --dport 22 -j REJECT --reject-with tcp-reset
-A FORWARD -j ACCEPT"""
T123 = """-A FORWARD -j LOG
-A FORWARD -d 104.192.136.0/255.255.248.0 -j DROP
-P FORWARD ACCEPT"""
HOLES = "-A FORWARD -d 104.192.0.1/255.255.0.255 -j DROP"
USER = """*filter
:FORWARD DROP [0:0]
:WEB - [0:0]
:SSH - [0:0]
-A FORWARD -p tcp --dport 443 -j WEB
-A FORWARD -p tcp --dport 22 -g SSH
-A FORWARD -p tcp --dport 80 -j RETURN
-A FORWARD -j ACCEPT
-A WEB -s 10.30.0.0/16 -j DROP
-A WEB -j RETURN
-A SSH -s 10.30.0.0/16 -j ACCEPT
COMMIT"""
NEGATED = """-A FORWARD ! -s 10.20.0.0/16 -j DROP
-A FORWARD -p tcp --dport ! 443 -j DROP
-A FORWARD -p tcp ! --dport 443 -j DROP
-A FORWARD -p tcp ! --syn -j DROP
-A FORWARD -d ! 104.192.136.0/21 -j DROP"""
LONG = """--policy FORWARD DROP
--append FORWARD --protocol tcp --source 10.20.0.0/16,10.40.0.0/16 --destination-port 440:450 --jump ACCEPT
-A FORWARD --proto=tcp --dst=104.192.141.1 -m tcp --dport ssh --jump ACCEPT"""
PORTS = """-A FORWARD -p tcp -m multiport --ports 443,8000:8010 -j DROP
-A FORWARD -p tcp -m multiport ! --ports 22 -j REJECT"""
RANGE = "-A FORWARD -m iprange --dst-range 104.192.141.1-104.192.141.6 -j DROP"
ICMP = """:FORWARD DROP
-A FORWARD -p icmp --icmp-type fragmentation-needed -j ACCEPT"""
UNCERTAIN = """-A FORWARD -p tcp --dport 443 -m set --match-set bad dst -j DROP
-A FORWARD -p tcp --dport 22 -m time --timestart 08:00 -j DROP
-A FORWARD -p tcp --dport 80 -j NFQUEUE --queue-num 1"""
UNREAD = """:FORWARD ACCEPT
-A FORWARD -p tcp --dport 443 --frobnicate 3 -j DROP
-A FORWARD "broken"""
EDITED = """iptables -P FORWARD ACCEPT
iptables -A FORWARD -p tcp --dport 443 -j ACCEPT
iptables -I FORWARD -p tcp --dport 443 -j DROP
iptables -I FORWARD 2 -p tcp --dport 22 -j DROP
iptables -A FORWARD -p tcp --dport 80 -j DROP
iptables -D FORWARD -p tcp --dport 80 -j DROP
iptables -R FORWARD 2 -p tcp --dport 23 -j DROP
iptables -D FORWARD 1"""
FRAGMENTS = """-A FORWARD -f -j DROP
-A FORWARD -p tcp --dport 443 -j ACCEPT"""

CASES: list[tuple[str, str, Packet, str, int | None]] = [
    ("T121 new https", T121, F443, "permit", 3),
    ("T121 new http", T121, F80, "permit", 3),
    ("T121 ssh meets the policy", T121, F22, "deny", 1),
    ("T121 answer", T121, R443, "permit", 2),
    ("T121 fragmentation needed is related", T121, P4, "permit", 2),
    ("T122 ssh is reset", T122, F22, "deny", 1),
    ("T122 https", T122, F443, "permit", 2),
    ("T123 LOG goes on", T123, F443, "deny", 2),
    ("T125 INPUT is not transit", "-A INPUT -j DROP\n-P FORWARD ACCEPT", F443, "permit", 2),
    ("a mask with holes, inside", HOLES, F443, "deny", 1),
    ("a mask with holes, outside", HOLES, to("104.192.141.2"), "permit", None),
    ("jump returns", USER, F443, "permit", 8),
    ("goto does not return", USER, F22, "deny", 2),
    ("RETURN in a built-in chain is the policy", USER, F80, "deny", 2),
    (
        "! before the next option is that option's",
        "-A FORWARD -p tcp --syn ! -i lan0 -j DROP\n-A FORWARD -p tcp --syn ! -d 10.0.0.0/8 -j DROP",
        F443,
        "deny",
        2,
    ),
    ("negations spare the session's SYN", NEGATED, F443, "permit", None),
    ("! -s", NEGATED, packet("10.21.0.1", SERVICE), "deny", 1),
    ("old spelling of a negated port", NEGATED, F22, "deny", 2),
    ("! --syn", NEGATED, packet(CLIENT, SERVICE, flags=ACK), "deny", 4),
    ("old spelling of a negated address", NEGATED, to("185.166.143.10"), "deny", 5),
    ("long options", LONG, F443, "permit", 2),
    ("options with =, service names", LONG, F22, "permit", 3),
    ("long options, policy", LONG, F80, "deny", 1),
    ("multiport on either side: destination", PORTS, F443, "deny", 1),
    ("multiport on either side: source", PORTS, packet(CLIENT, SERVICE, 6, 8005, 22), "deny", 1),
    ("! --ports spares the port", PORTS, F22, "permit", None),
    ("! --ports takes the others", PORTS, F80, "deny", 2),
    ("iprange inside", RANGE, F443, "deny", 1),
    ("iprange outside", RANGE, to("104.192.141.7"), "permit", None),
    ("an ICMP type by name", ICMP, P4._replace(state=State.NEW), "permit", 2),
    ("another code of the type", ICMP, packet(SERVICE, CLIENT, 1, icmp=(3, 1)), "deny", 1),
    ("a set that is not shown", UNCERTAIN, F443, "unknown", 1),
    ("a time", UNCERTAIN, F22, "unknown", 2),
    ("a queue", UNCERTAIN, F80, "unknown", 3),
    ("an option not understood", UNREAD, F443, "unknown", 2),
    ("a line not understood stands in its chain", UNREAD, F22, "unknown", 3),
    ("scripts are replayed: inserted, then deleted", EDITED, F443, "permit", 2),
    ("scripts are replayed: replaced", EDITED, F22, "permit", 1),
    ("scripts are replayed: deleted by its text", EDITED, F80, "permit", 1),
    ("-f takes later fragments", FRAGMENTS, FRAG, "deny", 1),
    ("-f spares whole packets", FRAGMENTS, F443, "permit", 2),
]


@pytest.mark.parametrize(
    ("text", "asked", "outcome", "line"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_forward_verdicts(text: str, asked: Packet, outcome: str, line: int | None) -> None:
    assert verdict(device(config=text), FORWARD, asked) == (outcome, line)


def test_reject_tells_what_the_client_sees() -> None:
    assert judged(device(config=T122), FORWARD, F22).symptom is Symptom.RESET
    plain = device(config="-A FORWARD -j REJECT --reject-with icmp-admin-prohibited")
    assert judged(plain, FORWARD, F22).symptom is Symptom.ICMP_ERROR
    silent = device(config="-A FORWARD -j DROP")
    assert judged(silent, FORWARD, F22).symptom is Symptom.TIMEOUT


def test_ip6tables_is_a_family_of_its_own() -> None:
    found = device(
        iptables__save="*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT",
        ip6tables__save=(
            "*filter\n:FORWARD DROP [0:0]\n"
            "-A FORWARD -s 2001:db8:20::/48 -p tcp --dport 443 -j ACCEPT\n"
            "-A FORWARD -p ipv6-icmp --icmpv6-type packet-too-big -j ACCEPT\nCOMMIT"
        ),
    )
    assert verdict(found, FORWARD, F443) == ("permit", 2)
    assert verdict(found, FORWARD, F443_6) == ("permit", 3)
    assert verdict(found, FORWARD, P6) == ("permit", 4)
    assert verdict(found, FORWARD, packet(CLIENT6, SERVICE6, dst_port=22)) == ("deny", 2)


def test_one_file_may_hold_both_families() -> None:
    found = device(
        config="# Generated by iptables-save v1.8.9\n*filter\n:FORWARD DROP [0:0]\nCOMMIT\n"
        "# Generated by ip6tables-save v1.8.9\n*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT"
    )
    assert verdict(found, FORWARD, F443)[0] == "deny"
    assert verdict(found, FORWARD, F443_6)[0] == "permit"


def test_every_table_on_the_transit_path_is_bound_in_the_packets_order() -> None:
    found = device(
        config="""*raw
:PREROUTING ACCEPT [0:0]
COMMIT
*mangle
:PREROUTING ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A POSTROUTING -o wan0 -j MASQUERADE
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
COMMIT
*security
:FORWARD ACCEPT [0:0]
COMMIT"""
    )
    assert [b.key for b in found.bindings if b.direction == "forward"] == [
        "iptables/raw/PREROUTING",
        "iptables/mangle/PREROUTING",
        "iptables/nat/PREROUTING",
        "iptables/mangle/FORWARD",
        "iptables/filter/FORWARD",
        "iptables/security/FORWARD",
        "iptables/mangle/POSTROUTING",
        "iptables/nat/POSTROUTING",
    ]
    assert [(b.key, b.direction) for b in found.bindings if b.direction != "forward"] == [
        ("iptables/filter/INPUT", "in"),
        ("iptables/filter/OUTPUT", "out"),
    ]
    translated = [b.key for b in found.bindings if b.sees_translated]
    assert translated == ["iptables/raw/PREROUTING", "iptables/mangle/PREROUTING"]
    assert [(n.value, n.where.line if n.where else 0) for n in found.recognised] == [("nat", 12)]
    assert not found.is_host
    assert found.not_understood == ()


def test_a_host_has_rules_about_its_own_packets_only() -> None:
    own = "*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT"
    assert device(iptables__save=own).is_host
    assert not device(iptables__save=own, sysctl__a="net.ipv4.ip_forward = 1").is_host
    transit = own.replace("COMMIT", "-A FORWARD -j ACCEPT\nCOMMIT")
    assert not device(iptables__save=transit).is_host
    off = device(iptables__save=transit, sysctl__a="net.ipv4.ip_forward = 0")
    assert off.is_host
    assert [b.inactive for b in off.bindings if b.direction == "forward"] == ["forwarding is off"]


def test_legacy_tables_beside_those_shown_leave_every_answer_open() -> None:
    found = device(
        config="# Warning: iptables-legacy tables present, use iptables-legacy-save to see them\n"
        "*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT"
    )
    assert verdict(found, FORWARD, F443)[0] == "unknown"


def test_untracked_packets_leave_states_open() -> None:
    raw = "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j CT --notrack\nCOMMIT\n"
    found = device(config=raw + "*filter\n" + T121 + "\nCOMMIT")
    assert verdict(found, FORWARD, R443)[0] == "unknown"
    dns = device(config=raw.replace("tcp", "udp") + "*filter\n" + T121 + "\nCOMMIT")
    assert verdict(dns, FORWARD, R443)[0] == "permit"


def test_interfaces_and_wildcards() -> None:
    found = device(config="-A FORWARD -i lan+ ! -o wan0 -j DROP")
    assert judged(found, FORWARD, F443, "lan7", "wan1").outcome.value == "deny"
    assert judged(found, FORWARD, F443, "lan7", "wan0").outcome.value == "permit"
    assert judged(found, FORWARD, F443, "dmz", "wan1").outcome.value == "permit"


def test_loopback_is_never_on_the_way() -> None:
    found = device(
        config="*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\n-A INPUT ! -i lo -p tcp --dport 22 -j ACCEPT\nCOMMIT"
    )
    assert verdict(found, "iptables/filter/INPUT", F443) == ("deny", 2)
    assert verdict(found, "iptables/filter/INPUT", F22) == ("permit", 4)
    own = packet("127.0.0.1", "127.0.0.1")
    assert verdict(found, "iptables/filter/INPUT", own) == ("permit", 3)


def test_a_negation_belongs_to_the_option_behind_it() -> None:
    found = device(config="-A FORWARD -p tcp --syn ! -i lan0 -j DROP")
    assert judged(found, FORWARD, F443, "lan0").outcome.value == "permit"
    assert judged(found, FORWARD, F443, "wan0").outcome.value == "deny"


def test_shell_that_branches_leaves_every_answer_open() -> None:
    script = "for p in 22 443; do\niptables -A FORWARD -p tcp --dport $p -j DROP\ndone"
    assert verdict(device(config=script), FORWARD, F80)[0] == "unknown"
    plain = "IPT=/sbin/iptables\nLAN=10.20.0.0/16\n$IPT -A FORWARD -s $LAN -j DROP"
    assert verdict(device(config=plain), FORWARD, F80) == ("deny", 3)


def test_a_rule_for_the_other_family_is_left_out() -> None:
    text = "*filter\n-A FORWARD -6 -j DROP\n-A FORWARD -4 -p tcp --dport 22 -j DROP\nCOMMIT"
    found = device(iptables__save=text)
    assert verdict(found, FORWARD, F443) == ("permit", None)
    assert verdict(found, FORWARD, F22) == ("deny", 3)


def test_names_a_user_would_say() -> None:
    found = device(config=USER + "\n*mangle\n:FORWARD ACCEPT [0:0]\nCOMMIT")
    names = {f.names[0] for f in found.filters.values()}
    assert names == {"FORWARD", "WEB", "SSH", "mangle/FORWARD"}
    assert found.filters[("iptables/filter/WEB", 4)].default is None
    assert found.filters[(FORWARD, 4)].default is Action.DENY


def test_quotes_and_counters() -> None:
    found = device(
        config='*filter\n:FORWARD ACCEPT [5:6]\n[1:2] -A FORWARD -p tcp -m comment --comment "a -j ACCEPT \\"x\\"" -j DROP\nCOMMIT'
    )
    assert verdict(found, FORWARD, F443) == ("deny", 3)


def test_ranges_of_lines_add_up() -> None:
    lines = device(config=USER).lines
    assert (lines.total, lines.used, lines.not_understood) == (12, 12, 0)


def test_nothing_a_device_prints_raises() -> None:
    for text in ("-A", "*", ":", "[", "-A FORWARD -s", "-A FORWARD !", "-I FORWARD x y", "*filter\n-A FORWARD -p tcp --dport 1:2:3 -j DROP", "iptables", "-R FORWARD 9 -j DROP", "-A FORWARD -s host.example -j DROP"):  # fmt: skip
        device(config="*filter\n:FORWARD ACCEPT [0:0]\n" + text)
