"""VyOS and Vyatta routers."""

from __future__ import annotations

from parsers.model.device import Device
from parsers.platform import Command, Inputs, Platform
from parsers.tables.readers import topics
from parsers.tells import VYOS
from parsers.vyatta_style.device import TOPICS
from parsers.vyatta_style.device import parse as parse_vyatta
from parsers.vyatta_style.remediation import KINDS, remedy

COMMANDS = (
    Command("show configuration commands", "configuration"),
    Command("show version", "model and release"),
    Command("show ip route vrf all", "routing tables"),
    Command("show ipv6 route vrf all", "IPv6 routing tables"),
    Command("nft list table ip vyos_wanloadbalance", "whether WAN load balancing splits sessions"),
    Command("sysctl -a", "the kernel's hash"),
    Command("show lldp neighbors", "which devices the members of bonds end on"),
)


def parse(inputs: Inputs) -> Device:
    """The device that VyOS texts describe."""
    return parse_vyatta(inputs, "VyOS", edgeos=False)


PLATFORM = Platform(
    name="vyos",
    vendor="VyOS",
    title="VyOS or Vyatta",
    tells=VYOS,
    commands=COMMANDS,
    topics=TOPICS | topics("vyos") | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
