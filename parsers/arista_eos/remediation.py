"""What to type on EOS for each thing that a rule proposes."""

from __future__ import annotations

import ipaddress

from parsers.arista_eos.policy_copy import beside
from parsers.arista_eos.traffic_policies import KEY
from parsers.former_lines import without
from parsers.platform import Remedy
from parsers.standing import without_null_route


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _any(family: int) -> str:
    return "ipv6" if family == 6 else "ip"


def _lines(wanted: Remedy, bodies: list[str]) -> tuple[str, ...]:
    """The entries of an access list, numbered before the offending one where its "
    "number is known.
    """
    name = f"{_any(wanted.family)} access-list {wanted.filter}"
    if wanted.number is None:
        return (name, *(f"   {body}" for body in bodies))
    numbered = [f"   {wanted.number + offset} {body}" for offset, body in enumerate(bodies)]
    return (name, *numbered)


def _in_front(wanted: Remedy, match: str) -> tuple[str, ...]:
    """A rule of a traffic policy has to stand before the one that drops: a new policy is built beside the old one."""
    if made := beside(wanted, match.splitlines()):
        return made
    name = (wanted.filter or "").removeprefix(KEY)
    return (
        f"! traffic policies: copy {name} under another name, with this rule before {wanted.before or 'the defaults'},",
        "! and then name the copy on the interfaces (the order of rules has to be chosen by hand):",
        *(f"!    {line}" for line in match.splitlines()),
    )


def _policy_rule(wanted: Remedy, side: str) -> tuple[str, ...]:
    family = "ipv6" if wanted.family == 6 else "ipv4"
    ports = ",".join(str(port) for port in wanted.ports)
    return _in_front(
        wanted,
        f"match ALLOW-SERVICE {family}\n"
        f"   {side} prefix {' '.join(wanted.prefixes)}\n"
        f"   protocol tcp {side} port {ports}",
    )


def _flow(wanted: Remedy, returning: bool) -> tuple[str, ...]:
    if (wanted.filter or "").startswith(KEY):
        return _policy_rule(wanted, "source" if returning else "destination")
    ports = " ".join(str(port) for port in wanted.ports)
    bodies = []
    for prefix in wanted.prefixes:
        shown = str(ipaddress.ip_network(prefix))
        if returning:
            bodies.append(f"permit tcp {shown} eq {ports} any established")
        else:
            bodies.append(f"permit tcp any {shown} eq {ports}")
    return _lines(wanted, bodies)


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, returning=False)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, returning=True)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    if (wanted.filter or "").startswith(KEY):
        family, body = (
            ("ipv6", "type 2 code all") if wanted.family == 6 else ("ipv4", "type 3 code 4")
        )
        protocol = "icmpv6" if wanted.family == 6 else "icmp"
        return _in_front(wanted, f"match ALLOW-PTB {family}\n   protocol {protocol} {body}")
    protocol = "icmpv6" if wanted.family == 6 else "icmp"
    return _lines(wanted, [f"permit {protocol} any any packet-too-big"])


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return (f"no {_any(wanted.family)} icmp rate-limit-unreachable",)


def _harden(wanted: Remedy) -> tuple[str, ...]:
    if wanted.family == 6 or wanted.filter is not None or wanted.interface is None:
        return ()
    return (
        "! DISA STIG V-256032 asks for 'ip icmp rate-limit-unreachable 0'; with a clamp that may stay",
        *_clamp(wanted),
    )


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    family = "ipv6" if wanted.family == 6 else "ipv4"
    value = wanted.number or (1340 if wanted.family == 6 else 1360)
    return (f"interface {wanted.interface}", f"   tcp mss ceiling {family} {value}")


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    return ("no ip hardware fib load-balance distribution dynamic",)


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    return without(_permit_flow(wanted))


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    if stated := without_null_route(wanted):
        return stated
    return tuple(
        f"no {'ipv6' if ':' in prefix else 'ip'} route {prefix} Null0" for prefix in wanted.prefixes
    )


def _resequence(wanted: Remedy) -> tuple[str, ...]:
    kind = "ipv6 access-list" if wanted.family == 6 else "ip access-list"
    return (f"{kind} {wanted.filter}", f"   resequence {wanted.number} {wanted.number}")


_MAKERS = {
    "resequence": _resequence,
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "harden-ptb": _harden,
    "per-flow": _per_flow,
    "remove-null-route": _null_route,
    "remove-former": _remove_former,
}
