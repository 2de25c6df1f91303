"""Routes from `ip route show`, its JSON form and `ip nexthop show` (ip-route(8))."""

from __future__ import annotations

import itertools
import re
from typing import Any

from parsers.ledger import Ledger
from parsers.linux.ip_route_lines import LENGTHS, USUAL, FastRoutes
from parsers.linux.json_lines import listed
from parsers.linux.route_ranks import ranked
from parsers.model.addresses import FULL, prefix_term
from parsers.model.routes import NextHop, Route, RouteTable
from parsers.model.source import Where
from parsers.show.collector import no_collection

_TYPES = frozenset(
    [
        "unicast",
        "unreachable",
        "blackhole",
        "prohibit",
        "throw",
        "local",
        "broadcast",
        "multicast",
        "anycast",
        "nat",
    ]
)
_DISCARD = {"blackhole": "drop", "unreachable": "reject", "prohibit": "reject"}
_VALUES = frozenset(
    [
        "dev",
        "proto",
        "scope",
        "src",
        "metric",
        "table",
        "tos",
        "dsfield",
        "nhid",
        "weight",
        "pref",
        "mtu",
        "advmss",
        "window",
        "rtt",
        "rttvar",
        "ssthresh",
        "cwnd",
        "initcwnd",
        "initrwnd",
        "hoplimit",
        "rto_min",
        "quickack",
        "congctl",
        "realm",
        "error",
        "expires",
        "features",
        "encap",
        "ttl-propagate",
        "fastopen_no_cookie",
        "users",
        "age",
        "ipid",
        "preference",
        "priority",
    ]
)
_FLAGS = frozenset(
    [
        "onlink",
        "linkdown",
        "dead",
        "offload",
        "rt_offload",
        "trap",
        "rt_trap",
        "cache",
        "pervasive",
        "lock",
        "notify",
    ]
)


class Draft:
    """One route while it is read."""

    def __init__(self, kind: str, destination: str, line: int) -> None:
        self.kind = kind
        self.destination = destination
        self.line = line
        self.values: dict[str, str] = {}
        self.flags: set[str] = set()
        self.hops: list[tuple[NextHop, frozenset[str]]] = []
        self.understood = True


