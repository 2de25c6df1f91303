"""What the interpreters of a BIG-IP configuration have found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.f5_tmsh.names import short
from parsers.hierarchy import interpret
from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.balancing import PathChoice
from parsers.model.device import PtbLimit
from parsers.model.filters import Entry, Match, Range
from parsers.model.interfaces import Interface
from parsers.model.routes import Route
from parsers.model.source import Sourced, Where


@dataclass
class AddressList:
    """A named list of addresses: its own, the lists in it, and why there may be others."""

    terms: list[AddressTerm] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class PortList:
    """A named list of ports."""

    ranges: list[Range] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class Rules:
    """Firewall rules in their order. An entry's action is RETURN for `accept` (the next context is asked)
    and PERMIT for `accept-decisively`."""

    name: str
    line: int
    entries: list[Entry] = field(default_factory=list)
    doubt: str | None = None


@dataclass
class Pool:
    """A pool: the addresses of its members, and how they are chosen."""

    line: int
    members: list[str] = field(default_factory=list)
    mode: str = "round-robin"
    mode_line: int = 0


@dataclass
class Virtual:
    """A virtual server: where it listens and what it does with a connection."""

    name: str
    line: int
    destination: str = ""
    mask: str | None = None
    source: str | None = None
    protocol: str = "any"
    criteria: str | None = None
    enabled: bool = True
    kind: str = ""  # ip-forward, l2-forward, reject, internal, dhcp-relay
    kind_line: int = 0
    kinds: set[str] = field(default_factory=set)
    pool: str | None = None
    translate_address: bool = True
    vlans: list[str] = field(default_factory=list)
    vlans_enabled: bool = False
    policy: str | None = None
    rules: Rules | None = None
    profiles: list[str] = field(default_factory=list)
    translation: Where | None = None
    doubts: list[str] = field(default_factory=list)


@dataclass
class Vlan:
    """A VLAN, a group of VLANs or a tunnel: what self addresses stand on."""

    name: str
    line: int
    mtu: Sourced[int] | None = None
    description: str = ""
    members: list[str] = field(default_factory=list)
    not_understood: list[Where] = field(default_factory=list)


@dataclass
class Criteria:
    """`ltm traffic-matching-criteria`: lists in place of one destination and source."""

    line: int
    destinations: list[str] = field(default_factory=list)
    destination_lists: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    source_lists: list[str] = field(default_factory=list)
    ports: list[str] = field(default_factory=list)
    port_lists: list[str] = field(default_factory=list)
    source_ports: bool = False
    protocol: str = "any"
    domain: str | None = None
    doubt: str | None = None


@dataclass
class PacketRule:
    """A rule of `net packet-filter`."""

    name: str
    line: int
    order: int | None = None
    action: str = ""
    vlan: str | None = None
    matches: tuple[Match, ...] = ()
    doubt: str | None = None


@dataclass
class Fast:
    """What a fastL4 profile says; None asks its parent."""

    parent: str | None = None
    mss: tuple[int, int] | None = None
    df: tuple[str, int] | None = None


@dataclass
class Draft(Interpretation):
    """The mutable state of one configuration's interpretation."""

    version: str | None = None
    db: dict[str, tuple[str, int]] = field(default_factory=dict)
    traffic: dict[str, tuple[str, int]] = field(default_factory=dict)
    vlans: dict[str, Vlan] = field(default_factory=dict)
    interfaces: dict[str, Interface] = field(default_factory=dict)
    trunks: dict[str, list[str]] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    domain_rules: dict[str, Rules | str] = field(default_factory=dict)
    global_policy: str | None = None
    global_rules: Rules | None = None
    address_lists: dict[str, AddressList] = field(default_factory=dict)
    port_lists: dict[str, PortList] = field(default_factory=dict)
    rule_lists: dict[str, Rules] = field(default_factory=dict)
    policies: dict[str, Rules] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    virtuals: dict[str, Virtual] = field(default_factory=dict)
    virtual_masks: dict[str, str] = field(default_factory=dict)
    virtual_off: set[str] = field(default_factory=set)
    criteria: dict[str, Criteria] = field(default_factory=dict)
    snats: list[Entry] = field(default_factory=list)
    fast: dict[str, Fast] = field(default_factory=dict)
    inspecting: set[str] = field(default_factory=set)
    packet_rules: list[PacketRule] = field(default_factory=list)
    trusted: list[Entry] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    routes_doubt: list[Where] = field(default_factory=list)
    sources: list[Sourced[str]] = field(default_factory=list)
    choices: list[PathChoice] = field(default_factory=list)
    limits: list[PtbLimit] = field(default_factory=list)


Handler = interpret.Handler[Draft]
Statements = interpret.Statements[Draft]


def said(node: Node) -> int:
    """The first line of a statement at or below `node`."""
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


def value(draft: Draft, node: Node, topic: str = "other", subject: str | None = None) -> str | None:
    """The value of a statement `WORD VALUE`, which is taken; None, and not understood, if it is none."""
    found = node.only()
    if found is None or found.children:
        draft.miss(node, topic, subject)
        return None
    draft.use_all(node)
    return found.word


_NOTHING = frozenset({"none", "no", "disabled"})


def says_nothing(node: Node) -> bool:
    """Whether a statement only says that something is not set, as `list all-properties` prints it."""
    leaves = [found.word for found in node.walk() if not found.children and found is not node]
    return bool(leaves) and _NOTHING.issuperset(leaves)


NOT_UNDERSTOOD = "?"
"""The name of an object whose name is not understood: nothing is called so, so it is not defined."""


def reference(
    draft: Draft, node: Node, topic: str = "other", subject: str | None = None
) -> str | None:
    """The object that a statement `WORD NAME` names, None for `none`."""
    word = value(draft, node, topic, subject)
    if word is None:
        return NOT_UNDERSTOOD
    return None if word == "none" else short(word)
