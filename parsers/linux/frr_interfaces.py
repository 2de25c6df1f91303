"""FRR's `show interface vrf all`: names, VRFs, MTU and addresses."""

from __future__ import annotations

import re

from parsers.frr_style.addresses import interface_address
from parsers.ledger import Ledger
from parsers.linux.links import Link, Links
from parsers.model.source import Sourced, Where

_HEAD = re.compile(r"Interface (\S+) is (up|down)(?:, line protocol is (\S+))?.*")
_SIZE = re.compile(r"index \d+ metric \d+ mtu (\d+)\b.*")
_ADDRESS = re.compile(r"inet6? (\S+).*")
_FLAGS = re.compile(r"flags: <([^>]*)>")


def read(links: Links, file: str, lines: list[str], ledger: Ledger) -> None:
    """Reads one output into `links`; lines about state and hardware are irrelevant."""
    current: Link | None = None
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        head = _HEAD.fullmatch(line)
        if head is not None:
            current = links.link(head.group(1), Where(file, number))
            ledger.use(number)
        elif current is None or not line:
            ledger.ignore(number)
        elif _fact(current, line, Where(file, number)):
            ledger.use(number)
        else:
            ledger.ignore(number)


def _fact(link: Link, line: str, where: Where) -> bool:
    size = _SIZE.fullmatch(line)
    if size is not None:
        link.mtu = link.mtu or Sourced(value=int(size.group(1)), where=where)
        return True
    address = _ADDRESS.fullmatch(line)
    if address is not None:
        try:
            found = interface_address(address.group(1), where)
        except ValueError:
            link.not_understood.append(where)
            return False
        if not any(old[:3] == found[:3] for old in link.addresses):
            link.addresses.append(found)
        return True
    flags = _FLAGS.fullmatch(line)
    if flags is not None:
        link.flags = link.flags or frozenset(flags.group(1).split(","))
        return True
    if line.startswith("vrf: "):
        link.vrf = line[5:].strip()
        return True
    if line.startswith("Description: "):
        link.description = line[13:]
        return True
    return False
