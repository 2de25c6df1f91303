"""What to type on NX-OS for each thing that a rule proposes."""

from __future__ import annotations

from parsers.former_lines import without
from parsers.platform import Remedy
from parsers.standing import without_null_route

MAP = "vlan access-map "


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer; none where NX-OS
    has no command for it."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _list(wanted: Remedy, bodies: list[str]) -> tuple[str, ...]:
    kind = "ipv6" if wanted.family == 6 else "ip"
    lines = [f"{kind} access-list {wanted.filter}"]
    if (wanted.filter or "").startswith(MAP):
        return _map_entry(wanted, kind, bodies)
    for offset, body in enumerate(bodies):
        number = "" if wanted.number is None else f"{wanted.number + offset} "
        lines.append(f"  {number}{body}")
    return tuple(lines)


def _map_entry(wanted: Remedy, kind: str, bodies: list[str]) -> tuple[str, ...]:
    """An entry of the VLAN access map that forwards, in front of the one that drops: `decides` ends with its number
    and its list."""
    name = (wanted.filter or "").removeprefix(MAP)
    number = (wanted.decides or "").removeprefix(f"{MAP}{name} ").partition(" ")[0]
    if not number.isdecimal() or int(number) < 2:
        return ()
    return (
        f"{kind} access-list ALLOW-SERVICE",
        *(f"  {body}" for body in bodies),
        f"{MAP}{name} {int(number) - 1}",
        f"  match {kind} address ALLOW-SERVICE",
        "  action forward",
    )


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports]
    return _list(wanted, [f"permit tcp any {prefix} eq {port}" for prefix, port in pairs])


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports]
    return _list(
        wanted, [f"permit tcp {prefix} eq {port} any established" for prefix, port in pairs]
    )


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    return _list(wanted, ["permit icmp any any packet-too-big"])


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    if wanted.family == 6:
        return ()
    return (f"interface {wanted.interface}", "  ip unreachables")


def _raise_limit(wanted: Remedy) -> tuple[str, ...]:
    return ("hardware rate-limiter layer-3 mtu 500",)


def _harden(wanted: Remedy) -> tuple[str, ...]:
    """The check of V-221084 forbids the statement on any interface and has no alternative."""
    if wanted.family == 6 or wanted.filter is not None:
        return ()
    return (
        "! DISA STIG V-221084, CISC-RT-000170, asks for no 'ip unreachables', without alternative:",
        "! to keep it, give both sides of the switch one MTU, and clamp on the router at the tunnel",
    )


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is None or wanted.form.startswith("hardware profile dlb"):
        return ("no hardware profile dlb", "copy running-config startup-config", "reload")
    return (f"interface {wanted.interface}", "  no ip load-sharing per-packet")


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    return without(_permit_flow(wanted))


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    if stated := without_null_route(wanted, below=True):
        return stated
    return tuple(
        f"no {'ipv6' if ':' in prefix else 'ip'} route {prefix} Null0" for prefix in wanted.prefixes
    )


def _resequence(wanted: Remedy) -> tuple[str, ...]:
    if (wanted.filter or "").startswith(MAP):
        return ()
    kind = "ipv6" if wanted.family == 6 else "ip"
    return (f"resequence {kind} access-list {wanted.filter} {wanted.number} {wanted.number}",)


_MAKERS = {
    "resequence": _resequence,
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "raise-ptb-limit": _raise_limit,
    "harden-ptb": _harden,
    "per-flow": _per_flow,
    "remove-null-route": _null_route,
    "remove-former": _remove_former,
}
