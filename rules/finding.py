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


class Finding(NamedTuple):
    """One finding. `subject` names what it is about, and makes its id stable. `settle` is the command
    whose output would decide what is unknown."""

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
