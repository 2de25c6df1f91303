"""Generated filters in the syntax of both generations (tests/round_trip.py)."""

from __future__ import annotations

from tests.round_trip import Line, Ports

PROTOCOLS = {6: "tcp", 17: "udp", 1: "icmp", 58: "icmpv6"}


def _ports(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"


def statements(line: Line) -> list[str]:
    """The statements of one rule."""
    out = [f"action '{'accept' if line.permit else 'drop'}'"]
    if line.protocol is not None:
        out.append(f"protocol '{PROTOCOLS.get(line.protocol, line.protocol)}'")
    for side, prefix, ports in (
        ("source", line.source, line.source_ports),
        ("destination", line.destination, line.destination_ports),
    ):
        if prefix is not None:
            out.append(f"{side} address '{prefix}'")
        if ports is not None:
            out.append(f"{side} port '{_ports(ports)}'")
    return out


def legacy(lines: tuple[Line, ...], family: int) -> tuple[str, ...]:
    """`firewall name PROBE` or `ipv6-name PROBE`."""
    base = f"firewall {'name' if family == 4 else 'ipv6-name'} PROBE"
    out = [f"{base} default-action 'drop'"]
    for number, line in enumerate(lines, 1):
        out += [f"{base} rule {number * 10} {text}" for text in statements(line)]
        if line.icmp is not None:
            kind, code = line.icmp
            if family == 4:
                out.append(f"{base} rule {number * 10} icmp type '{kind}'")
                if code is not None:
                    out.append(f"{base} rule {number * 10} icmp code '{code}'")
            else:
                text = f"{kind}" if code is None else f"{kind}/{code}"
                out.append(f"{base} rule {number * 10} icmpv6 type '{text}'")
    return tuple(out)


def modern(lines: tuple[Line, ...], family: int) -> tuple[str, ...]:
    """`firewall ipv4 name PROBE` of VyOS 1.4."""
    base = f"firewall ipv{family} name PROBE"
    out = [f"{base} default-action 'drop'"]
    word = "icmp" if family == 4 else "icmpv6"
    for number, line in enumerate(lines, 1):
        out += [f"{base} rule {number * 10} {text}" for text in statements(line)]
        if line.icmp is not None:
            kind, code = line.icmp
            out.append(f"{base} rule {number * 10} {word} type '{kind}'")
            if code is not None:
                out.append(f"{base} rule {number * 10} {word} code '{code}'")
    return tuple(out)
