"""Huawei VRP: switches, routers and USG firewalls."""

from __future__ import annotations

from parsers.huawei_vrp.device import parse
from parsers.huawei_vrp.remediation import remedy
from parsers.huawei_vrp.top import TABLE
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import HUAWEI_VRP

COMMANDS = (
    Command("display current-configuration", "configuration"),
    Command("display version", "model and release"),
    Command("display ip routing-table", "routing table"),
    Command("display ipv6 routing-table", "IPv6 routing table"),
    Command("display fib", "forwarding table"),
    Command("display interface", "MTU and state of interfaces"),
    Command("display eth-trunk", "members and hash of trunks"),
    Command("display lldp neighbor brief", "which devices the members of trunks end on"),
)

PLATFORM = Platform(
    name="huawei_vrp",
    vendor="Huawei",
    title="Huawei VRP",
    tells=HUAWEI_VRP,
    commands=COMMANDS,
    topics=TABLE.topics() | topics("huawei_vrp") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
