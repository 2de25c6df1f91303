"""Generated firewall filters and security policies of Junos, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

ICMP_PROTOCOL = {1: "icmp", 58: "icmp6", 6: "tcp", 17: "udp"}


def _range(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"


def _conditions(line: Line, family: int) -> list[str]:
    """The `from` statements of a term."""
    said = []
    if line.source is not None:
        said.append(f"source-address {line.source}")
    if line.destination is not None:
        said.append(f"destination-address {line.destination}")
    if line.protocol is not None:
        word = "protocol" if family == 4 else "next-header"
        said.append(f"{word} {ICMP_PROTOCOL.get(line.protocol, line.protocol)}")
    if line.source_ports is not None:
        said.append(f"source-port {_range(line.source_ports)}")
    if line.destination_ports is not None:
        said.append(f"destination-port {_range(line.destination_ports)}")
    if line.icmp is not None:
        said.append(f"icmp-type {line.icmp[0]}")
        if line.icmp[1] is not None:
            said.append(f"icmp-code {line.icmp[1]}")
    if line.established:
        said.append("tcp-established")
    return said


def filter_in_braces(lines: tuple[Line, ...], family: int) -> str:
    """A firewall filter in the curly form."""
    terms = []
    for number, line in enumerate(lines):
        said = "\n".join(f"{text};" for text in _conditions(line, family))
        block = f"from {{\n{said}\n}}\n" if said else ""
        action = "accept" if line.permit else "discard"
        terms.append(f"term t{number} {{\n{block}then {action};\n}}")
    inet = "inet" if family == 4 else "inet6"
    body = "\n".join(terms)
    return f"firewall {{\nfamily {inet} {{\nfilter PROBE {{\n{body}\n}}\n}}\n}}\n"


def filter_as_commands(lines: tuple[Line, ...], family: int) -> str:
    """The same in the set form."""
    out = []
    inet = "inet" if family == 4 else "inet6"
    for number, line in enumerate(lines):
        head = f"set firewall family {inet} filter PROBE term t{number}"
        out += [f"{head} from {text}" for text in _conditions(line, family)]
        out.append(f"{head} then {'accept' if line.permit else 'discard'}")
    return "\n".join(out)


def policies(lines: tuple[Line, ...]) -> str:
    """Security policies between two zones, each with an application and addresses of its own."""
    out = [
        "set security zones security-zone A interfaces ge-0/0/0.0",
        "set security zones security-zone B interfaces ge-0/0/1.0",
    ]
    for number, line in enumerate(lines):
        policy = f"set security policies from-zone A to-zone B policy p{number}"
        for side, prefix in (("source", line.source), ("destination", line.destination)):
            name = "any" if prefix is None else f"{side}{number}"
            if prefix is not None:
                out.append(f"set security address-book global address {name} {prefix}")
            out.append(f"{policy} match {side}-address {name}")
        application = "any"
        if line.protocol is not None:
            application = f"app{number}"
            head = f"set applications application {application}"
            out.append(f"{head} protocol {line.protocol}")
            if line.source_ports is not None:
                out.append(f"{head} source-port {_range(line.source_ports)}")
            if line.destination_ports is not None:
                out.append(f"{head} destination-port {_range(line.destination_ports)}")
        out.append(f"{policy} match application {application}")
        out.append(f"{policy} then {'permit' if line.permit else 'deny'}")
    return "\n".join(out)


@given(case=cases(Abilities(family=4, established=True)))
def test_filters_in_braces(case: Case) -> None:
    compare("juniper_junos", filter_in_braces(case.lines, 4), "PROBE", case)


@given(case=cases(Abilities(family=6, established=True)))
def test_v6_filters_as_commands(case: Case) -> None:
    compare("juniper_junos", filter_as_commands(case.lines, 6), "PROBE", case)


@given(case=cases(Abilities(family=4, icmp=False, stateful=True)))
def test_security_policies(case: Case) -> None:
    compare("juniper_junos", policies(case.lines), "A:B", case)


@given(case=cases(Abilities(family=6, icmp=False, stateful=True)))
def test_v6_security_policies(case: Case) -> None:
    compare("juniper_junos", policies(case.lines), "A:B", case)
