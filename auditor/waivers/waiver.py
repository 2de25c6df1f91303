"""What a waiver is, and what becomes of findings that it covers.

A waiver never hides anything: a waived finding stays in every report, with its waiver, and counts for nothing else.
A waiver that has expired, matches nothing or cannot be read is shown before the findings.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Generic, NamedTuple, Protocol, TypeVar

from auditor.reports.model import Line, WaivedPart, WaiverPart


class Cover(NamedTuple):
    """The lines of a file that a comment speaks for, both ends included."""

    file: str
    first: int
    last: int


class Waiver(NamedTuple):
    """One waiver. All of `id`, `codes`, `device`, `subject` and `cover` that are given must fit; `device` and
    `subject` may hold `*` and `?`. `until` is the last day on which it holds, None where `broken` says what is
    wrong with it."""

    source: str
    reason: str
    owner: str | None = None
    ticket: str | None = None
    until: datetime.date | None = None
    id: str | None = None
    codes: tuple[str, ...] = ()
    device: str | None = None
    subject: str | None = None
    cover: Cover | None = None
    broken: str = ""

    @property
    def scope(self) -> str:
        """What it is about, in words."""
        parts = [f"finding {self.id}"] if self.id else []
        parts += [", ".join(self.codes)] if self.codes else []
        parts += [f"device {self.device}"] if self.device else []
        parts += [f"subject {self.subject}"] if self.subject else []
        if self.cover is not None:
            whole = self.cover.first <= 1 and self.cover.last >= WHOLE_FILE
            lines = "" if whole else f" lines {self.cover.first} to {self.cover.last}"
            parts.append(f"{self.cover.file}{lines}")
        return ", ".join(parts) or "nothing"


WHOLE_FILE = 10**9
"""The last line of a cover that reaches to the end of its file."""


class Scoped(Protocol):
    """What a waiver looks at in a finding, its evidence aside."""

    @property
    def id(self) -> str:
        """Its stable name."""
        ...

    @property
    def code(self) -> str:
        """Its rule's code."""
        ...

    @property
    def device(self) -> str:
        """The device that it is about."""
        ...

    @property
    def subject(self) -> str:
        """What of the device it is about."""
        ...


F = TypeVar("F", bound=Scoped)


class Applied(NamedTuple, Generic[F]):
    """What became of the waivers: each finding that one covers with what is to be said of it, first come
    first served, and each waiver's own row."""

    waived: list[tuple[F, WaivedPart]]
    waivers: tuple[WaiverPart, ...]


def apply(
    waivers: Iterable[tuple[Waiver, Iterable[F]]],
    today: datetime.date,
    complete: bool,
    evidence: Callable[[F], Iterable[Line]],
) -> Applied[F]:
    """Matches waivers with findings: each comes with those that it may be about, in the report's order.

    `evidence` gives a finding's lines. `complete` False: not all rules ran, so a waiver that matches nothing may
    well be needed, and is not reported.
    """
    waived: list[tuple[F, WaivedPart]] = []
    parts: list[WaiverPart] = []
    for waiver, candidates in waivers:
        if waiver.broken:
            parts.append(_part(waiver, "broken", waiver.broken))
            continue
        covered = [finding for finding in candidates if covers(waiver, finding, evidence)]
        expired = waiver.until is None or waiver.until < today
        if not expired:
            said = _waived(waiver)
            waived.extend((finding, said) for finding in covered)
        state = "expired" if expired else "used" if covered else "unmatched"
        if complete or state != "unmatched":
            ids = tuple(finding.id for finding in covered)
            parts.append(_part(waiver, state, waiver.reason, ids))
    return Applied(waived, tuple(parts))


def covers(waiver: Waiver, finding: F, evidence: Callable[[F], Iterable[Line]]) -> bool:
    """Whether a waiver is about a finding, its date aside."""
    if waiver.id is not None and waiver.id != finding.id:
        return False
    if waiver.codes and finding.code not in waiver.codes:
        return False
    if waiver.device is not None and not fnmatchcase(finding.device, waiver.device):
        return False
    if waiver.subject is not None and not fnmatchcase(finding.subject, waiver.subject):
        return False
    if waiver.cover is not None:
        file, first, last = waiver.cover
        return any(line.file == file and first <= line.line <= last for line in evidence(finding))
    return True


def _waived(waiver: Waiver) -> WaivedPart:
    return WaivedPart(
        source=waiver.source,
        reason=waiver.reason,
        owner=waiver.owner,
        ticket=waiver.ticket,
        until=str(waiver.until),
    )


def _part(waiver: Waiver, state: str, reason: str, ids: tuple[str, ...] = ()) -> WaiverPart:
    return WaiverPart.model_validate(
        {
            "state": state,
            "source": waiver.source,
            "scope": waiver.scope,
            "reason": reason,
            "owner": waiver.owner,
            "ticket": waiver.ticket,
            "until": None if waiver.until is None else str(waiver.until),
            "findings": ids,
        }
    )
