"""What runs on the workers of a cluster: a batch of devices, each judged in a process with limits.

The process is a program of its own, as threads of Dask's workers may not make copies of theirs; it is kept for the
batches to come, and ends with the worker.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import wait

from auditor import __version__
from auditor.executors.limits import Limits
from auditor.executors.work import Job, Work, is_whole
from auditor.executors.worker import Worker, as_program
from auditor.pipeline import AuditOptions


class WrongVersion(Exception):
    """A worker has another version of the auditor than the client."""


class _Mine(threading.local):
    """The process of a thread, and what it was started for."""

    worker: Worker | None = None
    started_for: tuple[AuditOptions, Limits] | None = None


_MINE = _Mine()


def judge_batch(
    jobs: Sequence[Job], options: AuditOptions, limits: Limits, version: str
) -> list[tuple[bytes, bool]]:
    """The records of a batch in its order, each with whether it may be kept. Raises WrongVersion."""
    if version != __version__:
        raise WrongVersion(f"a worker has version {__version__} of the auditor, this is {version}")
    worker = _worker(options, limits)
    return [(record := _judged(worker, job), is_whole(record)) for job in jobs]


def _worker(options: AuditOptions, limits: Limits) -> Worker:
    if _MINE.worker is None or _MINE.started_for != (options, limits):
        if _MINE.worker is not None:
            _MINE.worker.stop()
        _MINE.worker = Worker(Work(options), limits, as_program)
        _MINE.started_for = (options, limits)
    return _MINE.worker


def _judged(worker: Worker, job: Job) -> bytes:
    worker.give(job)
    while True:
        record = None
        until = time.monotonic() + max(0.0, worker.left())
        if worker.pipe is None or wait([worker.pipe], until - time.monotonic()):
            record = worker.take()
        elif worker.left() <= 0:
            record = worker.overdue()
        if record is not None:
            return record
