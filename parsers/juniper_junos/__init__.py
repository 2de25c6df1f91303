"""Juniper Junos: routers, switches and SRX firewalls."""

from __future__ import annotations

from parsers.juniper_junos.device import TOPICS, parse
from parsers.juniper_junos.remediation import KINDS, remedy
from parsers.juniper_junos.show import OUTPUTS
from parsers.platform import Command, Platform
from parsers.tells import JUNIPER_JUNOS

COMMANDS = (
    Command("show configuration | display set", "configuration"),
    Command("show version | display json", "model and release"),
    Command("show route | display json", "routing tables of all instances"),
    Command("show route forwarding-table", "forwarding tables"),
    Command("show interfaces | display json", "MTU in effect"),
    Command("show forwarding-options enhanced-hash-key", "header fields in the hash"),
    Command("show chassis scb", "the chip that forwards, on old routers"),
    Command("show lacp interfaces extensive", "which systems the members of bundles end on"),
    Command("show lldp neighbors", "the same, as LLDP sees it"),
)

PLATFORM = Platform(
    name="juniper_junos",
    vendor="Juniper",
    title="Juniper Junos",
    tells=JUNIPER_JUNOS,
    commands=COMMANDS,
    topics=TOPICS | OUTPUTS | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
