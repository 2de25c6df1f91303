"""What to type on an ASA for each thing that a rule proposes."""

from __future__ import annotations

import ipaddress

from parsers.cisco_asa.first_list import first_list
from parsers.former_lines import WAS
from parsers.platform import Remedy
from parsers.standing import path_of


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
    return f"{network.network_address} {network.netmask}"


def _head(wanted: Remedy) -> str:
    """The beginning of an entry at the place of the one that it goes before, which moves down; without such
    an entry it goes to the end."""
    if wanted.before is None or not wanted.before.isdigit():
        return f"access-list {wanted.filter} extended permit"
    return f"access-list {wanted.filter} line {wanted.before} extended permit"


def _levels(wanted: Remedy) -> bool:
    return wanted.filter is None or ":" in wanted.filter or " " in wanted.filter


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    if _levels(wanted):
        return _of_levels(wanted)
    # `any4` and `any6` are not known before 9.0; beside an address of one family `any` means the same
    return tuple(
        f"{_head(wanted)} tcp any {_address(prefix)} eq {port}"
        for prefix in wanted.prefixes
        for port in wanted.ports
    )


def _of_levels(wanted: Remedy) -> tuple[str, ...]:
    """A list of its own for the service and for what its packets are too big for, where it ends nothing that a level
    permits."""
    if (first := first_list(wanted)) is not None:
        interface, name = first
        return (
            *_permit_flow(wanted._replace(filter=name, before=None)),
            *_permit_ptb(wanted._replace(filter=name, before=None)),
            f"access-group {name} in interface {interface}",
        )
    return (
        "! no list decides between these interfaces, their security levels do: whether to change a level or to",
        "! bind a list (which ends what the level permits) has to be decided by hand",
    )


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    six = wanted.family == 6
    words = "icmp6 any any packet-too-big" if six else "icmp any any unreachable 4"
    if _levels(wanted):
        if not (wanted.filter or "").startswith("no access list on "):
            return ()  # a first list on a middle level would end what its level permits
        name = f"{wanted.interface}_in"
        return (
            f"access-list {name} extended permit {words}",
            f"access-group {name} in interface {wanted.interface}",
        )
    return (f"{_head(wanted)} {words}",)


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    """By the words of the entry; the remark before has its place too, and is the way back."""
    path = path_of(wanted)
    head = f"access-list {wanted.filter} "
    if not path or not path[-1].startswith(f"{head}extended permit ") or wanted.before is None:
        return ()
    return (f"! {WAS} {head}line {wanted.before} {path[-1].removeprefix(head)}", f"no {path[-1]}")


def _raise_limit(wanted: Remedy) -> tuple[str, ...]:
    return ("icmp unreachable rate-limit 50 burst-size 10",)


def _lower_only(wanted: Remedy) -> tuple[str, ...]:
    return ("sysopt connection tcpmss minimum 0",)


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    return (f"sysopt connection tcpmss {wanted.number or 1360}",)


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    lines = []
    for prefix in wanted.prefixes:
        network = ipaddress.ip_network(prefix)
        if network.version == 6:
            lines.append(f"no ipv6 route Null0 {prefix}")
        else:
            lines.append(f"no route Null0 {network.network_address} {network.netmask}")
    return tuple(lines)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-ptb": _permit_ptb,
    "clamp-mss": _clamp,
    "raise-ptb-limit": _raise_limit,
    "lower-mss-only": _lower_only,
    "remove-former": _remove_former,
    "remove-null-route": _null_route,
}
