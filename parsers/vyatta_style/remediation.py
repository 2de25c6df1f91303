"""What to type on VyOS and EdgeOS for each thing that a rule proposes.

All commands are configuration mode: `compare` shows them, `commit-confirm 5` takes them back unless `confirm` follows.
"""

from __future__ import annotations

from parsers.platform import Remedy

COMMIT = ("compare", "commit-confirm 5")
_PAIR = "zone:"
TYPES = {
    "bond": "bonding", "br": "bridge", "eth": "ethernet", "peth": "pseudo-ethernet", "pppoe": "pppoe",
    "tun": "tunnel", "vti": "vti", "vtun": "openvpn", "wg": "wireguard",
}  # fmt: skip
"""Kinds of interfaces by the letters of their names."""
WAN = "load-balancing wan rule "
MODERN_SET = "rule set of 1.4"
"""The kind of rule sets that stand below `ipv4` or `ipv6`."""


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _path(wanted: Remedy) -> str | None:
    """The rule set that a filter's key names; None for what is made of zones, where the pair says nothing."""
    name = wanted.decides or wanted.filter or ""
    if not name or name.startswith((_PAIR, "zones")):
        return None
    hook, _, chain = name.partition(" ")
    if chain in ("filter", "raw"):
        return f"firewall ipv{wanted.family} {hook} {chain}"
    if wanted.form == MODERN_SET:
        return f"firewall ipv{wanted.family} name {name}"
    return f"firewall {'name' if wanted.family == 4 else 'ipv6-name'} {name}"


def _rule(wanted: Remedy, statements: tuple[str, ...]) -> tuple[str, ...]:
    path = _path(wanted)
    if path is None:
        return ()
    base = f"set {path} rule {_number(wanted)}"
    return (f"{base} action accept", *(f"{base} {text}" for text in statements))


def _number(wanted: Remedy) -> int:
    """The number of the new rule: before the one that decides, or behind all rules where the default action does."""
    return wanted.number if wanted.number is not None else (wanted.last or 0) + 10


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _permit(wanted, "destination")


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    path = _path(wanted) or ""
    modern = path.startswith(("firewall ipv4 ", "firewall ipv6 "))
    return _permit(wanted, "source", f"state established{'' if modern else ' enable'}")


def _permit(wanted: Remedy, side: str, *more: str) -> tuple[str, ...]:
    """One rule for all prefixes needs a group: the rule names it."""
    kind = "network-group" if wanted.family == 4 else "ipv6-network-group"
    group = f"SERVICE{'' if wanted.family == 4 else '6'}"
    lines = tuple(f"set firewall group {kind} {group} network {p}" for p in wanted.prefixes)
    ports = ",".join(str(port) for port in wanted.ports)
    rules = _rule(
        wanted,
        (
            "protocol tcp",
            f"{side} group network-group {group}",
            *((f"{side} port {ports}",) if ports else ()),
            *more,
        ),
    )
    return (*lines, *rules, *COMMIT) if rules else ()


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    statements = (
        ("protocol icmp", "icmp type 3", "icmp code 4")
        if wanted.family == 4
        else ("protocol ipv6-icmp", "icmpv6 type 2")
    )
    rules = _rule(wanted, statements)
    return (*rules, *COMMIT) if rules else ()


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is None:
        return ()
    word = "ip" if wanted.family == 4 else "ipv6"
    name, _, vlan = wanted.interface.partition(".")
    kind = TYPES.get(name.rstrip("0123456789"))
    if kind is None:
        return (f"# on {wanted.interface}: {word} adjust-mss clamp-mss-to-pmtu",)
    path = f"{kind} {name}{f' vif {vlan}' if vlan else ''}"
    return (f"set interfaces {path} {word} adjust-mss clamp-mss-to-pmtu", *COMMIT)


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    word = "route" if wanted.family == 4 else "route6"
    return (
        *(f"delete protocols static {word} {prefix} blackhole" for prefix in wanted.prefixes),
        *COMMIT,
    )


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is not None and wanted.interface.startswith("bond"):
        return (
            f"set interfaces bonding {wanted.interface} mode 802.3ad",
            f"set interfaces bonding {wanted.interface} hash-policy layer3+4",
            *COMMIT,
        )
    if wanted.form.startswith(WAN):
        return (f"delete {wanted.form} per-packet-balancing", *COMMIT)
    return (
        "# the kernel chooses the next hop of each packet: only a release with a newer kernel has a hash",
    )


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "clamp-mss": _clamp,
    "remove-null-route": _null_route,
    "per-flow": _per_flow,
}
KINDS = frozenset(_MAKERS)
