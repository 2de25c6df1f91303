"""VyOS and Vyatta routers."""

from __future__ import annotations

from parsers.model.device import Device
from parsers.platform import Command, Inputs, Platform
from parsers.tells import VYOS
from parsers.vyatta_style.device import RULES_OF_BALANCER, TOPICS
from parsers.vyatta_style.device import parse as parse_vyatta
from parsers.vyatta_style.remediation import KINDS, remedy

COMMANDS = (
    Command("show configuration commands", "configuration"),
    Command("show version", "model and release"),
    Command(RULES_OF_BALANCER, "whether WAN load balancing splits sessions"),
)


def parse(inputs: Inputs) -> Device:
    """The device that VyOS texts describe."""
    return parse_vyatta(inputs, "VyOS", edgeos=False)


PLATFORM = Platform(
    name="vyos",
    vendor="VyOS",
    title="VyOS or Vyatta",
    tells=VYOS,
    commands=COMMANDS,
    topics=TOPICS | ({"remedies"} if KINDS else set()),
    parse=parse,
    remedy=remedy,
)
