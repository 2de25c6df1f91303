"""What to type on IOS and IOS-XE for each thing that a rule proposes."""

from __future__ import annotations

import ipaddress

from parsers.former_lines import without
from parsers.platform import Remedy
from parsers.standing import without_null_route


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _address(prefix: str) -> str:
    network = ipaddress.ip_network(prefix)
    if network.version == 6:
        return prefix
    if network.prefixlen == 32:
        return f"host {network.network_address}"
    return f"{network.network_address} {network.hostmask}"


def _header(wanted: Remedy) -> str:
    kind = "ipv6 access-list" if wanted.family == 6 else "ip access-list extended"
    return f"{kind} {wanted.filter}"


def _number(wanted: Remedy, offset: int) -> str:
    if wanted.number is None:
        return ""
    prefix = "sequence " if wanted.family == 6 else ""
    return f"{prefix}{wanted.number + offset} "


def _before_clause(wanted: Remedy) -> tuple[str, ...]:
    """A deny clause before the one that drops leaves what it matches to the routing table."""
    name = (wanted.filter or "").removeprefix("route-map ")
    number = int((wanted.before or "clause 10").removeprefix("clause "))
    spared = _permit_flow(wanted._replace(filter="SERVICE", number=None))
    family = "ipv6" if wanted.family == 6 else "ip"
    clause = f"route-map {name} deny {max(1, number - 5)}"
    return (*spared, clause, f" match {family} address SERVICE")


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    if (wanted.filter or "").startswith("route-map "):
        return _before_clause(wanted)
    lines = [_header(wanted)]
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports]
    for offset, (prefix, port) in enumerate(pairs):
        lines.append(f" {_number(wanted, offset)}permit tcp any {_address(prefix)} eq {port}")
    return tuple(lines)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    lines = [_header(wanted)]
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports]
    for offset, (prefix, port) in enumerate(pairs):
        lines.append(
            f" {_number(wanted, offset)}permit tcp {_address(prefix)} eq {port} any established"
        )
    return tuple(lines)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    return (_header(wanted), f" {_number(wanted, 0)}permit icmp any any packet-too-big")


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    if wanted.family == 6:
        return ()  # Packet Too Big does not depend on `ipv6 unreachables`
    return (f"interface {wanted.interface}", " ip unreachables")


def _raise_limit(wanted: Remedy) -> tuple[str, ...]:
    if wanted.family == 6:
        return ("ipv6 icmp error-interval 100",)
    return ("ip icmp rate-limit unreachable df 100",)


def _harden(wanted: Remedy) -> tuple[str, ...]:
    """The alternative that the guide itself gives (check text of V-216565, "Alternative - DODIN Backbone")."""
    if wanted.family == 6 or wanted.filter is not None:
        return ()
    return (
        "! DISA STIG V-216565 (switches: V-220433), CISC-RT-000170, asks for unreachables off",
        "! outside, or for a limit: with this one they may stay on, and code 4 is sent in time",
        "ip icmp rate-limit unreachable 60000",
        "ip icmp rate-limit unreachable df 100",
    )


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    value = wanted.number or 1360
    if wanted.family == 6:
        return (f"interface {wanted.interface}", f" ipv6 tcp adjust-mss {value}")
    return (f"interface {wanted.interface}", f" ip tcp adjust-mss {value}")


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is None:
        return ("ip cef",)
    return (f"interface {wanted.interface}", " no ip load-sharing per-packet")


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    return without(_permit_flow(wanted))


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    if stated := without_null_route(wanted):
        return stated
    lines = []
    for prefix in wanted.prefixes:
        network = ipaddress.ip_network(prefix)
        if network.version == 6:
            lines.append(f"no ipv6 route {prefix} Null0")
        else:
            lines.append(f"no ip route {network.network_address} {network.netmask} Null0")
    return tuple(lines)


def _resequence(wanted: Remedy) -> tuple[str, ...]:
    if wanted.family == 6:
        return ()  # IPv6 lists take new entries by their own numbers, which the device chooses
    return (f"ip access-list resequence {wanted.filter} {wanted.number} {wanted.number}",)


_MAKERS = {
    "resequence": _resequence,
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "raise-ptb-limit": _raise_limit,
    "harden-ptb": _harden,
    "per-flow": _per_flow,
    "remove-null-route": _null_route,
    "remove-former": _remove_former,
}