class RouteTexts:
    """All route outputs of a device, read in the order given; `next_hops` are nexthop objects."""

    def __init__(self, ignore_linkdown: bool = False) -> None:
        self.ignore_linkdown = ignore_linkdown
        self.next_hops: dict[str, tuple[NextHop, ...]] = {}
        self.blackholes: set[str] = set()
        self.has_objects = False

    def read_next_hops(self, lines: list[str], ledger: Ledger) -> None:
        """Reads `ip nexthop show`."""
        groups: dict[str, str] = {}
        for number, raw in enumerate(lines, 1):
            words = raw.split()
            if len(words) < 3 or words[0] != "id":
                ledger.ignore(number) if not words else ledger.miss(number, "route", None)
                continue
            ledger.use(number)
            pairs = dict(itertools.pairwise(words))
            if words[2] == "blackhole":
                self.blackholes.add(words[1])
            elif "group" in pairs:
                groups[words[1]] = pairs["group"]
            else:
                self.next_hops[words[1]] = (NextHop(pairs.get("dev"), pairs.get("via")),)
        for identity, members in groups.items():
            hops: list[NextHop] = []
            for member in members.split("/"):
                number_text, _, weight = member.partition(",")
                share = int(weight) if weight.isdecimal() else 1
                hops += [hop._replace(weight=share) for hop in self.next_hops.get(number_text, ())]
            self.next_hops[identity] = tuple(hops)

    def read_text(self, file: str, lines: list[str], ledger: Ledger, family: int) -> RouteTable:
        """Reads a text output; `family` is what the command was asked for, 0 for both."""
        with no_collection():
            return self._read_text(file, lines, ledger, family)

    def _read_text(self, file: str, lines: list[str], ledger: Ledger, family: int) -> RouteTable:
        drafts: list[Draft | Route] = []
        missed: list[Where] = []
        ledger.use_range(1, len(lines))
        fast = FastRoutes(family)
        for number, raw in enumerate(lines, 1):
            match = USUAL.match(raw)
            route = fast.read(match, number) if match is not None else None
            if route is not None:
                drafts.append(route)
                continue
            words = raw.replace("\\", " ").split()
            if not words or raw.lstrip().startswith(("$", "#")):
                ledger.ignore(number)
                continue
            last = drafts[-1] if drafts else None
            if words[0] == "nexthop" and raw[:1].isspace() and isinstance(last, Draft):
                understood = _hops(last, words)
                last.understood &= understood
            else:
                draft = _draft(words, number)
                understood = draft is not None and draft.understood
                if draft is not None:
                    drafts.append(draft)
            if not understood:
                missed.append(Where(file, number))
                ledger.miss(number, "route", None)
        return self._table(file, drafts, missed, family)

    def read_json(self, file: str, lines: list[str], ledger: Ledger, family: int) -> RouteTable:
        """Reads `ip -j route`."""
        found = listed(lines)
        missed: list[Where] = []
        drafts: list[Draft | Route] = []
        if found is None:
            missed.append(Where(file, 1))
            ledger.miss(1, "route", None)
        else:
            ledger.use_range(1, len(lines))
        for body, line, _last in found or ():
            draft = _json_draft(body, line)
            if draft is None:
                missed.append(Where(file, line))
            elif draft.destination:
                drafts.append(draft)
        return self._table(file, drafts, missed, family)

    def _table(
        self, file: str, drafts: list[Draft | Route], missed: list[Where], family: int
    ) -> RouteTable:
        routes: list[Route] = []
        for draft in drafts:
            if isinstance(draft, Route):
                routes.append(draft)
                continue
            route = self._route(draft, family)
            if route is None:
                missed.append(Where(file, draft.line))
            else:
                routes.append(route)
        families = {route.family for route in routes}
        covered = family or (families.pop() if len(families) == 1 else 4 if not families else None)
        table = RouteTable(
            source="fib",
            file=file,
            vrf="default",
            family=covered,
            routes=ranked(routes),
            complete=not missed,
            not_understood=tuple(missed),
        )
        _ = table.indexes  # built here: it belongs to reading, and judging is to be quick
        return table

    def _route(self, draft: Draft, asked: int) -> Route | None:
        family = asked or (6 if ":" in draft.destination else 4)
        first = next((hop.address for hop, _ in draft.hops if hop.address), None)
        if draft.destination == "default" and not asked and first and ":" in first:
            family = 6
        parsed = _prefix(draft.destination, family)
        if parsed is None:
            return None
        values = draft.values
        hops = tuple(hop for hop, flags in draft.hops if not self._gone(flags))
        conditional = None
        lost = bool(draft.hops) and not hops
        if any("linkdown" in flags for _, flags in draft.hops) and not lost:
            conditional = "the link of a next hop is down"
        identity = values.get("nhid")
        discard = _DISCARD.get(draft.kind)
        if not draft.hops and identity is not None:
            hops = self.next_hops.get(identity, ())
            if identity in self.blackholes:
                discard = "drop"
            elif not hops:
                conditional = f"next hop object {identity} is not in the text"
        if values.get("tos", "0") not in ("0", "0x0", "default") or "dsfield" in values:
            conditional = f"only packets with TOS {values.get('tos') or values.get('dsfield')}"
        metric = values.get("metric") or values.get("preference") or values.get("priority")
        return Route(
            parsed[0],
            parsed[1],
            parsed[2],
            _table_name(values.get("table")),
            _protocol(draft),
            hops,
            draft.line,
            discard,
            None,
            int(metric) if metric and metric.isdecimal() else (1024 if parsed[0] == 6 else 0),
            lost or draft.kind == "throw",
            conditional,
        )

    def _gone(self, flags: frozenset[str]) -> bool:
        return "dead" in flags or (self.ignore_linkdown and "linkdown" in flags)


def _table_name(name: str | None) -> str:
    return "default" if name in (None, "main", "254") else f"table {name}"


def _protocol(draft: Draft) -> str:
    if draft.kind in ("local", "broadcast", "multicast", "anycast", "throw"):
        return draft.kind
    proto = draft.values.get("proto", "boot")
    return "connected" if proto == "kernel" and draft.values.get("scope") == "link" else proto


