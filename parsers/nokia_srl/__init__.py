"""Nokia SR Linux: data centre switches and routers."""

from __future__ import annotations

from parsers.nokia_srl.device import TOPICS, parse
from parsers.nokia_srl.remediation import KINDS, remedy
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import NOKIA_SRL

COMMANDS = (
    Command("info from running flat", "configuration"),
    Command("show version", "release"),
    Command(
        "show network-instance default route-table all", "routing table of the default instance"
    ),
    Command("show interface brief", "states and sizes of interfaces"),
    Command("info from state system load-balancing hash-options", "the hash in effect"),
)

PLATFORM = Platform(
    name="nokia_srl",
    vendor="Nokia",
    title="Nokia SR Linux",
    tells=NOKIA_SRL,
    commands=COMMANDS,
    topics=TOPICS | topics("nokia_srl") | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
