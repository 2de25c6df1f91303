"""HPE and H3C Comware 5 and 7."""

from __future__ import annotations

from parsers.hp_comware.device import parse
from parsers.hp_comware.remediation import remedy
from parsers.hp_comware.top import TABLE
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import HP_COMWARE

COMMANDS = (
    Command("display current-configuration", "configuration"),
    Command("display version", "model and release"),
    Command("display ip routing-table", "routing table"),
    Command("display ipv6 routing-table", "IPv6 routing table"),
    Command("display fib", "forwarding table"),
    Command("display ip interface", "MTU and state of interfaces"),
    Command("display link-aggregation verbose", "members of aggregations"),
    Command(
        "display lldp neighbor-information list", "which devices the members of aggregations end on"
    ),
)

PLATFORM = Platform(
    name="hp_comware",
    vendor="HPE",
    title="HPE or H3C Comware",
    tells=HP_COMWARE,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("hp_comware") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
