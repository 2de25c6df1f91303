"""What to type on IOS-XR for each thing that a rule proposes; nothing acts before `commit`."""

from __future__ import annotations

import ipaddress

from parsers.former_lines import without
from parsers.platform import Remedy
from parsers.standing import without_null_route

COMMIT = "commit"


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    lines = make(wanted) if make else ()
    return (*lines, COMMIT) if lines and wanted.kind != "resequence" else lines


def _address(prefix: str) -> str:
    network = ipaddress.ip_network(prefix)
    if network.prefixlen == network.max_prefixlen:
        return f"host {network.network_address}"
    return str(network)


def _header(wanted: Remedy) -> str:
    if " then " in (wanted.filter or ""):
        # two lists are joined on the interface, and only the evidence says in which of them the entry stands
        return f"! in the one of {(wanted.filter or '').replace(' then ', ' and ')} that holds the entry which denies:"
    return f"{'ipv6' if wanted.family == 6 else 'ipv4'} access-list {wanted.filter}"


def _number(wanted: Remedy, offset: int) -> str:
    return "" if wanted.number is None else f"{wanted.number + offset} "


def _permit(wanted: Remedy, entry: str) -> tuple[str, ...]:
    pairs = [(_address(prefix), port) for prefix in wanted.prefixes for port in wanted.ports]
    return (
        _header(wanted),
        *(
            f" {_number(wanted, offset)}permit tcp {entry.format(address=address, port=port)}"
            for offset, (address, port) in enumerate(pairs)
        ),
    )


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _permit(wanted, "any {address} eq {port}")


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    return _permit(wanted, "{address} eq {port} any established")


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    protocol = "icmpv6" if wanted.family == 6 else "icmp"
    return (_header(wanted), f" {_number(wanted, 0)}permit {protocol} any any packet-too-big")


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    family = "ipv6" if wanted.family == 6 else "ipv4"
    lines = (f"interface {wanted.interface}", f" no {family} unreachables disable", "exit")
    return lines if wanted.family == 6 else (*lines, "icmp ipv4 rate-limit unreachable DF 100")


def _raise_limit(wanted: Remedy) -> tuple[str, ...]:
    return () if wanted.family == 6 else ("icmp ipv4 rate-limit unreachable DF 100",)


def _harden(wanted: Remedy) -> tuple[str, ...]:
    """The alternative that the guide itself gives (check text of V-216746, "Alternative - DODIN Backbone")."""
    if wanted.family == 6 or wanted.filter is not None:
        return ()
    return (
        "! DISA STIG V-216746, CISC-RT-000170, asks for unreachables off outside, or for a limit:",
        "! with this one they may stay on, and code 4 is sent in time",
        "icmp ipv4 rate-limit unreachable 60000",
        "icmp ipv4 rate-limit unreachable DF 100",
    )


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    family = "ipv6" if wanted.family == 6 else "ipv4"
    return (
        "! the value belongs to the network processor of the interface, which the line card tells:",
        f"! hw-module location (its slot) tcp-mss-adjust np (its number) value {wanted.number or 1360}",
        f"interface {wanted.interface}",
        f" {family} tcp-mss-adjust enable",
    )


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    return without(_permit_flow(wanted))


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    if stated := without_null_route(wanted, below=True):
        return stated
    lines = ["router static"]
    for family, word in ((4, "ipv4"), (6, "ipv6")):
        own = [p for p in wanted.prefixes if ipaddress.ip_network(p).version == family]
        if own:
            lines.append(f" address-family {word} unicast")
            lines.extend(f"  no {prefix} Null0" for prefix in own)
    return tuple(lines)


def _resequence(wanted: Remedy) -> tuple[str, ...]:
    """An EXEC command, which acts at once; NCS 5500 does not have it."""
    family = "ipv6" if wanted.family == 6 else "ipv4"
    return (f"resequence access-list {family} {wanted.filter} {wanted.number} {wanted.number}",)


_MAKERS = {
    "resequence": _resequence,
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "raise-ptb-limit": _raise_limit,
    "harden-ptb": _harden,
    "remove-null-route": _null_route,
    "remove-former": _remove_former,
}
