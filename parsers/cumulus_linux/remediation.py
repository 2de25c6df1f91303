"""What an engineer types on Cumulus Linux for a change that a rule proposes, in NVUE commands (printed, never sent)."""

from __future__ import annotations

from parsers.platform import Remedy

APPLY = "nv config apply"
FROM = {False: ("dest-ip", "dest-port"), True: ("source-ip", "source-port")}


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line; empty for an unknown kind."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make is not None else ()


def _number(wanted: Remedy) -> int:
    """A number in front of the rule that decides."""
    if wanted.number is not None:
        return wanted.number
    before = wanted.before or ""
    return max(1, int(before) - 1) if before.isdecimal() else 1


def _in_file(wanted: Remedy) -> bool:
    return (wanted.filter or "").startswith("iptables/")


def _flow(wanted: Remedy, back: bool) -> tuple[str, ...]:
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports or (443,)]
    if _in_file(wanted):
        return _file_rules(wanted, pairs, back)
    address, port_word = FROM[back]
    lines: list[str] = []
    for step, (prefix, port) in enumerate(pairs):
        rule = f"nv set acl {wanted.filter} rule {_number(wanted) + step}"
        lines += [
            f"{rule} match ip protocol tcp",
            f"{rule} match ip {address} {prefix}",
            f"{rule} match ip {port_word} {port}",
        ]
        if back:
            lines.append(f"{rule} match ip tcp state established")
        lines.append(f"{rule} action permit")
    return (*lines, APPLY) if lines else ()


def _file_rules(wanted: Remedy, pairs: list[tuple[str, int]], back: bool) -> tuple[str, ...]:
    """Lines for the rule file, above the one that decides."""
    _, table, chain = (wanted.filter or "iptables/filter/FORWARD").split("/", 2)
    start = f"-t {table} -A {chain}" if table != "filter" else f"-A {chain}"
    address, port = ("-s", "--sport") if back else ("-d", "--dport")
    return (
        "# /etc/cumulus/acl/policy.d, above the line that decides, then: sudo cl-acltool -i",
        *(f"{start} -i swp+ {address} {prefix} -p tcp {port} {number} -j ACCEPT" for prefix, number in pairs),
    )  # fmt: skip


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, back=False)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, back=True)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    if _in_file(wanted):
        _, table, chain = (wanted.filter or "").split("/", 2)
        start = f"-t {table} -A {chain}" if table != "filter" else f"-A {chain}"
        kind = "-p icmpv6 --icmpv6-type packet-too-big" if wanted.family == 6 else (
            "-p icmp --icmp-type fragmentation-needed"
        )  # fmt: skip
        return (f"{start} -i swp+ {kind} -j ACCEPT", "sudo cl-acltool -i")
    rule = f"nv set acl {wanted.filter} rule {_number(wanted)}"
    six = wanted.family == 6
    return (
        f"{rule} match ip protocol {'icmpv6' if six else 'icmp'}",
        f"{rule} match ip {'icmpv6-type 2' if six else 'icmp-type dest-unreachable'}",
        f"{rule} action permit",
        APPLY,
    )


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    lines = [f"nv unset vrf default router static {prefix}" for prefix in wanted.prefixes]
    return (*lines, APPLY) if lines else ()


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    return ("nv set system forwarding ecmp-hash ipv6-label off", APPLY)


def _check(wanted: Remedy) -> tuple[str, ...]:
    return (f"nv show acl {wanted.filter}",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "remove-null-route": _null_route,
    "per-flow": _per_flow,
    "apply-filter-check": _check,
}

KINDS = frozenset(_MAKERS)
"""The kinds of remedies that have commands here."""
