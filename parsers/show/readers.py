"""Which reader reads which command of which platform.

A snapshot names a file after its command, with `_` for a blank and `-` for a slash; both that stem
and the command itself find their reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from parsers.model.routes import RouteTable
from parsers.platform import Text
from parsers.show import (
    cef_blocks,
    eos_json_routes,
    eos_routes,
    fib_rows,
    ios_routes,
    ip_interfaces,
    links,
    nxos_routes,
    version,
    xr_routes,
)
from parsers.show.collector import DEFAULT_VRF
from parsers.show.ip_interfaces import InterfaceFacts
from parsers.show.links import LinkFacts
from parsers.show.version import VersionFacts

Result = RouteTable | VersionFacts | tuple[InterfaceFacts, ...] | tuple[LinkFacts, ...]
"""What a reader gives."""

Reader = Callable[[Text, str | None], Result]
"""`reader(text, vrf)`: `vrf` is the one that the command names, None for all of them."""


class Reading(NamedTuple):
    """A command in its plain form, the VRF it asks for (None: all), and its output's reader."""

    command: str
    vrf: str | None
    reader: Reader

    def read(self, text: Text) -> Result:
        """What `text`, the command's output, says."""
        return self.reader(text, self.vrf)


def _version(text: Text, vrf: str | None) -> VersionFacts:
    return version.version_facts(text)


def _interfaces(text: Text, vrf: str | None) -> tuple[InterfaceFacts, ...]:
    return ip_interfaces.interface_facts(text)


def _links(text: Text, vrf: str | None) -> tuple[LinkFacts, ...]:
    return links.link_facts(text)


def _json_v4(text: Text, vrf: str | None) -> RouteTable:
    return eos_json_routes.json_routes(text, vrf, 4)


def _json_v6(text: Text, vrf: str | None) -> RouteTable:
    return eos_json_routes.json_routes(text, vrf, 6)


def _rows_v4(text: Text, vrf: str | None) -> RouteTable:
    return fib_rows.fib_rows(text, vrf, 4)


def _rows_v6(text: Text, vrf: str | None) -> RouteTable:
    return fib_rows.fib_rows(text, vrf, 6)


def _blocks_v4(text: Text, vrf: str | None) -> RouteTable:
    return cef_blocks.cef_blocks(text, vrf, 4)


def _blocks_v6(text: Text, vrf: str | None) -> RouteTable:
    return cef_blocks.cef_blocks(text, vrf, 6)


_VRF = r"(?: vrf (?P<vrf>\S+(?: \S+)*?))?"
"""The VRF of a command. Blanks in it are underscores that the file name could not keep apart."""

_IOS: Mapping[str, Reader] = {
    rf"show ip route{_VRF}": ios_routes.ip_routes,
    rf"show ipv6 route{_VRF}": ios_routes.ipv6_routes,
    rf"show ip cef{_VRF} detail": _blocks_v4,
    rf"show ip cef{_VRF}": _rows_v4,
    rf"show ipv6 cef{_VRF}(?: detail)?": _blocks_v6,
    r"show version": _version,
    r"show interfaces": _links,
    r"show ip interface": _interfaces,
    r"show cef interface": _interfaces,
}

READERS: Mapping[str, Mapping[str, Reader]] = {
    "cisco_ios": _IOS,
    "cisco_xe": _IOS,
    "cisco_nxos": {
        rf"show ip route{_VRF}": nxos_routes.ip_routes,
        rf"show ipv6 route{_VRF}": nxos_routes.ipv6_routes,
        rf"show forwarding(?: ipv4)?(?: route)?{_VRF}": _rows_v4,
        rf"show forwarding ipv6(?: route)?{_VRF}": _rows_v6,
        r"show version": _version,
        r"show interfaces?": _links,
        r"show ip interface(?: vrf all)?": _interfaces,
    },
    "cisco_xr": {
        rf"show route{_VRF} ipv6(?: unicast)?": xr_routes.ipv6_routes,
        rf"show route{_VRF}(?: ipv4)?(?: unicast)?": xr_routes.ip_routes,
        rf"show cef{_VRF} ipv6": _rows_v6,
        rf"show cef{_VRF}(?: ipv4)?": _rows_v4,
        r"show version(?: brief)?": _version,
        r"show interfaces": _links,
        r"show ipv4 (?:vrf all )?interface": _interfaces,
    },
    "arista_eos": {
        rf"show ip route{_VRF} \| json": _json_v4,
        rf"show ip route{_VRF}": eos_routes.ip_routes,
        rf"show ipv6 route{_VRF} \| json": _json_v6,
        rf"show ipv6 route{_VRF}": eos_routes.ipv6_routes,
        r"show version(?: \| json)?": _version,
        r"show interfaces": _links,
    },
}
"""Readers by platform and pattern of the command, tried in order: the narrower one comes first."""

_ALL = frozenset({"all", "*"})
_SUFFIXES = (".txt", ".json", ".log")


_COMPILED = {
    platform: [(re.compile(pattern), reader) for pattern, reader in table.items()]
    for platform, table in READERS.items()
}


def reading(platform: str, name: str) -> Reading | None:
    """The reading for a command, a file's stem or a file's name; None if no reader is known."""
    stem = name if name.startswith("show ") else name.rsplit("/", 1)[-1]
    for suffix in _SUFFIXES:
        stem = stem.removesuffix(suffix)
    command = stem.replace("_", " ")
    for pattern, reader in _COMPILED.get(platform, []):
        match = pattern.fullmatch(command)
        if match is not None:
            start, end = match.span("vrf") if "vrf" in pattern.groupindex else (-1, -1)
            if start < 0:
                return Reading(command, DEFAULT_VRF, reader)
            vrf = stem[start:end]
            return Reading(command, None if vrf in _ALL else vrf, reader)
    return None


def read(platform: str, text: Text) -> Result | None:
    """What a text of a platform says, None if no reader knows its command.

    The VRF's name is taken from the file's name where that is the command's: it keeps underscores
    that `command` lost.
    """
    by_file = reading(platform, text.file)
    found = by_file or reading(platform, text.command)
    return found.read(text) if found is not None else None


def topics(platform: str) -> frozenset[str]:
    """What the readers of a platform give: `rib`, `fib`, `version`, `interfaces in effect`."""
    found = set()
    for pattern in READERS.get(platform, {}):
        if "interface" in pattern:
            found.add("interfaces in effect")
        elif "version" in pattern:
            found.add("version")
        else:
            found.add("fib" if "cef" in pattern or "forwarding" in pattern else "rib")
    return frozenset(found)
