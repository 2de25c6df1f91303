"""The executor of one machine: worker processes, a device at a time each, records as they come."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from types import FrameType

from auditor.executors.limits import Limits
from auditor.executors.work import Job, Work
from auditor.executors.worker import Start, Worker, forked
from inventory.sources import SourceDevice

TICK = 0.25
"""Seconds after which an interrupt is noticed at the latest."""


class Interrupted(Exception):
    """The user has stopped the run."""


def run(
    sources: Iterable[SourceDevice],
    work: Work,
    limits: Limits,
    jobs: int,
    start: Start = forked,
) -> Iterator[bytes]:
    """The records of all devices in the order of finishing. Raises Interrupted after SIGINT or SIGTERM.

    As many devices as there are workers are in memory, whatever the length of `sources`.
    """
    waiting = iter(sources)
    workers = [Worker(work, limits, start) for _ in range(jobs)]
    with interrupts() as stopped:
        try:
            while True:
                for worker in workers:
                    if not worker.busy and (source := next(waiting, None)) is not None:
                        worker.give(Job(source), _pipes(workers))
                if not any(worker.busy for worker in workers):
                    return
                yield from _ready(workers)
                if stopped():
                    raise Interrupted
        finally:
            for worker in workers:
                worker.stop()


def _pipes(workers: list[Worker]) -> list[Connection]:
    return [worker.pipe for worker in workers if worker.pipe is not None]


def _ready(workers: list[Worker]) -> Iterator[bytes]:
    busy = [worker for worker in workers if worker.busy]
    ready = wait(_pipes(busy), max(0.0, min(TICK, *(worker.left() for worker in busy))))
    for worker in busy:
        record = None
        if worker.pipe in ready:
            record = worker.take(_pipes(workers))
        elif worker.left() <= 0:
            record = worker.overdue()
        if record is not None:
            yield record


@contextmanager
def interrupts() -> Iterator[Callable[[], bool]]:
    """Whether a signal has asked to stop; a second one stops at once."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
