"""What to type on FortiOS for each thing that a rule proposes.

`edit 0` takes the next free number; it must be known before `move` can name it. Source: Fortinet, CLI reference.
"""

from __future__ import annotations

import ipaddress

from parsers.platform import Remedy

NUMBER = "NEW"
"""Stands for the number that the device gave to `edit 0`."""


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _quoted(name: str) -> str:
    return f'"{name}"'


def _pair(wanted: Remedy) -> tuple[str, str]:
    """The two sides of a pair of zones; of a name of another filter nothing."""
    name = (wanted.filter or "").removeprefix("policy:").rpartition("/")[2]
    source, colon, destination = name.partition(":")
    return (source, destination) if colon else ("", "")


def _objects(wanted: Remedy) -> tuple[list[str], list[str]]:
    """The commands that make address objects, and the names of these."""
    six = wanted.family == 6
    lines = ["config firewall address6" if six else "config firewall address"]
    names = []
    for number, prefix in enumerate(wanted.prefixes, 1):
        name = f"SERVICE6-{number}" if six else f"SERVICE-{number}"
        names.append(name)
        lines.append(f"edit {_quoted(name)}")
        if six:
            lines.append(f"set ip6 {prefix}")
        else:
            network = ipaddress.IPv4Network(prefix, strict=False)
            lines.append(f"set subnet {network.network_address} {network.netmask}")
        lines.append("next")
    return [*lines, "end"], names


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    source, destination = _pair(wanted)
    if not source or source in ("acl", "acl6"):
        return (f"show firewall {source}",) if source else ()
    lines, names = _objects(wanted)
    ports = " ".join(str(port) for port in wanted.ports)
    if ports:
        lines += [
            "config firewall service custom",
            'edit "SERVICE-PORTS"',
            f"set tcp-portrange {ports}",
        ]
        lines += ["next", "end"]
    family = "6" if wanted.family == 6 else ""
    lines += [
        "config firewall policy",
        "edit 0",
        f"set srcintf {_quoted(source)}",
        f"set dstintf {_quoted(destination)}",
        f'set srcaddr{family} "all"',
        f"set dstaddr{family} {' '.join(_quoted(name) for name in names)}",
        'set schedule "always"',
        'set service "SERVICE-PORTS"' if ports else 'set service "ALL"',
        "set action accept",
        "next",
    ]
    if wanted.before is not None and wanted.before.isdecimal():
        lines.append(f"move {NUMBER} before {wanted.before}")
    return (*lines, "end")


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    """ICMP errors belong to the session: no policy is needed, and none is proposed."""
    return ("diagnose sys session list", "show full-configuration system global | grep icmp")


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return ("config system global", "set send-pmtu-icmp enable", "set honor-df enable", "end")


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    value = wanted.number or (1340 if wanted.family == 6 else 1360)
    policy = wanted.before if wanted.before is not None and wanted.before.isdecimal() else "POLICY"
    return (
        "config firewall policy",
        f"edit {policy}",
        f"set tcp-mss-sender {value}",
        f"set tcp-mss-receiver {value}",
        "next",
        "end",
    )


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is not None:
        return (
            "config system ipsec-aggregate",
            f"edit {_quoted(wanted.interface)}",
            "set algorithm L4",
            "next",
            "end",
        )
    return (
        "show full-configuration system ipsec-aggregate",
        "show full-configuration system sdwan",
    )


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    lines = []
    for prefix in wanted.prefixes:
        table = "static6" if ":" in prefix else "static"
        lines += [f"show router {table} | grep -f {prefix.partition('/')[0]}"]
    if not lines:
        return ()
    return (*lines, "config router static", "delete NUMBER", "end")


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "per-flow": _per_flow,
    "remove-null-route": _null_route,
}

KINDS = frozenset(_MAKERS)
"""The kinds of remedies that have commands here."""
