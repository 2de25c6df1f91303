"""`show route`, as text and as JSON: the routing tables.

The `>` before a next hop marks the one that was picked where no load-balancing policy is exported; all next
hops of an active route are listed, because with such a policy all of them forward.
"""

from __future__ import annotations

import re
from socket import inet_pton

from parsers.juniper_junos.names import prefix
from parsers.juniper_junos.show_json import documents, everywhere, leaf, lines_with, members
from parsers.model.routes import NextHop, Route, RouteTable
from parsers.model.source import Where
from parsers.platform import Text
from parsers.show.collector import AF, MASKS, no_collection

_TABLE = re.compile(r"(?:(?P<vrf>\S+)\.)?inet(?P<six>6?)\.0")
_HEADER = re.compile(
    r"(?P<table>[\w.:/-]+\.\d+): (?P<count>\d+) destinations?, \d+ routes?(?P<states>.*)"
)
_ENTRY = re.compile(
    r"(?P<prefix>[\da-fA-F.:]+/\d+)?\s*(?P<tag>[*+-]| )?\[(?P<protocol>[\w -]+)/(?P<preference>-?\d+)(?:/-?\d+)?\]"
    r"(?P<rest>.*)"
)
_PREFIX_LINE = re.compile(r"[\da-fA-F.:]+/\d+")
_HOP = re.compile(
    r"(?P<picked>>)?\s*(?:to (?P<to>[\da-fA-F.:]+)\s*)?(?:via (?P<via>[\w./:-]+))?"
    r"(?:,.*)?(?:\(ASN .*)?"
)
_USUAL_HOP = re.compile(r">?\s*to ([\da-fA-F.:]++) via ([\w./:-]++)$")
_NEUTRAL = re.compile(
    r"(?:\+ = Active Route.*|AS path:.*|validation-state:.*|\(?Age:.*|Limit/Threshold:.*|Restart .*|\{.*\}|@ = .*"
    r"|Area:.*|Localpref.*|No Readvrt.*|Indirect)"
)
_HIDDEN = re.compile(r"(\d+) hidden")
_METRIC = re.compile(r"metric (\d+)")
PROTOCOLS = {
    "Direct": "connected",
    "Access-internal": "access-internal",
    "IS-IS": "isis",
    "OSPF3": "ospf3",
}
TOLERANCE = 20
"""Of a stated number of prefixes one in so many may be missing."""
_PRIVATE = "__juniper_private"


def route_table(text: Text) -> RouteTable:
    """The table that `show route` printed, in either form."""
    first = next((line.lstrip() for line in text.lines if line.strip()), "")
    return _from_json(text) if first.startswith(("{", '"')) else _from_text(text)


def place_of(table: str) -> tuple[str, int] | None:
    """(VRF, family) of a routing table; None for tables that do not forward IP packets."""
    found = _TABLE.fullmatch(table)
    if found is None or table.startswith(_PRIVATE):
        return None
    return found["vrf"] or "default", 6 if found["six"] else 4


def _table(text: Text, routes: list[Route], odd: list[int]) -> RouteTable:
    # pydantic would check each route again, which takes longer than reading them
    table = RouteTable.model_construct(
        source="rib",
        file=text.file,
        vrf=None,
        family=None,
        routes=tuple(routes),
        complete=not odd,
        not_understood=tuple(Where(text.file, line) for line in odd),
    )
    _ = table.indexes  # built here: it belongs to reading, and judging is to be quick
    return table


def _from_json(text: Text) -> RouteTable:
    found = documents(text.lines)
    if found is None:
        return _table(text, [], [1])
    lines = lines_with(text.lines, "rt-destination")
    position = 0
    routes: list[Route] = []
    odd: list[int] = []
    for document in found:
        for table in everywhere(document, "route-table"):
            place = place_of(leaf(table, "table-name") or "")
            entries = members(table, "rt")
            stated = _number(leaf(table, "destination-count")) or 0
            stated -= _number(leaf(table, "hidden-route-count")) or 0
            if place is not None and _is_cut(stated, len(entries)):
                odd.append(lines[position] if position < len(lines) else 1)
            for entry in entries:
                line = lines[position] if position < len(lines) else 1
                position += 1
                if place is not None and not _json_route(entry, *place, line, routes):
                    odd.append(line)
    return _table(text, routes, odd)


def _json_route(
    entry: dict[str, object], vrf: str, family: int, line: int, routes: list[Route]
) -> bool:
    destination = leaf(entry, "rt-destination") or ""
    if "/" not in destination:
        length = leaf(entry, "rt-prefix-length")
        destination = f"{destination}/{length}" if length else destination
    term = prefix(destination)
    if term is None or term.family != family:
        return False
    for found in members(entry, "rt-entry"):
        kind = (leaf(found, "nh-type") or "").lower()
        hops = []
        conditional = None
        for hop in members(found, "nh"):
            table = leaf(hop, "nh-table")
            if table is not None:
                conditional = f"the look-up goes on in table {table}"
            interface = leaf(hop, "via") or leaf(hop, "nh-local-interface")
            hops.append(NextHop(interface, leaf(hop, "to"), vrf=None))
        protocol = leaf(found, "protocol-name") or ""
        routes.append(
            Route(
                family,
                term.value,
                term.care.bit_count(),
                vrf,
                PROTOCOLS.get(protocol, protocol.lower()),
                tuple(hops),
                line,
                discard=_discard(kind, protocol),
                distance=_number(leaf(found, "preference")),
                metric=_number(leaf(found, "metric")),
                backup="current-active" not in found,
                conditional=conditional,
            )
        )
    return True


