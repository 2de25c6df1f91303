"""What to type on Comware for each thing that a rule proposes."""

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
    """By a class in front of the one that drops: hardware does not look at the actions of the list's rules (3Com
    Switch 8800, "QoS policy configuration"), so that a rule there would not say the same everywhere."""
    found = used(wanted)
    if found is None:
        return by_hand(wanted)
    place = f"insert-before {found.pair['classifier']}"
    return beside(wanted, found, _permit_flow, place) or by_hand(wanted)


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
    return f"acl {family}advanced {'' if name.isdecimal() else 'name '}{name}"


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
    family = "ipv6" if wanted.family == 6 else "ip"
    lines = [f"security-policy {family}", " rule name ALLOW-SERVICE"]
    lines += [f"  source-zone {source}", f"  destination-zone {destination}"]
    for prefix in wanted.prefixes:
        network = ipaddress.ip_network(prefix)
        lines.append(f"  destination-ip-subnet {network.network_address} {network.prefixlen}")
    lines += [f"  service-port tcp destination eq {port}" for port in wanted.ports]
    lines.append("  action pass")
    if wanted.before is not None:
        lines.append(f" move rule name ALLOW-SERVICE before name {wanted.before}")
    return tuple(lines)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports]
    return (
        _header(wanted),
        *(
            f" rule {_number(wanted, n)}permit tcp source {_address(p)} source-port eq {port} established"
            for n, (p, port) in enumerate(pairs)
        ),
    )


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    words = "icmpv6 icmp6-type 2 0" if wanted.family == 6 else "icmp icmp-type 3 4"
    return (_header(wanted), f" rule {_number(wanted, 0)}permit {words}")


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    return ("ip unreachables enable",) if wanted.family == 4 else ()


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    family = "ipv6 " if wanted.family == 6 else ""
    return (f"interface {wanted.interface}", f" {family}tcp mss {wanted.number or 1360}")


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is None:
        scope = " global" if wanted.form.endswith(" global") else ""
        return (f"ip load-sharing mode per-flow{scope}",)
    if wanted.interface.lower().startswith("hdlc-bundle"):
        return (f"interface {wanted.interface}", " bundle load-balance per-flow")
    return (f"interface {wanted.interface}", " undo link-aggregation load-sharing mode")


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
    """Numbers start at 0 unless told otherwise, and there is no room before that (H3C, ACL and QoS command reference,
    `step`)."""
    return (_header(wanted), f" step {wanted.number} start {wanted.number}")


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
