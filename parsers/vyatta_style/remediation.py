"""What to type on VyOS and EdgeOS for each thing that a rule proposes.

All commands are configuration mode: `compare` shows them, `commit-confirm 5` takes them back unless `confirm` follows.
"""

from __future__ import annotations

from parsers.platform import Remedy

COMMIT = ("compare", "commit-confirm 5")
_PAIR = "zone:"


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _path(wanted: Remedy) -> str | None:
    """The rule set that a filter's key names; None for what is made of zones, where the pair says nothing."""
    name = wanted.filter or ""
    if not name or name.startswith((_PAIR, "zones")):
        return None
    hook, _, chain = name.partition(" ")
    if chain in ("filter", "raw"):
        return f"firewall ipv{wanted.family} {hook} {chain}"
    return f"firewall {'name' if wanted.family == 4 else 'ipv6-name'} {name}"


def _rule(wanted: Remedy, statements: tuple[str, ...]) -> tuple[str, ...]:
    path = _path(wanted)
    if path is None:
        return ()
    base = f"set {path} rule {_number(wanted)}"
    return (*_hint(wanted), f"{base} action accept", *(f"{base} {text}" for text in statements))


def _number(wanted: Remedy) -> str:
    """The number of the new rule; a sign for it where the filter's own numbers do not tell."""
    return str(wanted.number) if wanted.number is not None else "<n>"


def _hint(wanted: Remedy) -> tuple[str, ...]:
    if wanted.number is not None:
        return ()
    return ("# <n>: a free number before the rule, the jump or the default action that decides",)


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _permit(wanted, "destination")


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    path = _path(wanted)
    if path is None:
        return ()
    base = f"set {path} rule {_number(wanted)}"
    switch = "" if path.startswith(("firewall ipv4 ", "firewall ipv6 ")) else " enable"
    return (
        *_hint(wanted),
        f"{base} action accept",
        f"{base} state established{switch}",
        f"{base} state related{switch}",
        *COMMIT,
    )


def _permit(wanted: Remedy, side: str) -> tuple[str, ...]:
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
    return (
        f"set interfaces <type> {wanted.interface} {word} adjust-mss clamp-mss-to-pmtu",
        *COMMIT,
    )


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
    return ("delete load-balancing wan rule <number> per-packet-balancing", *COMMIT)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "clamp-mss": _clamp,
    "remove-null-route": _null_route,
    "per-flow": _per_flow,
}
KINDS = frozenset(_MAKERS)
