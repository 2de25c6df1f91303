"""From what path tools saw to a diagnosis: hops with several ways, within a flow or between flows, MTU, ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from auditor.diagnosis.causes import Level, Ranked, Sign, rank_signs
from auditor.diagnosis.known import Known
from auditor.diagnosis.log_diagnosis import cause_parts
from auditor.diagnosis.patterns import Table
from auditor.diagnosis.report import DeviceOnPath, Diagnosis, Hop, HopHost, KnownFinding, PathPart
from auditor.diagnosis.secrets import clean
from auditor.diagnosis.traces import Answer, Trace, TraceFile

ONE_FLOW = "scamper -O json -c 'trace -P tcp -d 443 -q 10 -Q' -i ADDRESS"
"""A command that asks each hop ten times with the same ports."""
_FORBIDDEN, _UNREACHABLE, _TOO_BIG = frozenset("X"), frozenset("NHP"), frozenset("F")
FAMILIES = {"ANY": "LB", "ACL": "ACL", "PMTU": "MTU", "ROUTE": "RT"}
"""The family of rules that judges each cause."""


def diagnose_paths(
    files: Iterable[TraceFile], known: Known, table: Table, findings_count: bool = True
) -> Diagnosis:
    """The diagnosis of traces that were read, joined with what an audit knows of the devices. Whether what
    the audit found counts as a sign of its own is for the caller to say."""
    files = tuple(files)
    paths = tuple(_path(file.file, trace, known) for file in files for trace in file.traces)
    devices = _devices(paths, known)
    signs = list(_signs(paths, devices))
    if findings_count:
        signs += _findings(devices)
    ranked = rank_signs(signs, table)
    notes = [f"{file.file}: {note}" for file in files for note in file.notes]
    return Diagnosis(
        kind="path",
        complete=not notes,
        paths=paths,
        devices=devices,
        causes=cause_parts(ranked),
        notes=(*notes, *known.notes, *_remarks(paths)),
        next=_next(ranked, paths),
    )


def _path(file: str, trace: Trace, known: Known) -> PathPart:
    by_ttl: dict[int, list[Answer]] = {}
    for answer in trace.answers:
        by_ttl.setdefault(answer.ttl, []).append(answer)
    hops: list[Hop] = []
    for ttl in sorted(by_ttl):
        hops.append(_hop(ttl, by_ttl[ttl], trace, hops[-1] if hops else None, known))
    last = next((hop for hop in reversed(hops) if hop.hosts), None)
    reached = last is not None and any(
        host.address == trace.target or "D" in last.marks or host.name == trace.target
        for host in last.hosts
    )
    return PathPart(
        file=file,
        tool=trace.tool,
        probe=clean(trace.probe, 60),
        target=None if trace.target is None else clean(trace.target, 100),
        reached=reached,
        flows=trace.flows,
        hops=tuple(hops),
    )


def _hop(ttl: int, answers: list[Answer], trace: Trace, before: Hop | None, known: Known) -> Hop:
    counts = Counter(a.address for a in answers if a.address is not None)
    names = {a.address: a.name for a in answers if a.name}
    mtus = [a.mtu for a in answers if a.mtu]
    several = len(counts) > 1
    return Hop(
        ttl=ttl,
        hosts=tuple(
            HopHost(
                address=clean(address, 60),
                name=clean(names.get(address, ""), 100),
                count=count,
                device=known.owners.get(address, (None, None))[0],
                interface=known.owners.get(address, (None, None))[1],
            )
            for address, count in counts.items()
        ),
        silent=sum(a.address is None for a in answers),
        repeats=_repeats(answers, trace),
        within_flow=_within(answers, trace),
        marks=tuple(sorted({a.mark for a in answers if a.mark})),
        mtu=min(mtus) if mtus else None,
        split_by=_splitter(counts, before, known) if several else None,
    )


def _within(answers: list[Answer], trace: Trace) -> Literal["evidence", "compatible"] | None:
    """How far the hop's hosts change within one flow."""
    if trace.flows == "varies":
        return None
    changes = [sum(one != other for one, other in pairwise(seen)) for seen in _by_flow(answers)]
    most = max(changes, default=0)
    if most == 0:
        return None
    return "evidence" if most > 1 else "compatible"  # a change of route changes once


def _by_flow(answers: list[Answer]) -> list[list[str]]:
    """What answered each flow, in order."""
    flows: dict[str, list[str]] = {}
    for answer in answers:
        if answer.address is not None and answer.flow != "?":
            flows.setdefault(answer.flow, []).append(answer.address)
    return list(flows.values())


def _repeats(answers: list[Answer], trace: Trace) -> int:
    return 0 if trace.flows == "varies" else sum(len(seen) - 1 for seen in _by_flow(answers))


