"""What to type on OS10 for each thing that a rule proposes."""

from __future__ import annotations

import ipaddress

from parsers.former_lines import without
from parsers.platform import Remedy
from parsers.standing import without_null_route


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _word(family: int) -> str:
    return "ipv6" if family == 6 else "ip"


def _lines(wanted: Remedy, bodies: list[str]) -> tuple[str, ...]:
    name = f"{_word(wanted.family)} access-list {wanted.filter}"
    if wanted.number is None:
        return (name, *(f" {body}" for body in bodies))
    return (name, *(f" seq {wanted.number + n} {body}" for n, body in enumerate(bodies)))


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    """One entry for each range and port: `eq` takes a single port."""
    return _lines(
        wanted,
        [
            f"permit tcp any {ipaddress.ip_network(prefix)} eq {port}"
            for prefix in wanted.prefixes
            for port in wanted.ports
        ],
    )


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    """An entry takes one flag, and answers have ACK or RST. Between numbers there may be room for one entry each: then
    without a flag."""
    flags = (" ack", " rst") if wanted.number is None else ("",)
    return _lines(
        wanted,
        [
            f"permit tcp {ipaddress.ip_network(prefix)} eq {port} any{flag}"
            for prefix in wanted.prefixes
            for port in wanted.ports
            for flag in flags
        ],
    )


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    return _lines(wanted, ["permit icmp any any"])


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return (f"interface {wanted.interface}", f" {_word(wanted.family)} unreachables")


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    return without(_permit_flow(wanted))


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    if stated := without_null_route(wanted):
        return stated
    return tuple(
        f"no {'ipv6' if ':' in prefix else 'ip'} route {prefix} interface null 0"
        for prefix in wanted.prefixes
    )


def _resequence(wanted: Remedy) -> tuple[str, ...]:
    family = "ipv6" if wanted.family == 6 else "ipv4"
    return (f"resequence access-list {family} {wanted.filter} {wanted.number} {wanted.number}",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "remove-null-route": _null_route,
    "remove-former": _remove_former,
    "resequence": _resequence,
}
