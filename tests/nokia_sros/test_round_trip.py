"""Generated IP filter policies of SR OS, written and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

PROTOCOL = {1: "icmp", 58: "ipv6-icmp", 6: "tcp", 17: "udp"}


def _mask(free: int) -> str:
    care = 0xFFFFFFFF ^ free
    return ".".join(str(care >> shift & 255) for shift in (24, 16, 8, 0))


def _classic_ports(ports: Ports) -> str:
    low, high = ports
    if low == high:
        return f"eq {low}"
    if low == 0:
        return f"lt {high + 1}"
    return f"gt {low - 1}" if high == 65535 else f"range {low} {high}"


def _classic_side(prefix: object, free: int | None) -> str:
    return str(prefix) if free is None else f"{str(prefix).partition('/')[0]} {_mask(free)}"


def classic(lines: tuple[Line, ...]) -> str:
    """A filter as `admin display-config` prints it."""
    out = ["exit all", "configure", "    filter", '        ip-filter 10 name "PROBE" create']
    for number, line in enumerate(lines, 1):
        match = "match"
        if line.protocol is not None:
            match += f" protocol {PROTOCOL.get(line.protocol, line.protocol)}"
        said = []
        if line.source is not None:
            said.append(f"src-ip {_classic_side(line.source, line.source_wildcard)}")
        if line.destination is not None:
            said.append(f"dst-ip {_classic_side(line.destination, line.destination_wildcard)}")
        if line.source_ports is not None:
            said.append(f"src-port {_classic_ports(line.source_ports)}")
        if line.destination_ports is not None:
            said.append(f"dst-port {_classic_ports(line.destination_ports)}")
        if line.icmp is not None:
            said.append(f"icmp-type {line.icmp[0]}")
            if line.icmp[1] is not None:
                said.append(f"icmp-code {line.icmp[1]}")
        if line.established:
            said.append("tcp-established")
        out.append(f"            entry {number * 10} create")
        out.append(f"                {match}")
        out += [f"                    {text}" for text in said]
        out += [
            "                exit",
            f"                action {'forward' if line.permit else 'drop'}",
        ]
        out.append("            exit")
    return "\n".join([*out, "        exit", "    exit", "exit all", ""])


def _ports(name: str, ports: Ports) -> list[str]:
    low, high = ports
    if low == high:
        return [f"{name} {{", f"eq {low}", "}"]
    return [f"{name} {{", "range {", f"start {low}", f"end {high}", "}", "}"]


def _conditions(line: Line, family: int) -> list[str]:
    said = []
    if line.protocol is not None:
        word = "protocol" if family == 4 else "next-header"
        said.append(f"{word} {PROTOCOL.get(line.protocol, line.protocol)}")
    for name, prefix, free in (
        ("src-ip", line.source, line.source_wildcard),
        ("dst-ip", line.destination, line.destination_wildcard),
    ):
        if prefix is not None and free is None:
            said += [f"{name} {{", f"address {prefix}", "}"]
        elif prefix is not None and free is not None:
            address = str(prefix).partition("/")[0]
            said += [f"{name} {{", f"address {address}", f"mask {_mask(free)}", "}"]
    if line.source_ports is not None:
        said += _ports("src-port", line.source_ports)
    if line.destination_ports is not None:
        said += _ports("dst-port", line.destination_ports)
    if line.icmp is not None:
        code = [] if line.icmp[1] is None else [f"code {line.icmp[1]}"]
        said += ["icmp {", f"type {line.icmp[0]}", *code, "}"]
    if line.established:
        said.append("tcp-established")
    return said


def md_cli(lines: tuple[Line, ...], family: int) -> str:
    """A filter as MD-CLI prints it."""
    kind = "ip-filter" if family == 4 else "ipv6-filter"
    out = ["configure {", "filter {", f'{kind} "PROBE" {{', "default-action accept"]
    for number, line in enumerate(lines, 1):
        action = "accept" if line.permit else "drop"
        conditions = _conditions(line, family)
        match = ["match {", *conditions, "}"] if conditions else []
        out += [f"entry {number} {{", *match, "action {", action, "}", "}"]
    return "\n".join([*out, "}", "}", "}", ""])


def md_flat(lines: tuple[Line, ...]) -> str:
    """The same as commands with their whole path."""
    path: list[str] = []
    out = []
    for text in md_cli(lines, 4).splitlines():
        if text == "}":
            path.pop()
        elif text.endswith("{"):
            path.append(text[:-2])
        else:
            out.append("/" + " ".join([*path, text]))
    return "\n".join(out)


@given(case=cases(Abilities(family=4, established=True, wildcards=True)))
def test_classic(case: Case) -> None:
    compare("nokia_sros", classic(case.lines), "PROBE", case)


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_md_cli(case: Case) -> None:
    compare("nokia_sros", md_cli(case.lines, 4), "PROBE", case)


@given(case=cases(Abilities(family=4, established=True, wildcards=True, default_permit=True)))
def test_md_cli_as_commands(case: Case) -> None:
    compare("nokia_sros", md_flat(case.lines), "PROBE", case)


@given(case=cases(Abilities(family=6, established=True, default_permit=True)))
def test_md_cli_v6(case: Case) -> None:
    compare("nokia_sros", md_cli(case.lines, 6), "PROBE", case)
