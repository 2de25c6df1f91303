"""What a device's choice among equal paths depends on: parsers state it, rules judge it."""

from __future__ import annotations

import enum

from parsers.model.source import Frozen, Where


class Spread(enum.Enum):
    """How packets are spread over the members of a set of paths."""

    FLOW = "flow"  # a hash of header fields, or a session table
    PER_PACKET = "per-packet"  # no field decides: round robin, random, spraying
    FLOWLET = "flowlet"  # an idle gap frees the flow to move
    ADAPTIVE = "adaptive"  # load moves hash buckets
    RELEASED = "released"  # a session keeps its way until a provider's state changes
    UNKNOWN = "unknown"  # the statement or its effect is not documented


class HashField(enum.Enum):
    """Header fields and metadata that a hash may take in."""

    SRC = "source address"
    DST = "destination address"
    PROTOCOL = "protocol"
    SRC_PORT = "source port"
    DST_PORT = "destination port"
    FLOW_LABEL = "IPv6 flow label"
    TTL = "TTL"
    DSCP = "DSCP or ToS"
    INGRESS = "ingress interface"
    IP_ID = "IP identification"
    LENGTH = "packet length"
    SOCKET = "socket hash"


class Stage(enum.Enum):
    """Where the choice is made."""

    ECMP = "ecmp"
    BUNDLE = "bundle"
    TUNNEL = "tunnel aggregate"
    POLICY = "policy routing"


class Scope(enum.Enum):
    """What a statement binds to (knowledge: scope binding)."""

    DEVICE = "device"
    EGRESS = "egress interface"
    INGRESS = "ingress interface"
    BUNDLE = "bundle"


class PathChoice(Frozen):
    """One statement about path choice, or a platform default (`where` None).

    `in_effect` is False where the text itself shows that it does nothing (policy not exported),
    None where hardware or version decides and is not known; `reason` says why. `prefixes` limits it to
    destinations inside them (family, value, length), None is everything. `trap` is True for words
    that read like per-packet and are per flow: rules report them as a note. `remerge` is True where the
    text shows that all members of a bundle end on one far device, None where it does not tell.
    `operational` marks what the device reports about itself; it beats what its configuration says.
    `keeps` is True where live sessions keep their way although members come and go: a session table or
    a resilient hash. `aimed` is True where the statement's own conditions make the `prefixes`, so that it
    was written for other traffic. `members` names the members of an aggregate whose interfaces do not say that
    they belong to it. `settle` is the command whose output shows what is in effect.
    """

    stage: Stage
    scope: Scope
    spread: Spread
    statement: str
    fields: frozenset[HashField] = frozenset()
    interface: str | None = None
    family: int = 0
    in_effect: bool | None = True
    reason: str = ""
    operational: bool = False
    prefixes: tuple[tuple[int, int, int], ...] | None = None
    trap: bool = False
    remerge: bool | None = None
    keeps: bool = False
    aimed: bool = False
    members: tuple[str, ...] = ()
    settle: str = ""
    where: Where | None = None
