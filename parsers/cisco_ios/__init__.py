"""Cisco IOS, and the parser that IOS-XE shares."""

from __future__ import annotations

from parsers.cisco_ios.device import parse
from parsers.cisco_ios.remediation import remedy
from parsers.cisco_ios.top import TABLE
from parsers.platform import Command, Platform
from parsers.show.readers import topics
from parsers.tells import CISCO_IOS

COMMANDS = (
    Command("show running-config", "configuration"),
    Command("show version", "model and release"),
    Command("show ip route vrf *", "routing tables"),
    Command("show ip route", "routing table"),
    Command("show ipv6 route", "IPv6 routing table"),
    Command("show ip cef", "forwarding table"),
    Command("show cef interface", "per-packet load sharing in effect"),
    Command("show ip interface", "unreachables, MTU and access lists in effect"),
    Command("show lldp neighbors", "which devices the members of bundles end on"),
    Command("show lacp neighbor", "the same, as LACP sees it"),
)

PLATFORM = Platform(
    name="cisco_ios",
    vendor="Cisco",
    title="Cisco IOS",
    tells=CISCO_IOS,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("cisco_ios") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
