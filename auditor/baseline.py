"""What was known before: findings that an earlier report has already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from auditor.reports import json_report
from auditor.reports.model import BaselinePart, FindingPart

SEVERITY = {name: rank for rank, name in enumerate(("info", "low", "medium", "high", "critical"))}
OUTCOME = {"note": 0, "unknown": 1, "fail": 2}


class Rated(Protocol):
    """A finding's name and how bad it is."""

    @property
    def id(self) -> str:
        """Its stable name."""
        ...

    @property
    def severity(self) -> str:
        """One of the five."""
        ...

    @property
    def outcome(self) -> str:
        """`fail`, `unknown` or `note`."""
        ...


F = TypeVar("F", bound=Rated)


def is_worse(new: Rated, old: Rated) -> bool:
    """Whether the same finding is worse than it was: a higher severity, or decided where it was not."""
    if new.outcome == old.outcome:
        return SEVERITY[new.severity] > SEVERITY[old.severity]
    return OUTCOME[new.outcome] > OUTCOME[old.outcome]


class Baseline:
    """An earlier report, to leave out what it has. A finding that got worse since is not left out."""

    def __init__(self, source: str, known: Sequence[FindingPart]) -> None:
        self.source = source
        self.known = {finding.id: finding for finding in known}

    def split(self, findings: Sequence[F]) -> tuple[list[F], BaselinePart]:
        """The findings that are new, and the numbers."""
        kept = [f for f in findings if f.id not in self.known or is_worse(f, self.known[f.id])]
        gone = len(self.known.keys() - {finding.id for finding in findings})
        return kept, BaselinePart(
            source=self.source, new=len(kept), known=len(findings) - len(kept), gone=gone
        )


def load(file: str) -> Baseline:
    """The baseline in a JSON report. Raises UsageError with file and reason."""
    return Baseline(file, json_report.load(file).findings)
