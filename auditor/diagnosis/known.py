"""What an audit knows of the devices on a path: whose address a hop is, and what was found there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from auditor.errors import UsageError
from auditor.pipeline import AuditOptions, DeviceFailed, audit_device, parse_device
from auditor.reports.model import DevicePart, FindingPart, Report
from auditor.sources import open_path
from rules.packets.packet import address_text
from rules.service import Service


class Known(NamedTuple):
    """Devices of an audit. `owners`: the device and interface that have an address; `before`: the devices
    that send traffic for the service to an address. `notes` say what could not be used."""

    owners: dict[str, tuple[str, str]]
    before: dict[str, frozenset[str]]
    findings: dict[str, tuple[FindingPart, ...]]
    notes: tuple[str, ...] = ()


NOTHING = Known({}, {}, {})


def known_from(path: str | None, service: Service) -> Known:
    """What is known from a JSON report of an audit, or from configurations, which are audited now.

    Raises UsageError if the path is neither.
    """
    if path is None:
        return NOTHING
    if path.endswith(".json") and Path(path).is_file() and not path.endswith("snapshot.json"):
        return _from_report(path)
    return _from_configurations(path, service)


def _from_report(path: str) -> Known:
    try:
        report = Report.model_validate(json.loads(Path(path).read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"--audit {path}: is no JSON report of this version's audit ({reason}); make one with: auditor audit "
            "PATH --format json --output report.json"
        ) from None
    return known_of(report.devices, report.findings)


def known_of(devices: Sequence[DevicePart], findings: Iterable[FindingPart]) -> Known:
    """What is known from parts of a report."""
    owners = {
        text.partition("/")[0]: (device.name, port.name)
        for device in devices
        for port in device.ports
        for text in port.addresses
    }
    notes: tuple[str, ...] = ()
    if not owners:
        notes = ("the report holds no addresses of interfaces: hops are known by next hops only",)
    return Known(owners, _before(devices), _by_device(findings), notes)


def _from_configurations(path: str, service: Service) -> Known:
    devices, read = open_path(path)
    options = AuditOptions(service=service)
    owners: dict[str, tuple[str, str]] = {}
    notes: list[str] = []
    parts: list[DevicePart] = []
    findings: list[FindingPart] = []
    for source in devices:
        audited = audit_device(source, options, read)
        parts.append(audited.device)
        findings += audited.findings
        try:
            device, _, _ = parse_device(source, options, read)
        except DeviceFailed as error:
            notes.append(f"{source.name}: {error}")
            continue
        for interface in device.interfaces:
            for own in interface.addresses:
                owners[address_text(own.family, own.value)] = (source.name, interface.name)
    return Known(owners, _before(parts), _by_device(findings), tuple(notes))


def _before(devices: Iterable[DevicePart]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for device in devices:
        for way in device.paths:
            for hop in way.next_hops:
                if hop.address:
                    found.setdefault(hop.address, set()).add(device.name)
    return {address: frozenset(names) for address, names in found.items()}


def _by_device(
    findings: Iterable[FindingPart],
) -> dict[str, tuple[FindingPart, ...]]:
    found: dict[str, tuple[FindingPart, ...]] = {}
    for finding in findings:
        if finding.outcome != "note":
            found[finding.device] = (*found.get(finding.device, ()), finding)
    return found
