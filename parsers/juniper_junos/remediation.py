"""What to type on Junos for each thing that a rule proposes.

All commands are configuration mode; `commit confirmed 5` takes them back unless a `commit` follows.
"""

from __future__ import annotations

from parsers.platform import Remedy

COMMIT = "commit confirmed 5"
FAMILY = {4: "inet", 6: "inet6"}


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line, to be read and typed by an engineer."""
    make = _MAKERS.get(wanted.kind)
    return make(_in_one_filter(wanted)) if make else ()


def _in_one_filter(wanted: Remedy) -> Remedy:
    """A filter list has no place for a term: it goes into the filter of the list that decides."""
    if wanted.filter is None or " then " not in wanted.filter:
        return wanted
    last = wanted.filter.rsplit(" then ", 1)[1]
    name, slash, term = (wanted.before or "").partition("/")
    return wanted._replace(filter=name if slash else last, before=term if slash else None)


def _is_policy(wanted: Remedy) -> bool:
    return wanted.filter is not None and ":" in wanted.filter


def _filter_path(wanted: Remedy) -> str:
    return f"firewall family {FAMILY.get(wanted.family, 'inet')} filter {wanted.filter}"


def _policy_path(wanted: Remedy) -> str:
    name = (wanted.filter or "").removeprefix("policy:")
    source, _, destination = name.partition(":")
    return f"security policies from-zone {source} to-zone {destination}"


def _before(path: str, word: str, name: str, wanted: Remedy) -> tuple[str, ...]:
    if wanted.before is None:
        return ()
    other = f'"{wanted.before}"' if " " in wanted.before else wanted.before
    return (f"insert {path} {word} {name} before {word} {other}",)


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    if _is_policy(wanted):
        return _permit_policy(wanted)
    path = f"{_filter_path(wanted)} term ALLOW-SERVICE"
    return (
        *(f"set {path} from destination-address {prefix}" for prefix in wanted.prefixes),
        f"set {path} from {_protocol_word(wanted)} tcp",
        *(f"set {path} from destination-port {port}" for port in wanted.ports),
        f"set {path} then accept",
        *_before(_filter_path(wanted), "term", "ALLOW-SERVICE", wanted),
        COMMIT,
    )


def _protocol_word(wanted: Remedy) -> str:
    return "next-header" if wanted.family == 6 else "protocol"


def _permit_policy(wanted: Remedy) -> tuple[str, ...]:
    path = _policy_path(wanted)
    lines = []
    names = []
    for prefix in wanted.prefixes:
        names.append(f"SERVICE-{prefix.replace(':', '.').replace('/', '-')}")
        lines.append(f"set security address-book global address {names[-1]} {prefix}")
    for port in wanted.ports:
        lines.append(f"set applications application SERVICE-{port} protocol tcp")
        lines.append(f"set applications application SERVICE-{port} destination-port {port}")
    match = f"{path} policy ALLOW-SERVICE match"
    return (
        *lines,
        f"set {match} source-address any",
        *(f"set {match} destination-address {name}" for name in names),
        *(f"set {match} application SERVICE-{port}" for port in wanted.ports),
        f"set {path} policy ALLOW-SERVICE then permit",
        *_before(path, "policy", "ALLOW-SERVICE", wanted),
        COMMIT,
    )


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    if _is_policy(wanted):
        return ()
    path = f"{_filter_path(wanted)} term ALLOW-ANSWERS"
    return (
        *(f"set {path} from source-address {prefix}" for prefix in wanted.prefixes),
        f"set {path} from {_protocol_word(wanted)} tcp",
        *(f"set {path} from source-port {port}" for port in wanted.ports),
        f"set {path} from tcp-established",
        f"set {path} then accept",
        *_before(_filter_path(wanted), "term", "ALLOW-ANSWERS", wanted),
        COMMIT,
    )


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    if _is_policy(wanted):
        return ("set security flow tcp-mss all-tcp mss 1360", COMMIT)
    path = f"{_filter_path(wanted)} term ALLOW-PTB"
    conditions = ("protocol icmp", "icmp-type unreachable", "icmp-code fragmentation-needed")
    if wanted.family == 6:
        conditions = ("next-header icmp6", "icmp-type packet-too-big", "icmp-code 0")
    return (
        *(f"set {path} from {condition}" for condition in conditions),
        f"set {path} then accept",
        *_before(_filter_path(wanted), "term", "ALLOW-PTB", wanted),
        COMMIT,
    )


def _send_ptb(wanted: Remedy) -> tuple[str, ...]:
    statement = "icmp6" if wanted.family == 6 else "icmp"
    return (f"set chassis {statement} rate-limit 50", COMMIT)


def _clamp(wanted: Remedy) -> tuple[str, ...]:
    value = wanted.number or (1340 if wanted.family == 6 else 1360)
    if wanted.interface is None:
        return (f"set security flow tcp-mss all-tcp mss {value}", COMMIT)
    name, _, unit = wanted.interface.partition(".")
    family = FAMILY.get(wanted.family, "inet")
    return (f"set interfaces {name} unit {unit or 0} family {family} tcp-mss {value}", COMMIT)


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    if wanted.interface is not None:
        name = wanted.interface.partition(".")[0]
        return (
            f"delete interfaces {name} aggregated-ether-options load-balance per-packet",
            COMMIT,
        )
    if wanted.form.startswith("policy-statement "):
        path = wanted.form.replace(" then ", " (the term that the evidence shows) then ")
        return (
            f"# the statement below its term has to be chosen by hand: delete policy-options {path},",
            "# and set load-balance per-packet there, which Junos does by flow",
        )
    if "ecmp-dlb" in wanted.form:
        return ("delete forwarding-options enhanced-hash-key ecmp-dlb per-packet", COMMIT)
    return ("show configuration routing-options forwarding-table",)


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    lines = []
    for prefix in wanted.prefixes:
        rib = "rib inet6.0 " if ":" in prefix else ""
        lines.append(f"delete routing-options {rib}static route {prefix}")
    return (*lines, COMMIT) if lines else ()


def _check(wanted: Remedy) -> tuple[str, ...]:
    return (f"show configuration {_filter_path(wanted)}",)


_MAKERS = {
    "permit-flow": _permit_flow,
    "permit-return": _permit_return,
    "permit-ptb": _permit_ptb,
    "send-ptb": _send_ptb,
    "raise-ptb-limit": _send_ptb,
    "clamp-mss": _clamp,
    "per-flow": _per_flow,
    "remove-null-route": _null_route,
    "apply-filter-check": _check,
}

KINDS = frozenset(_MAKERS)
"""The kinds of remedies that have commands here."""
