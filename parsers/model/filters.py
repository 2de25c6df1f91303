"""Packet filters as first-match lists, in words that no vendor owns."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from parsers.model.addresses import AddressSpec
from parsers.model.source import Where


class Action(enum.Enum):
    """What an entry does with a packet that it matches."""

    PERMIT = "permit"
    DENY = "deny"
    CONTINUE = "continue"  # goes on with the next entry (count, log, Junos `next term`)
    JUMP = "jump"  # evaluates `target`, and comes back if nothing there decides
    GOTO = "goto"  # evaluates `target`, and leaves this chain if nothing there decides
    RETURN = "return"  # leaves this chain; in a base chain the default decides
    UNKNOWN = "unknown"  # the text does not tell us


class Symptom(enum.Enum):
    """What the sender of a denied TCP packet sees."""

    TIMEOUT = "timeout"
    RESET = "reset"
    ICMP_ERROR = "icmp-error"


class State(enum.Enum):
    """Connection tracking states (netfilter words)."""

    NEW = "new"
    ESTABLISHED = "established"
    RELATED = "related"
    INVALID = "invalid"
    UNTRACKED = "untracked"


class Fragments(enum.Enum):
    """Which fragments an entry is written for."""

    ANY = "any"  # no fragment condition: Filter.later_fragments says what layer 4 fields then mean
    LATER = "later"  # only fragments with an offset above 0
    NOT_LATER = "not-later"  # whole packets and first fragments only


class LaterFragments(enum.Enum):
    """How entries with layer 4 fields treat fragments with an offset above 0."""

    CISCO = "cisco"  # permit: matched on layer 3 and protocol; deny: never matches
    NEVER = "never"  # an entry with layer 4 fields never matches them
    WHOLE = "whole"  # the device reassembles first, so the filter never sees them
    UNKNOWN = "unknown"  # no document says


class TcpFlag(enum.IntFlag):
    """The TCP control bits (RFC 9293, section 3.1)."""

    FIN = 1
    SYN = 2
    RST = 4
    PSH = 8
    ACK = 16
    URG = 32
    ECE = 64
    CWR = 128


Range = tuple[int, int]
Ranges = tuple[Range, ...]


class FlagTest(NamedTuple):
    """Matches the packets with `flags & mask == value`."""

    mask: int
    value: int


ESTABLISHED_FLAGS = (
    FlagTest(int(TcpFlag.ACK), int(TcpFlag.ACK)),
    FlagTest(int(TcpFlag.RST), int(TcpFlag.RST)),
)


class IcmpTest(NamedTuple):
    """ICMP or ICMPv6 messages of one type, with codes `low` to `high`."""

    type: int
    low: int = 0
    high: int = 255


class InterfaceSpec(NamedTuple):
    """Interface names; a trailing `*` stands for any ending."""

    names: tuple[str, ...]
    negated: bool = False


class Match(NamedTuple):
    """A conjunction of conditions; None is no condition. Within one field the values are alternatives.

    `family` 0 stands for both. Ports imply a protocol that has ports, ICMP tests imply ICMP of the
    family, flags imply TCP: a parser need not repeat that in `protocols`.
    """

    family: int = 0
    protocols: Ranges | None = None
    src: AddressSpec | None = None
    dst: AddressSpec | None = None
    src_ports: Ranges | None = None
    dst_ports: Ranges | None = None
    icmp: tuple[IcmpTest, ...] | None = None
    flags: tuple[FlagTest, ...] | None = None
    fragments: Fragments = Fragments.ANY
    states: frozenset[State] | None = None
    in_interfaces: InterfaceSpec | None = None
    out_interfaces: InterfaceSpec | None = None


class Entry(NamedTuple):
    """One entry; it matches a packet if any of `matches` does.

    `uncertain` names a condition that cannot be decided from the text (time range, undefined group,
    TTL, a word not understood): the entry then *may* match what `matches` describes, and `matches`
    must be a superset of what the device would match. `line` is None for what a platform adds by
    itself. `label` is the name an engineer uses (sequence number, term, rule name).
    """

    line: int | None
    action: Action
    matches: tuple[Match, ...]
    uncertain: str | None = None
    target: str | None = None
    symptom: Symptom = Symptom.TIMEOUT
    label: str | None = None


@runtime_checkable
class NamedAddresses(Protocol):
    """Entries, all for IPv4 and none of them CONTINUE, that tell their addresses without being made."""

    def hulls(self, side: str) -> Iterable[tuple[int, int]]:
        """For each entry in order, the value and the care mask of what it names on the side `src` or `dst`."""
        ...


class Filter(NamedTuple):
    """A filter as the device evaluates it, with its last action resolved from the platform's rules.

    `key` is unique in the device together with `family` and is what JUMP targets and bindings name;
    `names` are the names a user may say. `family` 0 sees both. `default` decides what no entry did,
    None for a chain that returns to its caller. `entries` may be made only
    when they are looked at. `default_line` is None for an implicit one.
    """

    key: str
    family: int
    file: str
    line: int | None
    entries: Sequence[Entry]
    default: Action | None
    names: tuple[str, ...] = ()
    kind: str = "acl"
    default_line: int | None = None
    default_symptom: Symptom = Symptom.TIMEOUT
    later_fragments: LaterFragments = LaterFragments.UNKNOWN
    stateful: bool = False
    defined: bool = True
    uncertain: str | None = None


FilterTable = Mapping[tuple[str, int], Filter]
"""Filters by (key, family)."""


class Binding(NamedTuple):
    """A filter that transit packets meet.

    `interface` None with direction `forward` means every forwarded packet. `order` sorts the
    filters that one packet meets in one direction. `inactive` gives the reason why the device
    does not apply it (access-group on a switchport). `sees_translated` is True where the filter
    stands behind source NAT on the way out, and before its reversal on the way in.
    """

    key: str
    family: int
    interface: str | None
    direction: str
    where: Where | None
    order: int = 0
    inactive: str | None = None
    sees_translated: bool = False
