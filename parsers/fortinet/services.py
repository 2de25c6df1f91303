"""Service objects and their groups: protocols, ports and ICMP types of a name in a policy.

Sources: Fortinet, CLI reference, `firewall service custom` (a port range is `DESTINATION` or `DESTINATION:SOURCE`; a
service without a protocol is TCP/UDP/SCTP; protocol number 0 is every protocol; without `icmptype` every type) and
`firewall service group`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.scopes import Scope
from parsers.fortinet.service_table import GROUPS, ICMP, PORTS, PROTOCOLS
from parsers.model.filters import IcmpTest, Range, Ranges

CUSTOM, GROUP = "firewall service custom", "firewall service group"
_PORT_KEYS = {
    "tcp-portrange": 6,
    "udp-portrange": 17,
    "sctp-portrange": 132,
    "udplite-portrange": 136,
}
_ICMP_KEYS = ("icmptype", "icmpcode")
_KEYS = (*_PORT_KEYS, *_ICMP_KEYS, "protocol", "protocol-number", "iprange", "fqdn", "proxy", "app-service-type",
         "application", "app-category", "explicit-proxy", "member")  # fmt: skip
_KEPT = "names, timers and pictures"
_IGNORED = {
    "uuid": _KEPT, "comment": _KEPT, "category": _KEPT, "color": _KEPT, "visibility": _KEPT, "fabric-object": _KEPT,
    "helper": "which helper looks at the sessions", "session-ttl": _KEPT, "tcp-halfclose-timer": _KEPT,
    "tcp-halfopen-timer": _KEPT, "tcp-rst-timer": _KEPT, "tcp-timewait-timer": _KEPT, "udp-idle-timer": _KEPT,
    "tagging": _KEPT, "uuid-idx": _KEPT,
    "check-reset-range": "how strictly resets and errors are checked against the session",
}  # fmt: skip
_PORTED = frozenset({"TCP/UDP/SCTP", "TCP/UDP/UDP-Lite/SCTP", "TCP/UDP"})
_FIXED = {"TCP": 6, "UDP": 17, "SCTP": 132}


class Shape(NamedTuple):
    """One alternative of a service. `protocols` None is every protocol."""

    protocols: Ranges | None
    dst_ports: Ranges | None = None
    src_ports: Ranges | None = None
    icmp: tuple[IcmpTest, ...] | None = None


ANYTHING = (Shape(None),)
"""Every packet."""


class Service(NamedTuple):
    """What a name stands for: `shapes` match for certain, `doubt` says why it may match more, and `most` what
    that can be at most (None: anything)."""

    shapes: tuple[Shape, ...]
    doubt: str | None = None
    most: tuple[Shape, ...] | None = None

    @property
    def widest(self) -> tuple[Shape, ...]:
        """All that the service may match."""
        if not self.doubt:
            return self.shapes
        return ANYTHING if self.most is None else (*self.shapes, *self.most)


class ServiceBook:
    """All services of a virtual domain."""

    def __init__(self, draft: Draft, scope: Scope) -> None:
        self.draft = draft
        self.custom = scope.table(CUSTOM)
        self.groups = scope.table(GROUP)
        self.settings: dict[str, Settings] = {}
        self.known: dict[str, Service] = {}
        self.waiting: list[str] = []

    def read(self) -> None:
        """Takes the lines of all services and groups."""
        for table in (self.custom, self.groups):
            if table is None:
                continue
            for entry in self.draft.rows(table, "filter", "services"):
                found = self.draft.take(entry, _KEYS, _IGNORED, "filter", f"service {entry.name}")
                self.settings.setdefault(entry.name, found)

    def union(self, names: Iterable[str], line: int) -> Service:
        """What any of `names` matches."""
        shapes: dict[Shape, None] = {}
        most: dict[Shape, None] = {}
        doubts: dict[str, None] = {}
        for name in names:
            found = self.find(name, line)
            shapes.update(dict.fromkeys(found.shapes))
            if found.doubt:
                doubts[found.doubt] = None
                most.update(dict.fromkeys(found.widest))
        return Service(tuple(shapes), "; ".join(doubts) or None, tuple(most))

    def find(self, name: str, line: int) -> Service:
        """The service `name`, as a statement on `line` means it."""
        for table in (self.custom, self.groups):
            if table is not None and table.renames:
                current = table.current(name, line)
                if current is None:
                    return Service((), f"service '{name}' is not defined")
                name = current
        known = self.known.get(name)
        if known is None:
            known = self.known[name] = self._look_up(name)
        return known

    def _look_up(self, name: str) -> Service:
        if self.custom is not None and name in self.custom.entries:
            return self._custom(self.custom.entries[name])
        if self.groups is not None and name in self.groups.entries:
            return self._group(self.groups.entries[name])
        return self._built_in(name)

    def _group(self, entry: Block) -> Service:
        name = entry.name
        settings = self.settings[name]
        if name in self.waiting:
            return Service((), f"service group '{name}' holds itself")
        if settings.unknown or entry.doubt or settings.on("proxy"):
            return Service((), f"service group '{name}' is not understood")
        members = settings.get("member")
        if not members.values:
            return Service((), f"service group '{name}' has no members")
        self.waiting.append(name)
        found = self.union(members.values, members.line)
        self.waiting.pop()
        return found

    def _built_in(self, name: str) -> Service:
        if name in GROUPS:
            return self.union(GROUPS[name], 0)
        if name in PROTOCOLS:
            number = PROTOCOLS[name]
            return Service((_protocol(number),))
        if name in ICMP:
            protocol, kind = ICMP[name]
            tests = None if kind is None else (IcmpTest(kind),)
            return Service((Shape(((protocol, protocol),), icmp=tests),))
        shapes = [
            shape
            for protocol, table in PORTS.items()
            if name in table
            for shape in _shapes(protocol, table[name].split())
        ]
        return Service(tuple(shapes), None if shapes else f"service '{name}' is not defined")

    def _custom(self, entry: Block) -> Service:
        name = entry.name
        settings = self.settings[name]
        if settings.unknown or entry.doubt:
            return Service((), f"service '{name}' is not understood")
        limits = settings.get("iprange").text not in ("", "0.0.0.0", "::") or settings.has("fqdn")  # noqa: S104
        if settings.on("proxy") or settings.on("explicit-proxy"):
            return Service((), f"service '{name}' is for the explicit proxy")
        found = _of_protocol(name, _in_force(entry), self.draft.source_ports)
        if limits or settings.has("application") or settings.has("app-category"):
            reason = f"service '{name}' looks at more than protocol and ports"
            return Service((), reason, found.widest)
        return found


def _in_force(entry: Block) -> dict[str, tuple[str, ...]]:
    """The values that stand at the end: another protocol clears what belongs to the one before, and a type
    that is unset takes its code with it."""
    values: dict[str, tuple[str, ...]] = {}
    protocol: tuple[str, ...] = ("TCP/UDP/SCTP",)
    for verb, key, words, _, _ in entry.statements:
        if verb == "unset":
            values.pop(key, None)
            if key == "icmptype":
                values.pop("icmpcode", None)
            elif key == "protocol":
                protocol = ("TCP/UDP/SCTP",)
        elif key == "protocol":
            if words != protocol:
                values.clear()
            protocol = words
        elif verb == "append":
            values[key] = (*values.get(key, ()), *words)
        else:
            values[key] = words
    values["protocol"] = protocol
    return values


def _of_protocol(name: str, values: dict[str, tuple[str, ...]], sources: Range | None) -> Service:
    """What the values of a service match."""
    kind = " ".join(values["protocol"])
    try:
        if kind in _PORTED or kind in _FIXED:
            return _of_ports(name, kind, values, sources)
        if kind in ("ICMP", "ICMP6"):
            return Service((_icmp(1 if kind == "ICMP" else 58, values),))
        if kind == "IP":
            number = _number((values.get("protocol-number") or ("0",))[0], 255)
            return Service((_protocol(number),))
    except ValueError as error:
        return Service((), f"service '{name}': {error}")
    return Service((), f"service '{name}': protocol {kind} is not known")


def _of_ports(
    name: str, kind: str, values: dict[str, tuple[str, ...]], sources: Range | None
) -> Service:
    """A service of protocols with ports; ranges that are none leave their protocol in doubt."""
    shapes: list[Shape] = []
    most: list[Shape] = []
    doubts = []
    for key, protocol in _PORT_KEYS.items():
        if kind in _PORTED or _FIXED[kind] == protocol:
            try:
                shapes += _shapes(protocol, values.get(key, ()), sources)
            except ValueError as error:
                doubts.append(f"service '{name}': {error}")
                most.append(_protocol(protocol))
    if not shapes and not doubts:
        return Service((), f"service '{name}' has no ports")
    return Service(tuple(shapes), "; ".join(doubts) or None, tuple(most))


def _icmp(protocol: int, values: dict[str, tuple[str, ...]]) -> Shape:
    kind, code = values.get("icmptype"), values.get("icmpcode")
    own = ((protocol, protocol),)
    if not kind:
        return Shape(own)
    number = _number(kind[0], 255)
    if not code:
        return Shape(own, icmp=(IcmpTest(number),))
    low = _number(code[0], 255)
    return Shape(own, icmp=(IcmpTest(number, low, low),))


def _shapes(protocol: int, words: Iterable[str], default: Range | None = None) -> list[Shape]:
    """One alternative for each source range; `default` is that of ranges without one."""
    by_source: dict[Range | None, list[Range]] = {}
    for word in words:
        destination, colon, source = word.partition(":")
        sources = _range(source) if colon else default
        by_source.setdefault(None if sources == (0, 65535) else sources, []).append(
            _range(destination)
        )
    return [
        Shape(((protocol, protocol),), tuple(ranges), None if source is None else (source,))
        for source, ranges in by_source.items()
    ]


def _protocol(number: int) -> Shape:
    """A service that is an IP protocol; 0 is every protocol."""
    return Shape(((number, number),) if number else None)


def _range(text: str) -> Range:
    low, dash, high = text.partition("-")
    first = _number(low, 65535)
    last = _number(high, 65535) if dash else first
    if last < first:
        raise ValueError(f"{text} is no port range")
    return first, last


def _number(text: str, top: int) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > top:
        raise ValueError(f"{text} is no number up to {top}")
    return int(text)
