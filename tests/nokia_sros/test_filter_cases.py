"""IP filter policies: verdicts worked out by hand from Nokia's semantics, in both command lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nokia_sros.flows import (
    ACK443,
    F22,
    F80,
    F443,
    FRAG,
    FRAG_ICMP,
    GRE,
    H2,
    P4,
    P6,
    PING,
    R443,
    S443,
    UDP53,
    Row,
    decided,
    tcp,
)

B1 = "104.192.136.0/21"


def classic(body: str, kind: str = "ip-filter") -> str:
    """A classic configuration with filter 10; `body` has one command a line, `(` and `)` open and close."""
    lines = ["exit all", "configure", "    filter", f"        {kind} 10 create"]
    depth = 3
    for text in (part.strip() for part in body.split(";")):
        if text == ")":
            depth -= 1
            lines.append("    " * depth + "exit")
        elif text:
            lines.append("    " * depth + text.rstrip("( "))
            depth += text.endswith("(")
    return "\n".join([*lines, "        exit", "    exit", "exit all", ""])


CLASSIC = [
    # identity, statements, packet, action, the deciding command (None: the default, not printed)
    ("T098", f"default-action drop; entry 10 create (; match protocol tcp (; dst-ip {B1}; ); action forward; )", F443, "permit", "entry 10 create"),
    ("T098-other", f"default-action drop; entry 10 create (; match protocol tcp (; dst-ip {B1}; ); action forward; )", tcp(443, H2), "deny", "default-action drop"),
    ("T099", f"entry 5 create (; match protocol tcp (; dst-ip {B1}; ); ); entry 10 create (; match (; dst-ip {B1}; ); action forward; )", F443, "permit", "entry 10 create"),
    ("T100", "entry 10 create (; match protocol tcp (; dst-port eq 443; ); action forward; )", F443, "permit", "entry 10 create"),
    ("T100-default", "entry 10 create (; match protocol tcp (; dst-port eq 443; ); action forward; )", F22, "deny", None),
    ("order-by-number", "entry 20 create (; match (; dst-ip 104.0.0.0/8; ); action forward; ); entry 10 create (; match (; dst-ip 104.192.0.0/16; ); action drop; )", F443, "deny", "entry 10 create"),
    ("no-match-is-all", "entry 10 create (; action drop; ); default-action forward", GRE, "deny", "entry 10 create"),
    ("action-context", "default-action forward; entry 10 create (; match protocol tcp (; dst-port eq 22; ); action (; drop; ); )", F22, "deny", "entry 10 create"),
    ("lt", "default-action forward; entry 10 create (; match protocol tcp (; dst-port lt 81; ); action drop; )", F80, "deny", "entry 10 create"),
    ("lt-edge", "default-action forward; entry 10 create (; match protocol tcp (; dst-port lt 80; ); action drop; )", F80, "permit", "default-action forward"),
    ("gt", "default-action forward; entry 10 create (; match protocol tcp (; dst-port gt 79; ); action drop; )", F80, "deny", "entry 10 create"),
    ("gt-edge", "default-action forward; entry 10 create (; match protocol tcp (; dst-port gt 80; ); action drop; )", F80, "permit", "default-action forward"),
    ("range", "default-action forward; entry 10 create (; match protocol tcp (; dst-port range 22 80; ); action drop; )", F22, "deny", "entry 10 create"),
    ("port-either", "default-action forward; entry 10 create (; match protocol tcp (; port eq 443; ); action drop; )", R443, "deny", "entry 10 create"),
    ("ip-either", f"default-action forward; entry 10 create (; match (; ip {B1}; ); action drop; )", R443, "deny", "entry 10 create"),
    ("star-is-tcp-or-udp", "default-action forward; entry 10 create (; match protocol * (; dst-port eq 53; ); action drop; )", UDP53, "deny", "entry 10 create"),
    ("mask-with-a-hole", "default-action forward; entry 10 create (; match (; dst-ip 104.0.0.1 255.0.0.255; ); action drop; )", F443, "deny", "entry 10 create"),
    ("mask-misses", "default-action forward; entry 10 create (; match (; dst-ip 104.0.0.2 255.0.0.255; ); action drop; )", F443, "permit", "default-action forward"),
    ("established-answer", "entry 10 create (; match protocol tcp (; tcp-established; ); action forward; )", R443, "permit", "entry 10 create"),
    ("established-syn", "entry 10 create (; match protocol tcp (; tcp-established; ); action forward; )", F443, "deny", None),
    ("tcp-syn-and-no-ack", "default-action forward; entry 10 create (; match protocol tcp (; tcp-syn true; tcp-ack false; ); action drop; )", F443, "deny", "entry 10 create"),
    ("tcp-syn-with-ack", "default-action forward; entry 10 create (; match protocol tcp (; tcp-syn true; tcp-ack false; ); action drop; )", ACK443, "permit", "default-action forward"),
    ("icmp-type-code", "default-action forward; entry 10 create (; match protocol icmp (; icmp-type 3; icmp-code 4; ); action drop; )", P4, "deny", "entry 10 create"),
    ("icmp-other-type", "default-action forward; entry 10 create (; match protocol icmp (; icmp-type 3; ); action drop; )", PING, "permit", "default-action forward"),
    ("later-fragment-of-ports", "default-action forward; entry 10 create (; match protocol tcp (; dst-port eq 443; ); action drop; )", FRAG, "permit", "default-action forward"),
    ("later-fragment-zero-port", "default-action forward; entry 10 create (; match protocol tcp (; dst-port eq 0; ); action drop; )", FRAG, "deny", "entry 10 create"),
    ("later-fragment-ack-false", "default-action forward; entry 10 create (; match protocol tcp (; tcp-ack false; ); action drop; )", FRAG, "deny", "entry 10 create"),
    ("later-fragment-syn-true", "default-action forward; entry 10 create (; match protocol tcp (; tcp-syn true; tcp-ack false; ); action drop; )", FRAG, "permit", "default-action forward"),
    ("later-fragment-code-zero", "default-action forward; entry 10 create (; match protocol icmp (; icmp-code 0; ); action drop; )", FRAG_ICMP, "deny", "entry 10 create"),
    ("later-fragment-type-8", "default-action forward; entry 10 create (; match protocol icmp (; icmp-type 8; icmp-code 0; ); action drop; )", FRAG_ICMP, "permit", "default-action forward"),
    ("fragment-true-whole", "default-action forward; entry 10 create (; match protocol tcp (; fragment true; ); action drop; )", F443, "permit", "default-action forward"),
    ("fragment-true-later", "default-action forward; entry 10 create (; match protocol tcp (; fragment true; ); action drop; )", FRAG, "deny", "entry 10 create"),
    ("fragment-false-later", "default-action forward; entry 10 create (; match protocol tcp (; fragment false; ); action drop; )", FRAG, "permit", "default-action forward"),
    ("fragment-false-whole", "default-action forward; entry 10 create (; match protocol tcp (; fragment false; ); action drop; )", F443, "deny", "entry 10 create"),
    ("first-only", "default-action forward; entry 10 create (; match protocol tcp (; fragment first-only; ); action drop; )", F443, "permit", "default-action forward"),
    ("non-first-only", "default-action forward; entry 10 create (; match protocol tcp (; fragment non-first-only; ); action drop; )", FRAG, "deny", "entry 10 create"),
    ("dscp-undecided", "default-action forward; entry 10 create (; match protocol tcp (; dscp ef; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("dscp-same-answer", "default-action forward; entry 10 create (; match protocol tcp (; dscp ef; ); action forward; )", F443, "permit", "default-action forward"),
    ("U1-unknown-word", "default-action forward; entry 10 create (; match protocol tcp (; wondrous 5; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("U1-other-protocol", "default-action forward; entry 10 create (; match protocol udp (; wondrous 5; ); action drop; )", F443, "permit", "default-action forward"),
    ("U2-list-missing", "default-action forward; entry 10 create (; match protocol tcp (; dst-port port-list \"NONE\"; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("U4-time-range", "default-action forward; entry 10 time-range \"NIGHT\" create (; match protocol tcp (; dst-port eq 443; ); action drop; )", F443, "unknown", 'entry 10 time-range "NIGHT" create'),
    ("U4-time-range-elsewhere", "default-action forward; entry 10 time-range \"NIGHT\" create (; match protocol tcp (; dst-port eq 443; ); action drop; )", F22, "permit", "default-action forward"),
    ("U7-ttl", "default-action forward; entry 10 create (; match protocol tcp (; ttl eq 1; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("U20-port-too-big", "default-action forward; entry 10 create (; match protocol tcp (; dst-port eq 70000; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("U20-half-range", "default-action forward; entry 10 create (; match protocol tcp (; dst-port range 5; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("U20-no-mask", "default-action forward; entry 10 create (; match (; dst-ip 104.192.136.0 300.0.0.0; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("ports-without-protocol", "default-action forward; entry 10 create (; match (; dst-port eq 443; ); action drop; )", F443, "unknown", "entry 10 create"),
    ("next-hop-permits", "entry 10 create (; match protocol tcp (; dst-port eq 443; ); action forward next-hop 192.0.2.1; )", F443, "permit", "entry 10 create"),
    ("http-redirect", "entry 10 create (; match protocol tcp (; dst-port eq 80; ); action http-redirect \"http://x\"; )", F80, "unknown", "entry 10 create"),
    ("drop-by-length", "default-action forward; entry 10 create (; match protocol tcp (; dst-port eq 443; ); action drop packet-length gt 100; )", F443, "unknown", "entry 10 create"),
    ("rate-limit", "entry 10 create (; match protocol tcp (; dst-port eq 443; ); action (; rate-limit 1000; ); )", F443, "permit", "entry 10 create"),
    ("ignore-match", f"default-action forward; entry 10 create (; match (; dst-ip {B1}; ); action ignore-match; )", F443, "permit", "default-action forward"),
    ("bare-action", "default-action forward; entry 10 create (; match protocol tcp (; dst-port eq 443; ); action; )", F443, "unknown", "entry 10 create"),
    ("inactive-policy", "default-action drop; entry 10 create (; match protocol tcp (; ); )", F443, "unknown", "default-action drop"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "packet", "action", "text"), [c[1:] for c in CLASSIC], ids=[c[0] for c in CLASSIC]
)
def test_classic(tmp_path: Path, body: str, packet: Row, action: str, text: str | None) -> None:
    assert decided(tmp_path, "nokia_sros", classic(body), "10", packet) == (action, text)


def braces(body: str, kind: str = "ip-filter") -> str:
    """An MD-CLI configuration with filter F, one statement a line."""
    text = body.replace("{", "{\n").replace("}", "\n}\n").replace(";", "\n")
    head = (
        f'# Configuration format version 26.3 revision 0\nconfigure {{\nfilter {{\n{kind} "F" {{\n'
    )
    return "\n".join(line for line in (head + text + "\n}\n}\n}\n").splitlines() if line.strip())


def flat(body: str, kind: str = "ip-filter") -> str:
    """The same as commands with their whole path; a block of its own is a line too, as `info flat` prints it."""
    path: list[str] = ["/configure"]
    lines = []
    for line in braces(body, kind).splitlines():
        text = line.strip()
        if text.startswith("#"):
            lines.append(text)
        elif text == "}":
            path.pop()
        elif text.endswith("{"):
            path.append(text[:-1].strip())
        else:
            lines.append(" ".join([path[0], *path[2:], text]))
    return "\n".join(lines)


MD = [
    # identity, kind, statements, packet, action
    ("accept", "ip-filter", "entry 10 { match { protocol tcp; dst-ip { address 104.192.136.0/21 } dst-port { eq 443 } } action { accept } }", F443, "permit"),
    ("default-drop", "ip-filter", "entry 10 { match { protocol tcp; dst-port { eq 443 } } action { accept } }", F22, "deny"),
    ("default-accept", "ip-filter", "default-action accept; entry 10 { match { protocol tcp; dst-port { eq 443 } } action { drop } }", F22, "permit"),
    ("tcp-udp", "ip-filter", "default-action accept; entry 10 { match { protocol tcp-udp; dst-port { eq 53 } } action { drop } }", UDP53, "deny"),
    ("range", "ip-filter", "default-action accept; entry 10 { match { protocol tcp; dst-port { range { start 20; end 80 } } } action { drop } }", F22, "deny"),
    ("range-half", "ip-filter", "default-action accept; entry 10 { match { protocol tcp; dst-port { range { start 20 } } } action { drop } }", F22, "unknown"),
    ("mask", "ip-filter", "default-action accept; entry 10 { match { dst-ip { address 104.0.0.1; mask 255.0.0.255 } } action { drop } }", F443, "deny"),
    ("address-without-mask", "ip-filter", "default-action accept; entry 10 { match { dst-ip { address 104.192.141.1 } } action { drop } }", F443, "unknown"),
    ("flags", "ip-filter", "default-action accept; entry 10 { match { protocol tcp; tcp-flags { syn true; ack false } } action { drop } }", F443, "deny"),
    ("flags-answer", "ip-filter", "default-action accept; entry 10 { match { protocol tcp; tcp-flags { syn true; ack false } } action { drop } }", R443, "permit"),
    ("icmp", "ip-filter", "default-action accept; entry 10 { match { protocol icmp; icmp { type 3; code 4 } } action { drop } }", P4, "deny"),
    ("icmp-code-only", "ip-filter", "default-action accept; entry 10 { match { protocol icmp; icmp { code 0 } } action { drop } }", PING, "deny"),
    ("v6", "ipv6-filter", "entry 10 { match { next-header tcp; dst-ip { address 2401:1d80:3000::/36 } dst-port { eq 443 } } action { accept } }", S443, "permit"),
    ("v6-ptb", "ipv6-filter", "default-action accept; entry 10 { match { next-header ipv6-icmp; icmp { type 2 } } action { drop } }", P6, "deny"),
    ("v6-mask", "ipv6-filter", "default-action accept; entry 10 { match { dst-ip { address 2401:1d80:3000::1; mask ffff:ffff:: } } action { drop } }", S443, "deny"),
    ("v6-default", "ipv6-filter", "entry 10 { match { next-header udp } action { accept } }", S443, "deny"),
    ("forward-next-hop", "ip-filter", "entry 10 { match { protocol tcp } action { forward { next-hop { nh-ip { address 192.0.2.1 } } } } }", F443, "permit"),
    ("drop-when", "ip-filter", "default-action accept; entry 10 { match { protocol tcp } action { drop-when { ttl { eq 1 } } } }", F443, "unknown"),
    ("modifier-alone", "ip-filter", "default-action accept; entry 10 { match { protocol tcp } action { fc af } }", F443, "unknown"),
    ("action-not-known", "ip-filter", "default-action accept; entry 10 { match { protocol tcp } action { vanish } }", F443, "unknown"),
    ("hexadecimal", "ip-filter", "default-action accept; entry 10 { match { protocol 0x6; dst-port { eq 443 } } action { drop } }", F443, "deny"),
    ("wrong-family", "ip-filter", "default-action accept; entry 10 { match { dst-ip { address 2001:db8::/32 } } action { drop } }", F443, "unknown"),
    ("dynamic-entries", "ip-filter", "default-action accept; subscriber-mgmt { shared-entry { filter-rule { range { start 1; end 5 } } } } entry 10 { action { accept } }", F443, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "body", "packet", "action"), [c[1:] for c in MD], ids=[c[0] for c in MD]
)
@pytest.mark.parametrize("write", [braces, flat], ids=["curly", "flat"])
def test_md_cli(
    tmp_path: Path, write: object, kind: str, body: str, packet: Row, action: str
) -> None:
    config = braces(body, kind) if write is braces else flat(body, kind)
    assert decided(tmp_path, "nokia_sros", config, "F", packet)[0] == action


def test_several_statements_on_one_line(tmp_path: Path) -> None:
    entry = '/configure filter ip-filter "F" entry 10'
    config = (
        f"{entry} match protocol tcp dst-ip address 104.192.136.0/21 dst-port eq 443\n{entry} action drop\n"
        '/configure filter ip-filter "F" default-action accept filter-id 7\n'
    )
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "deny"
    assert decided(tmp_path, "nokia_sros", config, "7", F22)[0] == "permit"
    assert decided(tmp_path, "nokia_sros", config, "F", tcp(443, H2))[0] == "permit"
    one = f"{entry} match protocol tcp dst-port eq 443 action accept\n"
    assert decided(tmp_path, "nokia_sros", one, "F", F443)[0] == "permit"
    assert decided(tmp_path, "nokia_sros", one, "F", F22)[0] == "deny"


def test_one_line_commands_of_the_classic_cli(tmp_path: Path) -> None:
    config = (
        "configure filter ip-filter 10 create\n"
        "configure filter ip-filter 10 entry 10 create\n"
        "configure filter ip-filter 10 entry 10 match protocol tcp dst-ip 104.192.136.0/21 dst-port eq 443\n"
        "configure filter ip-filter 10 entry 10 action drop\n"
        "configure filter ip-filter 10 default-action forward\n"
    )
    assert decided(tmp_path, "nokia_sros", config, "10", F443)[0] == "deny"
    assert decided(tmp_path, "nokia_sros", config, "10", F22)[0] == "permit"
