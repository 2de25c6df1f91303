"""What to type on AOS-CX for each thing that a rule proposes."""

from __future__ import annotations

import ipaddress

from parsers.former_lines import without
from parsers.platform import Remedy
from parsers.standing import without_null_route


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    if (wanted.filter or "").startswith("policy ") and wanted.kind.startswith("permit"):
        return _policy(wanted)
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _word(family: int) -> str:
    return "ipv6" if family == 6 else "ip"


def _lines(wanted: Remedy, bodies: list[str]) -> tuple[str, ...]:
    name = f"access-list {_word(wanted.family)} {wanted.filter}"
    if wanted.number is None:
        return (name, *(f"    {body}" for body in bodies))
    return (name, *(f"    {wanted.number + n} {body}" for n, body in enumerate(bodies)))


def _flows(wanted: Remedy) -> list[tuple[str, int]]:
    return [
        (str(ipaddress.ip_network(prefix)), port)
        for prefix in wanted.prefixes
        for port in wanted.ports
    ]


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _lines(wanted, [f"permit tcp any {net} eq {port}" for net, port in _flows(wanted)])


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    return _lines(
        wanted, [f"permit tcp {net} eq {port} any established" for net, port in _flows(wanted)]
    )


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    body = (
        "permit icmpv6 any any icmp-type 2"
        if wanted.family == 6
        else "permit icmp any any icmp-type 3 icmp-code 4"
    )
    return _lines(wanted, [body])


def _policy(wanted: Remedy) -> tuple[str, ...]:
    """A class that takes the packets before the one that drops."""
    name = (wanted.filter or "").removeprefix("policy ").split(" ")[0]
    family = _word(wanted.family)
    place = (wanted.decides or "").removeprefix(f"policy {name} ").partition(" ")[0]
    number = int(place) if place.isdecimal() else 1
    return (
        f"class {family} ALLOW_SERVICE",
        *(f"    match tcp any {net} eq {port}" for net, port in _flows(wanted)),
        f"policy {name}",
        f"    {number - 1 if number > 1 else 1} class {family} ALLOW_SERVICE",
    )


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return ("ip icmp unreachable", "no ip icmp throttle")


def _raise_limit(wanted: Remedy) -> tuple[str, ...]:
    return ("no ip icmp throttle",)


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    return without(_permit_flow(wanted))


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    if stated := without_null_route(wanted):
        return stated
    return tuple(
        f"no {'ipv6' if ':' in prefix else 'ip'} route {prefix} nullroute"
        for prefix in wanted.prefixes
    )


def _resequence(wanted: Remedy) -> tuple[str, ...]:
    step = f"{wanted.number} {wanted.number}"
    return (f"access-list {_word(wanted.family)} {wanted.filter} resequence {step}",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "raise-ptb-limit": _raise_limit,
    "remove-null-route": _null_route,
    "remove-former": _remove_former,
    "resequence": _resequence,
}
