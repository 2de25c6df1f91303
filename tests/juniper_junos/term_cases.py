"""Packets, and filters of one or more terms with the verdict that Juniper's semantics give them."""

from __future__ import annotations

C, H, H2 = "10.20.1.5", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
ACK443 = {**F443, "tcp_flags": ["ack"]}
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
R22 = {**R443, "src_port": 22}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {**P4, "icmp_type": 8, "icmp_code": 0}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
FRAG = {**F443, "fragment": True}
GRE = {"src": C, "dst": H, "protocol": 47}
REST = "term Z { then accept; }"
DROP = "term Z { then discard; }"

CASES = [
    # identity, terms, packet, action, term (None: the implicit discard)
    (
        "T074-except",
        "term A { from { destination-address { 104.192.136.0/21; 104.192.141.0/24 except; } } then accept; }",
        F443,
        "deny",
        None,
    ),
    (
        "T074-around",
        "term A { from { destination-address { 104.192.136.0/21; 104.192.141.0/24 except; } } then accept; }",
        tcp(443, "104.192.140.9"),
        "permit",
        "A",
    ),
    (
        "T074-longer-again",
        "term A { from { destination-address { 104.192.136.0/21; 104.192.141.0/24 except;"
        " 104.192.141.1/32; } } then accept; }",
        F443,
        "permit",
        "A",
    ),
    (
        "T075-only-except",
        "term A { from { destination-address { 104.192.141.0/24 except; } } then accept; }",
        F443,
        "deny",
        None,
    ),
    (
        "T075-others-neither",
        "term A { from { destination-address { 104.192.141.0/24 except; } } then accept; }",
        tcp(443, H2),
        "deny",
        None,
    ),
    (
        "T076-22",
        f"term X {{ from {{ destination-port 22; }} then discard; }} {REST}",
        F22,
        "deny",
        "X",
    ),
    (
        "T076-443",
        f"term X {{ from {{ destination-port 22; }} then {{ discard; }} }} {REST}",
        F443,
        "permit",
        "Z",
    ),
    (
        "T077-no-action",
        f"term A {{ from {{ protocol tcp; }} then {{ count c; }} }} {DROP}",
        F443,
        "permit",
        "A",
    ),
    ("no-then", f"term A {{ from {{ protocol tcp; }} }} {DROP}", F443, "permit", "A"),
    (
        "T078-next-term",
        "term A { then { policer P; next term; } } term B { from { protocol tcp; destination-port 443; }"
        f" then discard; }} {REST}",
        F443,
        "deny",
        "B",
    ),
    (
        "T080-inactive",
        f"inactive: term BLK {{ from {{ destination-address {{ 104.192.136.0/21; }} }} then discard; }} {REST}",
        F443,
        "permit",
        "Z",
    ),
    (
        "inactive-then",
        "term A { from { protocol tcp; } inactive: then discard; }",
        F443,
        "permit",
        "A",
    ),
    (
        "inactive-condition",
        "term A { from { inactive: protocol udp; destination-address { 104.192.136.0/21; } } then accept; }",
        F443,
        "permit",
        "A",
    ),
    (
        "inactive-address",
        "term A { from { destination-address { inactive: 104.192.136.0/21; 192.0.2.0/24; } } then accept; }",
        F443,
        "deny",
        None,
    ),
    (
        "T083-initial",
        f"term A {{ from {{ protocol tcp; tcp-initial; destination-port 443; }} then reject tcp-reset; }} {REST}",
        F443,
        "deny",
        "A",
    ),
    (
        "T083-later",
        f"term A {{ from {{ protocol tcp; tcp-initial; destination-port 443; }} then reject tcp-reset; }} {REST}",
        ACK443,
        "permit",
        "Z",
    ),
    (
        "T084-answer",
        "term A { from { protocol tcp; tcp-established; } then accept; }",
        R443,
        "permit",
        "A",
    ),
    (
        "T084-first",
        "term A { from { protocol tcp; tcp-established; } then accept; }",
        F443,
        "deny",
        None,
    ),
    (
        "T085-reject",
        f"term A {{ from {{ source-address {{ 10.20.0.0/16; }} }} then {{ reject; }} }} {REST}",
        F443,
        "deny",
        "A",
    ),
    (
        "T054-ptb",
        "term 1 { from { icmp-type [ echo-request echo-reply time-exceeded ]; } then accept; }"
        " term 2 { from { tcp-established; } then accept; }",
        P4,
        "unknown",
        "2",
    ),
    (
        "T054-with-protocol",
        "term 1 { from { protocol icmp; icmp-type [ echo-request echo-reply ]; } then accept; }"
        " term 2 { from { protocol tcp; tcp-established; } then accept; }",
        P4,
        "deny",
        None,
    ),
    (
        "T056-ptb",
        "term ptb { from { protocol icmp; icmp-type unreachable; icmp-code fragmentation-needed; }"
        f" then accept; }} term noicmp {{ from {{ protocol icmp; }} then discard; }} {REST}",
        P4,
        "permit",
        "ptb",
    ),
    (
        "T056-ping",
        "term ptb { from { protocol icmp; icmp-type unreachable; icmp-code fragmentation-needed; }"
        f" then accept; }} term noicmp {{ from {{ protocol icmp; }} then discard; }} {REST}",
        PING,
        "deny",
        "noicmp",
    ),
    (
        "icmp-numbers",
        "term A { from { protocol icmp; icmp-type 3; icmp-code 4; } then accept; }",
        P4,
        "permit",
        "A",
    ),
    (
        "port-either",
        f"term A {{ from {{ protocol tcp; port 443; }} then discard; }} {REST}",
        R443,
        "deny",
        "A",
    ),
    (
        "port-either-dst",
        f"term A {{ from {{ protocol tcp; port [ ssh https ]; }} then discard; }} {REST}",
        F22,
        "deny",
        "A",
    ),
    (
        "port-range",
        "term A { from { protocol tcp; destination-port 440-450; } then accept; }",
        F443,
        "permit",
        "A",
    ),
    (
        "port-names",
        "term A { from { protocol tcp; destination-port [ http https ]; } then accept; }",
        F80,
        "permit",
        "A",
    ),
    (
        "destination-port-except",
        "term A { from { protocol tcp; destination-port-except [ 443 22 ]; } then discard; } "
        + REST,
        F443,
        "permit",
        "Z",
    ),
    (
        "destination-port-except-other",
        "term A { from { protocol tcp; destination-port-except [ 443 22 ]; } then discard; } "
        + REST,
        F80,
        "deny",
        "A",
    ),
    (
        "protocol-except",
        f"term A {{ from {{ protocol-except tcp; }} then discard; }} {REST}",
        F443,
        "permit",
        "Z",
    ),
    (
        "port-except-one",
        f"term A {{ from {{ protocol tcp; port-except 443; }} then discard; }} {REST}",
        F443,
        "unknown",
        "A",
    ),
    (
        "port-except-none",
        f"term A {{ from {{ protocol tcp; port-except 25; }} then discard; }} {REST}",
        F443,
        "deny",
        "A",
    ),
    (
        "address-either",
        f"term A {{ from {{ address {{ 104.192.136.0/21; }} }} then discard; }} {REST}",
        R443,
        "deny",
        "A",
    ),
    (
        "netmask-with-holes",
        f"term A {{ from {{ destination-address {{ 104.0.141.0/255.0.255.0; }} }} then discard; }} {REST}",
        F443,
        "deny",
        "A",
    ),
    (
        "flags",
        f'term A {{ from {{ protocol tcp; tcp-flags "(syn & !ack) | rst"; }} then discard; }} {REST}',
        F443,
        "deny",
        "A",
    ),
    (
        "flags-ack",
        f'term A {{ from {{ protocol tcp; tcp-flags "(syn & !ack) | rst"; }} then discard; }} {REST}',
        R443,
        "permit",
        "Z",
    ),
    (
        "flags-hex",
        f'term A {{ from {{ protocol tcp; tcp-flags "0x02 & !0x10"; }} then discard; }} {REST}',
        F443,
        "deny",
        "A",
    ),
    (
        "flags-broken",
        f'term A {{ from {{ protocol tcp; tcp-flags "(syn & "; }} then discard; }} {REST}',
        F443,
        "unknown",
        "A",
    ),
    (
        "fragment-of-layer-4",
        f"term A {{ from {{ protocol tcp; destination-port 443; }} then discard; }} {REST}",
        FRAG,
        "unknown",
        "A",
    ),
    (
        "is-fragment",
        f"term A {{ from {{ is-fragment; }} then discard; }} {REST}",
        FRAG,
        "deny",
        "A",
    ),
    (
        "is-fragment-whole",
        f"term A {{ from {{ is-fragment; }} then discard; }} {REST}",
        F443,
        "permit",
        "Z",
    ),
    ("ttl", f"term A {{ from {{ ttl 1; }} then discard; }} {REST}", F443, "unknown", "A"),
    ("either-way", f"term A {{ from {{ dscp ef; }} then accept; }} {REST}", F443, "permit", "Z"),
    (
        "garbled-condition",
        f"term A {{ from {{ protokoll tcp; destination-port 443; }} then discard; }} {REST}",
        F443,
        "unknown",
        "A",
    ),
    (
        "garbled-elsewhere",
        f"term A {{ from {{ protokoll x; protocol udp; }} then discard; }} {REST}",
        F443,
        "permit",
        "Z",
    ),
    (
        "garbled-action",
        f"term A {{ from {{ protocol tcp; }} then {{ diskard; }} }} {REST}",
        F443,
        "unknown",
        "A",
    ),
    (
        "undefined-list",
        f"term A {{ from {{ destination-prefix-list NO; }} then discard; }} {REST}",
        F443,
        "unknown",
        "A",
    ),
    (
        "interface",
        f"term A {{ from {{ interface ge-0/0/7.0; }} then discard; }} {REST}",
        F443,
        "unknown",
        "A",
    ),
    (
        "routing-instance",
        f"term A {{ from {{ protocol tcp; }} then {{ routing-instance B; }} }} {DROP}",
        F443,
        "permit",
        "A",
    ),
    ("empty-filter", "", F443, "deny", None),
    (
        "source-port-22-is-no-echo",
        "term A { from { icmp-type echo-reply; } then accept; }",
        R22,
        "unknown",
        "A",
    ),
    (
        "source-port-443-is-no-echo",
        "term A { from { icmp-type echo-reply; } then accept; }",
        R443,
        "deny",
        None,
    ),
    (
        "destination-port-in-icmp",
        "term A { from { destination-port 1024-65535; } then accept; }",
        P4,
        "unknown",
        "A",
    ),
    (
        "source-port-in-icmp",
        "term A { from { source-port 1024-65535; } then accept; }",
        P4,
        "deny",
        None,
    ),
    ("ports-in-gre", "term A { from { destination-port 443; } then accept; }", GRE, "unknown", "A"),
    (
        "template-mark",
        f"replace: term A {{ from {{ protocol udp; }} then discard; }} {REST}",
        F443,
        "permit",
        "Z",
    ),
    (
        "protected",
        f"protect: term A {{ from {{ protocol tcp; }} then discard; }} {REST}",
        F443,
        "deny",
        "A",
    ),
]
