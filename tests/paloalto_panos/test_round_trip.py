"""Generated security rules in the three forms, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from hypothesis import given

from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

PROTOCOLS = {6: "tcp", 17: "udp"}
V4 = Abilities(family=4, icmp=False, stateful=True, other_protocols=())
V6 = Abilities(family=6, icmp=False, stateful=True, other_protocols=())


def _range(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"


def _objects(lines: tuple[Line, ...]) -> tuple[list[tuple[str, ...]], list[dict[str, str]]]:
    """The paths of the objects that rules need, and the fields of the rules."""
    paths: list[tuple[str, ...]] = []
    rules = []
    for number, line in enumerate(lines):
        fields = {"from": "A", "to": "B", "application": "any"}
        for side, prefix in (("source", line.source), ("destination", line.destination)):
            fields[side] = "any" if prefix is None else f"{side}{number}"
            if prefix is not None:
                paths.append(("address", fields[side], "ip-netmask", str(prefix)))
        fields["service"] = "any"
        if line.protocol is not None:
            fields["service"] = f"S{number}"
            path = ("service", f"S{number}", "protocol", PROTOCOLS[line.protocol])
            paths.append((*path, "port", _range(line.destination_ports or (0, 65535))))
            if line.source_ports is not None:
                paths.append((*path, "source-port", _range(line.source_ports)))
        fields["action"] = "allow" if line.permit else "deny"
        rules.append(fields)
    paths += [
        ("zone", "A", "network", "layer3", "ethernet1/1"),
        ("zone", "B", "network", "layer3", "ethernet1/2"),
    ]
    return paths, rules


def as_commands(lines: tuple[Line, ...]) -> str:
    """One `set` command for each leaf, as the device prints them."""
    paths, rules = _objects(lines)
    out = [f"set {' '.join(path)}" for path in paths]
    for number, fields in enumerate(rules):
        out += [f"set rulebase security rules R{number} {w} {v}" for w, v in fields.items()]
    return "\n".join(out)


def as_short_commands(lines: tuple[Line, ...]) -> str:
    """One command for a rule, as people type them."""
    paths, rules = _objects(lines)
    out = [f"set {' '.join(path)}" for path in paths]
    for number, fields in enumerate(rules):
        said = " ".join(f"{word} {value}" for word, value in fields.items())
        out.append(f"set vsys vsys1 rulebase security rules R{number} {said}")
    return "\n".join(out)


def in_braces(lines: tuple[Line, ...]) -> str:
    """The curly form with everything below its device."""
    paths, rules = _objects(lines)
    body = []
    for path in paths:
        *blocks, word, value = path
        body += [f"{block} {{" for block in blocks]
        body += [f"{word} {value};", *("}" for _ in blocks)]
    body += ["rulebase {", "security {", "rules {"]
    for number, fields in enumerate(rules):
        body += [
            f"R{number} {{",
            *(f"{w} [ {v} ];" if w != "action" else f"{w} {v};" for w, v in fields.items()),
            "}",
        ]
    body += ["}", "}", "}"]
    opened = ["config {", "devices {", "localhost.localdomain {", "vsys {", "vsys1 {"]
    return "\n".join([*opened, *body, *("}" for _ in opened)])


MEMBERS = frozenset({"from", "to", "source", "destination", "application", "service"})


def as_xml(lines: tuple[Line, ...]) -> str:
    """An export."""
    paths, rules = _objects(lines)
    out = [
        '<?xml version="1.0"?>',
        '<config version="10.1.0" urldb="paloaltonetworks">',
        "<devices>",
    ]
    out += ['<entry name="localhost.localdomain">', "<vsys>", '<entry name="vsys1">']
    for kind, name, *blocks, value in paths:
        out += [f"<{kind}>", f"<entry name={quoteattr(name)}>", *(f"<{block}>" for block in blocks)]
        out.append(f"<member>{value}</member>" if kind == "zone" else value)
        out += [*(f"</{block}>" for block in reversed(blocks)), "</entry>", f"</{kind}>"]
    out += ["<rulebase>", "<security>", "<rules>"]
    for number, fields in enumerate(rules):
        out.append(f'<entry name="R{number}">')
        for word, value in fields.items():
            text = f"<member>{value}</member>" if word in MEMBERS else value
            out.append(f"<{word}>{text}</{word}>")
        out.append("</entry>")
    out += [
        "</rules>",
        "</security>",
        "</rulebase>",
        "</entry>",
        "</vsys>",
        "</entry>",
        "</devices>",
        "</config>",
    ]
    return "\n".join(out)


@given(case=cases(V4))
def test_commands(case: Case) -> None:
    compare("paloalto_panos", as_commands(case.lines), "A:B", case)


@given(case=cases(V6))
def test_v6_commands(case: Case) -> None:
    compare("paloalto_panos", as_short_commands(case.lines), "A:B", case)


@given(case=cases(V4))
def test_braces(case: Case) -> None:
    compare("paloalto_panos", in_braces(case.lines), "A:B", case)


@given(case=cases(V6))
def test_xml(case: Case) -> None:
    compare("paloalto_panos", as_xml(case.lines), "A:B", case)
