"""Access lists of SR Linux: verdicts worked out by hand from Nokia's semantics, in all forms of the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers.model.filters import Action
from tests.audit_text import device_of
from tests.nokia_srl.flows import (
    ACK443,
    F22,
    F80,
    F443,
    FRAG,
    GRE,
    H2,
    P4,
    P6,
    PING,
    R443,
    RST443,
    S443,
    UDP53,
    Row,
    decided,
    tcp,
)

TCP = "ipv4 { protocol tcp } "
TO_443 = "transport { destination-port { operator eq; value 443 } } "

NEW = [
    # identity, type, entries, packet, action
    ("T102", "ipv4", "entry 10 { match { ipv4 { destination-ip { prefix 104.192.136.0/21 } } } action { drop { } } }", F443, "deny"),
    ("T102-other", "ipv4", "entry 10 { match { ipv4 { destination-ip { prefix 104.192.136.0/21 } } } action { drop { } } }", tcp(443, H2), "permit"),
    ("order-by-number", "ipv4", "entry 20 { match { " + TCP + "} action { accept { } } } entry 10 { match { " + TCP + "} action { drop { } } }", F443, "deny"),
    ("no-match-is-all", "ipv4", "entry 65535 { action { drop { } } }", GRE, "deny"),
    ("port", "ipv4", "entry 10 { match { " + TCP + TO_443 + "} action { drop { } } }", F443, "deny"),
    ("port-other", "ipv4", "entry 10 { match { " + TCP + TO_443 + "} action { drop { } } }", F22, "permit"),
    ("port-without-operator", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { value 443 } } } action { drop { } } }", F443, "deny"),
    ("port-name", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { operator eq; value ssh } } } action { drop { } } }", F22, "deny"),
    ("le", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { operator le; value 80 } } } action { drop { } } }", F80, "deny"),
    ("le-edge", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { operator le; value 79 } } } action { drop { } } }", F80, "permit"),
    ("ge", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { operator ge; value 80 } } } action { drop { } } }", F80, "deny"),
    ("range", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { range { start 22; end 80 } } } } action { drop { } } }", F22, "deny"),
    ("range-half", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { range { start 22 } } } } action { drop { } } }", F22, "unknown"),
    ("range-backwards", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { range { start 80; end 22 } } } } action { drop { } } }", F22, "unknown"),
    ("operator-not-known", "ipv4", "entry 10 { match { " + TCP + "transport { destination-port { operator ne; value 22 } } } action { drop { } } }", F443, "unknown"),
    ("inverse-mask", "ipv4", "entry 10 { match { ipv4 { destination-ip { address 104.192.136.0; mask 0.0.7.255 } } } action { drop { } } }", F443, "deny"),
    ("inverse-mask-hole", "ipv4", "entry 10 { match { ipv4 { destination-ip { address 104.0.0.2; mask 0.255.255.0 } } } action { drop { } } }", F443, "permit"),
    ("address-without-mask", "ipv4", "entry 10 { match { ipv4 { destination-ip { address 104.192.141.1 } } } action { drop { } } }", F443, "unknown"),
    ("mask-that-is-none", "ipv4", "entry 10 { match { ipv4 { destination-ip { address 104.192.136.0; mask 0.0.7.999 } } } action { drop { } } }", F443, "unknown"),
    ("established-answer", "ipv4", "entry 10 { match { " + TCP + 'transport { tcp-flags "ack|rst" } } action { drop { } } }', R443, "deny"),
    ("established-rst", "ipv4", "entry 10 { match { " + TCP + 'transport { tcp-flags "ack|rst" } } action { drop { } } }', RST443, "deny"),
    ("established-syn", "ipv4", "entry 10 { match { " + TCP + 'transport { tcp-flags "ack|rst" } } action { drop { } } }', F443, "permit"),
    ("syn-not-ack", "ipv4", "entry 10 { match { " + TCP + "transport { tcp-flags syn&!ack } } action { drop { } } }", F443, "deny"),
    ("not-both", "ipv4", "entry 10 { match { " + TCP + 'transport { tcp-flags "!(syn&ack)" } } action { drop { } } }', ACK443, "deny"),
    ("not-both-answer", "ipv4", "entry 10 { match { " + TCP + 'transport { tcp-flags "!(syn&ack)" } } action { drop { } } }', R443, "permit"),
    ("flags-that-are-none", "ipv4", "entry 10 { match { " + TCP + 'transport { tcp-flags "syn&" } } action { drop { } } }', F443, "unknown"),
    ("flags-brackets", "ipv4", "entry 10 { match { " + TCP + 'transport { tcp-flags "(syn" } } action { drop { } } }', F443, "unknown"),
    ("icmp", "ipv4", "entry 10 { match { ipv4 { protocol icmp; icmp { type dest-unreachable; code [ 0 4 ] } } } action { drop { } } }", P4, "deny"),
    ("icmp-code-not-listed", "ipv4", "entry 10 { match { ipv4 { protocol icmp; icmp { type dest-unreachable; code [ 0 1 ] } } } action { drop { } } }", P4, "permit"),
    ("icmp-number", "ipv4", "entry 10 { match { ipv4 { protocol 1; icmp { type 8 } } } action { drop { } } }", PING, "deny"),
    ("fragment-true-whole", "ipv4", "entry 10 { match { ipv4 { protocol tcp; fragment true } } action { drop { } } }", F443, "permit"),
    ("fragment-true-later", "ipv4", "entry 10 { match { ipv4 { protocol tcp; fragment true } } action { drop { } } }", FRAG, "deny"),
    ("first-fragment", "ipv4", "entry 10 { match { ipv4 { protocol tcp; fragment true; first-fragment true } } action { drop { } } }", FRAG, "permit"),
    ("fragment-false", "ipv4", "entry 10 { match { ipv4 { protocol tcp; fragment false } } action { drop { } } }", FRAG, "permit"),
    ("U9-later-fragment-of-ports", "ipv4", "entry 10 { match { " + TCP + TO_443 + "} action { drop { } } }", FRAG, "unknown"),
    ("ports-without-protocol", "ipv4", "entry 10 { match { " + TO_443 + "} action { drop { } } }", F443, "unknown"),
    ("udp", "ipv4", "entry 10 { match { ipv4 { protocol udp } transport { destination-port { value domain } } } action { drop { } } }", UDP53, "deny"),
    ("U1-unknown-word", "ipv4", "entry 10 { match { ipv4 { protocol tcp; wondrous 5 } } action { drop { } } }", F443, "unknown"),
    ("U1-other-protocol", "ipv4", "entry 10 { match { ipv4 { protocol udp; wondrous 5 } } action { drop { } } }", F443, "permit"),
    ("U7-dscp", "ipv4", "entry 10 { match { ipv4 { protocol tcp; dscp-set [ 46 ] } } action { drop { } } }", F443, "unknown"),
    ("U20-entry-without-action", "ipv4", "entry 10 { match { " + TCP + "} }", F443, "unknown"),
    ("action-not-known", "ipv4", "entry 10 { match { " + TCP + "} action { vanish { } } }", F443, "unknown"),
    ("accept-with-rate", "ipv4", "entry 10 { match { " + TCP + "} action { accept { rate-limit { policer p } } } } entry 20 { action { drop { } } }", F443, "permit"),
    ("log", "ipv4", "entry 10 { match { " + TCP + "} action { log true; drop { } } }", F443, "deny"),
    ("copy-goes-on", "ipv4", "entry 10 { match { " + TCP + "} action { copy { } } } entry 20 { action { drop { } } }", F443, "deny"),
    ("v6", "ipv6", "entry 10 { match { ipv6 { next-header tcp; destination-ip { prefix 2401:1d80:3000::/36 } } transport { destination-port { value 443 } } } action { drop { } } }", S443, "deny"),
    ("v6-ptb", "ipv6", "entry 10 { match { ipv6 { next-header icmp6; icmp6 { type packet-too-big } } } action { drop { } } }", P6, "deny"),
    ("v6-mask", "ipv6", "entry 10 { match { ipv6 { destination-ip { address 2401:1d80::; mask ::ffff:ffff:ffff:ffff:ffff:ffff } } } action { drop { } } }", S443, "deny"),
    ("wrong-family", "ipv4", "entry 10 { match { ipv6 { next-header tcp } } action { drop { } } }", F443, "unknown"),
]  # fmt: skip


def curly(kind: str, entries: str) -> str:
    """`info` of acl filter F, one statement a line."""
    text = entries.replace("{", "{\n").replace("}", "\n}\n").replace(";", "\n")
    head = f"acl {{\nacl-filter F type {kind} {{\n"
    return "\n".join(line for line in (head + text + "\n}\n}\n").splitlines() if line.strip())


def flat(kind: str, entries: str) -> str:
    """The same as `info flat`."""
    path: list[str] = ["set /"]
    lines = []
    empty = False
    for line in (text.strip() for text in curly(kind, entries).splitlines()):
        if line == "}":
            if empty:
                lines.append(" ".join(path))
            path.pop()
            empty = False
        elif line.endswith("{"):
            path.append(line[:-1].strip())
            empty = True
        else:
            lines.append(" ".join([*path, line]))
            empty = False
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("kind", "entries", "packet", "action"), [c[1:] for c in NEW], ids=[c[0] for c in NEW]
)
@pytest.mark.parametrize("form", ["curly", "flat"])
def test_one_model_for_all_filters(
    tmp_path: Path, form: str, kind: str, entries: str, packet: Row, action: str
) -> None:
    config = curly(kind, entries) if form == "curly" else flat(kind, entries)
    assert decided(tmp_path, config, "F", packet)[0] == action


OLD = [
    ("port", "match protocol tcp;match destination-port value 443;action drop", F443, "deny"),
    ("one-line", "match protocol tcp destination-port operator eq value 443;action drop", F443, "deny"),
    ("one-line-other", "match protocol tcp destination-port operator eq value 443;action drop", F22, "permit"),
    ("prefix", "match destination-ip prefix 104.192.136.0/21;action drop log true", F443, "deny"),
    ("mask-on-one-line", "match source-ip address 10.20.1.0 mask 0.0.0.255;action drop", F443, "deny"),
    ("range-on-one-line", "match protocol tcp source-port range start 49152 end 65535;action drop", F443, "deny"),
    ("flags", "match protocol tcp tcp-flags syn&!ack;action drop", F443, "deny"),
    ("accept", "match protocol tcp;action accept log true", F443, "permit"),
    ("fragment", "match protocol tcp fragment true;action drop", FRAG, "deny"),
    ("all-on-one-line", "match protocol tcp destination-ip prefix 104.192.136.0/21 action drop", F443, "deny"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("statements", "packet", "action"), [c[1:] for c in OLD], ids=[c[0] for c in OLD]
)
def test_old_model(tmp_path: Path, statements: str, packet: Row, action: str) -> None:
    lines = [f"set / acl ipv4-filter F entry 10 {text}" for text in statements.split(";")]
    lines.append("set / acl ipv4-filter F statistics-per-entry true")
    config = "\n".join(lines)
    assert decided(tmp_path, config, "F", packet)[0] == action
    assert device_of("nokia_srl", config).not_understood == ()


def document(**entry: object) -> str:
    """The JSON of acl filter F with one entry, indented as the device prints it."""
    made = {"srl_nokia-acl:acl": {"acl-filter": [{"name": "F", "type": "ipv4", "entry": [entry]}]}}
    return json.dumps(made, indent=2)


def test_json(tmp_path: Path) -> None:
    match = {
        "ipv4": {"protocol": "tcp", "destination-ip": {"prefix": "104.192.136.0/21"}},
        "transport": {"destination-port": {"range": {"start": 440, "end": 443}}},
    }
    config = document(**{"sequence-id": 10, "match": match, "action": {"drop": {}}})
    assert decided(tmp_path, config, "F", F443) == ("deny", '"sequence-id": 10,')
    assert decided(tmp_path, config, "F", F22) == ("permit", None)
    assert device_of("nokia_srl", config).not_understood == ()


def test_json_on_one_line(tmp_path: Path) -> None:
    entry = {"sequence-id": 10, "match": {"ipv4": {"protocol": "tcp"}}, "action": {"drop": {}}}
    made = {"acl": {"acl-filter": [{"name": "F", "type": "ipv4", "entry": [entry]}]}}
    assert decided(tmp_path, json.dumps(made), "F", F443)[0] == "deny"


def test_u14_json_that_breaks_off(tmp_path: Path) -> None:
    entries: list[dict[str, object]] = [
        {"sequence-id": n, "match": {"ipv4": {"protocol": "udp"}}, "action": {"drop": {}}}
        for n in (10, 20)
    ]
    whole = json.dumps(
        {"acl": {"acl-filter": [{"name": "F", "type": "ipv4", "entry": entries}]}}, indent=1
    )
    lines = whole.splitlines()
    cut = "\n".join(lines[: len(lines) - 14])
    assert decided(tmp_path, whole, "F", F443)[0] == "permit"
    assert decided(tmp_path, cut, "F", F443)[0] == "unknown"
    assert device_of("nokia_srl", cut).not_understood != ()


def test_u14_braces_that_break_off(tmp_path: Path) -> None:
    whole = curly("ipv4", "entry 10 { match { ipv4 { protocol udp } } action { drop { } } }")
    cut = "\n".join(whole.splitlines()[:-3])
    assert decided(tmp_path, whole, "F", F443)[0] == "permit"
    assert decided(tmp_path, cut, "F", F443)[0] == "unknown"


def test_u2_prefix_lists(tmp_path: Path) -> None:
    entry = "entry 10 { match { ipv4 { destination-ip { prefix-list L } } } action { drop { } } }"
    lists = "acl {\nmatch-list {\nipv4-prefix-list L {\nprefix 104.192.136.0/21 {\n}\n}\n}\n}\n"
    config = lists + curly("ipv4", entry)
    assert decided(tmp_path, config, "F", F443)[0] == "deny"
    assert decided(tmp_path, config, "F", tcp(443, H2))[0] == "permit"
    assert decided(tmp_path, curly("ipv4", entry), "F", F443)[0] == "unknown"
    broken = config.replace("104.192.136.0/21", "104.192.136.0/77")
    assert decided(tmp_path, broken, "F", F443)[0] == "unknown"


def test_a_deleted_statement_leaves_doubt(tmp_path: Path) -> None:
    config = flat("ipv4", "entry 10 { match { " + TCP + "} action { drop { } } }")
    config += "\ndelete / acl acl-filter F type ipv4 entry 10\n"
    assert decided(tmp_path, config, "F", F443)[0] == "unknown"


BOUND = """acl {
    acl-filter A type ipv4 {
    }
    acl-filter A type ipv6 {
    }
    acl-filter B type ipv4 {
    }
    acl-filter cpm type ipv4 {
        entry 10 {
            action {
                drop {
                }
            }
        }
    }
    acl-filter system type ipv4 {
    }
    interface ethernet-1/1.0 {
        input {
            acl-filter A type ipv4 {
            }
            acl-filter A type ipv6 {
            }
        }
        output {
            acl-filter NONE type ipv4 {
            }
        }
    }
    interface the-other {
        interface-ref {
            interface ethernet-1/2
            subinterface 7
        }
        input {
            acl-filter A type ipv4 {
            }
            acl-filter B type ipv4 {
            }
        }
    }
}
"""


def test_bindings() -> None:
    device = device_of("nokia_srl", BOUND)
    bound = {(b.key, b.family, b.interface, b.direction) for b in device.bindings}
    assert bound == {
        ("A", 4, "ethernet-1/1.0", "in"),
        ("A", 6, "ethernet-1/1.0", "in"),
        ("NONE", 4, "ethernet-1/1.0", "out"),
        ("A then B", 4, "ethernet-1/2.7", "in"),
        ("system", 4, None, "forward"),
    }
    assert device.filters["NONE", 4].uncertain is not None
    assert device.filters["A then B", 4].uncertain is not None
    assert device.filters["A", 4].default is Action.PERMIT
    assert ("cpm", 4) in device.filters
    assert device.not_understood == ()


def test_bindings_below_the_subinterface() -> None:
    config = (
        "set / interface ethernet-1/1 subinterface 0 acl input ipv4-filter A\n"
        "set / interface ethernet-1/1 subinterface 0 acl output acl-filter B type ipv6\n"
    )
    bound = {
        (b.key, b.family, b.interface, b.direction) for b in device_of("nokia_srl", config).bindings
    }
    assert bound == {("A", 4, "ethernet-1/1.0", "in"), ("B", 6, "ethernet-1/1.0", "out")}


def test_cpm_and_capture_filters_of_the_old_model_are_bound_nowhere() -> None:
    config = (
        "set / acl cpm-filter ipv4-filter entry 10 match protocol tcp\n"
        "set / acl cpm-filter ipv4-filter entry 10 action drop\n"
        "set / acl capture-filter ipv6-filter entry 10 action copy\n"
    )
    device = device_of("nokia_srl", config)
    assert set(device.filters) == {("cpm-filter", 4), ("capture-filter", 6)}
    assert device.bindings == ()
    assert device.not_understood == ()
