"""Cisco NX-OS."""

from __future__ import annotations

from parsers.cisco_nxos.device import parse
from parsers.cisco_nxos.remediation import remedy
from parsers.cisco_nxos.top import TABLE
from parsers.platform import Command, Platform
from parsers.show.readers import topics
from parsers.tells import CISCO_NXOS

COMMANDS = (
    Command("show running-config", "configuration"),
    Command("show version", "model and release"),
    Command("show ip route vrf all", "routing tables"),
    Command("show ip route", "routing table"),
    Command("show ipv6 route vrf all", "IPv6 routing tables"),
    Command("show forwarding ipv4 route", "forwarding table"),
    Command("show ip interface", "unreachables, MTU and load sharing in effect"),
    Command("show system config reload-pending", "statements that wait for a reload"),
    Command("show ip load-sharing", "the hash in effect"),
    Command("show lldp neighbors", "which devices the members of bundles end on"),
)

PLATFORM = Platform(
    name="cisco_nxos",
    vendor="Cisco",
    title="Cisco NX-OS",
    tells=CISCO_NXOS,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("cisco_nxos") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
