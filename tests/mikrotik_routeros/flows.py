"""The packets that the cases ask about (knowledge: filters, section 7), and how an answer is read."""

from __future__ import annotations

from pathlib import Path

from auditor.filters import Answer
from tests.audit_text import answer

C, C2, H, H2 = "10.20.1.5", "10.20.1.6", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"
HEADER = "# jan/02/2026 10:00:00 by RouterOS 7.11\n"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {**P4, "icmp_type": 8, "icmp_code": 0}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
UDP = {"src": C, "dst": H, "protocol": "udp", "src_port": 50000, "dst_port": 443}


def verdict(
    folder: Path, config: str, packet: dict[str, object], name: str = "forward"
) -> tuple[str, int | None]:
    """What the filter does with a packet, and the line that decides; lines count without the header."""
    found = answer(folder, "mikrotik_routeros", HEADER + config, name, **packet)
    assert isinstance(found, Answer)
    return found.action, found.line - 1 if found.line is not None else None
