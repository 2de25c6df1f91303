"""Cisco IOS-XR."""

from __future__ import annotations

from parsers.cisco_xr.device import parse
from parsers.cisco_xr.remediation import remedy
from parsers.cisco_xr.top import TABLE
from parsers.platform import Command, Platform
from parsers.show.readers import topics
from parsers.tells import CISCO_XR

COMMANDS = (
    Command("show running-config", "configuration"),
    Command("show version", "model and release"),
    Command("show route vrf all", "routing tables"),
    Command("show route", "routing table"),
    Command("show route vrf all ipv6 unicast", "IPv6 routing tables"),
    Command("show route ipv6 unicast", "IPv6 routing table"),
    Command("show cef vrf all", "forwarding tables"),
    Command("show cef", "forwarding table"),
    Command("show cef ipv6", "IPv6 forwarding table"),
    Command("show ipv4 vrf all interface", "unreachables, MTU and access lists in effect"),
)

PLATFORM = Platform(
    name="cisco_xr",
    vendor="Cisco",
    title="Cisco IOS-XR",
    tells=CISCO_XR,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("cisco_xr") | {"remedies", "static routes v6"},
    parse=parse,
    remedy=remedy,
)
