"""The packets that the cases ask about (knowledge: filters, section 7)."""

from __future__ import annotations

C, H = "10.20.1.5", "104.192.141.1"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
ACK = {**F443, "tcp_flags": ["ack"]}
SYNACK_OUT = {**F443, "tcp_flags": ["syn", "ack"]}
U53 = {"src": C, "dst": H, "protocol": "udp", "src_port": 5000, "dst_port": 53}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
FRAG = {**F443, "fragment": True}
