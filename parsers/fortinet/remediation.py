"""What to type on FortiOS for each thing that a rule proposes.

The number of a new policy is one that no policy has, since `move` has to name it. Source: Fortinet, CLI reference.
"""

from __future__ import annotations

import ipaddress

from parsers.platform import Remedy


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
    for prefix in wanted.prefixes:
        name = f"SERVICE-{prefix}"
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
        only = "# this list can only drop: whether to narrow or remove its entry is to be decided by hand"
        return (only,) if source else ()
    lines, names = _objects(wanted)
    ports = " ".join(str(port) for port in wanted.ports)
    service = f"SERVICE-TCP-{ports.replace(' ', '-')}"
    if ports:
        lines += [
            "config firewall service custom",
            f"edit {_quoted(service)}",
            f"set tcp-portrange {ports}",
        ]
        lines += ["next", "end"]
    family = "6" if wanted.family == 6 else ""
    number = wanted.unused or 0
    lines += [
        "config firewall policy",
        f"edit {number}",
        f"set srcintf {_quoted(source)}",
        f"set dstintf {_quoted(destination)}",
        f'set srcaddr{family} "all"',
        f"set dstaddr{family} {' '.join(_quoted(name) for name in names)}",
        'set schedule "always"',
        f"set service {_quoted(service)}" if ports else 'set service "ALL"',
        "set action accept",
        "next",
    ]
    if wanted.before is not None and wanted.before.isdecimal():
        lines.append(f"move {number} before {wanted.before}")
    nat = "# where the policies of these clients have `set nat enable`, this one needs it too"
    domain = (wanted.filter or "").removeprefix("policy:").rpartition("/")[0]
    inside = (f"# in the virtual domain: config vdom, edit {domain}",) if domain else ()
    return (*inside, *lines, "end", nat)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    """ICMP errors belong to the session: no policy is needed, and none is proposed."""
    return ("diagnose sys session list", "show full-configuration system global | grep icmp")


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return ("config system global", "set send-pmtu-icmp enable", "set honor-df enable", "end")


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    value = wanted.number or (1340 if wanted.family == 6 else 1360)
    sizes = (f"set tcp-mss-sender {value}", f"set tcp-mss-receiver {value}")
    if wanted.before is None or not wanted.before.isdecimal():
        return (f"# on the policies from the clients to the service: {sizes[0]}, {sizes[1]}",)
    return ("config firewall policy", f"edit {wanted.before}", *sizes, "next", "end")


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
    """Static routes are counted, and the number is not in the finding."""
    return tuple(
        f"# config router {'static6' if ':' in prefix else 'static'}: delete the entry with blackhole for {prefix}"
        for prefix in wanted.prefixes
    )


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
