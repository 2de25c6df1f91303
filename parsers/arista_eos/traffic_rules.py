"""One rule of a traffic policy: `match R ipv4|ipv6`, its conditions and its actions."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from parsers.arista_eos.field_sets import PortSet, PrefixSet, numbers, prefixes
from parsers.cisco_style import words
from parsers.model.addresses import AddressSpec
from parsers.model.filters import (
    ESTABLISHED_FLAGS,
    Action,
    Entry,
    FlagTest,
    Fragments,
    IcmpTest,
    Match,
    Ranges,
    TcpFlag,
)

DEFAULTS = frozenset(
    {"ipv4-all-default", "ipv6-all-default", "ipv4-default-all", "ipv6-default-all"}
)
"""The rules that end every policy and match all of their family."""
INITIAL_FLAGS = (FlagTest(int(TcpFlag.SYN | TcpFlag.ACK), int(TcpFlag.SYN)),)
HARMLESS_ACTIONS = frozenset({"count", "log", "set", "police", "sample", "mirror"})


class ProtocolLine:
    """One `protocol …` line; names of port sets are resolved when all sets are known."""

    def __init__(self, protocols: Ranges) -> None:
        self.protocols = protocols
        self.ports: dict[str, Ranges | str] = {}
        self.icmp: tuple[IcmpTest, ...] | None = None
        self.flags: tuple[FlagTest, ...] | None = None


class TrafficRule:
    """A rule while its lines are read. `doubt` makes what it matches uncertain."""

    def __init__(self, name: str, family: int, line: int) -> None:
        self.name = name
        self.family = family
        self.line = line
        self.sides: dict[str, list[AddressSpec | str]] = {}
        self.protocols: list[ProtocolLine] = []
        self.fragments = Fragments.ANY
        self.doubt: str | None = None
        self.in_actions = False
        self.drop = False
        self.redirect = False
        self.unclear_action: str | None = None
        self.wide: set[str] = set()
        self.unread = False

    # -- reading ----------------------------------------------------------------------------------

    def read(self, tokens: list[str], text: str) -> bool:
        """Takes a line below the rule; False if it is not understood, and the doubt is noted."""
        if tokens == ["actions"]:
            self.in_actions = True
            return True
        if self.in_actions:
            return self._action(tokens, text)
        if tokens[0] in ("source", "destination") and tokens[1:2] == ["prefix"] and len(tokens) > 2:
            known = self._prefixes(tokens[0], tokens[2:])
        elif tokens[0] == "protocol" and len(tokens) > 1:
            known = self._protocol(tokens[1:], text)
        elif tokens == ["fragment"]:
            self.fragments = Fragments.LATER
            return True
        elif tokens[0] in ("ttl", "length", "dscp", "ip", "fragment") and len(tokens) > 1:
            if tokens[0] == "fragment":
                self.fragments = Fragments.LATER
            self.doubt = f"'{text}' cannot be decided from the text"
            return True
        else:
            known = False
        if not known:
            self.unread = True
            self.doubt = f"{text!r} is not understood"
            if tokens[0] in ("source", "destination"):
                self.wide.add(tokens[0])
        return known

    def _action(self, tokens: list[str], text: str) -> bool:
        word = tokens[0]
        if tokens == ["drop"]:
            self.drop = True
        elif word == "redirect":
            self.redirect = True
        elif word not in HARMLESS_ACTIONS:
            self.unclear_action = f"action {text!r} is not understood"
            return False
        return True

    def _prefixes(self, side: str, tokens: list[str]) -> bool:
        into = self.sides.setdefault(side, [])
        if tokens[0] == "field-set" and len(tokens) > 1:
            into.extend(tokens[1:])
            return True
        terms = prefixes(tokens, self.family)
        if terms is None:
            return False
        into.append(AddressSpec(tuple(terms)))
        return True

    def _protocol(self, tokens: list[str], text: str) -> bool:
        if tokens[0] in ("neighbors", "bgp"):
            # sessions of the device's own neighbours, at most TCP port 179
            self.protocols.append(ProtocolLine(((6, 6),)))
            self.doubt = f"'{text}' cannot be decided from the text"
            return True
        at = 0
        found: list[tuple[int, int]] = []
        while at < len(tokens) and tokens[at] not in ("flags", "source", "destination", "type"):
            number = words.PROTOCOLS.get(tokens[at])
            if tokens[at] == "icmp" and self.family == 6:
                number = 58
            ranges = numbers(tokens[at].strip(","), 255) if number is None else ((number, number),)
            if ranges is None:
                return False
            found.extend(ranges)
            at += 1
        entry = ProtocolLine(tuple(sorted(found)))
        if not found or not self._details(entry, tokens[at:]):
            self.protocols.append(ProtocolLine(entry.protocols or ((0, 255),)))
            return False
        if any(_overlap(entry.protocols, other.protocols) for other in self.protocols):
            self.doubt = "several lines for one protocol: no document says how they join"
        self.protocols.append(entry)
        return True

    def _details(self, entry: ProtocolLine, tokens: list[str]) -> bool:
        """`[flags F] [source port P] [destination port P]` or `type T… [code C]`."""
        at = 0
        while at < len(tokens):
            word = tokens[at]
            if word == "flags" and tokens[at + 1 : at + 2]:
                if tokens[at + 1] not in ("established", "initial"):
                    return False
                entry.flags = (
                    ESTABLISHED_FLAGS if tokens[at + 1] == "established" else INITIAL_FLAGS
                )
                at += 2
            elif word in ("source", "destination") and tokens[at + 1 : at + 2] == ["port"]:
                end = at + 2
                while end < len(tokens) and tokens[end] not in ("source", "destination", "flags"):
                    end += 1
                if not self._ports(entry, word, tokens[at + 2 : end]):
                    return False
                at = end
            elif word == "type":
                entry.icmp = self._icmp(tokens[at + 1 :])
                return entry.icmp is not None
            else:
                return False
        return True

    def _ports(self, entry: ProtocolLine, side: str, tokens: list[str]) -> bool:
        if tokens[:1] == ["field-set"] and len(tokens) == 2:
            entry.ports[side] = tokens[1]
            return True
        ranges = _port_list(" ".join(tokens))
        if ranges is None:
            return False
        entry.ports[side] = ranges
        return True

    def _icmp(self, tokens: list[str]) -> tuple[IcmpTest, ...] | None:
        """`T… [code all|C,C-C]`: types by number or name."""
        at = tokens.index("code") if "code" in tokens else len(tokens)
        named = words.ICMPV6 if self.family == 6 else words.ICMP
        found: list[IcmpTest] = []
        for token in ",".join(tokens[:at]).split(","):
            if token in named:
                found.append(named[token])
                continue
            ranges = numbers(token, 255)
            if ranges is None:
                return None
            found.extend(IcmpTest(kind) for low, high in ranges for kind in range(low, high + 1))
        codes = numbers(" ".join(tokens[at + 1 :]), 255) if at < len(tokens) else ((0, 255),)
        if codes is None or (codes != ((0, 255),) and any(t.low or t.high != 255 for t in found)):
            return None
        if codes == ((0, 255),):
            return tuple(found)
        return tuple(IcmpTest(test.type, low, high) for test in found for low, high in codes)

    # -- the result -------------------------------------------------------------------------------

    def entries(
        self, prefix_sets: Mapping[tuple[str, int], PrefixSet], port_sets: Mapping[str, PortSet]
    ) -> tuple[Entry, ...]:
        """The rule as one entry."""
        doubt = self.doubt
        bare = not self.sides and not self.protocols and self.fragments is Fragments.ANY
        if bare and self.name not in DEFAULTS and doubt is None:
            doubt = "a rule without conditions: no document says what it matches"
        specs: dict[str, list[AddressSpec | None]] = {}
        for side in ("source", "destination"):
            specs[side], unknown = self._specs(side, prefix_sets)
            doubt = doubt or unknown
        layers, unknown = self._layers(port_sets)
        doubt = doubt or unknown
        matches = tuple(
            layer._replace(src=src, dst=dst, fragments=self.fragments)
            for src, dst, layer in product(specs["source"], specs["destination"], layers)
        )
        action = Action.DENY if self.drop else Action.PERMIT
        if self.unread and not self.in_actions:
            action = Action.UNKNOWN  # a line that is not understood may have been `actions`
        if self.unclear_action is not None or (self.drop and self.redirect):
            action = Action.UNKNOWN
            doubt = doubt or self.unclear_action or "drop and redirect: no document says which acts"
        return (Entry(self.line, action, matches, doubt, label=self.name),)

    def _specs(
        self, side: str, prefix_sets: Mapping[tuple[str, int], PrefixSet]
    ) -> tuple[list[AddressSpec | None], str | None]:
        values = self.sides.get(side)
        if values is None or side in self.wide:
            return [None], None
        found: list[AddressSpec | None] = []
        for value in values:
            if isinstance(value, AddressSpec):
                found.append(value)
                continue
            known = prefix_sets.get((value, self.family))
            if known is None:
                return [None], f"field-set {value} is not defined"
            if known.doubt is not None:
                return [None], known.doubt
            if not known.terms:
                return [None], f"field-set {value} is empty: no document says what it matches"
            found.append(known.spec())
        if len(values) > 1 and any(isinstance(value, AddressSpec) for value in values):
            return found, f"several {side} lines: no document says how they join"
        return found, None

    def _layers(self, port_sets: Mapping[str, PortSet]) -> tuple[list[Match], str | None]:
        """The protocol conditions as matches without addresses."""
        if not self.protocols:
            return [Match(self.family)], None
        found, doubt = [], None
        for line in self.protocols:
            ports: dict[str, Ranges | None] = {"source": None, "destination": None}
            for side, value in line.ports.items():
                if not isinstance(value, str):
                    ports[side] = value
                    continue
                known = port_sets.get(value)
                if known is None or known.doubt is not None or not known.ranges:
                    doubt = f"field-set {value} is not defined, empty or not understood"
                else:
                    ports[side] = tuple(sorted(known.ranges))
            found.append(
                Match(
                    self.family, line.protocols, None, None, ports["source"], ports["destination"],
                    line.icmp, line.flags,
                )
            )  # fmt: skip
        return found, doubt


def _overlap(one: Ranges, other: Ranges) -> bool:
    return any(low <= last and first <= high for low, high in one for first, last in other)


def _port_list(text: str) -> Ranges | None:
    """Ports and ranges with commas between them; names as in access lists."""
    found: list[tuple[int, int]] = []
    for part in text.split(","):
        named = words.EOS_TCP_PORTS.get(part.strip())
        ranges = numbers(part, 65535) if named is None else ((named, named),)
        if ranges is None:
            return None
        found.extend(ranges)
    return tuple(sorted(found))
