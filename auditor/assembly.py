"""From the devices of a run to the report: sorted, waived, compared, counted, all by keys.

The order is by names and severities alone, so that it does not matter who finished first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from auditor import __version__
from auditor.baseline import Baseline
from auditor.exit_codes import ExitCode
from auditor.pipeline import Audited
from auditor.record import encode
from auditor.reports import model
from auditor.spool import DeviceKey, Devices, FindingKey, Findings, Place, Spool
from auditor.waivers.waiver import Applied, Waiver, apply
from rules.finding import Outcome, Severity
from rules.service import Service

_GLOB = frozenset("*?[")
_RANK = {severity.value: severity.rank for severity in Severity}


class Waivers(NamedTuple):
    """What findings are measured against: the date, the waivers of a file, and whether all rules ran."""

    today: datetime.date
    file: tuple[Waiver, ...] = ()
    complete: bool = True


def report_of(
    parts: Iterable[Audited],
    service: Service,
    waivers: Waivers | None = None,
    baseline: Baseline | None = None,
) -> model.Report:
    """The report over the devices that `parts` are of."""
    spool = Spool()
    for part in parts:
        spool.add(encode(part.device, part.findings, part.waivers))
    return report_from(spool, service, waivers, baseline)


def report_from(
    spool: Spool,
    service: Service,
    waivers: Waivers | None = None,
    baseline: Baseline | None = None,
) -> model.Report:
    """The report over all devices in a spool, in the order of their names."""
    devices = sorted(spool.devices, key=lambda key: key.name)
    findings = sorted(spool.findings, key=_order)
    chosen = waivers or Waivers(datetime.date.min)
    applied = _waived(spool, findings, chosen)
    waived: dict[Place, model.WaivedPart] = {}
    for key, said in applied.waived:
        waived.setdefault(key.place, said)
    kept, compared = (findings, None) if baseline is None else baseline.split(findings)
    return model.Report.model_construct(
        tool=model.Tool(name="auditor", version=__version__),
        service=_service_part(service),
        devices=Devices(spool, devices),
        findings=Findings(spool, kept, waived),
        summary=_summary(devices, kept, waived),
        waivers=applied.waivers,
        baseline=compared,
    )


def _order(key: FindingKey) -> tuple[int, str, str, str, str]:
    return _RANK[key.severity], key.outcome, key.device, key.code, key.subject


def _waived(spool: Spool, findings: Sequence[FindingKey], waivers: Waivers) -> Applied[FindingKey]:
    by_device: dict[str, list[FindingKey]] = {}
    by_code: dict[str, list[FindingKey]] = {}
    by_id: dict[str, list[FindingKey]] = {}
    for key in findings:
        by_device.setdefault(key.device, []).append(key)
        by_code.setdefault(key.code, []).append(key)
        by_id.setdefault(key.id, []).append(key)

    def candidates() -> Iterator[tuple[Waiver, Iterable[FindingKey]]]:
        for waiver in waivers.file:
            if waiver.id is not None:
                yield waiver, by_id.get(waiver.id, ())
            elif waiver.device in by_device and not _GLOB.intersection(waiver.device):
                yield waiver, by_device[waiver.device]
            elif len(waiver.codes) == 1:
                yield waiver, by_code.get(waiver.codes[0], ())
            else:
                yield waiver, findings
        # a comment speaks for the device whose text it is in
        for device, waiver in sorted(spool.waivers, key=lambda pair: pair[0]):
            yield waiver, by_device.get(device, ())

    return apply(
        candidates(), waivers.today, waivers.complete, lambda key: spool.finding(key).evidence
    )


def _service_part(service: Service) -> model.ServicePart:
    return model.ServicePart(
        name=service.name,
        source=service.source,
        published=service.published,
        prefixes=tuple(str(prefix) for prefix in service.prefixes),
        ports=tuple(model.ServicePort(protocol=p.protocol, port=p.port) for p in service.ports),
    )


def _summary(
    devices: Sequence[DeviceKey],
    findings: Sequence[FindingKey],
    waived: dict[Place, model.WaivedPart],
) -> model.Summary:
    counts = {severity.value: 0 for severity in Severity} | {"unknown": 0, "waived": 0}
    for key in findings:
        unknown = key.outcome == Outcome.UNKNOWN.value
        counts["waived" if key.place in waived else "unknown" if unknown else key.severity] += 1
    return model.Summary(
        devices=len(devices),
        audited=sum(key.status == "audited" for key in devices),
        partial=sum(key.status == "partial" for key in devices),
        failed=sum(key.status == "failed" for key in devices),
        findings=model.Counts(**counts),
    )


def exit_code(report: model.Report, fail_on: Severity) -> ExitCode:
    """1 for a finding at or above `fail_on` that is neither a note nor waived; 3 where a device failed; else 0.

    Findings are in the order of their severities, so that few are read.
    """
    for finding in report.findings:
        if _RANK[finding.severity] > fail_on.rank:
            break
        if finding.waived is None and finding.outcome != Outcome.NOTE.value:
            return ExitCode.FINDINGS
    return ExitCode.INCOMPLETE if report.summary.failed else ExitCode.CLEAN
