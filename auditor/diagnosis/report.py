"""What `auditor diagnose` says, as the outside sees it; `auditor schema diagnosis` prints its JSON Schema."""

from __future__ import annotations

import json
from typing import Literal

from auditor import __version__
from auditor.reports.model import Line, Part, Tool


class CausePart(Part):
    """A possible cause, likeliest first. `weight` is its share of all that was seen, 0 to 1; `prior` what
    Atlassian says of its frequency; `because` the ids of the messages, or the kinds of sessions, that speak for
    it; `level` how far captures or paths show it."""

    code: str
    title: str
    prior: str | None
    weight: float
    because: tuple[str, ...]
    tells_apart: str
    next: tuple[str, ...]
    level: Literal["proved", "evidence", "compatible"] | None = None


class SymptomPart(Part):
    """A kind of message. `secondary` ones only follow others; `addresses` says where named addresses lie."""

    symptom: str
    meaning: str
    pattern: str
    emitter: str
    source: str
    count: int
    secondary: bool
    last_line: int
    hosts: tuple[str, ...]
    addresses: tuple[str, ...]
    evidence: tuple[Line, ...]


class LogPart(Part):
    """What a client's log says."""

    file: str
    lines: int
    symptoms: tuple[SymptomPart, ...]
    unknown_count: int
    unknown: tuple[Line, ...]
    languages: tuple[str, ...]
    truncated: str | None


class CaptureFile(Part):
    """A capture file. Times are seconds since 1970; `skipped` counts what was not read, by reason."""

    file: str
    packets: int
    segments: int
    first: float
    last: float
    links: tuple[str, ...]
    skipped: dict[str, int]
    broken: str | None


class VotePart(Part):
    """A property of a reset and what it speaks for."""

    text: str
    server: int
    between: int
    edge: int


class Session(Part):
    """A session in a capture. `place` says where the server's address lies in regard of the service."""

    link: str
    client: str
    client_port: int
    server: str
    server_port: int
    place: str
    start: float
    seconds: float
    packets: int
    bytes_from_client: int
    bytes_from_server: int
    mss: tuple[int | None, int | None]
    ttls_from_server: tuple[int, ...]
    kind: str
    meaning: str
    level: str
    causes: tuple[str, ...]
    reasons: tuple[str, ...]
    votes: tuple[VotePart, ...]


class Split(Part):
    """A session whose packets of one direction went over two links. `proved`: they alternate; else the
    session moved. `only_first`, `only_second`, `both`: packets seen on one link, the other, or both."""

    source: str
    source_port: int
    target: str
    target_port: int
    links: tuple[str, str]
    proved: bool
    switches: int
    only_first: int
    only_second: int
    both: int


class Told(Part):
    """ICMP errors from one sender that belong to no session in the capture."""

    source: str
    type: int
    code: int
    mtu: int
    count: int


class CapturePart(Part):
    """What captures show. `counts` are the service's sessions by kind, `other_counts` all others'."""

    files: tuple[CaptureFile, ...]
    counts: dict[str, int]
    other_counts: dict[str, int]
    sessions: tuple[Session, ...]
    splits: tuple[Split, ...]
    errors: tuple[Told, ...]


class KnownFinding(Part):
    """What an audit found on a device that a hop belongs to."""

    code: str
    severity: str
    outcome: str
    message: str
    evidence: tuple[Line, ...]


class HopHost(Part):
    """A host that answered at a hop, with the device and interface of the inventory that has its address."""

    address: str
    name: str
    count: int
    device: str | None
    interface: str | None


class Hop(Part):
    """A hop. `within_flow`: hosts changed while the flow stayed the same (`evidence`: back and forth;
    `compatible`: once, as a change of route does too). `repeats`: answers to further probes of a flow that had an
    answer there already; with none, whether a flow keeps its way does not show. `split_by`: the device before it,
    if known."""

    ttl: int
    hosts: tuple[HopHost, ...]
    silent: int
    repeats: int
    within_flow: Literal["evidence", "compatible"] | None
    marks: tuple[str, ...]
    mtu: int | None
    split_by: str | None


class PathPart(Part):
    """One run of a path tool."""

    file: str
    tool: str
    probe: str
    target: str | None
    reached: bool
    flows: Literal["same", "varies", "known"]
    hops: tuple[Hop, ...]


class DeviceOnPath(Part):
    """A device of the inventory that is on a path, with what the audit found there."""

    device: str
    findings: tuple[KnownFinding, ...]


class HostEntry(Part):
    """A line of a hosts file that overrides names of the service."""

    line: int
    text: str
    address: str
    names: tuple[str, ...]
    place: str
    severity: str
    message: str


class HostsPart(Part):
    """A hosts file."""

    file: str
    lines: int
    entries: tuple[HostEntry, ...]


class StoryPart(Part):
    """A cause with what each source says of it, and the statements of the routers' configurations."""

    code: str
    level: Literal["proved", "evidence", "compatible"]
    title: str
    log: tuple[str, ...]
    path: tuple[str, ...]
    capture: tuple[str, ...]
    audit: tuple[str, ...]
    statements: tuple[Line, ...]


class Diagnosis(Part):
    """A diagnosis. `complete` is false where the input broke off or held failures that nobody knows."""

    schema_version: Literal["1"] = "1"
    tool: Tool = Tool(name="auditor", version=__version__)
    kind: Literal["log", "capture", "path", "hosts", "doctor"]
    complete: bool
    logs: tuple[LogPart, ...] = ()
    capture: CapturePart | None = None
    paths: tuple[PathPart, ...] = ()
    devices: tuple[DeviceOnPath, ...] = ()
    hosts: tuple[HostsPart, ...] = ()
    story: tuple[StoryPart, ...] = ()
    missing: tuple[str, ...] = ()
    causes: tuple[CausePart, ...] = ()
    notes: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


def as_json(diagnosis: Diagnosis) -> str:
    """The diagnosis as JSON."""
    return json.dumps(diagnosis.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def schema() -> str:
    """The JSON Schema of a diagnosis."""
    return json.dumps(Diagnosis.model_json_schema(), indent=2) + "\n"
