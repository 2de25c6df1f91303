"""Forwarding entries as blocks: `show ip cef detail` and `show ipv6 cef` of IOS and IOS-XE.

A prefix stands on a line of its own; indented lines say where it goes. Below `recursive via A`
deeper lines say how A itself is reached. Source: Cisco, "IP Switching Command Reference", show ip
cef and show ipv6 cef.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, Collector, no_collection
from parsers.show.tails import ADDRESS, INTERFACE, NULL_INTERFACES

_PREFIX = {
    family: re.compile(rf"({pattern})/(\d+)(?:, .*)?$") for family, pattern in ADDRESS.items()
}
_ANY = rf"(?:{ADDRESS[4]}|{ADDRESS[6]})"
_LABEL = r"(?: (?:label|labels) \S.*)?"
_NEXT_HOP = re.compile(rf"nexthop ({_ANY}) ({INTERFACE}){_LABEL}$")
_ATTACHED = re.compile(rf"attached(?: to)? ({INTERFACE})$")
_RECURSIVE = re.compile(rf"recursive via ({_ANY})(?:\[[^\]]*\])?{_LABEL}$")
_RECEIVE = re.compile(rf"receive(?: for ({INTERFACE}))?$")
_DROPS = frozenset({"drop", "discard"})
_NOTES = re.compile(
    r"(?:Special|Interface|Adj|DefNet|RIB|Local|QOS|Broker) source: |DefNet source: "
    r"|Covered dependent prefixes: |need deagg: |notify cover updated: "
    r"|Dependent covered prefix type "
    r"|\d+ RR source |local label info: |NetFlow: |sr local label info: |[Ll]oad distribution: "
)
_HEAD = re.compile(
    r"\s*$|IPv[46] CEF is enabled|VRF \S+?:?\s*$| ?\d+ prefixes \(| Default network "
    r"| Table id | Database epoch: "
    r"| Non-stop forwarding:|  \d+ routes |  Switchover in progress|  No switchover|  [Nn]o routes "
)
_VRF = re.compile(r"VRF (\S+?):?\s*$")


class _Entry(NamedTuple):
    line: int
    address: str
    length: str


class _Walk:
    def __init__(self, text: Text, family: int, vrf: str) -> None:
        self.text = text
        self.table = Collector(text, "fib", family, vrf)
        self.entry: _Entry | None = None
        self.hops: list[NextHop] = []
        self.protocol = "fib"
        self.discard: str | None = None
        self.absent = False
        self.recursive: tuple[int, str] | None = None

    def run(self) -> None:
        """Reads all lines."""
        prefix = _PREFIX[self.table.family].match
        for number, line in enumerate(self.text.lines, 1):
            match = prefix(line)
            if match is not None:
                self.end()
                self.entry = _Entry(number, match[1], match[2])
            elif self.entry is not None and line.startswith(" "):
                if not self.way(line) and not _NOTES.match(line.lstrip()):
                    self.table.miss(number)
            elif _HEAD.match(line):
                self.end()
                self.table.known += 1
                vrf = _VRF.match(line)
                if vrf is not None:
                    self.table.vrf = DEFAULT_VRF if vrf[1] == "Default" else vrf[1]
            else:
                self.end()
                self.table.miss(number)
        self.end()

    def way(self, line: str) -> bool:
        """Reads an indented line; False if it says nothing known about the way."""
        text = line.strip()
        depth = len(line) - len(line.lstrip())
        if self.recursive is not None and depth <= self.recursive[0]:
            self.end_recursion()
        match = _NEXT_HOP.match(text)
        if match is not None:
            self.hops += self.table.hops(match[2], match[1])
            self.recursive = self.recursive and (self.recursive[0], "")
            return True
        match = _RECURSIVE.match(text)
        if match is not None:
            self.recursive = (depth if self.recursive is None else self.recursive[0], match[1])
            return True
        return self.local(text)

    def local(self, text: str) -> bool:
        """Reads a way that ends on the device or on an attached network."""
        match = _ATTACHED.match(text)
        if match is not None:
            if match[1] in NULL_INTERFACES:
                self.discard = "drop"
            elif self.recursive is not None:
                self.hops += self.table.hops(match[1], self.recursive[1] or None)
                self.recursive = (self.recursive[0], "")
            else:
                self.protocol = "connected"
                self.hops += self.table.hops(match[1], None)
            return True
        match = _RECEIVE.match(text)
        if match is not None:
            self.protocol = "local"
            if match[1]:
                self.hops += self.table.hops(match[1], None)
            return True
        if text in _DROPS:
            self.discard = "drop"
            return True
        self.absent = self.absent or text == "no route"
        return text == "no route"

    def end_recursion(self) -> None:
        """Ends what belongs to a recursive next hop; an unresolved one is a hop by itself."""
        if self.recursive is not None and self.recursive[1]:
            self.hops += self.table.hops(None, self.recursive[1])
        self.recursive = None

    def end(self) -> None:
        """Ends an entry and adds its route. An entry without any known way is missed."""
        self.end_recursion()
        entry = self.entry
        if entry is not None and not self.absent:
            if not (self.hops or self.discard or self.protocol == "local"):
                self.table.miss(entry.line)
            else:
                hops = () if self.discard and not self.hops else tuple(dict.fromkeys(self.hops))
                self.table.add(
                    entry.line,
                    entry.address,
                    entry.length,
                    self.protocol,
                    hops,
                    discard=None if hops else self.discard,
                )
        self.entry, self.hops, self.protocol = None, [], "fib"
        self.discard, self.absent = None, False


def cef_blocks(text: Text, vrf: str | None = DEFAULT_VRF, family: int = 4) -> RouteTable:
    """The routes of a forwarding table in blocks; `vrf` None is all VRFs."""
    walk = _Walk(text, family, vrf or DEFAULT_VRF)
    with no_collection():
        walk.run()
    return walk.table.table(vrf)
