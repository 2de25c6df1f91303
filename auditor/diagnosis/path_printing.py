"""What path tools saw, for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.diagnosis.report import DeviceOnPath, Hop, HopHost, PathPart

_MARKS = {
    "X": "administratively prohibited", "N": "network unreachable", "H": "host unreachable",
    "P": "protocol unreachable", "F": "fragmentation needed", "U": "unreachable or prohibited",
    "R": "reset", "D": "the destination",
}  # fmt: skip


def path_lines(path: PathPart) -> Iterator[str]:
    """A trace, hop by hop."""
    target = f" to {path.target}" if path.target else ""
    end = "" if path.reached or path.target is None else ", does not reach it"
    flows = {
        "same": "one flow",
        "varies": "another flow with every probe",
        "known": "flows told apart",
    }
    yield f"{path.file}: {path.tool}{target} ({flows[path.flows]}){end}"
    for hop in path.hops:
        yield from _hop(hop)


def _hop(hop: Hop) -> Iterator[str]:
    told = [_MARKS.get(mark, mark) for mark in hop.marks if mark != "D"]
    told += [f"MTU {hop.mtu}"] if hop.mtu else []
    if hop.within_flow:
        told.append(f"several hosts within one flow ({hop.within_flow})")
    elif len(hop.hosts) > 1:
        told.append("several hosts")
    if hop.split_by:
        told.append(f"next hops of {hop.split_by}")
    hosts = [_host(host) for host in hop.hosts]
    yield f"  {hop.ttl:>2}  {', '.join(hosts) or '*'}{'  <- ' + '; '.join(told) if told else ''}"


def _host(host: HopHost) -> str:
    name = f" ({host.name})" if host.name else ""
    return f"{host.address}{name}" + (f" = {host.device} {host.interface}" if host.device else "")


def device_lines(device: DeviceOnPath) -> Iterator[str]:
    """What the audit found on a device of the path."""
    if not device.findings:
        yield f"{device.device} is on the path; the audit found nothing there"
        return
    yield f"{device.device} is on the path; the audit found there"
    for finding in device.findings:
        unknown = " (unknown)" if finding.outcome == "unknown" else ""
        yield f"  {finding.code} {finding.severity}{unknown}: {finding.message}"
        yield from (f"    {line.file}:{line.line}: {line.text}" for line in finding.evidence[:3])
