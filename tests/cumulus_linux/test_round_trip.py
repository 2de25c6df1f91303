"""Generated lists of Cumulus Linux in each form, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import json

from hypothesis import given

from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

PROTOCOL = {1: "icmp", 58: "icmpv6", 6: "tcp", 17: "udp"}
ABILITIES = Abilities(family=4, established=True, icmp_codes=False, default_permit=True)
SIX = ABILITIES._replace(family=6)
FILE = Abilities(family=4, default_permit=True)


def _ports(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}:{ports[1]}"


def _fields(line: Line, family: int) -> list[tuple[str, ...]]:
    """The match of a line as paths below `match ip`."""
    out: list[tuple[str, ...]] = []
    if line.protocol is not None:
        out.append(("protocol", PROTOCOL.get(line.protocol, str(line.protocol))))
    if line.source is not None:
        out.append(("source-ip", str(line.source)))
    if line.destination is not None:
        out.append(("dest-ip", str(line.destination)))
    if line.source_ports is not None:
        out.append(("source-port", _ports(line.source_ports)))
    if line.destination_ports is not None:
        out.append(("dest-port", _ports(line.destination_ports)))
    if line.icmp is not None:
        out.append(("icmp-type" if family == 4 else "icmpv6-type", str(line.icmp[0])))
    if line.established:
        out.append(("tcp", "state", "established"))
    return out


def commands(lines: tuple[Line, ...], family: int) -> str:
    out = [f"nv set acl PROBE type ipv{family}"]
    for number, line in enumerate(lines, 1):
        rule = f"nv set acl PROBE rule {number * 10}"
        out += [f"{rule} match ip {' '.join(path)}" for path in _fields(line, family)]
        out.append(f"{rule} action {'permit' if line.permit else 'deny'}")
    return "\n".join(out)


def _tree(lines: tuple[Line, ...], family: int) -> dict[str, object]:
    rules: dict[str, object] = {}
    for number, line in enumerate(lines, 1):
        match: dict[str, object] = {}
        for path in _fields(line, family):
            leaf: object = path[-1]
            for word in reversed(path[1:-1]):
                leaf = {word: leaf}
            match[path[0]] = {leaf: {}} if path[0].endswith("-port") else leaf
        rule: dict[str, object] = {"action": {"permit" if line.permit else "deny": {}}}
        if match:
            rule["match"] = {"ip": match}
        rules[str(number * 10)] = rule
    return {"acl": {"PROBE": {"rule": rules, "type": f"ipv{family}"}}}


def _yaml(tree: object, indent: int) -> list[str]:
    if not isinstance(tree, dict):
        return []
    out = []
    for key, value in tree.items():
        word = f"'{key}'" if key[:1].isdigit() and key.isdigit() else key
        if value == {}:
            out.append(f"{' ' * indent}{word}: {{}}")
        elif isinstance(value, dict):
            out += [f"{' ' * indent}{word}:", *_yaml(value, indent + 2)]
        else:
            out.append(f"{' ' * indent}{word}: {value}")
    return out


def as_yaml(lines: tuple[Line, ...], family: int) -> str:
    return "\n".join(["- set:", *_yaml(_tree(lines, family), 4)])


def nclu(lines: tuple[Line, ...]) -> str:
    out = ["net del all"]
    for line in lines:
        words = ["net add acl ipv4 PROBE", "accept" if line.permit else "drop"]
        fields = _fields(line, 4)
        words += [path[-1] if path[0] == "protocol" else " ".join(path) for path in fields]
        out.append(" ".join(words))
    return "\n".join(out)


def rules(lines: tuple[Line, ...]) -> str:
    out = ["PORTS = swp+,bond+", "[iptables]"]
    for line in lines:
        words = ["-A FORWARD -i $PORTS"]
        if line.protocol is not None:
            words.append(f"-p {line.protocol}")
        if line.source is not None:
            words.append(f"-s {line.source}")
        if line.destination is not None:
            words.append(f"-d {line.destination}")
        if line.source_ports is not None:
            words.append(f"-m multiport --sports {_ports(line.source_ports)}")
        if line.destination_ports is not None:
            words.append(f"-m multiport --dports {_ports(line.destination_ports)}")
        if line.icmp is not None:
            code = "" if line.icmp[1] is None else f"/{line.icmp[1]}"
            words.append(f"--icmp-type {line.icmp[0]}{code}")
        words.append(f"-j {'ACCEPT' if line.permit else 'DROP'}")
        out.append(" ".join(words))
    return "\n".join(out).replace("-i $PORTS ", "")


def sound(lines: tuple[Line, ...]) -> bool:
    """The hardware ignores a rule that accepts everything, so a list with one before its end is not certain."""
    return all(
        any(
            (li.protocol, li.source, li.destination, li.source_ports, li.destination_ports, li.icmp)
        )
        or not li.permit
        for li in lines[:-1]
    )


@given(case=cases(ABILITIES))
def test_commands(case: Case) -> None:
    compare("cumulus_linux", commands(case.lines, 4), "PROBE", case)


@given(case=cases(SIX))
def test_commands_v6(case: Case) -> None:
    compare("cumulus_linux", commands(case.lines, 6), "PROBE", case)


@given(case=cases(ABILITIES))
def test_yaml(case: Case) -> None:
    compare("cumulus_linux", as_yaml(case.lines, 4), "PROBE", case)


@given(case=cases(SIX))
def test_json(case: Case) -> None:
    compare("cumulus_linux", json.dumps(_tree(case.lines, 6), indent=2), "PROBE", case)


@given(case=cases(ABILITIES._replace(established=False)))
def test_nclu(case: Case) -> None:
    compare("cumulus_linux", nclu(case.lines), "PROBE", case)


@given(case=cases(FILE).filter(lambda case: sound(case.lines)))
def test_rule_file(case: Case) -> None:
    compare("cumulus_linux", rules(case.lines), "FORWARD", case)
