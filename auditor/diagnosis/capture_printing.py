"""What captures show, for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.diagnosis.report import CapturePart, Session

SHOWN = 12
"""Sessions that are shown; JSON has more."""


def capture_lines(found: CapturePart) -> Iterator[str]:
    """The captures' files, counts and sessions, line by line."""
    for file in found.files:
        seconds = max(0.0, file.last - file.first)
        yield f"{file.file}: {file.packets} packets, {file.segments} of TCP, {seconds:.1f} s"
        others = {reason: count for reason, count in file.skipped.items() if count}
        if others:
            yield f"  not looked at: {', '.join(f'{n} {reason}' for reason, n in others.items())}"
    for name, counts in (("the service", found.counts), ("others", found.other_counts)):
        if counts:
            told = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
            yield f"Sessions with {name}: {told}"
    faults = [s for s in found.sessions if s.kind not in ("clean", "unfinished")]
    fine = [s for s in found.sessions if s not in faults]
    for session in (*faults[:SHOWN], *fine[: 2 if faults else 4]):
        yield from _session(session)
    if len(faults) > SHOWN:
        yield f"  and {len(faults) - SHOWN} more; see --format json"
    for split in found.splits:
        if split.proved:
            yield (
                f"Spreading proved: {split.source}:{split.source_port} -> {split.target}:{split.target_port}: "
                f"{split.only_first} packets only on {split.links[0]}, {split.only_second} only on "
                f"{split.links[1]}, {split.switches} changes between them"
            )


def _session(session: Session) -> Iterator[str]:
    level = "" if session.kind in ("clean", "unfinished") else f" ({session.level})"
    yield (
        f"  {session.client}:{session.client_port} -> {session.server}:{session.server_port}  "
        f"{session.kind}{level}: {session.meaning}  [{session.link}]"
    )
    yield from (f"    {reason}" for reason in session.reasons)
    for vote in session.votes:
        sums = f"server {vote.server:+d}, between {vote.between:+d}, other edge {vote.edge:+d}"
        yield f"    vote: {vote.text}  ({sums})"
