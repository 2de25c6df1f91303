"""MikroTik RouterOS, versions 6 and 7."""

from __future__ import annotations

from parsers.mikrotik_routeros.device import TOPICS, parse
from parsers.mikrotik_routeros.remediation import remedy
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import MIKROTIK_ROUTEROS

COMMANDS = (
    Command("/export", "configuration without defaults"),
    Command("/export verbose", "configuration with defaults"),
    Command("/ip route print detail", "IPv4 routes"),
    Command("/ipv6 route print detail", "IPv6 routes"),
    Command("/interface print detail", "MTU in effect"),
    Command("/ip firewall filter print all stats", "rules with those that services add"),
    Command("/system resource print", "version and model"),
    Command("/ip settings print", "the hash in effect"),
    Command("/interface bonding print detail", "modes of bonds in effect"),
)

PLATFORM = Platform(
    name="mikrotik_routeros",
    vendor="MikroTik",
    title="MikroTik RouterOS",
    tells=MIKROTIK_ROUTEROS,
    commands=COMMANDS,
    topics=TOPICS | topics("mikrotik_routeros"),
    parse=parse,
    remedy=remedy,
)
