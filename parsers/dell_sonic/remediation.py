"""What an engineer types on SONiC for a change that a rule proposes: rows of CONFIG_DB as `config load` and GCU take
them.

`config apply-patch` (JSON Patch) and `config load` write rows; a rule with a greater PRIORITY comes first."""

from __future__ import annotations

from parsers.platform import Remedy

LEAST = 10000
"""`acl-loader` gives priorities up to 9999 (10000 less the sequence number); those above are free of it."""


def remedy(wanted: Remedy) -> tuple[str, ...]:
    """The commands for `wanted`, one a line; empty for an unknown kind."""
    make = _MAKERS.get(wanted.kind)
    return make(wanted) if make is not None else ()


def _row(wanted: Remedy, name: str, priority: int, fields: dict[str, str]) -> str:
    body = {"PRIORITY": str(priority), "PACKET_ACTION": "FORWARD", **fields}
    pairs = " ".join(f"{word} {value}" for word, value in body.items())
    return f"sonic-db-cli CONFIG_DB HSET 'ACL_RULE|{wanted.filter}|{name}' {pairs}"


def _family(wanted: Remedy) -> dict[str, str]:
    return {"IP_TYPE": "IPV6ANY"} if wanted.family == 6 else {"ETHER_TYPE": "2048"}


def _flow(wanted: Remedy, back: bool) -> tuple[str, ...]:
    side, port_side = ("SRC", "L4_SRC_PORT") if back else ("DST", "L4_DST_PORT")
    address = f"{side}_IPV6" if wanted.family == 6 else f"{side}_IP"
    lines: list[str] = []
    pairs = [(prefix, port) for prefix in wanted.prefixes for port in wanted.ports or (443,)]
    for step, (prefix, port) in enumerate(pairs, 1):
        fields = {**_family(wanted), "IP_PROTOCOL": "6", address: prefix, port_side: str(port)}
        name = f"ALLOW_{'BACK_' if back else ''}{step}"
        lines.append(_row(wanted, name, LEAST + len(pairs) - step + 1, fields))
    return (*lines, _SAVE) if pairs else ()


_SAVE = "sudo config save -y"


def _permit_flow(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, back=False)


def _permit_return(wanted: Remedy) -> tuple[str, ...]:
    return _flow(wanted, back=True)


def _permit_ptb(wanted: Remedy) -> tuple[str, ...]:
    six = wanted.family == 6
    fields = (
        {"IP_PROTOCOL": "58", "ICMPV6_TYPE": "2"}
        if six
        else {"IP_PROTOCOL": "1", "ICMP_TYPE": "3", "ICMP_CODE": "4"}
    )
    return (_row(wanted, "ALLOW_PTB", LEAST + 999, {**_family(wanted), **fields}), _SAVE)


def _null_route(wanted: Remedy) -> tuple[str, ...]:
    lines = [f"sudo config route del prefix {prefix} nexthop null" for prefix in wanted.prefixes]
    return (*lines, _SAVE) if lines else ()


def _per_flow(wanted: Remedy) -> tuple[str, ...]:
    return ("sudo config switch-hash global ecmp-hash-algorithm CRC", _SAVE)


def _check(wanted: Remedy) -> tuple[str, ...]:
    return (f"show acl table {wanted.filter}", f"show acl rule {wanted.filter}")


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
