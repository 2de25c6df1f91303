"""What to type on SR OS for each thing that a rule proposes, in MD-CLI.

The commands are for `edit-config exclusive`; `commit confirmed` takes them back unless `commit confirmed accept`
follows. The classic CLI has the same statements with `create` and without `/configure ... admin-state`.
"""

from __future__ import annotations

from parsers.platform import Remedy

COMMIT = "commit confirmed 5"
FAMILY = {4: "ip-filter", 6: "ipv6-filter"}


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _entry(wanted: Remedy, number: int) -> str:
    kind = FAMILY.get(wanted.family, "ip-filter")
    return f'/configure filter {kind} "{wanted.filter}" entry {number}'


def _number(wanted: Remedy) -> int:
    """A number in front of the entry that decides."""
    if wanted.number is not None:
        return wanted.number
    before = (wanted.before or "").rpartition("/")[2]
    return max(1, int(before) - 1) if before.isdecimal() else 1


def _protocol(wanted: Remedy) -> str:
    return "next-header" if wanted.family == 6 else "protocol"


def _flow(wanted: Remedy, side: str, port: str) -> list[str]:
    lines = []
    number = _number(wanted)
    pairs = [(p, n) for p in wanted.prefixes for n in wanted.ports or (443,)]
    for step, (prefix, value) in enumerate(pairs):
        entry = _entry(wanted, number + step)
        lines += [
            f"{entry} match {_protocol(wanted)} tcp",
            f"{entry} match {side} address {prefix}",
            f"{entry} match {port} eq {value}",
            f"{entry} action accept",
        ]
    return lines


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return (*_flow(wanted, "dst-ip", "dst-port"), COMMIT)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    lines = []
    for line in _flow(wanted, "src-ip", "src-port"):
        if line.endswith("action accept"):
            lines.append(line.replace("action accept", "match tcp-established"))
        lines.append(line)
    return (*lines, COMMIT)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    entry = _entry(wanted, _number(wanted))
    kind, code = (2, 0) if wanted.family == 6 else (3, 4)
    return (
        f"{entry} match {_protocol(wanted)} {'ipv6-icmp' if wanted.family == 6 else 'icmp'}",
        f"{entry} match icmp type {kind}",
        f"{entry} match icmp code {code}",
        f"{entry} action accept",
        COMMIT,
    )


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is None:
        return ()
    path = f'/configure router "Base" interface "{wanted.interface}"'
    if wanted.family == 6:
        return (f"{path} ipv6 icmp6 packet-too-big admin-state enable", COMMIT)
    return (f"{path} ipv4 icmp unreachables admin-state enable", COMMIT)


def _raise_limit(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is None:
        return ()
    path = f'/configure router "Base" interface "{wanted.interface}"'
    if wanted.family == 6:
        return (f"{path} ipv6 icmp6 packet-too-big number 100 seconds 10", COMMIT)
    return (f"{path} ipv4 icmp unreachables number 100 seconds 10", COMMIT)


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    value = wanted.number or (1340 if wanted.family == 6 else 1360)
    return (
        f"# a clamp takes an mss-adjust-group with segment-size {value} on the ISA, and an entry of the interface's",
        "# filter with the action tcp-mss-adjust: which ones has to be decided by hand",
    )


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    lines = [
        f'delete /configure router "Base" static-routes route {prefix} route-type unicast blackhole'
        for prefix in wanted.prefixes
    ]
    return (*lines, COMMIT) if lines else ()


def _check(wanted: Remedy) -> tuple[str, ...]:
    kind = "ip" if wanted.family == 4 else "ipv6"
    return (f'show filter {kind} "{wanted.filter}"',)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "clamp-mss": _clamp,
    "raise-ptb-limit": _raise_limit,
    "remove-null-route": _null_route,
    "apply-filter-check": _check,
}

KINDS = frozenset(_MAKERS)
"""The kinds of remedies that have commands here."""
