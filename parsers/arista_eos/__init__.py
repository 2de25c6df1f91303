"""Arista EOS."""

from __future__ import annotations

from parsers.arista_eos.device import parse
from parsers.arista_eos.remediation import remedy
from parsers.arista_eos.top import TABLE
from parsers.platform import Command, Platform
from parsers.show.readers import topics
from parsers.tells import ARISTA_EOS

COMMANDS = (
    Command("show running-config", "configuration"),
    Command("show version", "model and release"),
    Command("show ip route vrf all", "routing tables"),
    Command("show ip route", "routing table"),
    Command("show ipv6 route", "IPv6 routing table"),
    Command("show ip interface", "IP MTU in effect"),
    Command("show port-channel dense", "members of bundles"),
    Command("show cpu counters queue summary", "packets to the CPU that were dropped"),
    Command("show lldp neighbors", "which devices the members of bundles end on"),
)

PLATFORM = Platform(
    name="arista_eos",
    vendor="Arista",
    title="Arista EOS",
    tells=ARISTA_EOS,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("arista_eos") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
