"""From a source to its part of the report: read, parse and judge a device by itself.

The only place that catches every exception: one bad device becomes a row with its reason, the rest goes on.
"""

from __future__ import annotations

import hashlib
import ipaddress
import pathlib
from collections.abc import Callable
from dataclasses import dataclass

from auditor.context import around
from auditor.ports import ports
from auditor.remedies.proposed import proposed
from auditor.remedies.rollback import rollback
from auditor.reports import model
from auditor.reports.clean import clean
from auditor.scrub import scrub
from auditor.waivers.inline import inline_waivers
from auditor.waivers.waiver import Waiver
from inventory.sources import SourceDevice
from parsers.detection import detect
from parsers.errors import EmptyText, ParserError
from parsers.model.device import Device
from parsers.model.source import Where
from parsers.platform import CONFIGURATION, Inputs, Platform, Text
from parsers.registry import platform as platform_of
from parsers.text import lines_of, remarks
from rules.finding import Budget, Finding, Outcome
from rules.forwarding import Path
from rules.rule import check_all
from rules.service import Network, Service
from rules.view import Options, View

NOT_UNDERSTOOD_LIMIT = 1000
"""Lines listed per device; the count is always complete."""


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """What the user asked for."""

    service: Service
    platform: str | None = None
    sources: tuple[Network, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    inline_waivers: bool = True
    prove: bool = False


@dataclass(frozen=True, slots=True)
class Audited:
    """One device's part of the report."""

    device: model.DevicePart
    findings: tuple[model.FindingPart, ...]
    waivers: tuple[Waiver, ...] = ()
    """Those in the comments of its configuration."""


class DeviceFailed(Exception):
    """A device that cannot be audited; the message is its reason."""


def audit_device(
    source: SourceDevice, options: AuditOptions, read: Callable[[pathlib.Path], bytes]
) -> Audited:
    """Reads, parses and judges one device; whatever goes wrong becomes its row."""
    try:
        part = audited(source, options, read)
    except MemoryError:
        part = failed(source, "there is not enough memory for it")
    findings = tuple(clean(finding) for finding in part.findings)
    return Audited(clean(part.device), findings, part.waivers)


def audited(
    source: SourceDevice, options: AuditOptions, read: Callable[[pathlib.Path], bytes]
) -> Audited:
    """The same with texts as the device printed them; they are made harmless when they are written.

    Raises MemoryError, which only the caller can do something about.
    """
    try:
        return _judged(source, options, read)
    except DeviceFailed as error:
        return failed(source, str(error))
    except MemoryError:
        raise
    except Exception as error:
        return failed(source, internal_error(error))


def internal_error(error: Exception) -> str:
    """The reason for a device with which the auditor itself was at fault."""
    return f"internal error, please report it: {type(error).__name__}: {error}"


def failed(source: SourceDevice, reason: str) -> Audited:
    """The row of a device that could not be audited."""
    labels = tuple(file.label for file in source.files)
    return Audited(_failed(source.name, labels, reason), ())


def _judged(
    source: SourceDevice, options: AuditOptions, read: Callable[[pathlib.Path], bytes]
) -> Audited:
    device, chosen, texts = parse_device(source, options, read)
    view = View(device, options.service, Options(options.sources))
    findings = check_all(view)
    lines = {text.file: text.lines for text in texts}
    parts = (
        _finding_part(device, chosen, f, texts, _proof(view, chosen, texts, findings, f, options))
        for f in findings
        if _wanted(f.code, options)
    )
    return Audited(
        _device_part(view, chosen, lines, _note(source.note, texts)),
        tuple(parts),
        tuple(inline_waivers(texts)) if options.inline_waivers else (),
    )


def _proof(
    view: View,
    chosen: Platform,
    texts: tuple[Text, ...],
    findings: list[Finding],
    finding: Finding,
    options: AuditOptions,
) -> model.ProofPart | None:
    if not options.prove or finding.outcome is not Outcome.FAIL:
        return None
    from auditor.remedies.proof import proof

    return proof(view, chosen, texts, findings, finding)


def parse_device(
    source: SourceDevice, options: AuditOptions, read: Callable[[pathlib.Path], bytes]
) -> tuple[Device, Platform, tuple[Text, ...]]:
    """The parsed device with its platform and texts. Raises DeviceFailed with the reason."""
    texts = _texts(source, read)
    chosen = _platform(source, texts, options)
    return chosen.parse(Inputs(source.name, chosen.name, texts)), chosen, texts


def _texts(source: SourceDevice, read: Callable[[pathlib.Path], bytes]) -> tuple[Text, ...]:
    if not source.files:
        raise DeviceFailed(source.note or "no file was collected for this device")
    texts = []
    for file in source.files:
        command = file.command or CONFIGURATION
        try:
            lines = lines_of(read(file.path))
        except EmptyText as error:
            if command == CONFIGURATION:
                raise DeviceFailed(f"{file.label} {error}") from None
            lines = []  # many commands have nothing to show
        except OSError as error:
            raise DeviceFailed(f"{file.label}: cannot be read: {error.strerror or error}") from None
        except ParserError as error:
            raise DeviceFailed(f"{file.label} {error}") from None
        texts.append(Text(file.label, command, lines))
    return tuple(texts)


def _platform(source: SourceDevice, texts: tuple[Text, ...], options: AuditOptions) -> Platform:
    name = options.platform or source.platform_hint
    if name is None:
        # the configuration speaks for itself; without one any text may
        ordered = sorted(texts, key=lambda text: text.command != CONFIGURATION)
        reasons = []
        for text in ordered:
            found = detect(text.lines)
            if found.platform is not None:
                name = found.platform
                break
            reasons.append(f"{text.file}: {found.reason}")
        if name is None:
            raise DeviceFailed(reasons[0] if reasons else "the platform cannot be told")
    try:
        return platform_of(name)
    except ParserError as error:
        raise DeviceFailed(str(error)) from None


def _wanted(code: str, options: AuditOptions) -> bool:
    if options.select and not code.startswith(options.select):
        return False
    return not (options.ignore and code.startswith(options.ignore))


def _failed(name: str, files: tuple[str, ...], reason: str) -> model.DevicePart:
    return model.DevicePart(
        name=name,
        platform=None,
        vendor=None,
        model=None,
        os_version=None,
        status="failed",
        error=scrub(reason),
        files=files,
        lines=model.Lines(total=0, used=0, irrelevant=0, not_understood=0),
        not_understood=(),
        paths=(),
    )


def _device_part(
    view: View, chosen: Platform, lines: dict[str, list[str]], note: str
) -> model.DevicePart:
    device = view.device
    partial = bool(device.not_understood) or not device.has_configuration or bool(note)
    return model.DevicePart(
        name=device.name,
        platform=chosen.name,
        vendor=device.vendor,
        model=device.model,
        os_version=device.os_version,
        status="partial" if partial else "audited",
        error=note or None,
        files=device.files,
        lines=model.Lines(**device.lines.model_dump()),
        not_understood=tuple(
            _line(unread.where, lines) for unread in device.not_understood[:NOT_UNDERSTOOD_LIMIT]
        ),
        paths=tuple(_path_part(path) for path in view.paths),
        ports=ports(view),
    )


def _note(note: str, texts: tuple[Text, ...]) -> str:
    """What is odd about the texts: a collection that failed, an output that was cut short."""
    found = [note] if note else []
    for text in texts:
        if text.command == CONFIGURATION:
            found.extend(f"{text.file}:{line}: {reason}" for line, reason in remarks(text.lines))
    return "; ".join(found[:5])


def _path_part(path: Path) -> model.PathPart:
    route = path.route
    text = None
    if route is not None:
        address = ipaddress.ip_address(route.value.to_bytes(4 if route.family == 4 else 16, "big"))
        text = f"{address}/{route.length}"
    return model.PathPart(
        prefix=str(path.prefix),
        vrf=path.vrf,
        route=text,
        protocol=route.protocol if route is not None else None,
        next_hops=tuple(
            model.NextHopPart(interface=leaf.interface, address=leaf.address)
            for leaf in path.leaves
        ),
        equal_cost=path.equal_cost,
    )


def _line(where: Where, lines: dict[str, list[str]]) -> model.Line:
    texts = lines.get(where.file, [])
    text = texts[where.line - 1] if 0 < where.line <= len(texts) else ""
    return model.Line(file=where.file, line=where.line, text=scrub(text))


def _finding_part(
    device: Device,
    chosen: Platform,
    finding: Finding,
    texts: tuple[Text, ...],
    proved: model.ProofPart | None,
) -> model.FindingPart:
    lines = {text.file: text.lines for text in texts}
    identity = "\n".join((device.name, finding.code, finding.subject))
    commands = proposed(chosen, finding, texts)
    steps = [*commands, *finding.advice, *finding.settle]
    return model.FindingPart(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        code=finding.code,
        title=finding.title,
        severity=finding.severity.value,
        outcome=finding.outcome.value,
        device=device.name,
        subject=finding.subject,
        message=scrub(finding.message),
        evidence=tuple(_line(where, lines) for where in finding.evidence),
        context=tuple(_line(where, lines) for where in around(finding.evidence, lines)),
        witness=model.WitnessPart(**finding.witness._asdict()) if finding.witness else None,
        blocked=None
        if finding.blocked is None
        else tuple(model.BlockedPart(**b._asdict()) for b in finding.blocked),
        budget=_budget_part(finding.budget),
        remediation=tuple(steps),
        commands=len(commands),
        rollback=rollback(chosen.name, commands, texts),
        proof=proved,
        references=finding.references,
    )


def _budget_part(budget: Budget | None) -> model.BudgetPart | None:
    if budget is None:
        return None
    fields = budget._asdict() | {"hops": tuple(model.HopPart(**h._asdict()) for h in budget.hops)}
    return model.BudgetPart(**fields)
