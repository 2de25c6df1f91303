"""Generated access lists of SR Linux, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import json

from hypothesis import given

from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

PROTOCOL = {1: "icmp", 58: "icmp6", 6: "tcp", 17: "udp"}
Tree = dict[str, object]


def _dotted(value: int) -> str:
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _side(prefix: object, free: int | None) -> Tree:
    if free is None:
        return {"prefix": str(prefix)}
    return {"address": str(prefix).partition("/")[0], "mask": _dotted(free)}


def _ports(ports: Ports) -> Tree:
    low, high = ports
    if low == high:
        return {"operator": "eq", "value": low}
    if low == 0:
        return {"operator": "le", "value": high}
    if high == 65535:
        return {"operator": "ge", "value": low}
    return {"range": {"start": low, "end": high}}


def _match(line: Line, family: int) -> Tree:
    ip: Tree = {}
    transport: Tree = {}
    if line.protocol is not None:
        word = "protocol" if family == 4 else "next-header"
        ip[word] = PROTOCOL.get(line.protocol, line.protocol)
    if line.source is not None:
        ip["source-ip"] = _side(line.source, line.source_wildcard)
    if line.destination is not None:
        ip["destination-ip"] = _side(line.destination, line.destination_wildcard)
    if line.icmp is not None:
        message: Tree = {"type": line.icmp[0]}
        if line.icmp[1] is not None:
            message["code"] = [line.icmp[1]]
        ip["icmp" if family == 4 else "icmp6"] = message
    if line.source_ports is not None:
        transport["source-port"] = _ports(line.source_ports)
    if line.destination_ports is not None:
        transport["destination-port"] = _ports(line.destination_ports)
    if line.established:
        transport["tcp-flags"] = "ack|rst"
    made: Tree = {}
    if ip:
        made["ipv4" if family == 4 else "ipv6"] = ip
    if transport:
        made["transport"] = transport
    return made


def _entries(lines: tuple[Line, ...], family: int) -> list[Tree]:
    return [
        {
            "sequence-id": number * 10,
            "match": _match(line, family),
            "action": {"accept" if line.permit else "drop": {}},
        }
        for number, line in enumerate(lines, 1)
    ]


def as_json(lines: tuple[Line, ...]) -> str:
    """The filter as `info | as json` prints it."""
    made = {"name": "PROBE", "type": "ipv4", "entry": _entries(lines, 4)}
    return json.dumps({"srl_nokia-acl:acl": {"acl-filter": [made]}}, indent=2)


def _printed(tree: Tree) -> list[str]:
    out: list[str] = []
    for word, value in tree.items():
        if isinstance(value, dict):
            out += [f"{word} {{", *_printed(value), "}"]
        elif isinstance(value, list):
            out += [f"{word} [", *(str(item) for item in value), "]"]
        else:
            out.append(f"{word} {value}")
    return out


def _blocks(lines: tuple[Line, ...], family: int) -> list[tuple[str, Tree]]:
    found = []
    for entry in _entries(lines, family):
        number = entry.pop("sequence-id")
        found.append((f"entry {number}", entry))
    return found


def curly(lines: tuple[Line, ...], family: int) -> str:
    """The filter as `info` prints it."""
    kind = "ipv4" if family == 4 else "ipv6"
    out = ["acl {", f"acl-filter PROBE type {kind} {{"]
    for head, entry in _blocks(lines, family):
        out += [f"{head} {{", *_printed(entry), "}"]
    return "\n".join([*out, "}", "}"])


def _flattened(path: str, tree: Tree) -> list[str]:
    out: list[str] = []
    for word, value in tree.items():
        if isinstance(value, dict):
            out += _flattened(f"{path} {word}", value) if value else [f"{path} {word}"]
        elif isinstance(value, list):
            out.append(f"{path} {word} [ {' '.join(str(item) for item in value)} ]")
        else:
            out.append(f"{path} {word} {value}")
    return out


def old_flat(lines: tuple[Line, ...]) -> str:
    """The filter in the model of releases before 24.3.2, as `info flat` prints it."""
    out = []
    for head, entry in _blocks(lines, 4):
        blocks = entry.pop("match")
        assert isinstance(blocks, dict)
        match: Tree = {}
        for block in blocks.values():
            match.update(block)
        path = f"set / acl ipv4-filter PROBE {head}"
        out += _flattened(path, {"match": match, **entry})
    return "\n".join(out)


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_json(case: Case) -> None:
    compare("nokia_srl", as_json(case.lines), "PROBE", case)


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_curly(case: Case) -> None:
    compare("nokia_srl", curly(case.lines, 4), "PROBE", case)


@given(case=cases(Abilities(family=6, established=True, default_permit=True)))
def test_curly_v6(case: Case) -> None:
    compare("nokia_srl", curly(case.lines, 6), "PROBE", case)


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_old_model_as_commands(case: Case) -> None:
    compare("nokia_srl", old_flat(case.lines), "PROBE", case)
