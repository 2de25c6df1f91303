"""Nokia SR OS: 7750 SR and its relatives, with the classic CLI and with MD-CLI."""

from __future__ import annotations

from parsers.nokia_sros.device import parse
from parsers.nokia_sros.remediation import KINDS, remedy
from parsers.nokia_sros.top import TOPICS
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import NOKIA_SROS

COMMANDS = (
    Command("admin show configuration", "configuration (MD-CLI)"),
    Command("admin display-config", "configuration (classic CLI)"),
    Command("show version", "release"),
    Command("show router route-table", "routing table of the base router"),
    Command("show router route-table ipv6", "IPv6 routing table of the base router"),
    Command("show router fib 1", "forwarding table of a card"),
    Command("show router interface", "addresses and states of interfaces"),
)

PLATFORM = Platform(
    name="nokia_sros",
    vendor="Nokia",
    title="Nokia SR OS",
    tells=NOKIA_SROS,
    commands=COMMANDS,
    topics=TOPICS | topics("nokia_sros") | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
