"""Dell SmartFabric OS10."""

from __future__ import annotations

from parsers.dell_os10.device import parse
from parsers.dell_os10.remediation import remedy
from parsers.dell_os10.top import TABLE
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import DELL_OS10

COMMANDS = (
    Command("show running-configuration", "configuration"),
    Command("show version", "model and release"),
    Command("show ip route", "routing table"),
    Command("show ipv6 route", "IPv6 routing table"),
    Command("show interface", "MTU in effect"),
)

PLATFORM = Platform(
    name="dell_os10",
    vendor="Dell",
    title="Dell SmartFabric OS10",
    tells=DELL_OS10,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("dell_os10") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
