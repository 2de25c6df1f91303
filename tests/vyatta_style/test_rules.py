"""Rule sets of the older generation (VyOS 1.2 and 1.3, EdgeOS), in both forms of the text.

Expected verdicts follow vyatta-cfg-firewall `Rule.pm` and `AddressFilter.pm`; T-numbers are those of the shared
knowledge page on filters.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vyatta_style.flows import (
    ACK443,
    F22,
    F80,
    F443,
    FRAG,
    GRE,
    IN443,
    P4,
    P6,
    PING,
    PING6,
    R443,
    S22,
    S443,
    curly,
    set_form,
    tcp,
    udp,
    verdict,
)  # fmt: skip

X = "firewall name X"
SIX = "firewall ipv6-name X"
OPEN = (f"{X} default-action 'accept'",)


def rule(number: int, *statements: str, action: str = "drop", base: str = X) -> tuple[str, ...]:
    return (
        f"{base} rule {number} action '{action}'",
        *(f"{base} rule {number} {text}" for text in statements),
    )


Case = tuple[str, tuple[str, ...], dict[str, object], str, int | str | None]
CASES: list[Case] = [
    ("T117 answers", (f"{X} default-action 'drop'", *rule(10, "state established 'enable'", action="accept")), R443, "permit", 10),
    ("T117 new from outside", (f"{X} default-action 'drop'", *rule(10, "state established 'enable'", action="accept")), IN443, "deny", "default-action"),
    ("T118 disabled rule", (*rule(5, "disable"), *rule(10, action="accept")), F443, "permit", 10),
    ("no default action drops", rule(10, "protocol 'udp'", action="accept"), F443, "deny", None),
    ("order is numeric", (*rule(100, action="accept"), *rule(20, "protocol 'tcp'")), F443, "deny", 20),
    ("reject", rule(10, "protocol 'tcp'", action="reject"), F443, "deny", 10),
    ("destination prefix", (*OPEN, *rule(10, "destination address '104.192.136.0/21'")), F443, "deny", 10),
    ("destination prefix, other", (*OPEN, *rule(10, "destination address '104.192.136.0/21'")), tcp(443, "185.166.143.10"), "permit", "default-action"),
    ("negated prefix", (*OPEN, *rule(10, "destination address '!104.192.136.0/21'")), F443, "permit", "default-action"),
    ("negated prefix, other", (*OPEN, *rule(10, "destination address '!104.192.136.0/21'")), tcp(443, "185.166.143.10"), "deny", 10),
    ("range", (*OPEN, *rule(10, "destination address '104.192.141.1-104.192.141.7'")), F443, "deny", 10),
    ("range, outside", (*OPEN, *rule(10, "destination address '104.192.141.2-104.192.141.7'")), F443, "permit", "default-action"),
    ("negated range", (*OPEN, *rule(10, "source address '!10.20.1.1-10.20.1.9'")), F443, "permit", "default-action"),
    ("port list", (*OPEN, *rule(10, "protocol 'tcp'", "destination port '22,80-90,https'")), F443, "deny", 10),
    ("port list, other", (*OPEN, *rule(10, "protocol 'tcp'", "destination port '22,80-90'")), F443, "permit", "default-action"),
    ("port name", (*OPEN, *rule(10, "protocol 'tcp'", "destination port 'ssh'")), F22, "deny", 10),
    ("negated port list is negated as a whole", (*OPEN, *rule(10, "protocol 'tcp'", "destination port '!22,443'")), F443, "permit", "default-action"),
    ("negated port list, other", (*OPEN, *rule(10, "protocol 'tcp'", "destination port '!22,443'")), F80, "deny", 10),
    ("source port", (*OPEN, *rule(10, "protocol 'tcp'", "source port '443'")), R443, "deny", 10),
    ("tcp_udp, tcp", (*OPEN, *rule(10, "protocol 'tcp_udp'", "destination port '443'")), F443, "deny", 10),
    ("tcp_udp, udp", (*OPEN, *rule(10, "protocol 'tcp_udp'", "destination port '443'")), udp(443), "deny", 10),
    ("tcp_udp, gre", (*OPEN, *rule(10, "protocol 'tcp_udp'")), GRE, "permit", "default-action"),
    ("negated protocol", (*OPEN, *rule(10, "protocol '!tcp'")), F443, "permit", "default-action"),
    ("negated protocol, gre", (*OPEN, *rule(10, "protocol '!tcp'")), GRE, "deny", 10),
    ("protocol number", (*OPEN, *rule(10, "protocol '47'")), GRE, "deny", 10),
    ("protocol all", (*OPEN, *rule(10, "protocol 'all'")), GRE, "deny", 10),
    ("flags", (*OPEN, *rule(10, "protocol 'tcp'", "tcp flags 'SYN,!ACK'")), F443, "deny", 10),
    ("flags, ack", (*OPEN, *rule(10, "protocol 'tcp'", "tcp flags 'SYN,!ACK'")), ACK443, "permit", "default-action"),
    ("icmp type name", (*OPEN, *rule(10, "protocol 'icmp'", "icmp type-name 'echo-request'")), PING, "deny", 10),
    ("icmp type name, other", (*OPEN, *rule(10, "protocol 'icmp'", "icmp type-name 'echo-request'")), P4, "permit", "default-action"),
    ("icmp name with a code", (*OPEN, *rule(10, "protocol 'icmp'", "icmp type-name 'fragmentation-needed'")), P4, "deny", 10),
    ("icmp type", (*OPEN, *rule(10, "protocol 'icmp'", "icmp type '3'")), P4, "deny", 10),
    ("icmp type and code", (*OPEN, *rule(10, "protocol 'icmp'", "icmp type '3'", "icmp code '1'")), P4, "permit", "default-action"),
    ("related", (f"{X} default-action 'drop'", *rule(10, "state related 'enable'", action="accept")), P4, "permit", 10),
    ("established alone leaves errors out", (f"{X} default-action 'drop'", *rule(10, "state established 'enable'", action="accept")), P4, "deny", "default-action"),
    ("states that are off say nothing", (*OPEN, *rule(10, "state invalid 'enable'", "state new 'disable'")), F443, "permit", "default-action"),
    ("fragments", (*OPEN, *rule(10, "fragment match-frag")), FRAG, "deny", 10),
    ("fragments, whole packet", (*OPEN, *rule(10, "fragment match-frag")), F443, "permit", "default-action"),
    ("no fragments", (*OPEN, *rule(10, "fragment match-non-frag")), F443, "deny", 10),
    ("tracked connections are put together", (*OPEN, *rule(10, "state invalid 'enable'"), *rule(20, "protocol 'tcp'", "destination port '443'")), FRAG, "deny", 20),
    ("untracked fragments have no ports", (*OPEN, *rule(20, "protocol 'tcp'", "destination port '443'")), FRAG, "permit", "default-action"),
    ("state policy is first", (f"{X} default-action 'drop'", "firewall state-policy established action 'accept'", *rule(10)), R443, "permit", "state-policy"),
    ("state policy leaves new ones", (f"{X} default-action 'drop'", "firewall state-policy established action 'accept'"), F443, "deny", "default-action"),
    ("T152 what stands before is sure", (*OPEN, *rule(5, "protocol 'tcp'", "destination port '443'", action="accept"), *rule(10, "foo 'bar'")), F443, "permit", 5),
    ("logging changes nothing", (*OPEN, f"{X} enable-default-log", *rule(10, "log 'enable'", "description 'no web'", "protocol 'tcp'", "destination port '80'")), F443, "permit", "default-action"),
]  # fmt: skip

UNKNOWN: list[Case] = [
    ("U1 word not understood", (*OPEN, *rule(10, "frobnicate 'yes'")), F443, "unknown", 10),
    ("U2 group missing", (*OPEN, *rule(10, "destination group network-group 'NOPE'")), F443, "unknown", 10),
    ("U4 time", (*OPEN, *rule(10, "time starttime '08:00:00'")), F443, "unknown", 10),
    ("U6 application", (*OPEN, *rule(10, "p2p all")), F443, "unknown", 10),
    ("U7 hop limit", (*OPEN, *rule(10, "ttl eq '1'")), F443, "unknown", 10),
    ("U8 limit", (*OPEN, *rule(10, "limit rate '10/minute'")), F443, "unknown", 10),
    ("U8 recent", (*OPEN, *rule(10, "recent count '4'", "recent time '60'")), F443, "unknown", 10),
    ("U18 inspect", (*OPEN, *rule(10, action="inspect")), F443, "unknown", 10),
    ("U20 port too high", (*OPEN, *rule(10, "protocol 'tcp'", "destination port '70000'")), F443, "unknown", 10),
    ("half a port range", (*OPEN, *rule(10, "protocol 'tcp'", "destination port '400-'")), F443, "unknown", 10),
    ("reversed port range", (*OPEN, *rule(10, "protocol 'tcp'", "destination port '500-400'")), F443, "unknown", 10),
    ("mask that is none", (*OPEN, *rule(10, "destination address '104.192.136.0/64'")), F443, "unknown", 10),
    ("address of the other family", (*OPEN, *rule(10, "destination address '2001:db8::1'")), F443, "unknown", 10),
    ("mac address", (*OPEN, *rule(10, "source mac-address '00:53:00:00:00:01'")), F443, "unknown", 10),
    ("ports without a protocol", (*OPEN, *rule(10, "destination port '443'")), F443, "unknown", 10),
    ("negated tcp_udp", (*OPEN, *rule(10, "protocol '!tcp_udp'")), F443, "unknown", 10),
    ("unknown service", (*OPEN, *rule(10, "protocol 'tcp'", "destination port 'gitd'")), F443, "unknown", 10),
    ("no action", (*OPEN, f"{X} rule 10 protocol 'tcp'"), F443, "unknown", None),
    ("unknown state", (*OPEN, *rule(10, "state weird 'enable'")), F443, "unknown", 10),
    ("rule without a number", (*OPEN, f"{X} rule ten action 'drop'"), F443, "unknown", None),
    ("a name that is not ASCII", (*OPEN, *rule(10, "destination group network-group 'GÄSTE'")), F443, "unknown", 10),
    ("default action unknown", (f"{X} default-action 'maybe'",), F443, "unknown", None),
]  # fmt: skip


def _check(found: tuple[str, str | None], action: str, place: int | str | None) -> None:
    assert found[0] == action
    text = found[1]
    if isinstance(place, int):
        assert text is not None
        assert f"rule {place}" in text
    elif isinstance(place, str):
        assert text is not None
        assert place in text or place == "state-policy"


@pytest.mark.parametrize("case", [*CASES, *UNKNOWN], ids=lambda case: str(case[0]))
@pytest.mark.parametrize("platform", ["vyos", "ubiquiti_edgerouter"])
def test_set_form(tmp_path: Path, case: Case, platform: str) -> None:
    found = verdict(tmp_path, platform, set_form(*case[1]), "X", case[2])
    _check(found, case[3], case[4])


@pytest.mark.parametrize("case", [*CASES, *UNKNOWN], ids=lambda case: str(case[0]))
@pytest.mark.parametrize("platform", ["vyos", "ubiquiti_edgerouter"])
def test_curly_form(tmp_path: Path, case: Case, platform: str) -> None:
    found = verdict(tmp_path, platform, curly(case[1]), "X", case[2])
    _check(found, case[3], case[4])


OPEN6 = (f"{SIX} default-action 'accept'",)
V6: list[Case] = [
    ("prefix", (*OPEN6, *rule(10, "destination address '2401:1d80:3000::/36'", base=SIX)), S443, "deny", 10),
    ("port", (*OPEN6, *rule(10, "protocol 'tcp'", "destination port '22'", base=SIX)), S443, "permit", None),
    ("port, ssh", (*OPEN6, *rule(10, "protocol 'tcp'", "destination port '22'", base=SIX)), S22, "deny", 10),
    ("icmpv6 type name", (*OPEN6, *rule(10, "protocol 'icmpv6'", "icmpv6 type 'packet-too-big'", base=SIX)), P6, "deny", 10),
    ("icmpv6 type number", (*OPEN6, *rule(10, "protocol 'ipv6-icmp'", "icmpv6 type '2/0'", base=SIX)), P6, "deny", 10),
    ("icmpv6, other", (*OPEN6, *rule(10, "protocol 'ipv6-icmp'", "icmpv6 type '2/0'", base=SIX)), PING6, "permit", None),
    ("icmp in an IPv6 rule", (*OPEN6, *rule(10, "icmp type '3'", base=SIX)), S443, "unknown", 10),
    ("group", (*OPEN6, "firewall group ipv6-network-group N network '2401:1d80::/32'", *rule(10, "destination group network-group 'N'", base=SIX)), S443, "deny", 10),
]  # fmt: skip


@pytest.mark.parametrize("case", V6, ids=lambda case: str(case[0]))
def test_ipv6(tmp_path: Path, case: Case) -> None:
    found = verdict(tmp_path, "vyos", set_form(*case[1]), "X", case[2])
    _check(found, case[3], case[4])
