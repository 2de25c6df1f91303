"""The flat files of a switch in one text, as collectors store them, and which line belongs to which file.

The files are a host name, `/etc/network/interfaces`, `/etc/cumulus/ports.conf`, rules of
`/etc/cumulus/acl/policy.d`, and `/etc/frr/frr.conf`; any of them may be alone."""

from __future__ import annotations

import re
from typing import NamedTuple

INTERFACES, PORTS, POLICY, FRR, NAME, NOTHING = "interfaces", "ports", "policy", "frr", "name", ""
_STANZA = re.compile(r"(?:auto|iface|allow-\w+|source|source-directory|no-auto-down|mapping)\s+\S")
_SECTION = re.compile(r"\[(?:iptables|ip6tables|ebtables)\]")
PORT_LINE = re.compile(r"\d+(?:s\d+)?\s*=\s*\S.*")
"""A line of `ports.conf`: the number of a port, and its speed or how it is split."""
_VARIABLE = re.compile(r"[A-Za-z_]\w*\s*=\s*\S")
_FRR = re.compile(
    r"frr (?:version|defaults)\b.*|router (?:bgp|ospf|ospf6|rip|isis)\b.*|line vty|service integrated-vtysh-config"
    r"|(?:ip|ipv6) (?:route|prefix-list) .*|route-map \S+ .*|interface \S+(?: vrf \S+)?|!.*|vrf \S+|log \S+.*"
    r"|zebra|agentx|pbr-map .*|hostname \S+"
)
_WORD = re.compile(r"[\w.-]+")


class Zones(NamedTuple):
    """Line numbers by file; comments and blanks are in none of them but the file `frr.conf`."""

    lines: dict[str, list[int]]
    comments: list[int]


def zones_of(lines: list[str]) -> Zones:
    """Which file each line is of."""
    found: dict[str, list[int]] = {
        INTERFACES: [],
        PORTS: [],
        POLICY: [],
        FRR: [],
        NAME: [],
        NOTHING: [],
    }
    comments: list[int] = []
    zone = NOTHING
    for number, raw in enumerate(lines, 1):
        text = raw.strip()
        zone = _zone(text, zone, number == 1 or not any(found.values()))
        if not text or text[0] == "#":
            comments.append(number)
        else:
            found[zone].append(number)
        if zone == NAME:
            zone = NOTHING
    return Zones(found, comments)


_MARKS = (
    ("# This file describes the network interfaces", INTERFACES),
    ("# ports.conf --", PORTS),
    ("### start of frr.conf", FRR),
    ("frr version", FRR),
    ("### end /etc/network/interfaces", NOTHING),
)
"""What collectors and the files themselves write at a file's beginning or end."""


def _zone(text: str, zone: str, first: bool) -> str:
    """The file that goes on with `text`, after one of `zone`."""
    for mark, found in _MARKS:
        if text.startswith(mark):
            return found
    if _SECTION.fullmatch(text):
        return POLICY
    if zone == PORTS and text and text[0] != "#":
        return POLICY if _VARIABLE.match(text) else FRR if _FRR.fullmatch(text) else PORTS
    if not text or text[0] == "#" or zone in (FRR, PORTS):
        return zone
    if _STANZA.match(text) and zone in (NOTHING, POLICY):
        return INTERFACES
    if zone == NOTHING:
        return _beginning(text, first)
    return FRR if text in ("line vty", "!") else zone


def _beginning(text: str, first: bool) -> str:
    """The file that begins with `text` where none was open."""
    if _VARIABLE.match(text) or text.startswith("-"):
        return POLICY
    if _FRR.fullmatch(text):
        return FRR
    return NAME if first and _WORD.fullmatch(text) else NOTHING