def _splitter(counts: Counter[str], before: Hop | None, known: Known) -> str | None:
    """The device that has these hosts as next hops: by its routes, or by its address at the hop before."""
    senders = [known.before.get(address, frozenset()) for address in counts]
    common = frozenset.intersection(*senders)
    here = {host.device for host in before.hosts if host.device} if before else set()
    both = common & here or common or here
    return next(iter(both)) if len(both) == 1 else None


def _devices(paths: tuple[PathPart, ...], known: Known) -> tuple[DeviceOnPath, ...]:
    names: dict[str, None] = {}
    for path in paths:
        for hop in path.hops:
            if hop.split_by:
                names[hop.split_by] = None
            names.update(dict.fromkeys(host.device for host in hop.hosts if host.device))
    return tuple(
        DeviceOnPath(
            device=name,
            findings=tuple(
                KnownFinding(
                    code=f.code,
                    severity=f.severity,
                    outcome=f.outcome,
                    message=f.message,
                    evidence=f.evidence,
                )
                for f in known.findings.get(name, ())
            ),
        )
        for name in names
    )


def _signs(paths: tuple[PathPart, ...], devices: tuple[DeviceOnPath, ...]) -> Iterator[Sign]:
    failed = {
        (d.device, f.code.rstrip("0123456789"))
        for d in devices
        for f in d.findings
        if f.outcome == "fail"
    }
    for path in paths:
        mtus = [hop.mtu for hop in path.hops if hop.mtu]
        for hop in path.hops:
            place = f"hop {hop.ttl} of {path.file}"
            if hop.within_flow is not None:
                # what the trace shows, and the configuration says too, is proved
                level: Level = "proved" if (hop.split_by or "", "LB") in failed else hop.within_flow
                yield Sign("ANY", level, f"several hosts within one flow at {place}")
            marks = frozenset(hop.marks)
            if marks & _FORBIDDEN:
                yield Sign("ACL", "evidence", f"administratively prohibited, says {place}")
            if marks & _UNREACHABLE:
                yield Sign("ROUTE", "evidence", f"unreachable, says {place}")
            if "U" in marks:
                yield Sign("ACL", "compatible", f"unreachable or prohibited, says {place}")
                yield Sign("ROUTE", "compatible", f"unreachable or prohibited, says {place}", 0.5)
            if marks & _TOO_BIG:
                yield Sign("PMTU", "compatible", f"fragmentation needed, says {place}")
        if len(set(mtus)) > 1 and mtus[-1] < mtus[0]:
            yield Sign(
                "PMTU",
                "compatible",
                f"the path MTU falls from {mtus[0]} to {min(mtus)} in {path.file}",
            )
        if path.target and not path.reached and path.hops and not any(h.marks for h in path.hops):
            yield Sign("ACL", "compatible", f"{path.file} ends before {path.target}")
            yield Sign("ROUTE", "compatible", f"{path.file} ends before {path.target}", 0.5)


def _findings(devices: tuple[DeviceOnPath, ...]) -> Iterator[Sign]:
    on_path = [
        (d, f)
        for d in devices
        for f in d.findings
        if f.outcome == "fail" and f.severity in ("critical", "high")
    ]
    for device, finding in on_path:
        for cause, family in FAMILIES.items():
            if finding.code.startswith(family):
                yield Sign(
                    cause, "evidence", f"{finding.code} on {device.device}, which is on the path"
                )


def _remarks(paths: tuple[PathPart, ...]) -> Iterator[str]:
    for path in paths:
        several = [hop for hop in path.hops if len(hop.hosts) > 1 and hop.within_flow is None]
        if several and path.flows == "varies":
            yield (
                f"{path.file}: several hosts at hops {_ttls(several)}, but {path.tool} changes its flow with every "
                "probe: that is what balancing by flow looks like too. Keep the flow: "
                f"{ONE_FLOW}"
            )
            continue
        kept = [hop for hop in several if hop.repeats]
        once = [hop for hop in several if not hop.repeats]
        if kept:
            yield f"{path.file}: hops {_ttls(kept)} have several ways, and every flow keeps to one: balanced by flow"
        if once:
            yield (
                f"{path.file}: hops {_ttls(once)} have several ways, and {path.tool} asked each flow once there: "
                "whether a flow keeps to one way does not show. Repeat one flow: "
                f"{ONE_FLOW}"
            )
        if path.tool == "mtr --json":
            yield (
                f"{path.file}: mtr's JSON names one host of each hop, so several ways do not show in it; "
                "mtr --report names all"
            )


def _ttls(hops: list[Hop]) -> str:
    return ", ".join(str(hop.ttl) for hop in hops)


def _next(ranked: tuple[Ranked, ...], paths: tuple[PathPart, ...]) -> tuple[str, ...]:
    commands: dict[str, None] = {}
    for hop in (hop for path in paths for hop in path.hops if hop.within_flow):
        if hop.split_by:
            commands[f"auditor audit CONFIGURATION-OF-{hop.split_by} --select LB"] = None
    for item in ranked[:3]:
        commands.update(dict.fromkeys(item.cause.next))
    return tuple(commands)
