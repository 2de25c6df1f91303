"""Ubiquiti EdgeOS: EdgeRouters."""

from __future__ import annotations

from parsers.model.device import Device
from parsers.platform import Command, Inputs, Platform
from parsers.tables.readers import topics
from parsers.tells import UBIQUITI_EDGEROUTER
from parsers.vyatta_style.device import TOPICS
from parsers.vyatta_style.device import parse as parse_vyatta
from parsers.vyatta_style.remediation import KINDS, remedy

COMMANDS = (
    Command("show configuration commands", "configuration"),
    Command("show version", "model and release"),
    Command("show ip route", "routing table"),
    Command("show ipv6 route", "IPv6 routing table"),
    Command("sysctl -a", "the kernel's hash"),
)


def parse(inputs: Inputs) -> Device:
    """The device that EdgeOS texts describe."""
    return parse_vyatta(inputs, "Ubiquiti", edgeos=True)


PLATFORM = Platform(
    name="ubiquiti_edgerouter",
    vendor="Ubiquiti",
    title="Ubiquiti EdgeOS",
    tells=UBIQUITI_EDGEROUTER,
    commands=COMMANDS,
    topics=TOPICS | topics("ubiquiti_edgerouter") | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
