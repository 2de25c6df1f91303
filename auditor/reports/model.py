"""The report as the outside sees it (CONTRACT: JSON report). `auditor schema` prints its JSON Schema."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """The base: immutable, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tool(Part):
    """Who made the report."""

    name: str
    version: str


class ServicePort(Part):
    """A port of the service."""

    protocol: str
    port: int


class ServicePart(Part):
    """The service that was judged, with the date of its address list."""

    name: str
    source: str
    published: str | None
    prefixes: tuple[str, ...]
    ports: tuple[ServicePort, ...]


class Lines(Part):
    """The line ledger's sums over the configuration."""

    total: int
    used: int
    irrelevant: int
    not_understood: int


class Line(Part):
    """A line of a file, secrets removed."""

    file: str
    line: int
    text: str


class NextHopPart(Part):
    """A way out."""

    interface: str | None
    address: str | None


class PathPart(Part):
    """How a prefix of the service is forwarded; `route` null where there is none."""

    prefix: str
    vrf: str
    route: str | None
    protocol: str | None
    next_hops: tuple[NextHopPart, ...]
    equal_cost: int


class GatePart(Part):
    """A filter on an interface, as packets meet it."""

    name: str
    direction: str
    families: tuple[int, ...]


class PortPart(Part):
    """An interface that sessions use: its addresses with their prefix lengths, which side of the device it is on,
    its MTU for IP in bytes, its filters."""

    name: str
    addresses: tuple[str, ...] = ()
    side: Literal["inside", "outside", "unknown"]
    mtu: int | None
    gates: tuple[GatePart, ...]


class DevicePart(Part):
    """A device and what became of it."""

    name: str
    platform: str | None
    vendor: str | None
    model: str | None
    os_version: str | None
    status: Literal["audited", "partial", "failed"]
    error: str | None
    files: tuple[str, ...]
    lines: Lines
    not_understood: tuple[Line, ...]
    paths: tuple[PathPart, ...]
    ports: tuple[PortPart, ...] = ()


class WitnessPart(Part):
    """One concrete packet that shows the fault."""

    src: str
    dst: str
    protocol: str
    src_port: int | None
    dst_port: int | None
    icmp_type: int | None
    icmp_code: int | None
    direction: str
    symptom: Literal["reset", "timeout", "icmp-error", "stall"]


class BlockedPart(Part):
    """A piece of the blocked packets."""

    prefix: str
    protocol: str
    ports: str


class HopPart(Part):
    """One interface of a budget: the room for IP, what wants through, and what becomes of it."""

    interface: str
    role: str
    mtu: int | None
    assumed: bool
    source: str
    overhead: int | None
    needs: int | None
    does: str


class BudgetPart(Part):
    """The sizes along a path in bytes, hop by hop, and the number that decides."""

    family: Literal[4, 6]
    direction: Literal["up", "down"]
    packet: int
    fits: int
    segment: int
    hops: tuple[HopPart, ...]
    decides: str


SeverityName = Literal["critical", "high", "medium", "low", "info"]


class WaivedPart(Part):
    """Who accepted a finding, until when, and why; `source` is file:line of the waiver."""

    source: str
    reason: str
    owner: str | None
    ticket: str | None
    until: str


class ProofPart(Part):
    """What becomes of the packets if the remedy is carried out, judged again on the changed text.

    `holds`: the finding is gone, and what changed is the service's packets only. `opened` are packets of other
    kinds whose verdict changed too, in words. `words` says why where there is no proof.
    """

    holds: bool
    words: str
    opened: tuple[str, ...] = ()


class FindingPart(Part):
    """A finding; `id` is stable for the same device, code and subject."""

    id: str
    code: str
    title: str
    severity: SeverityName
    outcome: Literal["fail", "unknown", "note"]
    device: str
    subject: str
    message: str
    evidence: tuple[Line, ...]
    context: tuple[Line, ...] = ()
    """The lines around the evidence, itself included, in the order of the files."""
    witness: WitnessPart | None
    blocked: tuple[BlockedPart, ...] | None
    budget: BudgetPart | None = None
    remediation: tuple[str, ...]
    commands: int = 0
    """How many lines of the remediation are commands; the rest is advice."""
    rollback: tuple[str, ...] = ()
    proof: ProofPart | None = None
    references: tuple[str, ...]
    waived: WaivedPart | None = None


class Counts(Part):
    """Findings by severity; `unknown` counts the undecided ones and `waived` the accepted ones, which the
    severities leave out."""

    critical: int
    high: int
    medium: int
    low: int
    info: int
    unknown: int
    waived: int = 0


class Summary(Part):
    """The report in numbers."""

    devices: int
    audited: int
    partial: int
    failed: int
    findings: Counts


class WaiverPart(Part):
    """A waiver and what it does: `used`, `expired`, `unmatched` (no finding is like it), or `broken`."""

    state: Literal["used", "expired", "unmatched", "broken"]
    source: str
    scope: str
    reason: str
    owner: str | None = None
    ticket: str | None = None
    until: str | None = None
    findings: tuple[str, ...] = ()


class BaselinePart(Part):
    """The report that this one was compared with: how many findings are new, were there already and are left
    out here, or are gone."""

    source: str
    new: int
    known: int
    gone: int


class Report(Part):
    """The whole report. Its devices and findings may be read one by one from elsewhere (`auditor.spool`)."""

    schema_version: Annotated[str, Field(pattern="^1$")] = "1"
    tool: Tool
    service: ServicePart
    devices: Sequence[DevicePart]
    findings: Sequence[FindingPart]
    summary: Summary
    waivers: tuple[WaiverPart, ...] = ()
    baseline: BaselinePart | None = None
