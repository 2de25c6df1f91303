"""NVIDIA Cumulus Linux: NVUE, NCLU, and the flat files of a switch."""

from __future__ import annotations

from parsers.cumulus_linux.device import TOPICS, parse
from parsers.cumulus_linux.remediation import KINDS, remedy
from parsers.platform import Command, Platform
from parsers.tells import CUMULUS_LINUX

COMMANDS = (
    Command("nv config show -o commands", "configuration"),
    Command("cat /etc/network/interfaces", "interfaces, where NVUE is not used"),
    Command("vtysh -c 'show running-config'", "FRR configuration, where NVUE is not used"),
    Command("vtysh -c 'show ip route vrf all json'", "IPv4 routes"),
    Command("vtysh -c 'show ipv6 route vrf all json'", "IPv6 routes"),
    Command("cat /etc/lsb-release", "release"),
    Command("lldpctl -f keyvalue", "which devices the members of bonds end on"),
)

PLATFORM = Platform(
    name="cumulus_linux",
    vendor="NVIDIA",
    title="NVIDIA Cumulus Linux",
    tells=CUMULUS_LINUX,
    commands=COMMANDS,
    topics=TOPICS | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
