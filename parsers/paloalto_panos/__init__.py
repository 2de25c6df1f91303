"""Palo Alto Networks PAN-OS: firewalls, and texts of Panorama."""

from __future__ import annotations

from parsers.paloalto_panos.device import parse
from parsers.paloalto_panos.remediation import KINDS, remedy
from parsers.platform import Command, Platform
from parsers.tables.readers import topics
from parsers.tells import PALOALTO_PANOS

COMMANDS = (
    Command("show config merged", "configuration, with what Panorama pushed"),
    Command("show system info", "model and release"),
    Command("show routing route", "routing tables of all virtual routers"),
    Command("show routing fib", "forwarding tables"),
    Command("show advanced-routing route", "routing tables, where advanced routing is on"),
    Command("show interface all", "interfaces and zones"),
)

PLATFORM = Platform(
    name="paloalto_panos",
    vendor="Palo Alto Networks",
    title="Palo Alto Networks PAN-OS",
    tells=PALOALTO_PANOS,
    commands=COMMANDS,
    topics=frozenset(
        {
            "bindings", "bundles", "filters", "filters v6", "groups", "identity", "interfaces", "load sharing", "mss",
            "mtu", "nat", "policy routing", "routing sources", "static routes", "static routes v6", "tunnels",
            "unreachables", "urpf", "zones",
        }
    ) | topics("paloalto_panos") | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)  # fmt: skip
