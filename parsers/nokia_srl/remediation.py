"""What to type on SR Linux for each thing that a rule proposes, in the flat form.

The commands are for `enter candidate`; `commit confirmed` takes them back unless `/tools system configuration
confirmed-accept` follows.
"""

from __future__ import annotations

from parsers.platform import Remedy

OLD_FORM = "acl before 24.3"
"""The kind of filters in the words of releases before 24.3.2."""
COMMIT = "commit confirmed"
TYPE = {4: "ipv4", 6: "ipv6"}


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make else ()


def _entry(wanted: Remedy, number: int) -> str:
    kind = TYPE.get(wanted.family, "ipv4")
    if wanted.form == OLD_FORM:
        return f"set / acl {kind}-filter {wanted.filter} entry {number}"
    return f"set / acl acl-filter {wanted.filter} type {kind} entry {number}"


def _number(wanted: Remedy) -> int:
    """A number in front of the entry that decides."""
    if wanted.number is not None:
        return wanted.number
    before = wanted.before or ""
    return max(1, int(before) - 1) if before.isdecimal() else 1


def _protocol(wanted: Remedy, four: str = "tcp", six: str = "tcp") -> str:
    if wanted.form == OLD_FORM:
        return f"next-header {six}" if wanted.family == 6 else f"protocol {four}"
    return f"ipv6 next-header {six}" if wanted.family == 6 else f"ipv4 protocol {four}"


def _flow(wanted: Remedy, side: str, flags: bool) -> tuple[str, ...]:
    lines = []
    number = _number(wanted)
    old = wanted.form == OLD_FORM
    kind, transport = ("", "") if old else (f"{TYPE.get(wanted.family, 'ipv4')} ", "transport ")
    pairs = [(p, n) for p in wanted.prefixes for n in wanted.ports or (443,)]
    for step, (prefix, port) in enumerate(pairs):
        entry = _entry(wanted, number + step)
        lines += [
            f"{entry} match {_protocol(wanted)}",
            f"{entry} match {kind}{side}-ip prefix {prefix}",
            f"{entry} match {transport}{side}-port operator eq",
            f"{entry} match {transport}{side}-port value {port}",
        ]
        if flags:
            lines.append(f'{entry} match {transport}tcp-flags "ack|rst"')
        lines.append(f"{entry} action accept")
    return (*lines, COMMIT)


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, "destination", flags=False)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, "source", flags=True)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    entry = _entry(wanted, _number(wanted))
    six = wanted.family == 6
    kind = "" if wanted.form == OLD_FORM else f"{TYPE.get(wanted.family, 'ipv4')} "
    message = f"{kind}{'icmp6 type packet-too-big' if six else 'icmp type dest-unreachable'}"
    code = () if six else (f"{entry} match {kind}icmp code [ 4 ]",)
    return (
        f"{entry} match {_protocol(wanted, 'icmp', 'icmp6')}",
        f"{entry} match {message}",
        *code,
        f"{entry} action accept",
        COMMIT,
    )


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    lines = [
        f"delete / network-instance default static-routes route {prefix}"
        for prefix in wanted.prefixes
    ]
    return (*lines, COMMIT) if lines else ()


def _check(wanted: Remedy) -> tuple[str, ...]:
    kind = TYPE.get(wanted.family, "ipv4")
    return (f"info from running / acl acl-filter {wanted.filter} type {kind}",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "remove-null-route": _null_route,
    "apply-filter-check": _check,
}

KINDS = frozenset(_MAKERS)
"""The kinds of remedies that have commands here."""
