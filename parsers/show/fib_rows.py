"""Forwarding tables in columns: prefix, next hop, interface.

A blank prefix is a further next hop of the prefix above.

`show ip cef [vrf V]` of IOS and IOS-XE, `show cef [vrf V] ipv4` of IOS-XR and `show forwarding ipv4
route` of NX-OS print this form. Sources: Cisco, "IP Switching Command Reference", show ip cef;
"Nexus 9000 Troubleshooting Guide", show forwarding; the words are those that devices print.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, Collector, no_collection
from parsers.show.nxos_names import long_name
from parsers.show.tails import ADDRESS, INTERFACE, NULL_INTERFACES

_LEAD = {
    family: re.compile(rf" ?\*?({pattern})/(\d+)(?=\s|$)") for family, pattern in ADDRESS.items()
}
_HOP = {
    family: re.compile(
        rf"({pattern})(?:/\d+)?(?:\s+({INTERFACE}|<recursive>))?(\s+(?:vni: \d+|PUSH .*))?$"
    )
    for family, pattern in ADDRESS.items()
}
_WORD = re.compile(
    rf"(attached|receive|drop|discard|no route|broadcast|punt|unresolved|glean|null)"
    rf"(?:\s+({INTERFACE}))?(?:\s+\(default route handler entry\)|\s+default handler)?$",
    re.IGNORECASE,
)
_DEFAULT_HANDLER = re.compile(r"drop\s+(?:Null0 \()?default (?:route )?handler", re.IGNORECASE)
_VRF = re.compile(r"VRF:? (\S+?):?\s*$|IPv[46] routes for table (\S+?)/\S+\s*$")
_KNOWN = re.compile(
    r"\s*$|[-+ ]+$|[_=]+$|Prefix\s.*Next.?[Hh]op|slot +\d+\s*$"
    r"|[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ [\d:.]+ "
)
_OFF = re.compile(r"% ?IPv[46] CEF not running")


class _Way(NamedTuple):
    protocol: str
    interface: str | None
    address: str | None
    discard: str | None = None
    conditional: str | None = None
    absent: bool = False


def fib_rows(text: Text, vrf: str | None = DEFAULT_VRF, family: int = 4) -> RouteTable:
    """The routes of a forwarding table in columns; `vrf` None is all VRFs.

    `no route`, and a default that only the default handler drops, are no routes. CEF that does not
    run forwards by the routing table: the forwarding table is then incomplete.
    """
    table = Collector(text, "fib", family, vrf or DEFAULT_VRF)
    with no_collection():
        _read(table, family)
    return table.table(vrf)


def _read(table: Collector, family: int) -> None:
    lead = _LEAD[family].match
    for number, line in enumerate(table.text.lines, 1):
        match = lead(line)
        rest = line[match.end() :].strip() if match is not None else line.strip()
        if match is None and (not line.startswith("  ") or not rest):
            table.close()
            _between(table, number, line)
            continue
        way = _way(rest, family)
        if way is None:
            table.miss(number)
            if match is not None:
                table.close()
        elif match is None:
            hops = () if way.discard else table.hops(way.interface, way.address)
            table.extend(number, hops, False, way.discard)
        elif way.absent:
            table.known += 1
            table.close()
        else:
            _add(table, number, match, way)


def _between(table: Collector, number: int, line: str) -> None:
    vrf = _VRF.match(line)
    if vrf is not None:
        table.vrf = vrf[1] or vrf[2]
        table.known += 1
    elif _KNOWN.match(line):
        table.known += 1
    else:
        table.miss(number)


def _add(table: Collector, number: int, match: re.Match[str], way: _Way) -> None:
    hops: tuple[NextHop, ...] = ()
    if not way.discard and (way.interface is not None or way.address is not None):
        hops = table.hops(way.interface, way.address)
    table.add(
        number,
        match[1],
        match[2],
        way.protocol,
        hops,
        discard=way.discard,
        conditional=way.conditional,
    )


def _way(text: str, family: int) -> _Way | None:
    """What stands in the columns behind a prefix, None if that is not understood."""
    match = _HOP[family].match(text)
    if match is not None:
        interface = None if match[2] == "<recursive>" else long_name(match[2])
        if interface in NULL_INTERFACES:
            return _Way("fib", None, None, "drop")
        return _Way("fib", interface, match[1])
    if _DEFAULT_HANDLER.match(text):
        return _Way("fib", None, None, absent=True)
    match = _WORD.match(text)
    return _word(match[1].lower(), long_name(match[2])) if match is not None else None


def _word(word: str, interface: str | None) -> _Way:
    if word in ("drop", "discard", "null") or interface in NULL_INTERFACES:
        return _Way("fib", None, None, "drop")
    if word == "no route":
        return _Way("fib", None, None, absent=True)
    if word in ("receive", "broadcast"):
        return _Way("local", interface, None)
    if word in ("attached", "glean"):
        return _Way("connected", interface, None)
    return _Way("fib", interface, None, conditional=f"{word} in the forwarding table")
