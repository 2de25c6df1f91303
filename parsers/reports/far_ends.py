"""Which device stands at the far end of each link: LLDP tables, LACP partners.

Only tables whose heading names its columns are read; a row that does not fit its heading gives a name that no
member has, and then nothing is known about that member.
Sources: command references of `show lldp neighbors` (Cisco, Arista, Juniper, VyOS), `display lldp neighbor brief`
(Huawei), `show lldp neighbor-info` (AOS-CX), `lldpctl -f keyvalue`, `show lacp interfaces extensive`, `show lacp
neighbor`, `display eth-trunk`, `display link-aggregation verbose`, /proc/net/bonding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from parsers.platform import Text
from parsers.reports.names import short

_LOCAL = frozenset({"local intf", "local interface", "local", "local port", "port", "local-port"})
_CHASSIS = frozenset({"chassis id", "chassis-id"})
_DEVICE = frozenset(
    {"device id", "device", "neighbor device id", "neighbor dev", "system name", "sys-name"}
)
_NAMES = re.compile(
    r"(?:local|remote|neighbor|parent) (?:intf|interface|port(?: id)?|dev(?:ice)?(?: id)?)|(?:chassis|device|port|"
    r"neighbor(?: device| port)?) id|system name|port (?:info|desc\w*)|hold-?time|hldtme|exptime \(sec\)|\S+",
    re.IGNORECASE,
)
"""Column names, those of several words first."""
_KEY_VALUE = re.compile(r"lldp\.(?P<port>[^.]+(?:\.\d+)?)\.chassis\.mac=(?P<id>\S+)")
_MAC = (
    r"(?P<id>[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{4}(?P<dot>[.-])[0-9a-f]{4}(?P=dot)[0-9a-f]{4})"
)
_PARTNERS = (
    re.compile(rf"\s+(?P<port>\S+)\s+Partner\s+\d+\s+{_MAC}\s", re.IGNORECASE),
    re.compile(rf"(?P<port>[A-Z]\S+)\s+[SF][AP]\s+(?:\d+\s+)?{_MAC}\s", re.IGNORECASE),
)
_PARTNER_ROWS = re.compile(
    rf"\s*(?P<port>[A-Z]\S*\d)(?:\(\w+\))?\s.*?\b(?:0x[0-9a-f]+, )?{_MAC}\s", re.IGNORECASE
)
_SLAVE = re.compile(r"Slave Interface: (?P<port>\S+)")
_SYSTEM = re.compile(rf"\s+system mac address: {_MAC}", re.IGNORECASE)


class FarEnds(NamedTuple):
    """The far device by the short name of the local interface, as LLDP and as LACP name it."""

    neighbours: dict[str, str]
    partners: dict[str, str]

    def one_device(self, members: Iterable[str]) -> bool | None:
        """Whether all members end on one device; None where a member's far end is not known. LLDP decides
        where it knows all of them: a pair of switches that act as one LACP partner are two devices."""
        names = [short(member) for member in members]
        for known in (self.neighbours, self.partners):
            found = [known.get(name) for name in names]
            if names and None not in found:
                return len(set(found)) == 1
        return None


def far_ends(texts: Iterable[Text]) -> FarEnds:
    """The far ends that the texts show."""
    found = FarEnds({}, {})
    for text in texts:
        command = text.command.lower()
        if "lldp" in command:
            _table(text, found.neighbours)
        elif re.search(r"lacp|bonding|eth-trunk|link-aggregation|interfaces ae", command):
            _partners(text, found.partners)
    return found


def _table(text: Text, found: dict[str, str]) -> None:
    columns: list[tuple[str, int, int | None]] = []
    for line in text.lines:
        match = _KEY_VALUE.match(line.strip())
        if match is not None:
            found[short(match["port"])] = match["id"].lower()
            continue
        heading = _heading(line)
        if heading:
            columns = heading
        elif columns and line.strip("- \t"):
            cells = {name: line[start:end].strip() for name, start, end in columns}
            local = next((cells[name] for name in cells if name in _LOCAL), "")
            far = next((cells[n] for n in cells if n in _CHASSIS), "") or next(
                (cells[n] for n in cells if n in _DEVICE), ""
            )
            if local and far and " " not in local:
                found[short(local)] = far.lower()


def _heading(line: str) -> list[tuple[str, int, int | None]]:
    spans = [(m[0].lower(), m.start()) for m in _NAMES.finditer(line)]
    names = {name for name, start in spans if name != "port" or start == 0}
    if not (names & _LOCAL and names & (_CHASSIS | _DEVICE)):
        return []
    ends = [start for _, start in spans[1:]]
    return [(name, start, end) for (name, start), end in zip(spans, [*ends, None], strict=True)]


def _partners(text: Text, found: dict[str, str]) -> None:
    slave: str | None = None
    side = ""
    for line in text.lines:
        word = line.strip().rstrip(":").lower()
        if word in (
            "partner",
            "remote",
            "local",
            "details partner lacp pdu",
            "details actor lacp pdu",
        ):
            side = word
            continue
        named = _SLAVE.match(line)
        if named is not None:
            slave = named["port"]
            continue
        match = next((m for pattern in _PARTNERS if (m := pattern.match(line))), None)
        if match is None and side in ("partner", "remote"):
            match = _PARTNER_ROWS.match(line)
        port = match["port"] if match is not None else slave
        if match is None and side == "details partner lacp pdu":
            match = _SYSTEM.match(line)
        if match is not None and port is not None and set(match["id"]) - set("0:.-"):
            found[short(port.removesuffix(".0"))] = match["id"].lower()
