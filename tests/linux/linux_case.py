"""Texts in, decisions out: what the tests of the Linux platform share."""

from __future__ import annotations

from parsers.linux import PLATFORM
from parsers.model.device import Device
from parsers.model.filters import State
from parsers.platform import Inputs, Text
from rules.packets.evaluate import decide
from rules.packets.packet import Packet, packet
from rules.packets.verdicts import Decision

CLIENT, SERVICE, ROUTER = "10.20.1.5", "104.192.141.1", "203.0.113.9"
CLIENT6, SERVICE6 = "2001:db8:20::5", "2401:1d80:3000::1"
SYN, ACK, SYN_ACK = 2, 16, 18

F443 = packet(CLIENT, SERVICE)
F80 = packet(CLIENT, SERVICE, dst_port=80)
F22 = packet(CLIENT, SERVICE, dst_port=22)
R443 = packet(SERVICE, CLIENT, 6, 443, 50000, flags=SYN_ACK, state=State.ESTABLISHED)
P4 = packet(ROUTER, CLIENT, 1, icmp=(3, 4), state=State.RELATED)
F443_6 = packet(CLIENT6, SERVICE6)
P6 = packet("2001:db8:ff::1", CLIENT6, 58, icmp=(2, 0), state=State.RELATED)
FRAG = packet(CLIENT, SERVICE, later_fragment=True)


def to(address: str, port: int = 443) -> Packet:
    """A SYN of the client to another address."""
    return packet(CLIENT, address, dst_port=port)


def device(**texts: str) -> Device:
    """The device of these texts; names are as `command` reads them."""
    return PLATFORM.parse(
        Inputs(
            "fw1",
            "linux",
            tuple(
                Text(f"{name}.txt", command(name), text.strip("\n").split("\n"))
                for name, text in texts.items()
            ),
        )
    )


def command(name: str) -> str:
    """The command of a keyword argument's name: `iptables__save`, `ip__j_route`, `uname__r`."""
    if name == "config":
        return "running-config"
    hyphen = "-" if name.endswith(("tables__save", "running__config")) else " -"
    return name.replace("__", hyphen).replace("_", " ")


def judged(
    found: Device, key: str, asked: Packet, into: str | None = None, out: str | None = None
) -> Decision:
    """What a filter of the device does with a packet."""
    return decide(found.filters, key, asked.family, asked, into, out)


def verdict(found: Device, key: str, asked: Packet) -> tuple[str, int | None]:
    """Outcome and line."""
    decision = judged(found, key, asked)
    return decision.outcome.value, decision.line