def _prefix(text: str, family: int) -> tuple[int, int, int] | None:
    if text == "default":
        return family, 0, 0
    try:
        term = prefix_term(text)
    except ValueError:
        return None
    length = int(text.partition("/")[2] or LENGTHS[term.family])
    return term.family, term.value & FULL[term.family], length


def _draft(words: list[str], line: int) -> Draft | None:
    kind = words[0] if words[0] in _TYPES else "unicast"
    start = 1 if words[0] in _TYPES else 0
    if start >= len(words) or not re.fullmatch(r"default|[0-9A-Fa-f:.]+(?:/\d+)?", words[start]):
        return None
    draft = Draft(kind, words[start], line)
    draft.understood = _hops(draft, words[start + 1 :])
    return draft


class _HopReader:
    """The next hop that is being read, and the words that are left."""

    def __init__(self, draft: Draft, words: list[str]) -> None:
        self.draft = draft
        self.words = iter(words)
        self.in_hop = False
        self.understood = True
        self._fresh()

    def _fresh(self) -> None:
        self.gateway: str | None = None
        self.device: str | None = None
        self.weight = 1
        self.flags: set[str] = set()

    def store(self) -> None:
        """Adds the next hop to the route, if there is one, and begins another."""
        if self.gateway or self.device:
            hop = NextHop(self.device, self.gateway, None, self.weight)
            self.draft.hops.append((hop, frozenset(self.flags)))
        self._fresh()

    def take(self, word: str) -> None:
        """Takes one word with its value."""
        if word == "nexthop":
            self.store()
            self.in_hop = True
        elif word == "via":
            value = next(self.words, "")
            self.gateway = next(self.words, None) if value in ("inet", "inet6") else value
        elif word in _VALUES:
            self._value(word, next(self.words, ""))
        elif word in _FLAGS:
            self.flags.add(word)
        else:
            self.understood = False

    def _value(self, word: str, value: str) -> None:
        if word == "mtu" and value == "lock":
            next(self.words, None)
        elif word == "dev":
            self.device = value
        elif word == "weight":
            self.weight = int(value) if value.isdecimal() else 1
        elif word == "encap":
            self.understood = False
        elif not self.in_hop:
            self.draft.values[word] = value


def _hops(draft: Draft, words: list[str]) -> bool:
    """Reads `via`, `dev` and the rest of a route line or of a `nexthop` line below it."""
    reader = _HopReader(draft, words)
    for word in reader.words:
        reader.take(word)
    reader.store()
    return reader.understood


def _json_draft(body: Any, line: int) -> Draft | None:
    """The draft of one JSON object; its destination is empty for what is no route."""
    if not isinstance(body, dict):
        return None
    if "dst" not in body:
        return Draft("unicast", "", line) if not body else None
    draft = Draft(str(body.get("type", "unicast")), str(body["dst"]), line)
    for key, name in (("protocol", "proto"), ("scope", "scope"), ("metric", "metric"),
                      ("table", "table"), ("nhid", "nhid"), ("tos", "tos")):  # fmt: skip
        if key in body:
            draft.values[name] = str(body[key])
    if "encap" in body or "src" in body or "from" in body:
        return None
    hops = body.get("nexthops")
    for hop in hops if isinstance(hops, list) else [body]:
        if not _json_hop(draft, hop):
            return None
    return draft


def _json_hop(draft: Draft, hop: Any) -> bool:
    """Adds one next hop; False where a value is not of the kind that ip-route prints."""
    if not isinstance(hop, dict):
        return False
    via = hop.get("via")
    gateway = hop.get("gateway") or (via.get("host") if isinstance(via, dict) else None)
    device, weight, flags = hop.get("dev"), hop.get("weight", 1), hop.get("flags") or []
    known = isinstance(gateway, str | None) and isinstance(device, str | None)
    if not (known and isinstance(weight, int) and isinstance(flags, list)):
        return False
    if gateway or device:
        draft.hops.append((NextHop(device, gateway, None, weight), frozenset(map(str, flags))))
    return True
