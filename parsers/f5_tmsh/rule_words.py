"""The statements of one firewall rule: what it compares, and what it does."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.f5_tmsh.draft import Draft, Handler, reference, said, says_nothing, value
from parsers.f5_tmsh.lists import addresses_of, ports_of, take_addresses, take_ports
from parsers.f5_tmsh.names import protocol_number, short
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import IcmpTest, Range, Ranges

SHOWN = "shown or logged, never compared"


@dataclass
class Side:
    """The source or destination of a rule; None is no condition."""

    terms: list[AddressTerm] | None = None
    ranges: list[Range] | None = None
    vlans: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)  # further conditions, which may narrow the rule
    wide_addresses: bool = False
    wide_ports: bool = False

    def of(self, family: int) -> tuple[bool, AddressSpec | None]:
        """Whether any address of a family is meant, and which; None is all."""
        if self.terms is None or self.wide_addresses:
            return True, None
        terms = tuple(term for term in self.terms if term.family == family)
        if any(not term.care for term in terms):
            return True, None
        return bool(terms), AddressSpec(terms)

    @property
    def ports(self) -> Ranges | None:
        """The ports, None for all."""
        if self.ranges is None or self.wide_ports or (0, 65535) in self.ranges:
            return None
        return tuple(sorted(set(self.ranges)))


@dataclass
class Rule:
    """A rule while it is read."""

    name: str
    line: int
    action: str | None = None
    protocol: str | None = None
    source: Side = field(default_factory=Side)
    destination: Side = field(default_factory=Side)
    icmp: list[str] = field(default_factory=list)
    rule_list: str | None = None
    enabled: bool = True
    doubts: list[str] = field(default_factory=list)
    wide: bool = False


def icmp_test(word: str) -> IcmpTest | None:
    """`3:4`, `8:0`, `3`: a type with a code, or with all codes (`any`, 255)."""
    kind, _, code = word.partition(":")
    if not kind.isdecimal() or int(kind) > 255:
        return None
    if code in ("", "any", "255"):
        return IcmpTest(int(kind))
    if not code.isdecimal() or int(code) > 255:
        return None
    return IcmpTest(int(kind), int(code), int(code))


class RuleReader:
    """The statements of one rule."""

    def __init__(self, rule: Rule, subject: str) -> None:
        self.rule = rule
        self.subject = subject

    def table(self) -> dict[str, Handler | str]:
        """The statements by their first word."""
        return {
            "action": self.action,
            "ip-protocol": self.protocol,
            "icmp": self.icmp,
            "status": self.status,
            "rule-list": self.listed,
            "source": _SideReader(self.rule.source, self.subject).read,
            "destination": _SideReader(self.rule.destination, self.subject).read,
            **dict.fromkeys(_UNDECIDED, self.undecided),
            **dict.fromkeys(_NOT_COMPARED, SHOWN),
        }

    def action(self, draft: Draft, node: Node) -> None:
        """`action accept|accept-decisively|drop|reject`."""
        if len(node.children) > 1:
            draft.use_all(node)
            self.rule.doubts.append("the rule has two actions")
            return
        self.rule.action = value(draft, node, "filter", self.subject)
        self.rule.line = said(node)

    def protocol(self, draft: Draft, node: Node) -> None:
        """`ip-protocol NAME|NUMBER`."""
        rule = self.rule
        rule.protocol = value(draft, node, "filter", self.subject)
        known = rule.protocol == "any" or protocol_number(rule.protocol or "") is not None
        if len(node.children) > 1 or not known:
            rule.doubts.append(f"protocol {rule.protocol} is not known")
            rule.protocol = None
            draft.miss(node, "filter", self.subject)

    def icmp(self, draft: Draft, node: Node) -> None:
        """`icmp { TYPE:CODE { } }`."""
        rule = self.rule
        draft.use(node)
        if says_nothing(node):
            draft.use_all(node)
            return
        for child in node.children.values():
            if child.word == "any" or icmp_test(child.word) is not None:
                draft.use_all(child)
                rule.icmp.append(child.word)
            else:
                draft.miss(child, "filter", self.subject)
                rule.doubts.append(f"ICMP {child.word!r} is not understood")
                rule.wide = True
        if "any" in rule.icmp:
            rule.icmp = []

    def status(self, draft: Draft, node: Node) -> None:
        """`status enabled|disabled|scheduled`."""
        word = value(draft, node, "filter", self.subject)
        self.rule.enabled = word != "disabled"
        if word not in ("enabled", "disabled"):
            self.rule.doubts.append(f"the rule is {word}")

    def listed(self, draft: Draft, node: Node) -> None:
        """`rule-list L`: its rules stand in place of this one."""
        self.rule.rule_list = reference(draft, node, "filter", self.subject)

    def undecided(self, draft: Draft, node: Node) -> None:
        """What depends on more than the packet."""
        draft.use_all(node)
        if node.children and not says_nothing(node):
            self.rule.doubts.append(f"{node.word} cannot be decided from the text")


_UNDECIDED = (
    "schedule", "irule", "virtual-server", "service-policy", "protocol-inspection-profile",
    "classification-policy", "ips-profile", "send-to-virtual", "auto-reply",
)  # fmt: skip
_NOT_COMPARED = (
    "log", "description", "rule-number", "uuid", "irule-sample-rate", "app-service", "logging",
)  # fmt: skip


def _skipped(draft: Draft, node: Node) -> bool:
    """Takes a statement that sets nothing."""
    if not says_nothing(node):
        return False
    draft.use_all(node)
    return True


class _SideReader:
    """The statements below `source` or `destination`."""

    def __init__(self, side: Side, subject: str) -> None:
        self.side = side
        self.subject = subject

    def read(self, draft: Draft, node: Node) -> None:
        """All of them; an unknown one may narrow the rule."""
        table: dict[str, Handler | str] = {
            "addresses": self.addresses,
            "address-lists": self.address_lists,
            "ports": self.ports,
            "port-lists": self.port_lists,
            "vlans": self.vlans,
            **dict.fromkeys(("geo", "fqdns"), self.undecided),
            **dict.fromkeys(_HIDDEN, self.hidden),
        }
        node.children = {w: c for w, c in node.children.items() if not _skipped(draft, c)}
        for missed in read(draft, node, table, "filter", self.subject):
            self.side.hidden.append(f"{missed.word!r} is not understood")

    def addresses(self, draft: Draft, node: Node) -> None:
        """`addresses { A { } B/LEN { } C-D { } }`."""
        doubt = take_addresses(draft, node, self._terms())
        if doubt:
            self.side.doubts.append(doubt)

    def address_lists(self, draft: Draft, node: Node) -> None:
        """`address-lists { L }`."""
        draft.use_all(node)
        terms = self._terms()
        for name in node.children:
            found = addresses_of(draft, short(name))
            terms += found.terms
            if found.doubt:
                self.side.doubts.append(found.doubt)

    def ports(self, draft: Draft, node: Node) -> None:
        """`ports { 443 { } 1024-2047 { } }`."""
        doubt = take_ports(draft, node, self._ranges())
        if doubt:
            self.side.doubts.append(doubt)

    def port_lists(self, draft: Draft, node: Node) -> None:
        """`port-lists { L }`."""
        draft.use_all(node)
        ranges = self._ranges()
        for name in node.children:
            found = ports_of(draft, short(name))
            ranges += found.ranges
            if found.doubt:
                self.side.doubts.append(found.doubt)

    def vlans(self, draft: Draft, node: Node) -> None:
        """`vlans { V }`: where the packet comes in."""
        draft.use_all(node)
        self.side.vlans += [short(name) for name in node.children]

    def undecided(self, draft: Draft, node: Node) -> None:
        """More addresses, which the text does not show."""
        draft.use_all(node)
        self._terms()
        self.side.doubts.append(f"{node.word} cannot be decided from the text")

    def hidden(self, draft: Draft, node: Node) -> None:
        """A further condition."""
        draft.use_all(node)
        self.side.hidden.append(f"{node.word} cannot be decided from the text")

    def _terms(self) -> list[AddressTerm]:
        if self.side.terms is None:
            self.side.terms = []
        return self.side.terms

    def _ranges(self) -> list[Range]:
        if self.side.ranges is None:
            self.side.ranges = []
        return self.side.ranges


_HIDDEN = (
    "identity", "user-lists", "users", "subscriber-ids", "subscriber-groups", "zone", "zones",
)  # fmt: skip
