"""`auditor blame REPO FINDING`: the first commit in which a finding holds."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from auditor import profile
from auditor.blame import Blamed, Question
from auditor.blame import blame as search
from auditor.errors import UsageError
from auditor.exit_codes import ExitCode
from auditor.git_history import History
from auditor.pipeline import AuditOptions, audit_device
from auditor.reports.clean import visible
from auditor.sources import networks, platform_name
from inventory.errors import InventoryError
from inventory.sources import SourceDevice, find_sources


def blame(options: argparse.Namespace) -> int:
    """Finds the commit and prints it. Raises UsageError for a finding that does not hold now."""
    chosen = AuditOptions(
        service=profile.load(options.service),
        platform=platform_name(options.platform),
        sources=networks(options.sources),
    )
    history = History(options.repository, options.revision)
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        root = Path(folder).resolve()
        history.export(root)
        source, identity = _holder(root, options, chosen)
        question = Question(history, source, root, identity, chosen)
        found = search(question, options.linear)
        if found is None:
            raise UsageError(
                f"{options.repository}: its files have no history in {options.revision}"
            )
        sys.stdout.write("\n".join(_said(found, question.files)) + "\n")
    return int(ExitCode.CLEAN)


def _holder(
    root: Path, options: argparse.Namespace, chosen: AuditOptions
) -> tuple[SourceDevice, str]:
    """The device that has the finding now, and the finding's whole id."""
    try:
        devices = find_sources(root).devices
    except InventoryError as error:
        said = str(error).replace(str(root), options.repository)
        raise UsageError(said) from None
    for source in devices:
        for finding in audit_device(source, chosen, Path.read_bytes).findings:
            if finding.id.startswith(options.finding):
                return source, finding.id
    raise UsageError(
        f"{options.repository}: no finding has the id {options.finding!r} in {options.revision}; "
        "`auditor audit` prints ids in its JSON report"
    )


def _said(found: Blamed, files: tuple[str, ...]) -> Iterator[str]:
    finding, commit = found.finding, found.commit
    yield f"{finding.code} {finding.device}: {finding.title} [{finding.id}]"
    yield f"holds since {commit.name}"
    yield visible(f"    {commit.date}  {commit.author}  {commit.subject}")
    if found.before is None:
        yield f"    the first commit with {', '.join(files)}; what was before is not in this history"
    else:
        yield visible(
            f"not yet in {found.before.name}  {found.before.date}  {found.before.subject}"
        )
    yield f"    {finding.message}"
    yield from (f"    {e.file}:{e.line}  {e.text.strip()}" for e in finding.evidence)
    if found.episodes is None:
        yield f"{found.looked_at} commits were judged, by halving; --linear looks at each"
    else:
        times = "once" if found.episodes == 1 else f"{found.episodes} times"
        yield f"{found.looked_at} commits were judged; it came {times}"
