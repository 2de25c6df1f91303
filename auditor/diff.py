"""Two reports compared: what appeared, what is gone, what changed, and what nobody can say any more.

A finding that is missing because its device is missing, or was not audited, is not gone: it is lost from sight.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from auditor.baseline import is_worse
from auditor.reports.model import FindingPart, Report

State = Literal["appeared", "worse", "better", "changed", "lost", "gone"]
STATES: tuple[State, ...] = ("appeared", "worse", "lost", "better", "changed", "gone")
"""The states in the order of the report: what needs a look comes first."""


_NUMBERS = re.compile(r"\blines? \d+(?:(?:, | and | to |-)\d+)*")
"""How messages name lines; lines that moved are no change."""


class Change(NamedTuple):
    """A finding that is not what it was; `finding` is the newest that there is of it, `details` says what
    changed."""

    state: State
    finding: FindingPart
    details: tuple[str, ...] = ()


class Difference(NamedTuple):
    """All that changed; `same` counts the findings that did not. `remarks` are about devices and the service."""

    changes: tuple[Change, ...]
    remarks: tuple[str, ...]
    same: int
    lost_devices: tuple[str, ...]


def difference(old: Report, new: Report) -> Difference:
    """What is different in `new`, findings matched by their ids."""
    before = {finding.id: finding for finding in old.findings}
    after = {finding.id: finding for finding in new.findings}
    audited = {device.name for device in new.devices if device.status != "failed"}
    changes = [Change("appeared", f) for f in new.findings if f.id not in before]
    same = 0
    for identity, finding in after.items():
        if identity in before and (details := _details(before[identity], finding)):
            changes.append(Change(_direction(before[identity], finding), finding, details))
        else:
            same += identity in before
    for identity, finding in before.items():
        if identity not in after:
            changes.append(Change("gone" if finding.device in audited else "lost", finding))
    known = {device.name for device in old.devices if device.status != "failed"}
    ordered = sorted(changes, key=lambda change: STATES.index(change.state))
    return Difference(tuple(ordered), _remarks(old, new), same, tuple(sorted(known - audited)))


def _direction(old: FindingPart, new: FindingPart) -> State:
    if is_worse(new, old) or (old.waived is not None and new.waived is None):
        return "worse"
    if is_worse(old, new) or (old.waived is None and new.waived is not None):
        return "better"
    return "changed"


def _details(old: FindingPart, new: FindingPart) -> tuple[str, ...]:
    """What changed in a finding; line numbers alone are no change."""
    found = []
    for name in ("severity", "outcome", "message"):
        was, is_now = getattr(old, name), getattr(new, name)
        if _NUMBERS.sub("line", was) != _NUMBERS.sub("line", is_now):
            found.append(f"{name}: was {was!r}, is {is_now!r}")
    texts = [[line.text.strip() for line in finding.evidence] for finding in (old, new)]
    if texts[0] != texts[1]:
        found.append("evidence: " + "; ".join(_lines(*texts)))
    if (old.waived is None) != (new.waived is None):
        found.append("waived" if new.waived is not None else "not waived any more")
    return tuple(found)


def _lines(old: list[str], new: list[str]) -> list[str]:
    minus = [f"- {text}" for text in old if text not in new]
    plus = [f"+ {text}" for text in new if text not in old]
    return minus + plus or ["the same lines in another order"]


def _remarks(old: Report, new: Report) -> tuple[str, ...]:
    found = []
    if old.service.name != new.service.name:
        found.append(f"the service was {old.service.name}, is {new.service.name}")
    elif old.service.prefixes != new.service.prefixes:
        was, is_now = set(old.service.prefixes), set(new.service.prefixes)
        changed = [f"+ {p}" for p in sorted(is_now - was)] + [
            f"- {p}" for p in sorted(was - is_now)
        ]
        found.append(f"the published ranges changed: {', '.join(changed)}")
    if old.tool.version != new.tool.version:
        found.append(f"the auditor was {old.tool.version}, is {new.tool.version}")
    before = {device.name: device for device in old.devices}
    after = {device.name: device for device in new.devices}
    found += [f"device {name} is new" for name in after if name not in before]
    found += [f"device {name} is not in the new report" for name in before if name not in after]
    for name, device in after.items():
        if name in before and before[name].status != device.status:
            why = f": {device.error}" if device.error else ""
            found.append(f"device {name} was {before[name].status}, is {device.status}{why}")
    return tuple(found)
