"""`show interfaces` of four systems."""

from __future__ import annotations

import pytest

from parsers.show.links import LinkFacts, link_facts
from tests.show.words import text

IOS = """
GigabitEthernet2 is administratively down, line protocol is down
  MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,
Port-channel23 is up, line protocol is up
  Description: MTU 9000 bytes
  MTU 9000 bytes, BW 2000000 Kbit/sec, DLY 10 usec,
    No. of active members in this channel: 2
        Member 0 : GigabitEthernet2 , Full-duplex, 1000Mb/s
        Member 1 : GigabitEthernet3 , Full-duplex, 1000Mb/s
    No. of PF_JUMBO supported members in this channel : 2
Tunnel1 is up, line protocol is down
  MTU 10000 bytes, BW 100 Kbit/sec, DLY 50000 usec,
  Tunnel transport MTU 1476 bytes
"""
XR = """
Bundle-Ether1 is up, line protocol is up
  MTU 1514 bytes, BW 2000000 Kbit (Max: 2000000 Kbit)
    No. of members in this bundle: 2
      GigabitEthernet0/0/0/2       Full-duplex  1000Mb/s     Active
      GigabitEthernet0/0/0/3       Full-duplex  1000Mb/s     Active
MgmtEth0/RP0/CPU0/0 is administratively down, line protocol is administratively down
"""
NXOS = """
Ethernet1/1 is up
admin state is up, Dedicated Interface
  Belongs to Po1
  MTU 9216 bytes, BW 1000000 Kbit, DLY 10 usec
Ethernet1/2 is down (Link not connected)
admin state is up, Dedicated Interface
Ethernet1/3 is down (Administratively down)
admin state is down, Dedicated Interface
port-channel1 is up
admin state is up,
  Members in this channel: Eth1/1, Eth1/2
"""
EOS = """
Ethernet1 is up, line protocol is up (connected)
  Member of Port-Channel7
  Ethernet MTU 9194 bytes, BW 1000000 kbit
Port-Channel7 is up, line protocol is up (connected)
  Ethernet MTU 9194 bytes, BW 1000000 kbit
  Active members in this channel: 1
  ... Ethernet1 , Full-duplex, 1Gb/s
Vlan20 is down, line protocol is lowerlayerdown (notconnect)
  IP MTU 1500 bytes (default)
"""


def _words(facts: LinkFacts) -> str:
    words = [facts.name, "on" if facts.enabled else "shut", "up" if facts.up else "down"]
    words += [str(facts.mtu.value)] if facts.mtu else []
    words += [f"tunnel {facts.tunnel_mtu.value}"] if facts.tunnel_mtu else []
    words += [f"in {facts.bundle.value}"] if facts.bundle else []
    return " ".join([*words, *facts.members])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            IOS,
            [
                "GigabitEthernet2 shut down 1500",
                "Port-channel23 on up 9000 GigabitEthernet2 GigabitEthernet3",
                "Tunnel1 on down 10000 tunnel 1476",
            ],
        ),
        (
            XR,
            [
                "Bundle-Ether1 on up 1514 GigabitEthernet0/0/0/2 GigabitEthernet0/0/0/3",
                "MgmtEth0/RP0/CPU0/0 shut down",
            ],
        ),
        (
            NXOS,
            [
                "Ethernet1/1 on up 9216 in port-channel1",
                "Ethernet1/2 on down",
                "Ethernet1/3 shut down",
                "port-channel1 on up Ethernet1/1 Ethernet1/2",
            ],
        ),
        (
            EOS,
            [
                "Ethernet1 on up 9194 in Port-Channel7",
                "Port-Channel7 on up 9194 Ethernet1",
                "Vlan20 on down 1500",
            ],
        ),
    ],
)
def test_state_sizes_and_bundles(body: str, expected: list[str]) -> None:
    assert [_words(facts) for facts in link_facts(text(body))] == expected


def test_facts_know_their_line() -> None:
    facts = link_facts(text(IOS))[1]
    assert facts.where.line == 3
    assert facts.mtu is not None
    assert facts.mtu.where is not None
    assert facts.mtu.where.line == 5
