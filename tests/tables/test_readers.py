"""Which command is read by which reader, and that every platform takes its tables."""

from __future__ import annotations

import pytest

from parsers.platform import Inputs, Text
from parsers.registry import platform
from parsers.tables.readers import READERS, read_table, topics

FRR = "C>* 10.0.0.0/24 is directly connected, eth1, weight 1, 00:01:00"
EDGEOS = "C    *> 10.0.0.0/24 is directly connected, eth1"
FORTIOS = "C       10.0.0.0/24 is directly connected, port1"
PANOS = """VIRTUAL ROUTER: default (id 1)
10.0.0.0/24    10.0.0.1    0    A C    ethernet1/1
total routes shown: 1"""
ROUTEROS = "    DAc   dst-address=10.0.0.0/24 routing-table=main gateway=ether8 immediate-gw=ether8 distance=0"
SROS = """Route Table (Router: Base)
10.0.0.0/24                                   Local   Local     00h03m38s  0
       lan                                                          0
No. of Routes: 1"""
SRL = """IPv4 unicast route table of network instance default
+-------------+----+------------+--------+------------------+--------------------+
| Prefix      | ID | Route Type | Active | Next-hop (Type)  | Next-hop Interface |
+=============+====+============+========+==================+====================+
| 10.0.0.0/24 | 0  | local      | True   | 10.0.0.1 (direct)| ethernet-1/1.0     |
+-------------+----+------------+--------+------------------+--------------------+
1 IPv4 routes total"""
VRP = """Destinations : 1        Routes : 1
10.0.0.0/24  Direct 0    0    D   10.0.0.1         GigabitEthernet0/1/0"""
COMWARE = """Destinations : 1        Routes : 1
10.0.0.0/24  Direct 0    0    10.0.0.1         GE1/0/1"""
TMOS = "10.0.0.0/24    10.0.0.0/24    interface    /Common/internal    connected"
OS10 = "  C    10.0.0.0/24    via 10.0.0.1    vlan100    0/0    01:16:56"
AOSCX = "10.0.0.0/24, vrf default\n\tvia  vlan10,  [0/0],  connected"
GAIA = "C         10.0.0.0/24         is directly connected, eth1"
ASA = "C        10.0.0.0 255.255.255.0 is directly connected, inside"

OUTPUTS = [
    ("cisco_asa", "show route", ASA, "inside"),
    ("cisco_asa", "show asp table routing", "in   10.0.0.0  255.255.255.0   inside", "inside"),
    ("fortinet", "get router info routing-table all", FORTIOS, "port1"),
    ("paloalto_panos", "show routing route", PANOS, "ethernet1/1"),
    ("vyos", "show ip route vrf all", FRR, "eth1"),
    ("ubiquiti_edgerouter", "show ip route", EDGEOS, "eth1"),
    ("mikrotik_routeros", "/ip route print detail", ROUTEROS, "ether8"),
    ("mikrotik_routeros", "ip route print terse", ROUTEROS, "ether8"),
    ("nokia_sros", "show router route-table", SROS, "lan"),
    ("nokia_srl", "show network-instance default route-table all", SRL, "ethernet-1/1.0"),
    ("huawei_vrp", "display ip routing-table", VRP, "GigabitEthernet0/1/0"),
    ("hp_comware", "display ip routing-table", COMWARE, "GigabitEthernet1/0/1"),
    ("f5_tmsh", "show net route", TMOS, "internal"),
    ("dell_os10", "show ip route", OS10, "vlan100"),
    ("aruba_aoscx", "show ip route all-vrfs", AOSCX, "vlan10"),
    ("checkpoint_gaia", "show route", GAIA, "eth1"),
]


@pytest.mark.parametrize(("system", "command", "body", "interface"), OUTPUTS)
def test_every_platform_takes_its_table(
    system: str, command: str, body: str, interface: str
) -> None:
    """Also where no configuration was collected."""
    inputs = Inputs("r1", system, (Text("out.txt", command, body.split("\n")),))
    (table,) = platform(system).parse(inputs).tables
    (route,) = table.routes
    assert (route.vrf, route.value, route.length) == ("default", 0x0A000000, 24)
    assert (route.protocol, route.next_hops[0][:2]) == ("connected", (interface, None))
    assert table.complete
    assert (table.source == "fib") is ("asp" in command)


@pytest.mark.parametrize("system", READERS)
def test_topics_and_commands_say_so(system: str) -> None:
    found = platform(system)
    assert topics(system) <= found.topics
    listed = [command.text for command in found.commands]
    assert any(read_table(system, Text("x", command, [""])) is not None for command in listed), (
        listed
    )


def test_a_forwarding_table_comes_first() -> None:
    texts = (
        Text("a", "show route", ASA.split("\n")),
        Text("b", "show asp table routing", ["in   10.0.0.0  255.255.255.0   inside"]),
    )
    tables = platform("cisco_asa").parse(Inputs("r1", "cisco_asa", texts)).tables
    assert [table.source for table in tables] == ["fib", "rib"]


def test_the_file_name_keeps_underscores_of_a_vrf() -> None:
    text = Text("r1/show_ip_route_vrf_guest_net.txt", "show ip route vrf guest net", [FRR])
    assert read_table("vyos", text) is None  # a blank in a name: no command has that
    text = Text("r1/show_ip_route_vrf_guest.txt", "show ip route vrf guest", [FRR])
    table = read_table("vyos", text)
    assert table is not None
    assert (table.vrf, table.routes[0].vrf) == ("guest", "guest")


def test_what_shows_a_part_of_the_table_is_not_read() -> None:
    """A route that such an output lacks may well be there."""
    for system, command in (
        ("cisco_asa", "show route 10.0.0.1"),
        ("fortinet", "get router info routing-table bgp"),
        ("huawei_vrp", "display ip routing-table protocol static"),
        ("paloalto_panos", "show routing route type static"),
        ("vyos", "show ip route bgp"),
        ("aruba_aoscx", "show ip route static"),
    ):
        assert read_table(system, Text("x.txt", command, [])) is None


def test_a_virtual_domain_is_told_by_its_interfaces() -> None:
    config = """config vdom
edit root
next
edit guest
end
config global
config system interface
edit "port1"
set vdom "guest"
set ip 10.0.0.1 255.255.255.0
next
end
end
"""
    texts = (
        Text("r1.cfg", "running-config", config.split("\n")),
        Text("out", "get router info routing-table all", FORTIOS.split("\n")),
    )
    (table,) = platform("fortinet").parse(Inputs("r1", "fortinet", texts)).tables
    assert [route.vrf for route in table.routes] == ["guest"]


def test_routing_tables_of_routeros_that_are_no_vrf_are_no_paths() -> None:
    config = "# 2024-01-01 by RouterOS 7.1\n/ip vrf\nadd interfaces=ether3 name=guest"
    row = " {0}  As   dst-address=10.9.0.0/16 routing-table={1} gateway=ether9 immediate-gw=ether9 distance=1"
    rows = [row.format(number, name) for number, name in enumerate(("main", "isp2", "guest"))]
    texts = (
        Text("r1.rsc", "running-config", config.split("\n")),
        Text("out", "ip route print detail", rows),
    )
    (table,) = platform("mikrotik_routeros").parse(Inputs("r1", "mikrotik_routeros", texts)).tables
    assert [route.vrf for route in table.routes] == ["default", "guest"]
