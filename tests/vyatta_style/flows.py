"""The packets that the cases ask about (knowledge/filters.md section 7), and configurations around rules."""

from __future__ import annotations

from pathlib import Path

from auditor.filters import Answer
from tests.audit_text import answer

C, H, H2 = "10.20.1.5", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C, **more: object) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port, **more}


def udp(port: int) -> dict[str, object]:
    return {**tcp(port), "protocol": "udp"}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443, S22 = tcp(443, H6, C6), tcp(22, H6, C6)
ACK443 = tcp(443, tcp_flags=["ack"])
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
IN443 = tcp(443, C, H)
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {**P4, "icmp_type": 8, "icmp_code": 0}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
PING6 = {**P6, "icmp_type": 128}
FRAG = {**F443, "fragment": True}
GRE = {"src": C, "dst": H, "protocol": 47}


def set_form(*statements: str) -> str:
    """One command a line, values in single quotes as the device prints them."""
    return "\n".join(f"set {text}" for text in statements) + "\n"


Tree = dict[str, "Tree"]
TAGS = frozenset(
    {
        "name", "ipv6-name", "rule", "ethernet", "group", "address-group", "network-group", "port-group",
        "zone", "from", "vif", "route", "next-hop",
    }
)  # fmt: skip
"""Words that stand on one line with the name behind them."""


def curly(statements: tuple[str, ...]) -> str:
    """The same statements as `show configuration` prints them."""
    tree: Tree = {}
    for text in statements:
        node = tree
        for word in text.replace("'", "").split():
            node = node.setdefault(word, {})
    lines: list[str] = []
    _write(lines, tree, 0)
    return "\n".join(lines) + "\n"


def _write(lines: list[str], node: Tree, depth: int) -> None:
    pad = "    " * depth
    for word, below in node.items():
        if word in TAGS and any(below.values()):
            for name, inner in below.items():
                _block(lines, f"{pad}{word} {name}", inner, depth)
        elif below and not any(below.values()):
            lines += [f"{pad}{word} {value}" for value in below]
        else:
            _block(lines, f"{pad}{word}", below, depth)


def _block(lines: list[str], head: str, inner: Tree, depth: int) -> None:
    if not inner:
        lines.append(head)
        return
    lines.append(f"{head} {{")
    _write(lines, inner, depth + 1)
    lines.append("    " * depth + "}")


def verdict(
    folder: Path, platform: str, config: str, name: str, packet: dict[str, object]
) -> tuple[str, str | None]:
    """The action, and the text of the line that decides."""
    found = answer(folder, platform, config, name, **packet)
    assert isinstance(found, Answer), found
    return found.action, found.text
