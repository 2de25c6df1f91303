"""Generated rulebases, written as the management API prints them and read back (tests/round_trip.py)."""

from __future__ import annotations

from hypothesis import given

from tests.checkpoint_gaia.policies import Json, layer, rule, text_of
from tests.round_trip import Abilities, Case, Line, Ports, Prefix, cases, compare

KINDS = {6: "service-tcp", 17: "service-udp"}


def _ports(ports: Ports) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"


def _network(uid: str, prefix: Prefix) -> Json:
    family = prefix.version
    return {
        "uid": uid, "name": uid, "type": "network", f"subnet{family}": str(prefix.network_address),
        f"mask-length{family}": prefix.prefixlen,
    }  # fmt: skip


def _service(uid: str, line: Line) -> Json:
    base: Json = {"uid": uid, "name": uid}
    if line.icmp is not None:
        kind = "service-icmp" if line.protocol == 1 else "service-icmp6"
        base |= {"type": kind, "icmp-type": line.icmp[0]}
        return base if line.icmp[1] is None else base | {"icmp-code": line.icmp[1]}
    if line.protocol in KINDS and (line.destination_ports or line.source_ports):
        base |= {"type": KINDS[line.protocol], "port": _ports(line.destination_ports or (0, 65535))}
        return base | ({"source-port": _ports(line.source_ports)} if line.source_ports else {})
    return base | {"type": "service-other", "ip-protocol": line.protocol}


def rulebase(lines: tuple[Line, ...]) -> str:
    rules, objects = [], []
    for number, line in enumerate(lines):
        columns = {}
        for column, prefix in (("source", line.source), ("destination", line.destination)):
            if prefix is not None:
                objects.append(_network(f"{column}-{number}", prefix))
                columns[column] = [f"{column}-{number}"]
        if line.protocol is not None:
            objects.append(_service(f"service-{number}", line))
            columns["service"] = [f"service-{number}"]
        rules.append(rule("accept" if line.permit else "drop", **columns))
    return text_of(layer(rules, *objects, name="PROBE"))


@given(case=cases(Abilities(family=4, stateful=True)))
def test_v4(case: Case) -> None:
    compare("checkpoint_gaia", rulebase(case.lines), "PROBE", case)


@given(case=cases(Abilities(family=6, stateful=True)))
def test_v6(case: Case) -> None:
    compare("checkpoint_gaia", rulebase(case.lines), "PROBE", case)
