"""Aruba AOS-CX."""

from __future__ import annotations

from parsers.aruba_aoscx.device import parse
from parsers.aruba_aoscx.remediation import remedy
from parsers.aruba_aoscx.top import TABLE
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import ARUBA_AOSCX

COMMANDS = (
    Command("show running-config", "configuration"),
    Command("show version", "release"),
    Command("show ip route all-vrfs", "routing tables"),
    Command("show ipv6 route all-vrfs", "IPv6 routing tables"),
    Command("show interface", "MTU in effect"),
    Command("show ip ecmp", "the hash in effect"),
    Command("show lldp neighbor-info", "which devices the members of LAGs end on"),
)

PLATFORM = Platform(
    name="aruba_aoscx",
    vendor="Aruba",
    title="Aruba AOS-CX",
    tells=ARUBA_AOSCX,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("aruba_aoscx") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
