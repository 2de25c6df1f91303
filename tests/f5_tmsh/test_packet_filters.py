"""Packet filters: order, actions, switches, and expressions (tmsh reference, "net packet-filter")."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.filters import Answer
from tests.audit_text import answer, device_of
from tests.f5_tmsh.texts import CLIENT, HEAD, SERVICE, virtual

ON = 'sys db packetfilter {\n    value "enable"\n}\n'


def packet(order: int, action: str, expression: str, extra: str = "") -> str:
    return f'net packet-filter /Common/r{order} {{\n    action {action}\n    order {order}\n    rule "{expression}"\n{extra}}}\n'


def verdict(
    tmp_path: Path, text: str, port: int = 443, name: str = "forward", protocol: str = "tcp"
) -> str:
    found = answer(
        tmp_path,
        "f5_tmsh",
        HEAD + text + virtual(),
        name,
        src=CLIENT,
        dst=SERVICE,
        protocol=protocol,
        dport=port,
    )
    assert isinstance(found, Answer)
    return found.action


CASES = [
    ("discard", ON + packet(1, "discard", "( dst port 443 )"), "deny"),
    ("reject", ON + packet(1, "reject", "dst port 443"), "deny"),
    ("other-port", ON + packet(1, "discard", "dst port 22"), "permit"),
    ("order-not-text", ON + packet(20, "discard", "tcp") + packet(10, "accept", "dst port 443"), "permit"),
    ("accept-meets-listeners", ON + packet(1, "accept", "tcp"), "permit"),
    ("continue-goes-on", ON + packet(1, "continue", "tcp") + packet(2, "discard", "tcp"), "deny"),
    ("default-discard", ON + 'sys db packetfilter.defaultaction {\n    value "discard"\n}\n' + packet(1, "accept", "dst port 22"), "deny"),
    ("switched-off", 'sys db packetfilter {\n    value "disable"\n}\n' + packet(1, "discard", "tcp"), "permit"),
    ("switch-not-shown", packet(1, "discard", "tcp"), "unknown"),
    ("switch-not-shown-elsewhere", packet(1, "discard", "udp"), "permit"),
    ("empty-matches-all", ON + packet(1, "discard", ""), "deny"),
    ("src-net", ON + packet(1, "discard", "( src net 10.20.0.0/16 ) and ( proto TCP )"), "deny"),
    ("src-net-mask", ON + packet(1, "discard", "src net 10.20.0.0 mask 255.255.0.0"), "deny"),
    ("src-misses", ON + packet(1, "discard", "src host 10.20.1.6 or src host 10.20.1.7"), "permit"),
    ("host-either-side", ON + packet(1, "discard", "host 104.192.136.10"), "deny"),
    ("portrange", ON + packet(1, "discard", "dst portrange 400-450"), "deny"),
    ("f5-form", ON + packet(1, "discard", "( ( ip proto TCP or ip6 proto TCP ) ) and ( dst host 104.192.136.10 ) and ( dst port 443 or dst port 22 )"), "deny"),
    ("excluded-protocols", ON + packet(1, "discard", "udp and tcp"), "permit"),
    ("not-host", ON + packet(1, "discard", "not src host 10.20.1.5"), "permit"),
    ("not-net", ON + packet(1, "discard", "not dst net 10.0.0.0/8"), "deny"),
    ("bytes", ON + packet(1, "discard", "tcp[13] & 2 != 0"), "unknown"),
    ("ether", ON + packet(1, "discard", "ether host 0:0:0:0:0:1"), "unknown"),
    ("open-parenthesis", ON + packet(1, "discard", "( dst port 22"), "unknown"),
    ("half-range", ON + packet(1, "discard", "dst portrange 22-"), "unknown"),
    ("same-order", ON + packet(1, "discard", "tcp") + packet(1, "accept", "tcp").replace("r1", "other"), "unknown"),
    ("vlan", ON + packet(1, "discard", "tcp", "    vlan /Common/outside\n"), "unknown"),
    ("trusted", ON + "net packet-filter-trusted {\n    ip-addresses { 10.20.1.5 }\n}\n" + packet(1, "discard", "tcp"), "permit"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_packet_filter(name: str, text: str, wanted: str, tmp_path: Path) -> None:
    assert verdict(tmp_path, text) == wanted


def test_by_its_own_name(tmp_path: Path) -> None:
    assert (
        verdict(tmp_path, ON + packet(1, "discard", "dst port 443"), name="packet-filter") == "deny"
    )
    assert (
        verdict(tmp_path, ON + packet(1, "discard", "dst port 443"), 22, "packet-filter")
        == "permit"
    )


def test_what_is_not_read_stays_visible() -> None:
    device = device_of("f5_tmsh", HEAD + ON + packet(1, "discard", "ether multicast"))
    assert [(u.topic, u.text.strip()) for u in device.not_understood] == [
        ("filter", 'rule "ether multicast"')
    ]