def _is_cut(stated: int, shown: int) -> bool:
    """Whether clearly fewer prefixes are shown than the heading states: hidden ones are not printed, and
    tables change while they print."""
    return (stated - shown) * TOLERANCE > stated


def _discard(kind: str, protocol: str) -> str | None:
    if kind == "discard":
        return "drop"
    if kind == "reject":
        return "reject"
    return "drop" if kind == "receive" and protocol == "Static" else None


def _number(word: str | None) -> int | None:
    return int(word) if word is not None and word.isdecimal() else None


class _Reader:
    """The state of a walk over the text form. `route` is the one that is open, and `hops` its ways so far."""

    def __init__(self) -> None:
        self.place: tuple[str, int] | None = ("default", 4)
        self.destination = ""
        self.routes: list[Route] = []
        self.odd: list[int] = []
        self.route: Route | None = None
        self.hops: list[NextHop] = []
        self.ways: dict[tuple[str | None, str | None], NextHop] = {}
        self.stated = 0
        self.heading = 0
        self.shown: set[str] = set()

    def flush(self) -> None:
        """Ends the open route."""
        if self.route is not None:
            hops = tuple(self.hops)
            self.routes.append(self.route._replace(next_hops=hops) if hops else self.route)
        self.route = None
        self.hops = []

    def close(self) -> None:
        """Ends a table: fewer prefixes than its heading states are a part of it only."""
        self.flush()
        if self.place is not None and _is_cut(self.stated, len(self.shown)):
            self.odd.append(self.heading)
        self.shown = set()
        self.stated = 0

    def line(self, text: str, number: int) -> None:
        """Reads a line, without the blanks around it."""
        if self.place is not None:
            if text.startswith("AS path:"):
                return
            usual = _USUAL_HOP.match(text)
            if usual is not None:
                self.hop(usual[2], usual[1])
                return
            entry = _ENTRY.fullmatch(text)
            if entry is not None:
                self._entry(entry, number)
                return
        self._other(text, number)

    def _other(self, text: str, number: int) -> None:
        header = _HEADER.fullmatch(text)
        if header is not None:
            self.close()
            hidden = _HIDDEN.search(header["states"])
            self.stated = int(header["count"]) - (int(hidden[1]) if hidden else 0)
            self.heading = number
            self.place = place_of(header["table"])
            return
        if self.place is None or _NEUTRAL.fullmatch(text):
            return
        if _PREFIX_LINE.fullmatch(text):
            self.destination = text
            return
        hop = _HOP.fullmatch(text)
        if hop is not None and (hop["to"] or hop["via"]):
            self.hop(hop["via"], hop["to"])
        elif text in ("Discard", "Reject", "Receive", "MultiRecv") or text.startswith("Local via "):
            self._kind(text)
        elif text.startswith("to table "):
            self._replace(conditional=f"the look-up goes on in table {text[9:]}")
        else:
            self.odd.append(number)

    def _entry(self, entry: re.Match[str], number: int) -> None:
        assert self.place is not None  # noqa: S101 - the caller asked
        self.flush()
        vrf, family = self.place
        if entry["prefix"]:
            self.destination = entry["prefix"]
        self.shown.add(self.destination)
        address, _, length = self.destination.partition("/")
        try:
            size = int(length)
            value = int.from_bytes(inet_pton(AF[family], address)) & MASKS[family][size]
        except (OSError, ValueError, IndexError):
            self.odd.append(number)
            return
        metric = _METRIC.search(entry["rest"])
        word = PROTOCOLS.get(entry["protocol"], entry["protocol"].lower())
        distance = _number(entry["preference"])
        far = int(metric[1]) if metric else None
        idle = entry["tag"] not in ("*", "+")
        # the constructor of a NamedTuple is a function of its own, and takes twice the time
        fields = (family, value, size, vrf, word, (), number, None, distance, far, idle, None)
        self.route = tuple.__new__(Route, fields)

    def hop(self, via: str | None, to: str | None) -> None:
        """Adds a way to the open route."""
        if self.route is not None:
            made = self.ways.get((via, to))
            if made is None:
                made = self.ways[via, to] = NextHop(via, to)
            self.hops.append(made)

    def _kind(self, text: str) -> None:
        if self.route is None:
            return
        if text.startswith("Local via "):
            self.hop(text[len("Local via ") :], None)
        else:
            protocol = "Static" if self.route.protocol == "static" else ""
            self.route = self.route._replace(discard=_discard(text.lower(), protocol))

    def _replace(self, conditional: str) -> None:
        if self.route is not None:
            self.route = self.route._replace(conditional=conditional)


def _from_text(text: Text) -> RouteTable:
    reader = _Reader()
    with no_collection():
        for number, line in enumerate(text.lines, 1):
            stripped = line.strip()
            if stripped:
                reader.line(stripped, number)
        reader.close()
    return _table(text, reader.routes, reader.odd)
