"""Cisco ASA, PIX and FWSM firewalls, and the packet engine (LINA) of Firepower Threat Defense."""

from __future__ import annotations

from parsers.cisco_asa.device import parse
from parsers.cisco_asa.remediation import remedy
from parsers.cisco_asa.top import TABLE
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import CISCO_ASA

COMMANDS = (
    Command("show running-config", "configuration"),
    Command("show version", "model and release"),
    Command("show route", "routing table"),
    Command("show ipv6 route", "IPv6 routing table"),
    Command("show asp table routing", "forwarding table"),
    Command("show interface", "MTU and state of the interfaces"),
)

PLATFORM = Platform(
    name="cisco_asa",
    vendor="Cisco",
    title="Cisco ASA, PIX and FTD",
    tells=CISCO_ASA,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("cisco_asa") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
