"""Check Point Gaia: the gateway's clish configuration, and the exported policy of its management."""

from __future__ import annotations

from parsers.checkpoint_gaia.device import TOPICS, parse
from parsers.checkpoint_gaia.remediation import remedy
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import CHECKPOINT_GAIA

COMMANDS = (
    Command("show configuration", "configuration of the gateway"),
    Command("show route", "IPv4 routes"),
    Command("show ipv6 route", "IPv6 routes"),
    Command("show interfaces all", "MTU in effect"),
    Command("show version all", "version"),
    Command(
        "mgmt_cli show access-rulebase name LAYER details-level full --format json",
        "policy of one layer, on the management server",
    ),
)

PLATFORM = Platform(
    name="checkpoint_gaia",
    vendor="Check Point",
    title="Check Point Gaia",
    tells=CHECKPOINT_GAIA,
    commands=COMMANDS,
    topics=TOPICS | topics("checkpoint_gaia"),
    parse=parse,
    remedy=remedy,
)
