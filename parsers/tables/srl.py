"""`show network-instance NAME route-table [all|ipv4-unicast summary|…]` of SR Linux.

The table is drawn with `|` and `+`, and long cells go on over lines; columns are told by their headings, since
releases add some. Sources: Nokia, SR Linux Configuration Basics, "Network-instances"; outputs that
learn.srlinux.dev publishes.
"""

from __future__ import annotations

import re

from parsers.model.routes import NextHop, RouteTable
from parsers.platform import Text
from parsers.show.collector import is_address, no_collection
from parsers.tables.rows import Table

_TITLE = re.compile(
    r"\s*IPv[46] unicast route table of network[- ]instance \"?([^\s\"]+)\"?\s*$", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:IPv[46] routes total\s*: (\d+)|(\d+) IPv[46] routes total)\s*$")
_KNOWN = re.compile(
    r"\s*$|-+\s*$|(?:\d+ )?IPv[46] prefixes with active (?:ECMP )?routes(?:\s*: \d+)?\s*$"
    r"|--\{.*\}--|[AB]:\S+# "
)
_HOP = re.compile(r"([^()\[\]]+)[(\[]([a-z/-]+)[)\]]")
_INTERFACE = re.compile(
    r"(?:ethernet-\d+/\d+(?:/\d+)*|lag\d+|irb\d+|lo\d+|mgmt\d+|system\d+|vxlan\d+|lif-\w+)(?:\.\d+)?|None"
)
_TYPE = re.compile(r"[a-z][\w-]*")
_OWN = frozenset({"extract", "broadcast"})
_DIRECT = frozenset({"direct", "indirect"})
_SPACES = re.compile(r"[\s-]+")
_COLUMNS = {
    "prefix": "prefix", "id": "id", "routetype": "type", "routeowner": "owner", "owner": "owner",
    "active": "active", "best/fibstatus(slot)": "active", "metric": "metric", "pref": "preference",
    "nexthop(type)": "hops", "nexthopinterface": "interfaces", "originnetworkinstance": "origin",
    "backupnexthop(type)": "backup", "backupnexthopinterface": "backup interfaces",
}  # fmt: skip
_NEEDED = frozenset({"prefix", "id", "active", "hops", "interfaces"})
_TYPES = {"local": "connected", "ospfv2": "ospf", "ospfv3": "ospf", "bgp-evpn": "bgp"}

Cells = dict[str, list[str]]
"""The pieces of a row's cells by column, one for each line that they go over."""


