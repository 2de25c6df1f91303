"""What to type on VRP for each thing that a rule proposes."""

from __future__ import annotations

import ipaddress

from parsers.former_lines import without
from parsers.platform import Remedy
from parsers.standing import without_null_route
from parsers.vrp_style.policy_remedies import beside, by_hand, used


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    if (wanted.filter or "").startswith("policy ") and wanted.kind == "permit-flow":
        return _of_policy(wanted)
    return make(wanted) if make and _takes_rules(wanted) else ()


def _of_policy(wanted: Remedy) -> tuple[str, ...]:
    """In the list, or by a class whose precedence is in front: pairs without one stand in the order of typing."""
    found = used(wanted)
    if found is None:
        return by_hand(wanted)
    if found.alone and not found.denies and _has_room(wanted):
        return _permit_flow(wanted._replace(filter=found.name))
    order = int(found.pair["order"] or 0) - 1
    taken = [int(pair["order"] or 0) for pair in found.pairs]
    if order < 1 or order in taken:
        return by_hand(wanted)
    return beside(wanted, found, _permit_flow, f"precedence {order}") or by_hand(wanted)


def _has_room(wanted: Remedy) -> bool:
    """Whether there are numbers in front of the rule that drops, so that the list keeps its own."""
    before = wanted.before or ""
    return before.isdecimal() and wanted.number is not None and wanted.number < int(before)


def _takes_rules(wanted: Remedy) -> bool:
    """A traffic policy takes no rules, a basic list no protocols, and a session between zones needs none for
    its answers."""
    name = _name(wanted)
    basic = name.isdecimal() and 2000 <= int(name) <= 2999
    answers = _zones(wanted) is not None and wanted.kind != "permit-flow"
    return not (wanted.filter or "").startswith("policy ") and not basic and not answers


def _name(wanted: Remedy) -> str:
    """The name of the access list; its key may go on with the VPN or the place that it is read for."""
    return (wanted.filter or "").partition(" ")[0]


def _address(prefix: str) -> str:
    network = ipaddress.ip_network(prefix)
    if network.version == 6:
        return prefix
    if network.prefixlen == 32:
        return f"{network.network_address} 0"
    return f"{network.network_address} {network.hostmask}"


def _header(wanted: Remedy) -> str:
    name = _name(wanted)
    family = "ipv6 " if wanted.family == 6 else ""
    return f"acl {family}{name}" if name.isdecimal() else f"acl {family}name {name}"


def _number(wanted: Remedy, offset: int) -> str:
    """The number of a new rule, behind all others where the last action decides."""
    first = wanted.number if wanted.number is not None else (wanted.last or 0) + 5
    return f"{first + offset} "


def _zones(wanted: Remedy) -> tuple[str, str] | None:
    kind, _, zones = (wanted.filter or "").partition(":")
    source, _, destination = zones.partition(":")
    return (source, destination) if kind == "zone" else None


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    zones = _zones(wanted)
    if zones is not None:
        return _zone_rule(wanted, *zones)
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports]
    return (
        _header(wanted),
        *(
            f" rule {_number(wanted, n)}permit tcp destination {_address(p)} destination-port eq {port}"
            for n, (p, port) in enumerate(pairs)
        ),
    )


def _zone_rule(wanted: Remedy, source: str, destination: str) -> tuple[str, ...]:
    lines = ["security-policy", " rule name ALLOW-SERVICE"]
    lines += [f"  source-zone {source}", f"  destination-zone {destination}"]
    for prefix in wanted.prefixes:
        network = ipaddress.ip_network(prefix)
        mask = network.prefixlen if network.version == 6 else f"mask {network.netmask}"
        lines.append(f"  destination-address {network.network_address} {mask}")
    lines += [f"  service protocol tcp destination-port {port}" for port in wanted.ports]
    lines.append("  action permit")
    if wanted.before is not None:
        lines.append(f" rule move ALLOW-SERVICE before {wanted.before}")
    return tuple(lines)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports]
    return (
        _header(wanted),
        *(
            f" rule {_number(wanted, n)}permit tcp source {_address(p)} source-port eq {port} tcp-flag established"
            for n, (p, port) in enumerate(pairs)
        ),
    )


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    words = "icmpv6 icmp6-type 2 0" if wanted.family == 6 else "icmp icmp-type 3 4"
    return (_header(wanted), f" rule {_number(wanted, 0)}permit {words}")


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return ("undo icmp unreachable drop",) if wanted.family == 4 else ()


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    family = "ipv6 " if wanted.family == 6 else ""
    return (f"interface {wanted.interface}", f" {family}tcp adjust-mss {wanted.number or 1360}")


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is None:
        return ("load-balance flow all",)
    if wanted.interface.lower().startswith(("eth-trunk", "ip-trunk")):
        return (f"interface {wanted.interface}", " load-balance src-dst-ip")
    return (f"interface {wanted.interface}", " undo loadbalance packet enable")


def _remove_former(wanted: Remedy) -> tuple[str, ...]:
    return without(_permit_flow(wanted), "undo", "#")


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    if stated := without_null_route(wanted, "undo"):
        return stated
    lines = []
    for prefix in wanted.prefixes:
        network = ipaddress.ip_network(prefix)
        word = "ipv6" if network.version == 6 else "ip"
        lines.append(
            f"undo {word} route-static {network.network_address} {network.prefixlen} NULL0"
        )
    return tuple(lines)


def _resequence(wanted: Remedy) -> tuple[str, ...]:
    return (_header(wanted), f" step {wanted.number}")


_MAKERS = {
    "resequence": _resequence,
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "per-flow": _per_flow,
    "remove-null-route": _null_route,
    "remove-former": _remove_former,
}
