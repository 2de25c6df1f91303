"""Pieces of FortiOS configurations, and the packets that the cases ask about."""

from __future__ import annotations

C, C2, H, H2, H3 = "10.20.1.5", "10.20.1.6", "104.192.141.1", "185.166.143.10", "18.205.93.3"
C6, H6 = "2001:db8:20::5", "2401:1d80:3000::1"


def tcp(port: int, dst: str = H, src: str = C, src_port: int = 50000) -> dict[str, object]:
    return {"src": src, "dst": dst, "protocol": "tcp", "src_port": src_port, "dst_port": port}


F443, F80, F22 = tcp(443), tcp(80), tcp(22)
S443 = tcp(443, H6, C6)
R443 = {**tcp(50000, C, H, 443), "tcp_flags": ["syn", "ack"]}
P4 = {"src": "203.0.113.9", "dst": C, "protocol": "icmp", "icmp_type": 3, "icmp_code": 4}
PING = {"src": C, "dst": H, "protocol": "icmp", "icmp_type": 8, "icmp_code": 0}

INTERFACES = """\
config system interface
    edit "internal"
        set vdom "root"
        set ip 10.20.1.1 255.255.255.0
        set type physical
    next
    edit "wan1"
        set vdom "root"
        set ip 203.0.113.2 255.255.255.252
        set type physical
    next
end
"""
DEFAULT_ROUTE = """\
config router static
    edit 1
        set gateway 203.0.113.1
        set device "wan1"
    next
end
"""


def block(path: str, *entries: str) -> str:
    """`config PATH` with entries."""
    return f"config {path}\n{''.join(entries)}end\n"


def entry(name: object, *settings: str) -> str:
    """`edit NAME` with statements; a statement without a verb is a `set`."""
    lines = [
        text if text.split(" ")[0] in ("unset", "append", "config", "unselect") else f"set {text}"
        for text in settings
    ]
    body = "".join(f"        {line}\n" for line in lines)
    return f"    edit {name}\n{body}    next\n"


def policy(number: object, action: str, service: str = "ALL", *more: str, **other: str) -> str:
    """A policy from internal to wan1, for every address unless `other` says more (`dstaddr="BB"`)."""
    values = {
        "srcintf": '"internal"', "dstintf": '"wan1"', "srcaddr": '"all"', "dstaddr": '"all"',
        "schedule": '"always"', **other,
    }  # fmt: skip
    said = [f"{key} {value}" for key, value in values.items() if value]
    if service:
        named = service if service.startswith('"') else f'"{service}"'
        said.append(f"service {named}")
    if action:
        said.append(f"action {action}")
    return entry(number, *said, *more)


def policies(*entries: str) -> str:
    return block("firewall policy", *entries)


def line_of(config: str, entry_name: str, path: str = "firewall policy") -> int:
    """The line of `edit NAME` in a table."""
    lines = config.splitlines()
    start = lines.index(f"config {path}")
    return next(n for n in range(start, len(lines)) if lines[n].strip() == f"edit {entry_name}") + 1


SUBNET_BB = block("firewall address", entry('"BB"', "subnet 104.192.136.0 255.255.248.0"))
