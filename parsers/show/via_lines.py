"""The walk over tables that print `CODE PREFIX [distance/metric] via NEXT-HOP, …`.

IOS, IOS-XE, IOS-XR and EOS print this form for both families; a `Dialect` holds what differs. Lines
that the device wrapped (a prefix alone, a comma at the end) are read together with the next line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from socket import inet_pton
from typing import NamedTuple

from parsers.model.routes import NextHop, Route, RouteTable
from parsers.platform import Text
from parsers.show.codes import Code, code_of
from parsers.show.collector import AF, DEFAULT_VRF, MASKS, Collector, no_collection, number_of
from parsers.show.tails import ADDRESS, DISTANCE, INTERFACE, NULL_INTERFACES, tail_of


class Dialect(NamedTuple):
    """How one system prints a family: letters, signs, and the headings that name a VRF."""

    family: int
    codes: Mapping[str, str]
    flags: Mapping[str, str | None]
    known: re.Pattern[str]
    vrf_heading: re.Pattern[str]
    count_heading: re.Pattern[str] | None = None


LEGEND = (
    r"\s*$|(?:Source )?Codes:|\s*\S{1,3}(?: \S{1,2})? {1,2}- |Gateway of last resort(?: is|:)"
    r"|% ?(?:IP routing table|No matching|IPv6 routing table|VRF) |% No matching"
    r"|[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ [\d:.]+ "
)
"""Lines that all of them print around a table, and that hold no route."""

_HEAD = r"^ ?(?P<code>[A-Za-z][^.:/\[,]{0,11}?) +"
_PREFIX = {
    4: rf"(?P<prefix>{ADDRESS[4]})(?:/(?P<length>\d{{1,2}})| (?P<mask>{ADDRESS[4]}))?",
    6: rf"(?P<prefix>{ADDRESS[6]})/(?P<length>\d{{1,3}})",
}
_FAST_ADDRESS = {4: r"[\d.]++", 6: r"[\dA-Fa-f]*+:[\dA-Fa-f:.]*+"}
_FAST_VIA = {
    family: rf"via ({address})(?: \((?:nexthop in vrf )?([^\s)]++)\))?(?:, (?:\d[^,\s]*+|never))?"
    rf"(?:, ({INTERFACE}))?$"
    for family, address in _FAST_ADDRESS.items()
}
_FAST_HEAD = {
    family: re.compile(
        rf" ?([A-Za-z]\S*+(?: {{1,4}}[^\d\s:]{{1,3}}\d?(?= ))*+) ++({address})(?:/(\d++))? "
        r"\[(\d{1,10})/(\d{1,10})\](?:, tag \d++)? " + _FAST_VIA[family]
    )
    for family, address in _FAST_ADDRESS.items()
}
_FAST_MORE = {
    family: re.compile(r" +(?:\[\d++/\d++\] )?" + tail) for family, tail in _FAST_VIA.items()
}
"""The forms that nearly all lines of a large table have. Address texts are checked when they become
numbers; atomic repetition keeps a line that has another form from being tried in many ways."""

_ROUTE = {
    family: re.compile(_HEAD + prefix + r"(?: +(?P<tail>.*))?$")
    for family, prefix in _PREFIX.items()
}
_SUBNETTED = re.compile(
    rf"^ *(?P<net>{ADDRESS[4]})(?:/(?P<length>\d+)| (?P<mask>[\d.]+)) is "
    r"(?P<kind>variably )?subnetted, (?P<count>\d{1,9}) subnets"
)
_UNFINISHED = re.compile(rf"{DISTANCE}?(?:(?:is )?directly connected,?|via .*,|)$")
_MORE_TAIL = re.compile(r"^\s+(?:\[|via |(?:is )?directly connected)")


class _Heading(NamedTuple):
    """`… is subnetted, n subnets`: where it stands, and what its children inherit."""

    line: int
    network: int
    major: int
    length: str | None
    subnets: int
    first: int


def read_via_lines(text: Text, dialect: Dialect, vrf: str | None) -> RouteTable:
    """The table that `text` prints. `vrf` is the one the command asks for, None for all."""
    walk = _Walk(text, dialect, vrf or DEFAULT_VRF)
    with no_collection():
        walk.run()
    return walk.table.table(vrf)


class _Walk:
    __slots__ = ("codes", "dialect", "heading", "pair", "pending", "table", "text", "ways")

    def __init__(self, text: Text, dialect: Dialect, vrf: str) -> None:
        self.text = text
        self.dialect = dialect
        self.table = Collector(text, "rib", dialect.family, vrf)
        self.codes: dict[str, Code] = {}
        self.heading: _Heading | None = None
        self.pending: tuple[int, str] | None = None
        self.pair = (0, 0)
        self.ways: dict[tuple[str | None, ...], tuple[NextHop, ...]] = {}

    def run(self) -> None:
        """Reads all lines: the two usual forms here, the others in `slow`."""
        table, family = self.table, self.dialect.family
        head, further = _FAST_HEAD[family].match, _FAST_MORE[family].match
        packed, form, number_from, new = inet_pton, AF[family], int.from_bytes, tuple.__new__
        masks, codes, routes, ways = MASKS[family], self.codes, table.routes, self.ways
        for number, line in enumerate(self.text.lines, 1):
            if self.pending is not None:
                number, line = self.joined(number, line)
            match = head(line)
            if match is None:
                match = further(line)
                if match is None or table.at < 0 or not plain(routes[table.at], match[3]):
                    self.slow(number, line)
                    continue
                table.more += ways.get(match.groups()) or self.way(number, match.groups())
                continue
            code, address, length, distance, metric, gateway, other, interface = match.groups()
            meaning = codes.get(code) or self.code(code)
            if length is None or not meaning.known or interface in NULL_INTERFACES:
                self.slow(number, line)
                continue
            if table.more:
                table.flush()
            try:
                size = int(length)
                value = number_from(packed(form, address)) & masks[size]
            except (OSError, IndexError):
                self.miss(number)
                continue
            key = (gateway, other, interface)
            hops = ways.get(key) or self.way(number, key)
            table.at = len(routes)
            near, far, vrf = int(distance), int(metric), table.vrf
            word, depends = meaning.protocol, meaning.conditional
            fields = (family, value, size, vrf, word, hops, number, None, near, far, False, depends)
            # the constructor of a NamedTuple is a function of its own, and takes twice the time
            routes.append(new(Route, fields))
        self.finish()

    def way(self, number: int, key: tuple[str | None, ...]) -> tuple[NextHop, ...]:
        """The next hop of the usual forms (address, VRF, interface), checked once."""
        address, vrf, interface = key
        try:
            number_of(address or "", self.dialect.family)
        except (OSError, ValueError):
            self.table.miss(number)
            return ()
        found = self.ways[key] = self.table.hops(interface, address, vrf)
        return found

    def code(self, letters: str) -> Code:
        """The meaning of the letters before a prefix, worked out once."""
        found = self.codes[letters] = code_of(letters, self.dialect.codes, self.dialect.flags)
        return found

    def joined(self, number: int, line: str) -> tuple[int, str]:
        """The line that waits and this one as one, under the number of the first.

        This one alone if it does not continue the other, which is then missed.
        """
        if self.pending is None:
            return number, line
        first, begun = self.pending
        self.pending = None
        if line[:1] not in (" ", "\t") or not line.strip():
            self.miss(first)
            return number, line
        self.pair = (first, number)
        return first, f"{begun.rstrip()} {line.strip()}"

    def miss(self, number: int) -> None:
        """Records a line, with its second half, as not understood, and ends the last route."""
        self.table.miss(number)
        if self.pair[0] == number:
            self.table.miss(self.pair[1])
        self.table.close()

    def slow(self, number: int, line: str) -> None:
        """Reads any line of the form."""
        if self.dialect.known.match(line):
            self.table.known += 1
            return
        if self.begin_section(number, line):
            return
        match = _ROUTE[self.dialect.family].match(line)
        if match is not None:
            self.route(number, line, match)
        elif _MORE_TAIL.match(line):
            self.further(number, line)
        else:
            self.miss(number)

    def begin_section(self, number: int, line: str) -> bool:
        """Reads a heading: of a VRF, of a subnetted network, of an IPv6 table."""
        vrf = self.dialect.vrf_heading.match(line)
        count = self.dialect.count_heading.match(line) if self.dialect.count_heading else None
        if vrf is not None or count is not None:
            self.end_section()
            self.table.known += 1
            if vrf is not None:
                self.table.vrf = vrf[1]
            if count is not None:
                self.table.vrf = count[1] or self.table.vrf
                self.heading = _Heading(number, 0, 0, None, int(count[2]), len(self.table.routes))
            return True
        net = _SUBNETTED.match(line)
        if net is None or self.dialect.family == 6:
            return False
        self.end_section()
        self.heading = _heading(number, net, len(self.table.routes))
        if self.heading is None:
            self.table.miss(number)
        return True

    def end_section(self) -> None:
        """Ends what a heading covers, and checks that it was shown whole."""
        self.table.close()
        heading, self.heading = self.heading, None
        if heading is not None:
            shown = {
                (route.value, route.length)
                for route in self.table.routes[heading.first :]
                if route.value & heading.major == heading.network
            }
            self.table.check_count(heading.line, heading.subnets, len(shown))

    def route(self, number: int, line: str, match: re.Match[str]) -> None:
        """Reads a line that begins a route, or keeps it for the next line."""
        text = match["tail"] or ""
        tail = tail_of(text)
        if tail is None and _UNFINISHED.match(text):
            self.pending = (number, line)
            return
        length = self.length_of(match)
        if tail is None or length is None:
            self.miss(number)
            return
        meaning = self.codes.get(match["code"]) or self.code(match["code"])
        if not meaning.known:
            self.table.miss(number)
        hops = (
            ()
            if tail.discard
            else self.table.hops(tail.interface, tail.address, tail.vrf, tail.weight)
        )
        self.table.add(
            number,
            match["prefix"],
            length,
            meaning.protocol,
            hops,
            discard=tail.discard,
            distance=tail.distance,
            metric=tail.metric,
            backup=tail.backup,
            conditional=meaning.conditional,
        )

    def length_of(self, match: re.Match[str]) -> str | None:
        """The prefix length as printed, else the one that the heading gives its subnets."""
        if match["length"] is not None:
            return match["length"]
        if self.dialect.family == 6:
            return None
        if match["mask"] is not None:
            return _length_of_mask(match["mask"])
        heading = self.heading
        if heading is None or heading.length is None:
            return None
        try:
            inside = number_of(match["prefix"], 4) & heading.major == heading.network
        except OSError:
            return None
        return heading.length if inside else None

    def further(self, number: int, line: str) -> None:
        """Reads a further way out of the last route."""
        text = line.strip()
        tail = tail_of(text)
        if tail is None:
            if _UNFINISHED.match(text) and self.table.at >= 0:
                self.pending = (number, line)
            else:
                self.table.miss(number)
            return
        hops = (
            ()
            if tail.discard
            else self.table.hops(tail.interface, tail.address, tail.vrf, tail.weight)
        )
        self.table.extend(number, hops, tail.backup, tail.discard)

    def finish(self) -> None:
        """Ends the table; a line that waits for its second half stays not understood."""
        if self.pending is not None:
            self.miss(self.pending[0])
        self.end_section()


def plain(route: Route, interface: str | None) -> bool:
    """Whether a way out through `interface` simply joins those that `route` has."""
    return not route.backup and route.discard is None and interface not in NULL_INTERFACES


def _heading(line: int, match: re.Match[str], first: int) -> _Heading | None:
    length = match["length"] or _length_of_mask(match["mask"])
    try:
        value = number_of(match["net"], 4)
    except OSError:
        return None
    if length is None or int(length) > 32:
        return None
    top = value >> 24
    classful = 8 if top < 128 else 16 if top < 192 else 24
    if match["kind"]:
        classful = int(length)
    major = MASKS[4][classful]
    inherited = None if match["kind"] else length
    return _Heading(line, value & major, major, inherited, int(match["count"]), first)


def _length_of_mask(mask: str) -> str | None:
    try:
        return str(MASKS[4].index(number_of(mask, 4)))
    except (OSError, ValueError):
        return None
