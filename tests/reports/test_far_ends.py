"""The far ends of links, from tables as the systems print them; expected by reading the tables."""

from __future__ import annotations

import pytest

from parsers.platform import Text
from parsers.reports.far_ends import far_ends

IOS = """Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device

Device ID           Local Intf     Hold-time  Capability      Port ID
sw1.example.net     Gi1/0/1        120        B,R             Gi1/0/24
sw1.example.net     Gi1/0/2        120        B,R             Gi2/0/24

Total entries displayed: 2
"""
EOS = """Last table change time   : 0:10:11 ago
Number of table inserts  : 4

Port          Neighbor Device ID       Neighbor Port ID    TTL
---------- ------------------------ ---------------------- ---
Et1           leaf2.example.net        Ethernet1           120
Et2           leaf3.example.net        Ethernet1           120
"""
VRP = """Local Intf       Neighbor Dev         Neighbor Intf        Exptime (sec)
GE0/0/1          SW2                  GE0/0/5                    101
GE0/0/2          SW3                  GE0/0/5                    110
"""
COMWARE = """Chassis ID : * -- -- Nearest nontpmr bridge neighbor
             # -- -- Nearest customer bridge neighbor
             Default -- -- Nearest bridge neighbor
Local Interface Chassis ID      Port ID                    System Name
XGE1/0/49       3822-d6a1-0001  Ten-GigabitEthernet1/0/1   core
XGE1/0/50       3822-d6a1-0001  Ten-GigabitEthernet2/0/1   core
"""
CX = """LLDP Neighbor Information
=========================

LOCAL-PORT  CHASSIS-ID         PORT-ID                      PORT-DESC                    TTL      SYS-NAME
--------------------------------------------------------------------------------------------------------
1/1/1       88:3a:30:00:00:01  1/1/31                       1/1/31                       120      spine1
1/1/2       88:3a:30:00:00:02  1/1/31                       1/1/31                       120      spine2
"""
KEYS = "lldp.eth0.chassis.mac=00:1c:73:00:00:01\nlldp.eth1.chassis.mac=00:1c:73:00:00:02\nlldp.eth1.port.ifname=Ethernet1\n"
LACP = """Flags:  S - Device is requesting Slow LACPDUs

Channel group 1 neighbors

Partner's information:

                  LACP port                        Admin  Oper   Port    Port
Port      Flags   Priority  Dev ID          Age    key    Key    Number  State
Gi1/0/1   SA      32768     0026.98af.6b80  11s    0x0    0x1    0x101   0x3D
Gi1/0/2   SA      32768     0026.98af.6b80   9s    0x0    0x1    0x102   0x3D
"""
TRUNK = """Eth-Trunk1's state information is:
Local:
LAG ID: 1                   WorkingMode: LACP
Preempt Delay: Disabled     Hash arithmetic: According to SIP-XOR-DIP
ActorPortName          Status   PortType PortPri PortNo PortKey PortState Weight
GigabitEthernet0/0/1   Selected 1GE      32768   1      305     10111100  1
GigabitEthernet0/0/2   Selected 1GE      32768   2      305     10111100  1

Partner:
--------------------------------------------------------------------------------
ActorPortName          SysPri   SystemID        PortPri PortNo PortKey PortState
GigabitEthernet0/0/1   32768    00e0-fc22-0001  32768   1      305     10111100
GigabitEthernet0/0/2   32768    00e0-fc22-0002  32768   1      305     10111100
"""
BOND = """Ethernet Channel Bonding Driver: v6.1.0

Bonding Mode: IEEE 802.3ad Dynamic link aggregation
Transmit Hash Policy: layer3+4 (1)

Slave Interface: eth0
details actor lacp pdu:
    system mac address: 52:54:00:12:34:01
details partner lacp pdu:
    system mac address: 00:1c:73:00:00:01

Slave Interface: eth1
details actor lacp pdu:
    system mac address: 52:54:00:12:34:01
details partner lacp pdu:
    system mac address: 00:1c:73:00:00:01
"""
NO_PARTNER = BOND.replace("00:1c:73:00:00:01", "00:00:00:00:00:00")
CASES = [
    ("show lldp neighbors", IOS, ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2"), True),
    ("show lldp neighbors", EOS, ("Ethernet1", "Ethernet2"), False),
    ("display lldp neighbor brief", VRP, ("GigabitEthernet0/0/1", "GigabitEthernet0/0/2"), False),
    ("display lldp neighbor brief", VRP, ("GE0/0/1", "GE0/0/2"), False),
    (
        "display lldp neighbor-information list",
        COMWARE,
        ("Ten-GigabitEthernet1/0/49", "Ten-GigabitEthernet1/0/50"),
        True,
    ),
    ("show lldp neighbor-info", CX, ("1/1/1", "1/1/2"), False),
    ("lldpctl -f keyvalue", KEYS, ("eth0", "eth1"), False),
    ("show lacp neighbor", LACP, ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2"), True),
    ("display eth-trunk 1", TRUNK, ("GigabitEthernet0/0/1", "GigabitEthernet0/0/2"), False),
    ("cat /proc/net/bonding/bond0", BOND, ("eth0", "eth1"), True),
    ("cat /proc/net/bonding/bond0", NO_PARTNER, ("eth0", "eth1"), None),
    ("show lldp neighbors", IOS, ("GigabitEthernet1/0/1", "GigabitEthernet1/0/3"), None),
    ("show lldp neighbors", IOS, (), None),
]


@pytest.mark.parametrize(
    ("command", "table", "members", "expected"),
    CASES,
    ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)],
)
def test_members_end_on_one_device(
    command: str, table: str, members: tuple[str, ...], expected: bool | None
) -> None:
    ends = far_ends([Text("t.txt", command, table.splitlines())])
    assert ends.one_device(members) is expected


def test_lldp_beats_lacp() -> None:
    """A pair of switches is one LACP partner and two devices."""
    two = KEYS.splitlines()
    ends = far_ends(
        [Text("b", "cat /proc/net/bonding/bond0", BOND.splitlines()), Text("l", "lldpctl", two)]
    )
    assert ends.one_device(("eth0", "eth1")) is False