class _Walk:
    def __init__(self, text: Text, vrf: str | None) -> None:
        self.table = Table(text, "rib", vrf)
        self.titles: list[list[str]] = []
        self.columns: list[str | None] = []
        self.in_titles = False
        self.cells: Cells = {}
        self.line = 0
        self.totals: dict[tuple[str, str], tuple[int, int]] = {}

    def run(self) -> None:
        """Reads all lines."""
        for number, raw in enumerate(self.table.text.lines, 1):
            line = raw.strip()
            if line.startswith("|"):
                self.row(number, [cell.strip() for cell in line.strip("|").split("|")])
            elif line.startswith("+"):
                self.rule(number, line)
            else:
                self.end()
                self.between(number, raw)
        if self.cells:
            # no rule closes the drawing: it is cut off
            self.table.miss(self.line)
            self.end()
        self.table.stated = list(self.totals.values())
        if self.table.routes and not self.table.stated:
            self.table.miss(len(self.table.text.lines))

    def between(self, number: int, line: str) -> None:
        """Reads what stands around a drawing."""
        table = self.table
        title, total = _TITLE.match(line), _TOTAL.match(line)
        if title is not None:
            table.vrf = title[1]
            table.known += 1
        elif total is not None:
            # the number may be printed twice
            family = "4" if "IPv4" in line else "6"
            self.totals[table.vrf, family] = (number, int(total[1] or total[2]))
        elif _KNOWN.match(line):
            table.known += 1
        else:
            table.miss(number)

    def rule(self, number: int, line: str) -> None:
        """A line of `-` opens the headings or closes the drawing, one of `=` ends the headings."""
        self.end()
        self.table.known += 1
        if "=" not in line:
            self.in_titles = True
            self.titles = []
            return
        self.in_titles = False
        names = ["".join(parts) for parts in zip(*self.titles, strict=False)]
        self.columns = [_COLUMNS.get(_SPACES.sub("", name).lower()) for name in names]
        if None in self.columns or not set(self.columns) >= _NEEDED:
            self.columns = []
            self.table.miss(number)

    def row(self, number: int, cells: list[str]) -> None:
        """Reads a line of the drawing."""
        if self.in_titles:
            self.titles.append(cells)
            return
        if len(cells) != len(self.columns):
            self.table.miss(number)
            return
        named = {n: c for n, c in zip(self.columns, cells, strict=True) if n is not None}
        if named["id"]:
            self.end()
            self.line = number
            self.cells = {name: [] for name in named}
        for name, cell in named.items():
            if cell:
                self.cells.setdefault(name, []).append(cell)

    def end(self) -> None:
        """Ends a row: its cells are whole now."""
        cells, self.cells = self.cells, {}
        if cells and not self.add(cells):
            self.table.miss(self.line)

    def add(self, cells: Cells) -> bool:
        """Adds the route of a row."""
        active, slash, status = "".join(cells["active"]).partition("/")
        kind = "".join(cells.get("type", cells.get("owner", [])))
        hops, discard = _hops(cells)
        named = _TYPE.fullmatch(kind) is not None
        if active.lower() not in ("true", "false") or hops is None or not named:
            return False
        conditional = next((hop.vrf for hop in hops if hop.vrf), None)
        if slash and not status.startswith("success"):
            conditional = "not programmed"
        own = kind == "local"
        ways = tuple(hop._replace(address=None if own else hop.address, vrf=None) for hop in hops)
        word = "local" if not ways and discard is None else _TYPES.get(kind, kind)
        metric, preference = "".join(cells.get("metric", [])), "".join(cells.get("preference", []))
        return self.table.row(
            self.line,
            "".join(cells["prefix"]),
            word,
            ways,
            discard=discard,
            distance=preference if preference.isdecimal() else None,
            metric=metric if metric.isdecimal() else None,
            backup=active.lower() == "false",
            conditional=conditional,
        )


def _hops(cells: Cells) -> tuple[tuple[NextHop, ...] | None, str | None]:
    """The next hops of a row, None if they are not understood, and how packets are discarded. Where a tunnel
    carries the packets, `vrf` holds its kind."""
    joined = re.sub(r"\s+", "", "".join(cells["hops"]))
    pairs = _HOP.findall(joined)
    if not pairs or "".join(m[0] for m in _HOP.finditer(joined)) != joined:
        return None, None
    kinds = {kind for _, kind in pairs}
    if kinds <= _OWN:
        return (), None
    if kinds == {"discard"}:
        return (), "drop"
    names = cells["interfaces"]
    if len(names) != len(pairs):
        names = _INTERFACE.findall("".join(names))
    if len(names) != len(pairs) or not all(_INTERFACE.fullmatch(name) for name in names):
        return None, None
    hops = []
    for (address, kind), name in zip(pairs, names, strict=True):
        plain, _, tunnel = kind.partition("/")
        address = address.partition("/")[0]
        if plain not in _DIRECT or not is_address(address):
            return None, None
        through = f"through a tunnel ({tunnel})" if tunnel else None
        hops.append(NextHop(None if name == "None" else name, address, through))
    return tuple(hops), None


def routes(text: Text, vrf: str | None = None) -> RouteTable:
    """The routes of all network instances and families in the text."""
    walk = _Walk(text, vrf)
    with no_collection():
        walk.run()
    return walk.table.result(None, None)
