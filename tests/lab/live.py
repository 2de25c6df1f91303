"""`python -m tests.lab.live` (as root): every state of the router, audited over SSH while the client's sessions run."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tests.lab import judge, live_judge
from tests.lab.judge import ROOT, UNSHARE
from tests.lab.live_judge import Seen
from tests.lab.live_states import STATES

TOOLS = ("chpasswd", "ssh-keygen", "sshd", "sudo", "useradd")
LIMIT = 90
"""Seconds for one state, most of which are never used."""


class Live(NamedTuple):
    """A state that was run: what was seen, and how the audit ended; `texts` are the collected files by name."""

    seen: Seen
    code: int
    report: dict[str, Any]
    snapshot: dict[str, Any]
    texts: dict[str, str]
    said: str
    as_root: tuple[str, ...]
    log_ins: dict[str, str]


def why_not() -> str | None:
    """Why this machine cannot run the live lab; None where it can."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    return f"not installed: {', '.join(missing)}" if missing else judge.why_not()


def run(name: str, may_sudo: bool = True) -> Live:
    """Runs a state once."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        words = ["-m", "tests.lab.live_world", name, work, "sudo" if may_sudo else "none"]
        done = subprocess.run(
            [*UNSHARE, sys.executable, *words], capture_output=True, text=True, timeout=LIMIT, cwd=ROOT
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{name}: the lab failed: {done.stderr}")
        result = json.loads(done.stdout)
        report = folder / "report.json"
        if not report.exists():
            raise RuntimeError(f"{name}: no report: {result['said']}")
        snapshot = folder / "snapshot"
        return Live(
            Seen(result["sessions"], result["edges"], result["packets"]),
            result["code"],
            json.loads(report.read_text("utf-8")),
            json.loads((snapshot / "snapshot.json").read_text("utf-8")),
            {f.relative_to(snapshot).as_posix(): f.read_text("utf-8") for f in snapshot.glob("*/*")},
            result["said"],
            tuple(result["as_root"]),
            result["log_ins"],
        )  # fmt: skip


def row(name: str, live: Live) -> tuple[str, bool]:
    """One line of the table, and whether the audit says what the traffic shows."""
    shown = live_judge.verdicts(live.seen)
    agrees = (
        not live_judge.disagreements(live.seen)
        and live_judge.said(live.report) == shown
        and live.code == live_judge.exit_code(shown)
    )
    traffic = ", ".join(
        f"{port}: {' '.join(f'{count} {kind}' for kind, count in kinds.items())}"
        for port, kinds in sorted(live.seen.sessions.items(), key=lambda one: int(one[0]))
    )
    told = ", ".join(f"{f['code']} {f['outcome']} {f['severity']}" for f in live.report["findings"])
    return f"{name:16} {traffic:34} {told or 'OK':42} {live.code:4}  {'yes' if agrees else 'NO'}", agrees  # fmt: skip


def main() -> int:
    """Prints the table; gives 1 if an audit disagrees with the traffic, 2 where the lab cannot be built."""
    reason = why_not()
    if reason is not None:
        sys.stderr.write(f"cannot run here: {reason}\n")
        return 2
    began, agreed = time.monotonic(), 0
    sys.stdout.write(f"{'state':16} {'sessions by port':34} {'audit':42} exit  agree\n")
    with ThreadPoolExecutor(2) as pool:
        for name, live in zip(STATES, pool.map(run, STATES), strict=True):
            line, agrees = row(name, live)
            agreed += agrees
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    seconds = time.monotonic() - began
    sys.stdout.write(f"{agreed} of {len(STATES)} states agree, {seconds:.0f} s\n")
    return 0 if agreed == len(STATES) else 1


if __name__ == "__main__":
    sys.exit(main())
