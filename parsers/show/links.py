"""`show interfaces` and `show interface`: state, sizes and bundles of interfaces.

IOS, IOS-XE, IOS-XR, NX-OS and EOS. Only the lines named are taken. Sources: Cisco and Arista command
references, show interfaces, and the texts that devices print.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.source import Sourced, Where
from parsers.platform import Text
from parsers.show.nxos_names import long_name


class LinkFacts(NamedTuple):
    """One interface as the device reports it; None is what the text does not say.

    `enabled` is False where an administrator shut it down; `up` is the state of the line protocol, or
    of the link where only that is printed. `mtu` is in bytes as printed: IOS-XR counts the layer 2
    header in it. `tunnel_mtu` is the transport MTU of a tunnel. `bundle` is the one it belongs to,
    `members` are those of a bundle, with full names.
    """

    name: str
    where: Where
    enabled: bool | None = None
    up: bool | None = None
    mtu: Sourced[int] | None = None
    tunnel_mtu: Sourced[int] | None = None
    bundle: Sourced[str] | None = None
    members: tuple[str, ...] = ()


_HEAD = re.compile(
    r"([A-Za-z][\w./:-]*) is (up|down|administratively down|deleted|reset)\b"
    r"(?: \(([^)]*)\))?(?:, line protocol is ([a-z ]*[a-z]))?"
)
_ADMIN = re.compile(r"admin state is (up|down)\b")
_MTU = re.compile(r"\s+(?:IP |Ethernet )?MTU (\d{1,9}) bytes")
_TUNNEL_MTU = re.compile(r"\s+Tunnel transport MTU (\d{1,9}) bytes")
_BUNDLE = re.compile(r"\s+(?:Belongs to|Member of) (Po\d+|[Pp]ort-[Cc]hannel\d+)\s*$")
_MEMBER = re.compile(r"\s+(?:Member \d+ :|\.\.\.) ([A-Za-z][\w./:-]*) ,")
_XR_MEMBER = re.compile(r"\s+([A-Z][\w./-]*\d)\s+(?:Full|Half)-duplex\s+\S+\s+\w+\s*$")
_NXOS_MEMBERS = re.compile(r"\s+Members in this channel: (.+?)\s*$")


def link_facts(text: Text) -> tuple[LinkFacts, ...]:
    """What a text says about each interface, in the order of the text."""
    found: list[LinkFacts] = []
    for number, line in enumerate(text.lines, 1):
        where = Where(text.file, number)
        match = _HEAD.match(line)
        if match is not None:
            found.append(_head(match, where))
        elif found:
            found[-1] = _with_line(found[-1], line, where)
    return tuple(found)


def _head(match: re.Match[str], where: Where) -> LinkFacts:
    name, state, reason, protocol = match.groups()
    shut = state in ("administratively down", "deleted") or reason == "Administratively down"
    return LinkFacts(name, where, not shut, (protocol or state) == "up" and not shut)


def _with_line(facts: LinkFacts, line: str, where: Where) -> LinkFacts:
    """`facts` with what one line of the interface's block adds."""
    match = _ADMIN.match(line)
    if match is not None:
        return facts._replace(enabled=match[1] == "up")
    match = _MTU.match(line)
    if match is not None:
        return facts._replace(mtu=Sourced[int](value=int(match[1]), where=where))
    match = _TUNNEL_MTU.match(line)
    if match is not None:
        return facts._replace(tunnel_mtu=Sourced[int](value=int(match[1]), where=where))
    match = _BUNDLE.match(line)
    if match is not None:
        name = long_name(match[1]) or match[1]
        return facts._replace(bundle=Sourced[str](value=name, where=where))
    match = _MEMBER.match(line) or _XR_MEMBER.match(line)
    if match is not None:
        return facts._replace(members=(*facts.members, match[1]))
    match = _NXOS_MEMBERS.match(line)
    if match is not None:
        names = (long_name(name.strip()) or name for name in match[1].split(","))
        return facts._replace(members=(*facts.members, *names))
    return facts
