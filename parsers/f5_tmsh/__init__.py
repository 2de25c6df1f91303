"""F5 BIG-IP: the text of tmsh, as in bigip.conf and bigip_base.conf."""

from __future__ import annotations

from parsers.f5_tmsh.device import parse
from parsers.f5_tmsh.remediation import remedy
from parsers.f5_tmsh.top import TOPICS
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import F5_TMSH

COMMANDS = (
    Command("list /", "configuration"),
    Command("show sys version", "release"),
    Command("show net route", "routing table"),
    Command("show net interface", "ports"),
)

PLATFORM = Platform(
    name="f5_tmsh",
    vendor="F5",
    title="F5 BIG-IP",
    tells=F5_TMSH,
    commands=COMMANDS,
    topics=TOPICS | topics("f5_tmsh") | {"remedies"},
    parse=parse,
    remedy=remedy,
)
