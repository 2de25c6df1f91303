"""The packets that the cases ask about."""

from __future__ import annotations

from pathlib import Path

from auditor.filters import Answer
from tests.audit_text import answer

Row = dict[str, object]
C, H, H2 = "10.20.1.5", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C, source_port: int = 50000) -> Row:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": source_port, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
ACK443 = {**F443, "tcp_flags": ["ack"]}
RST443 = {**F443, "tcp_flags": ["rst"]}
R443 = {**tcp(50000, C, H, 443), "tcp_flags": ["syn", "ack"]}
UDP53 = {"src": C, "dst": H, "protocol": "udp", "src_port": 40000, "dst_port": 53}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {**P4, "icmp_type": 8, "icmp_code": 0}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
FRAG = {**F443, "fragment": True}
GRE = {"src": C, "dst": H, "protocol": 47}


def decided(folder: Path, config: str, name: str, packet: Row) -> tuple[str, str | None]:
    """The action, and the text of the line that decided."""
    found = answer(folder, "nokia_srl", config, name, **packet)
    assert isinstance(found, Answer), found
    return found.action, found.text
