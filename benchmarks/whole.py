"""A command with all its processes: seconds by the clock and of CPU, and the most memory of all of them together."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

EVERY = 0.05
"""Seconds between two looks at the memory."""


class Cost(NamedTuple):
    """`clock` and `cpu` in seconds; `memory` in MiB, shared pages counted once (PSS)."""

    clock: float
    cpu: float
    memory: float
    code: int


def audit(folder: Path, *options: str) -> Cost:
    """`auditor audit` on a folder, its report into a file that is thrown away."""
    words = ["audit", str(folder), "--format", "json", "--output", os.devnull, *options]
    return cost([sys.executable, "-m", "auditor", *words])


def cost(command: Sequence[str]) -> Cost:
    """What a command costs. Raises OSError where it cannot be started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        watch = _Watch(running.pid)
        watch.start()
        code = running.wait()
        clock = time.perf_counter() - started
        watch.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(clock, cpu, watch.most / 1024, code)


class _Watch(threading.Thread):
    """Adds up the memory of a process and all below it, again and again."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.most = 0
        self._stopped = threading.Event()

    def run(self) -> None:
        """Looks until it is stopped."""
        while not self._stopped.wait(EVERY):
            self.most = max(self.most, sum(map(_kilobytes, _tree(self.root))))

    def stop(self) -> None:
        """Ends the looking."""
        self._stopped.set()
        self.join()


def _tree(root: int) -> list[int]:
    """A process and all below it, as Linux lists them."""
    found = [root]
    for process in found:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += [int(word) for word in task.read_text().split()]
            except OSError:
                continue  # it has ended meanwhile
    return found


def _kilobytes(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        return 0  # it has ended meanwhile
    return 0
