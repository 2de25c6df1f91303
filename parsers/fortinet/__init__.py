"""Fortinet FortiOS: FortiGate firewalls."""

from __future__ import annotations

from parsers.fortinet.device import TOPICS, parse
from parsers.fortinet.remediation import KINDS, remedy
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import FORTINET

COMMANDS = (
    Command("show full-configuration", "configuration with all defaults"),
    Command("get system status", "model and release"),
    Command("get router info routing-table all", "routing table"),
    Command("get router info6 routing-table", "IPv6 routing table"),
)

PLATFORM = Platform(
    name="fortinet",
    vendor="Fortinet",
    title="Fortinet FortiOS",
    tells=FORTINET,
    commands=COMMANDS,
    topics=TOPICS | topics("fortinet") | ({"remedies"} if KINDS else frozenset()),
    parse=parse,
    remedy=remedy,
)
