"""Generated tables of SONiC, written and read back (tests/round_trip.py)."""

from __future__ import annotations

import json

from hypothesis import given

from tests.round_trip import Abilities, Case, Line, Ports, cases, compare

ABILITIES = Abilities(family=4, default_permit=True)
NAMES = {6: "IP_TCP", 17: "IP_UDP", 1: "IP_ICMP", 58: "IP_ICMPV6", 47: "IP_GRE"}


def _port(side: str, ports: Ports) -> dict[str, str]:
    if ports[0] == ports[1]:
        return {f"L4_{side}_PORT": str(ports[0])}
    return {f"L4_{side}_PORT_RANGE": f"{ports[0]}-{ports[1]}"}


def _row(line: Line, family: int) -> dict[str, str]:
    six = "V6" if family == 6 else ""
    row = {"IP_TYPE": "IPV6ANY"} if family == 6 else {"ETHER_TYPE": "2048"}
    if line.protocol is not None:
        row["IP_PROTOCOL"] = str(line.protocol)
    if line.source is not None:
        row[f"SRC_IP{six}"] = str(line.source)
    if line.destination is not None:
        row[f"DST_IP{six}"] = str(line.destination)
    if line.source_ports is not None:
        row |= _port("SRC", line.source_ports)
    if line.destination_ports is not None:
        row |= _port("DST", line.destination_ports)
    if line.icmp is not None:
        row[f"ICMP{six}_TYPE"] = str(line.icmp[0])
        if line.icmp[1] is not None:
            row[f"ICMP{six}_CODE"] = str(line.icmp[1])
    return row


def database(lines: tuple[Line, ...], family: int) -> str:
    """CONFIG_DB, with the rules in the opposite order of their priorities."""
    rules = {}
    for number, line in reversed(list(enumerate(lines, 1))):
        action = "FORWARD" if line.permit else "DROP"
        head = {"PRIORITY": str(10000 - number), "PACKET_ACTION": action}
        rules[f"PROBE|RULE_{number}"] = {**head, **_row(line, family)}
    table = {"PROBE": {"type": "L3V6" if family == 6 else "L3", "ports": ["Ethernet0"]}}
    return json.dumps({"ACL_RULE": rules, "ACL_TABLE": table}, indent=4)


def _oc_ports(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}..{ports[1]}"


def loader(lines: tuple[Line, ...], family: int, stage: str) -> str:
    """The file for acl-loader beside the table that it fills."""
    entries = {}
    for number, line in enumerate(lines, 1):
        ip: dict[str, str] = {}
        transport: dict[str, str] = {}
        entry: dict[str, object] = {"config": {"sequence-id": number}}
        if line.protocol is not None:
            ip["protocol"] = NAMES.get(line.protocol, str(line.protocol))
        if line.source is not None:
            ip["source-ip-address"] = str(line.source)
        if line.destination is not None:
            ip["destination-ip-address"] = str(line.destination)
        if line.source_ports is not None:
            transport["source-port"] = _oc_ports(line.source_ports)
        if line.destination_ports is not None:
            transport["destination-port"] = _oc_ports(line.destination_ports)
        if line.icmp is not None:
            icmp = {"type": line.icmp[0]}
            if line.icmp[1] is not None:
                icmp["code"] = line.icmp[1]
            entry["icmp"] = {"config": icmp}
        entry["actions"] = {"config": {"forwarding-action": "ACCEPT" if line.permit else "DROP"}}
        entry["ip"] = {"config": ip}
        entry["transport"] = {"config": transport}
        entries[str(number)] = entry
    table = {
        "PROBE": {"type": "L3V6" if family == 6 else "L3", "stage": stage, "ports": ["Ethernet0"]}
    }
    sets = {"acl-sets": {"acl-set": {"probe": {"acl-entries": {"acl-entry": entries}}}}}
    return json.dumps({"ACL_TABLE": table, "acl": sets}, indent=2)


@given(case=cases(ABILITIES))
def test_database(case: Case) -> None:
    compare("dell_sonic", database(case.lines, 4), "PROBE", case)


@given(case=cases(ABILITIES._replace(family=6)))
def test_database_v6(case: Case) -> None:
    compare("dell_sonic", database(case.lines, 6), "PROBE", case)


@given(case=cases(ABILITIES))
def test_acl_loader_on_the_way_out(case: Case) -> None:
    compare("dell_sonic", loader(case.lines, 4, "egress"), "PROBE", case)


@given(case=cases(ABILITIES._replace(default_permit=False, family=6)))
def test_acl_loader_on_the_way_in(case: Case) -> None:
    compare("dell_sonic", loader(case.lines, 6, "ingress"), "PROBE", case)
