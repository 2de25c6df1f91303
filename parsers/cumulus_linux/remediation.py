"""What an engineer types on Cumulus Linux for a change that a rule proposes, in NVUE commands (printed, never sent)."""

from __future__ import annotations

from parsers.frr_style.null_routes import frr_statement, in_vtysh
from parsers.platform import Remedy
from parsers.standing import path_of

APPLY = "nv config apply"
NCLU = "NCLU acl"
"""The kind of lists that were made with `net add acl`."""
FILE = {
    kind: f"/etc/cumulus/acl/policy.d/00allow_{name}.rules"
    for kind, name in (
        ("permit-flow", "sessions"),
        ("permit-return", "answers"),
        ("permit-ptb", "too_big"),
    )
}
"""A file of rules for each kind of remedy."""
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
        words = ("-s {} -p tcp --sport {}", "-d {} -p tcp --dport {}")[not back]
        return _file(wanted, [words.format(*pair) for pair in pairs])
    if wanted.form == NCLU:
        return _nclu(wanted, pairs, back)
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


def _nclu(wanted: Remedy, pairs: list[tuple[str, int]], back: bool) -> tuple[str, ...]:
    start = f"net add acl ipv{wanted.family} {wanted.filter} priority"
    lines = []
    for number, (prefix, port) in enumerate(pairs, _number(wanted)):
        far, near = f"{prefix}", "any"
        source, target = (far, near) if back else (near, far)
        ports = (str(port), "any") if back else ("any", str(port))
        lines.append(
            f"{start} {number} accept tcp source-ip {source} source-port {ports[0]} "
            f"dest-ip {target} dest-port {ports[1]}"
        )
    return (*lines, "net commit") if lines else ()


def _file(wanted: Remedy, rules: list[str]) -> tuple[str, ...]:
    """A file of its own, read before all others (by name) when the rules are installed."""
    _, table, chain = (wanted.filter or "iptables/filter/FORWARD").split("/", 2)
    start = f"-t {table} -A {chain}" if table != "filter" else f"-A {chain}"
    return (
        f"sudo tee {FILE[wanted.kind]} <<'END'",
        "[ip6tables]" if wanted.family == 6 else "[iptables]",
        *(f"{start} -i swp+ {rule} -j ACCEPT" for rule in rules),
        "END",
        "sudo cl-acltool -i",
    )


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, back=False)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, back=True)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    if _in_file(wanted):
        six = wanted.family == 6
        kind = "-p icmpv6 --icmpv6-type packet-too-big" if six else "-p icmp --icmp-type 3/4"
        return _file(wanted, [kind])
    if wanted.form == NCLU:
        message = "icmp6 type 2" if wanted.family == 6 else "icmp type 3"
        return (
            f"# in {wanted.filter}, with a priority below that of the rule that drops: accept {message}",
        )
    rule = f"nv set acl {wanted.filter} rule {_number(wanted)}"
    six = wanted.family == 6
    return (
        f"{rule} match ip protocol {'icmpv6' if six else 'icmp'}",
        f"{rule} match ip {'icmpv6-type 2' if six else 'icmp-type dest-unreachable'}",
        f"{rule} action permit",
        APPLY,
    )


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    """By the program that made the route: FRR, NCLU, or NVUE in commands or YAML."""
    path = path_of(wanted)
    statement = path[-1] if path else ""
    if frr := frr_statement(wanted):
        return (in_vtysh(frr, "sudo "),)
    if statement.startswith("net add routing route "):
        return (statement.replace("net add", "net del", 1), "net commit")
    if statement.startswith("nv set vrf "):
        return (statement.replace("nv set", "nv unset", 1), APPLY)
    words = [
        word.rstrip(":").strip("'\"")
        for line in path
        for word in line.lstrip("- ").removesuffix("{}").split()
    ]
    if "vrf" in words and "static" in words:
        return (f"nv unset {' '.join(words[words.index('vrf') :])}", APPLY)
    prefixes = ", ".join(wanted.prefixes)
    return (f"# the null route for {prefixes} is made outside of NVUE, NCLU and FRR",)


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
