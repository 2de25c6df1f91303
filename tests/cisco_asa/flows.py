"""Packets and interfaces that the tests of ASA share (aliases of the knowledge pages, section 7)."""

from __future__ import annotations

C, H, H2, H3 = "10.20.1.5", "104.192.141.1", "185.166.143.10", "18.205.93.3"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    """The SYN of a session to `port`."""
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


def back(port: int) -> dict[str, object]:
    """The SYN+ACK of a session to `port`."""
    return {
        "src": H, "dst": C, "protocol": "tcp", "src_port": port, "dst_port": 50000,
        "tcp_flags": ["syn", "ack"],
    }  # fmt: skip


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
F6 = tcp(443, H6, C6)
R443 = back(443)
FRAG = {**F443, "fragment": True}
UDP = {**F443, "protocol": "udp"}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
ECHO = {**P4, "icmp_type": 8, "icmp_code": 0}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}


def interface(number: int, name: str, level: int, address: str) -> str:
    """An interface block."""
    return (
        f"interface GigabitEthernet0/{number}\n nameif {name}\n security-level {level}\n"
        f" ip address {address} 255.255.255.0\n!\n"
    )


OUTSIDE = interface(0, "outside", 0, "203.0.113.2")
INSIDE = interface(1, "inside", 100, "10.20.1.1")
DMZ = interface(2, "dmz", 50, "10.30.1.1")
ROUTE = "route outside 0.0.0.0 0.0.0.0 203.0.113.1 1\n"
VERSION = "ASA Version 9.12(4)\n!\n"
BASE = VERSION + OUTSIDE + INSIDE
