"""Findings: what a rule says, with the evidence it must have."""

from __future__ import annotations

import enum
from typing import NamedTuple

from parsers.model.source import Where
from parsers.platform import Remedy


class Severity(enum.Enum):
    """How bad; the order of the members is the order of reports."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Outcome(enum.Enum):
    """Whether a fault was found, could not be decided, or is none."""

    FAIL = "fail"
    UNKNOWN = "unknown"
    NOTE = "note"


class Witness(NamedTuple):
    """One concrete packet that shows the fault, and what the client sees."""

    src: str
    dst: str
    protocol: str
    src_port: int | None
    dst_port: int | None
    icmp_type: int | None
    icmp_code: int | None
    direction: str
    symptom: str


class Blocked(NamedTuple):
    """A piece of the blocked packets, as an engineer would write it."""

    prefix: str
    protocol: str
    ports: str


class Hop(NamedTuple):
    """One interface of a budget, in the order in which full-size packets pass.

    `mtu` is the room for IP in bytes, None where nothing is known of it; `assumed` marks a default or an estimate
    and `source` says where the number is from. `overhead` is what a tunnel adds, `needs` the size of the
    packets that want through, `does` what happens to them or to the message about them.
    """

    interface: str
    role: str
    mtu: int | None
    assumed: bool
    source: str
    overhead: int | None
    needs: int | None
    does: str


class Budget(NamedTuple):
    """The sizes along a path and what becomes of packets too big for it.

    `direction` is `up` (client to service) or `down`. `packet` is the largest packet that sessions send,
    `fits` the smallest room for it, in bytes with headers; `segment` is the MSS that fits. `decides` is the
    number that decides, in words.
    """

    family: int
    direction: str
    packet: int
    fits: int
    segment: int
    hops: tuple[Hop, ...]
    decides: str


class Finding(NamedTuple):
    """One finding. `subject` names what it is about, and makes its id stable. `settle` is the command
    whose output would decide what is unknown. `budget` is given by rules about sizes."""

    code: str
    title: str
    severity: Severity
    outcome: Outcome
    subject: str
    message: str
    evidence: tuple[Where, ...]
    witness: Witness | None = None
    blocked: tuple[Blocked, ...] | None = None
    remedies: tuple[Remedy, ...] = ()
    advice: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()
    budget: Budget | None = None
