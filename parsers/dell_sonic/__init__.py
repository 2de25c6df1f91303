"""SONiC, of the community and of Dell: CONFIG_DB, files for acl-loader, and FRR."""

from __future__ import annotations

from parsers.dell_sonic.device import TOPICS, parse
from parsers.dell_sonic.remediation import KINDS, remedy
from parsers.platform import Command, Platform
from parsers.tells import DELL_SONIC

COMMANDS = (
    Command("show runningconfiguration all", "configuration (CONFIG_DB as JSON)"),
    Command("vtysh -c 'show running-config'", "FRR configuration"),
    Command("vtysh -c 'show ip route vrf all json'", "IPv4 routes"),
    Command("vtysh -c 'show ipv6 route vrf all json'", "IPv6 routes"),
    Command("show version", "release"),
)

PLATFORM = Platform(
    name="dell_sonic",
    vendor="SONiC",
    title="SONiC",
    tells=DELL_SONIC,
    commands=COMMANDS,
    topics=TOPICS | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
