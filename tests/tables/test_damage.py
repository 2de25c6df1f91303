"""One damaged character anywhere in a table changes nothing, or the table says that it is not whole."""

from __future__ import annotations

import pytest

from parsers.model.routes import Route, RouteTable
from parsers.platform import Text
from parsers.tables.readers import read_table
from tests.tables import test_firewalls, test_readers, test_routers, test_switches, test_vrp

FRR = """\
VRF default:
B>* 10.1.0.0/24 [20/0] via 10.0.0.2, eth1, weight 3, 1d02h03m
  *                    via 10.0.0.3, eth2, weight 1, 1d02h03m
B>  10.9.0.0/16 [200/0] via 10.255.0.1 (recursive), weight 1, 00:01:00
  *                       via 10.0.0.2, eth1, weight 1, 00:01:00
S>* 10.2.0.0/16 [1/0] unreachable (blackhole), weight 1, 00:20:00
C>* 10.3.0.0/16 is directly connected, eth1, weight 1, 00:01:00"""
FORTIOS = """\
Routing table for VRF=0
S*      0.0.0.0/0 [10/0] via 192.0.2.1, wan1, [1/0]
                  [10/0] via 198.51.100.1, wan2, [10/0]
B       10.0.0.0/8 [200/0] is a summary, Null, 00:02:28, [1/0]
B       10.2.0.0/16 [200/0] via 10.9.9.9 (recursive is directly connected, port4), 00:02:28, [1/0]
C       10.3.0.0/24 is directly connected, port2"""
ASP = """\
route table timestamp: 136
in   10.0.0.0        255.255.255.0   inside
in   198.51.100.0    255.255.255.0   via 10.0.0.9, inside
out  0.0.0.0         0.0.0.0         via 192.0.2.1, outside"""

TABLES = [
    ("vyos", "show ip route", FRR),
    ("fortinet", "get router info routing-table all", FORTIOS),
    ("cisco_asa", "show asp table routing", ASP),
    ("paloalto_panos", "show routing route", test_firewalls.PANOS + "total routes shown: 9"),
    ("paloalto_panos", "show routing fib", test_firewalls.PANOS_FIB),
    ("nokia_sros", "show router route-table", test_routers.SROS),
    ("nokia_srl", "show network-instance default route-table all", test_readers.SRL),
    ("huawei_vrp", "display ip routing-table", test_vrp.VRP),
    ("aruba_aoscx", "show ip route all-vrfs", test_switches.COLUMNS),
]


def _table(platform: str, command: str, body: str) -> RouteTable:
    found = read_table(platform, Text("damaged", command, body.split("\n")))
    assert found is not None
    return found


def _without_names(route: Route) -> Route:
    """A damaged name of an interface, a VRF or a tunnel is another name: no reader can know it."""
    hops = tuple(
        hop._replace(interface="x" if hop.interface else None, vrf=None) for hop in route.next_hops
    )
    doubt = "in doubt" if route.conditional else None
    return route._replace(vrf="", next_hops=hops, conditional=doubt, protocol="")


@pytest.mark.parametrize(("platform", "command", "body"), TABLES)
def test_a_damaged_character_is_noticed(platform: str, command: str, body: str) -> None:
    whole = _table(platform, command, body)
    assert whole.complete
    expected = [_without_names(route) for route in whole.routes]
    silent = []
    for position, character in enumerate(body):
        if character in "\n#":
            continue
        damaged = body[:position] + "#" + body[position + 1 :]
        table = _table(platform, command, damaged)
        found = [_without_names(route) for route in table.routes]
        if table.complete and found != expected:
            silent.append(damaged[max(0, position - 30) : position + 30])
    assert silent == []
