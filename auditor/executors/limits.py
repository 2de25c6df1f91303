"""What one device may use: time and memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

MEGABYTE = 1 << 20
SECONDS = 300.0
"""Time for a device where nobody says otherwise: a table of a million routes takes three."""
LEAST_SHARE = 512 * MEGABYTE


class Limits(NamedTuple):
    """Seconds and bytes for one device; None for as much memory as there is."""

    seconds: float = SECONDS
    memory: int | None = None


def too_long(limits: Limits) -> str:
    """The reason for a device that took longer than it may."""
    return f"it took longer than {limits.seconds:g} s; give it more with --device-timeout, and report it"


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def share(jobs: int) -> int | None:
    """Each worker's part of three quarters of the machine's memory, or of what a control group leaves of it, in
    bytes. None where neither can be told."""
    known = [size for size in (_physical(), _group()) if size]
    return max(LEAST_SHARE, min(known) * 3 // 4 // jobs) if known else None


def _physical() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None


def _group() -> int | None:
    """The limit of a container: cgroup v2, then v1."""
    for name in ("memory.max", "memory/memory.limit_in_bytes"):
        try:
            return int(Path("/sys/fs/cgroup", name).read_text("ascii"))
        except (OSError, ValueError):
            continue  # no such file, or `max`
    return None


def keep_to(memory: int | None) -> None:
    """Lets allocations of this process beyond `memory` bytes of data fail, where the system can do it."""
    if memory is None:
        return
    try:
        import resource
    except ImportError:
        return
    with_data = getattr(resource, "RLIMIT_DATA", resource.RLIMIT_AS)
    _, hard = resource.getrlimit(with_data)
    bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(with_data, (bound, hard))


def peak() -> int:
    """The most memory that this process had, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    import sys

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
