"""The report as the outside sees it (CONTRACT: JSON report). `auditor schema` prints its JSON Schema."""

from __future__ import annotations

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


SeverityName = Literal["critical", "high", "medium", "low", "info"]


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
    witness: WitnessPart | None
    blocked: tuple[BlockedPart, ...] | None
    remediation: tuple[str, ...]
    references: tuple[str, ...]


class Counts(Part):
    """Findings by severity; `unknown` counts the undecided ones, which the severities leave out."""

    critical: int
    high: int
    medium: int
    low: int
    info: int
    unknown: int


class Summary(Part):
    """The report in numbers."""

    devices: int
    audited: int
    partial: int
    failed: int
    findings: Counts


class Report(Part):
    """The whole report."""

    schema_version: Annotated[str, Field(pattern="^1$")] = "1"
    tool: Tool
    service: ServicePart
    devices: tuple[DevicePart, ...]
    findings: tuple[FindingPart, ...]
    summary: Summary
