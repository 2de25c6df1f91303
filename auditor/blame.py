"""Since when a finding holds: the first commit of a history with it, found by halving.

Halving asks about the logarithm of the number of commits and is right where the finding came once and stayed. Where
it came and went several times, it finds one of the times it came; looking at every commit finds the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from auditor.git_history import Commit, History
from auditor.pipeline import AuditOptions, audit_device
from auditor.reports.model import FindingPart
from inventory.sources import SourceDevice, SourceFile


class Blamed(NamedTuple):
    """The first commit in which a finding holds, the one before (None: the files begin with it), the finding
    as it was then, and how many commits were looked at. `episodes` counts how often it came, None where that was
    not looked at."""

    commit: Commit
    before: Commit | None
    finding: FindingPart
    looked_at: int
    episodes: int | None


class Question:
    """Whether a finding holds in a commit; each is judged once."""

    def __init__(
        self,
        history: History,
        source: SourceDevice,
        root: Path,
        finding: str,
        options: AuditOptions,
    ) -> None:
        self.history, self.source, self.finding, self.options = history, source, finding, options
        self.names = {file.path: file.path.relative_to(root).as_posix() for file in source.files}
        self.known: dict[str, FindingPart | None] = {}

    @property
    def files(self) -> tuple[str, ...]:
        """The files of the device, as the repository names them."""
        return tuple(self.names.values())

    def ask(self, commit: Commit) -> FindingPart | None:
        """The finding as it was in a commit, None where it did not hold."""
        if commit.name not in self.known:
            self.known[commit.name] = self._judge(commit.name)
        return self.known[commit.name]

    def _judge(self, commit: str) -> FindingPart | None:
        contents: dict[Path, bytes] = {}
        files: list[SourceFile] = []
        for file in self.source.files:
            data = self.history.content(commit, self.names[file.path])
            if data is not None:
                contents[file.path] = data
                files.append(file)
        if not files:
            return None
        source = SourceDevice(self.source.name, self.source.platform_hint, tuple(files))
        found = audit_device(source, self.options, contents.__getitem__).findings
        return next((f for f in found if f.id == self.finding and f.outcome != "note"), None)


Asked = Callable[[Commit], FindingPart | None]


def halved(commits: Sequence[Commit], ask: Asked) -> int | None:
    """The place of a commit in which the finding holds and before which it does not; None where it does not hold
    in the last."""
    if not commits or ask(commits[-1]) is None:
        return None
    low, high = -1, len(commits) - 1  # does not hold at low, holds at high
    while high - low > 1:
        middle = (low + high) // 2
        if ask(commits[middle]) is None:
            low = middle
        else:
            high = middle
    return high


def scanned(commits: Sequence[Commit], ask: Asked) -> tuple[int | None, int]:
    """The place of the commit since which the finding holds without a break, and how often it came."""
    place, episodes, held = None, 0, False
    for number, commit in enumerate(commits):
        holds = ask(commit) is not None
        if holds and not held:
            place = number
            episodes += 1
        held = holds
    return (place if held else None), episodes


def blame(question: Question, linear: bool) -> Blamed | None:
    """Since when the finding holds; None where it does not hold in the newest commit."""
    commits = question.history.commits(question.files)
    place, episodes = (
        scanned(commits, question.ask) if linear else (halved(commits, question.ask), None)
    )
    if place is None:
        return None
    finding = question.ask(commits[place])
    if finding is None:
        return None
    before = commits[place - 1] if place else None
    return Blamed(commits[place], before, finding, len(question.known), episodes)
