"""The packets that the cases ask about, and the zones and rules that most cases need."""

from __future__ import annotations

C, C2, H, H2 = "10.20.1.5", "10.21.1.5", "104.192.141.1", "185.166.143.10"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": 50000, "dst_port": port}


F443, F80, F22, F8080 = tcp(443), tcp(80), tcp(22), tcp(8080)
S443 = tcp(443, H6, C6)
U443 = {**F443, "protocol": "udp"}
R443 = {
    "src": H, "dst": C, "protocol": "tcp", "src_port": 443, "dst_port": 50000,
    "tcp_flags": ["syn", "ack"],
}  # fmt: skip
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
P6 = {"src": "2001:db8:ff::1", "dst": C6, "protocol": "icmpv6", "icmp_type": 2, "icmp_code": 0}
PING = {"src": C, "dst": H, "protocol": "icmp", "icmp_type": 8, "icmp_code": 0}
FRAG = {**F443, "fragment": True}

ZONES = (
    "set network interface ethernet ethernet1/1 layer3 ip 203.0.113.2/30\n"
    "set network interface ethernet ethernet1/2 layer3 ip 10.20.1.1/24\n"
    "set network virtual-router default interface [ ethernet1/1 ethernet1/2 ]\n"
    "set zone untrust network layer3 ethernet1/1\n"
    "set zone trust network layer3 ethernet1/2\n"
    "set zone dmz network layer3\n"
)
BY_WAN = (
    "set network virtual-router default routing-table ip static-route D destination 0.0.0.0/0\n"
    "set network virtual-router default routing-table ip static-route D nexthop ip-address 203.0.113.1\n"
)


def rule(name: str, action: str, rest: str = "", **fields: str) -> str:
    """A rule on one line; what is not given is any."""
    said = {
        "from": "any", "to": "any", "source": "any", "destination": "any", "application": "any", "service": "any",
    } | {word.rstrip("_").replace("__", "-"): value for word, value in fields.items()}  # fmt: skip
    words = " ".join(f"{word} {value}" for word, value in said.items())
    return f"set rulebase security rules {name} {words} action {action} {rest}".rstrip() + "\n"


ALLOW = rule("ALLOW", "allow")
