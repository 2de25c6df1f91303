"""The support bundle: what support asks for, without what it must not see.

Contents: README.md for people, bundle.json for programs, diagnosis.txt if there is evidence. Everything is scrubbed,
looked through once more before it is written, and the key of the anonymised form stays outside.
"""

from __future__ import annotations

import datetime
import json
import os
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from auditor.diagnosis.anonymise import Anonymiser
from auditor.diagnosis.doctor import examine, sort_out
from auditor.diagnosis.known import known_of
from auditor.diagnosis.patterns import Table
from auditor.diagnosis.printing import as_text
from auditor.diagnosis.secrets import clean, holds_secret
from auditor.errors import UsageError
from auditor.reports.model import DevicePart, FindingPart, Report
from rules.service import Service

_FAMILIES = {"ACL": "filters", "MTU": "Path MTU Discovery", "LB": "load balancing", "RT": "routing"}
_LONG = 100_000


class Wanted(NamedTuple):
    """What the bundle is to hold."""

    devices: tuple[str, ...]
    evidence: tuple[str, ...]
    anonymise: bool
    today: datetime.date


def write_bundle(
    report_file: str, output: str, wanted: Wanted, service: Service, table: Table
) -> str:
    """Writes the bundle and gives what to tell the user.

    Raises UsageError for a report that is none, a device that is not in it, or a bundle that would hold a secret.
    """
    report = _report(report_file)
    devices = _devices(report, wanted.devices)
    names = {device.name for device in devices}
    findings = tuple(f for f in report.findings if f.device in names)
    files = {
        "README.md": _markdown(report, devices, findings, wanted.today),
        "bundle.json": _json(report, devices, findings, wanted.today),
    }
    if wanted.evidence:
        given = sort_out(list(wanted.evidence), None)
        known = known_of(devices, findings)
        files["diagnosis.txt"] = as_text(examine(given, service, table, known))
    key_file = None
    if wanted.anonymise:
        key = secrets.token_bytes(32)
        every = tuple(device.name for device in report.devices)
        anonymiser = Anonymiser(key, (*service.prefixes, *service.former), every)
        files = {name: anonymiser.text(text) for name, text in files.items()}
        _scan_names(files, anonymiser)
        key_file = f"{output}.key.json"
        _private(
            key_file, json.dumps({"key": key.hex(), "names": anonymiser.names}, indent=2) + "\n"
        )
    _scan_secrets(files)
    _zip(output, files, wanted.today)
    told = f"{output}: {', '.join(files)}\n"
    return told + (f"{key_file}: the key; keep it, and do not send it\n" if key_file else "")


def _report(file: str) -> Report:
    try:
        return Report.model_validate(json.loads(Path(file).read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise UsageError(
            f"{file}: is no JSON report of this version's audit ({reason}); make one with: auditor audit PATH "
            "--format json --output report.json"
        ) from None


def _devices(report: Report, wanted: tuple[str, ...]) -> tuple[DevicePart, ...]:
    known = {device.name: device for device in report.devices}
    for name in wanted:
        if name not in known:
            raise UsageError(
                f"--device {name}: the report has {', '.join(sorted(known)) or 'no device'}"
            )
    return tuple(known[name] for name in wanted) if wanted else tuple(report.devices)


def _json(
    report: Report,
    devices: tuple[DevicePart, ...],
    findings: tuple[FindingPart, ...],
    today: datetime.date,
) -> str:
    data: dict[str, Any] = {
        "schema_version": "1",
        "created": str(today),
        "tool": report.tool.model_dump(mode="json"),
        "service": report.service.model_dump(mode="json"),
        "devices": [device.model_dump(mode="json") for device in devices],
        "findings": [finding.model_dump(mode="json") for finding in findings],
        "ruled_out": _ruled_out(devices, findings),
    }
    return json.dumps(_cleaned(data), indent=2, ensure_ascii=False) + "\n"


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, _LONG)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return (
        {key: _cleaned(item) for key, item in value.items()} if isinstance(value, dict) else value
    )


def _ruled_out(devices: tuple[DevicePart, ...], findings: tuple[FindingPart, ...]) -> list[str]:
    """Families without a finding on devices that were read as a whole."""
    said = []
    for family, words in _FAMILIES.items():
        spoken = {f.device for f in findings if f.code.startswith(family) and f.outcome != "note"}
        fine = [d.name for d in devices if d.status == "audited" and d.name not in spoken]
        if fine:
            said.append(f"{words}: nothing found on {', '.join(fine)}")
    return said


def _markdown(
    report: Report,
    devices: tuple[DevicePart, ...],
    findings: tuple[FindingPart, ...],
    today: datetime.date,
) -> str:
    service = report.service
    lines = [
        f"# Sessions to {service.name}: what the network's side shows", "",
        f"Made on {today} with {report.tool.name} {report.tool.version}.",
        f"The service's address list is of {service.published or 'no date'}.",
        "Secrets are removed.", "", "## Devices", "",
        "| device | make | model | operating system | read |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for device in devices:
        cells = (device.name, device.vendor, device.model, device.os_version, device.status)
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    lines += ["", "## Ways to the service", ""]
    for device in devices:
        for way in device.paths:
            hops = ", ".join(
                " ".join(filter(None, (h.interface, h.address))) for h in way.next_hops
            )
            lines.append(
                f"- {device.name}: {way.prefix} by {way.route or 'no route'} ({way.protocol or '-'}): {hops or '-'}"
            )
    lines += ["", "## Findings", ""]
    for finding in findings:
        lines += [f"### {finding.code} {finding.title} ({finding.severity}, {finding.outcome})", ""]
        lines += [f"{finding.device}, {finding.subject}: {finding.message}", "", "```text"]
        lines += [
            clean(f"{line.file}:{line.line}: {line.text}").replace("```", "'''")
            for line in finding.evidence
        ]
        lines += ["```", ""]
    lines += ["## Ruled out", "", *(f"- {text}" for text in _ruled_out(devices, findings)), ""]
    return "\n".join(clean(line, _LONG) if line.strip() else line for line in lines)


def _cell(text: str | None) -> str:
    return (text or "not known").replace("|", "\\|")


def _scan_names(files: dict[str, str], anonymiser: Anonymiser) -> None:
    """What was replaced must not be left anywhere, in any spelling that the search knows."""
    for name, text in files.items():
        left = [seen for seen in anonymiser.seen if len(seen) > 3 and _stands(seen, text)]
        if left:
            raise UsageError(
                f"the bundle was not written: {name} would still hold {len(left)} originals; please report it"
            )


def _stands(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (
            before.isalnum() or before in (".", ":", "-") or after.isalnum() or after in (":", "-")
        ):
            return True
        at = text.find(word, at + 1)
    return False


def _scan_secrets(files: dict[str, str]) -> None:
    for name, text in files.items():
        # in JSON, what stands between quotes is looked at, not the quotes
        lines = _strings(json.loads(text)) if name.endswith(".json") else text.splitlines()
        for number, line in enumerate(lines, 1):
            if holds_secret(line):
                raise UsageError(
                    f"the bundle was not written: text {number} of {name} would hold a secret; please report it"
                )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


def _private(file: str, text: str) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written: {error.strerror}") from None


def _zip(output: str, files: dict[str, str], today: datetime.date) -> None:
    try:
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in files.items():
                info = zipfile.ZipInfo(
                    name, (max(today.year, 1980), today.month, today.day, 0, 0, 0)
                )
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, text)
    except OSError as error:
        raise UsageError(f"--output {output}: cannot be written: {error.strerror}") from None
