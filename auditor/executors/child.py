"""A worker process: takes devices from a pipe, one at a time, gives their records back."""

from __future__ import annotations

import signal
from multiprocessing.connection import Connection
from typing import NamedTuple

from auditor.executors.limits import MEGABYTE, Limits, keep_to, peak
from auditor.executors.work import Job, Work, failed_record, record_of

WORN = 384 * MEGABYTE
"""A worker whose memory has grown by so much is replaced: what a large device took does not come back."""


class Answer(NamedTuple):
    """A device's record; `last` where the worker ends after it."""

    record: bytes
    last: bool


def serve(pipe: Connection, work: Work, limits: Limits) -> None:
    """Works until the other end of the pipe is closed, or the worker is worn."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    keep_to(limits.memory)
    begin = peak()
    while True:
        try:
            job: Job = pipe.recv()
        except (EOFError, OSError):
            return
        answer = _answer(job, work, limits, begin)
        try:
            pipe.send(answer)
        except OSError:
            return
        if answer.last:
            return


def _answer(job: Job, work: Work, limits: Limits, begin: int) -> Answer:
    try:
        record = record_of(job.source, work, job.read)
    except MemoryError:
        return Answer(failed_record(job.source, out_of_memory(limits)), last=True)
    return Answer(record, last=peak() - begin > WORN)


def out_of_memory(limits: Limits) -> str:
    """The reason for a device that wanted more than its share."""
    size = "" if limits.memory is None else f" of {limits.memory // MEGABYTE} MB"
    return (
        f"it needs more memory than its share{size}; audit it alone with --jobs 1, or on a machine with more "
        "memory"
    )
