"""The executor of a Dask cluster: the same work on workers elsewhere.

Texts go along with the devices, so that workers need no folder in common. Each worker judges in a process of its
own, with the limits that hold on one machine: what a device does to that process, the cluster never sees. A batch
whose worker is lost is given to another one by the scheduler, one whose scheduler is lost by this client.
"""

from __future__ import annotations

import itertools
import queue
import time
import uuid
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from auditor import __version__
from auditor.errors import UsageError
from auditor.executors.cluster_connection import PATIENCE, Connection, Gone
from auditor.executors.cluster_task import WrongVersion, judge_batch
from auditor.executors.limits import Limits
from auditor.executors.local import TICK, Interrupted, interrupts
from auditor.executors.work import Contents, Job, Work, failed_record, key_of
from inventory.sources import SourceDevice

if TYPE_CHECKING:
    from distributed import Future

BATCH_BYTES = 1 << 20
BATCH_DEVICES = 32
AHEAD = 3
"""Batches for each thread of the cluster that are on their way or waiting."""
LOOK = 1.0
"""Seconds between two looks at the cluster."""
TRIES = 2
"""How often devices are given to workers that the cluster then loses."""


class Batch(NamedTuple):
    """Devices that one worker judges, with the keys of their results; `tries` counts the workers it was lost
    with."""

    jobs: tuple[Job, ...]
    keys: tuple[str | None, ...]
    tries: int = 0


def run(
    address: str, sources: Iterable[SourceDevice], work: Work, limits: Limits
) -> Iterator[bytes]:
    """The records of all devices in the order of finishing.

    Raises UsageError for a cluster that cannot be reached or used, Interrupted after SIGINT or SIGTERM.
    """
    connection = Connection(address)
    try:
        with interrupts() as stopped:
            yield from _Run(connection, work, limits).records(iter(sources), stopped)
    finally:
        connection.close()


class _Run:
    """The batches of one run: which are on their way, and what becomes of each."""

    def __init__(self, connection: Connection, work: Work, limits: Limits) -> None:
        self._connection = connection
        self._work = work
        self._limits = limits
        self._out: dict[str, tuple[Batch, Future]] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._name = uuid.uuid4().hex
        self._numbers = itertools.count()
        self._again: list[Batch] = []
        self._alone = time.monotonic()
        """Since when the cluster has no worker, or when it was last seen with one."""
        self._looked = 0.0
        self._threads = 1

    def records(
        self, sources: Iterator[SourceDevice], stopped: Callable[[], bool]
    ) -> Iterator[bytes]:
        """The records as they come, what the cache has among them."""
        ahead = self._batches(sources)
        try:
            while True:
                yield from self._fill(ahead)
                if not self._out:
                    return
                yield from self._next()
                if stopped():
                    raise Interrupted
        except Gone as gone:
            yield from self._rows(ahead, str(gone))
        finally:
            for _, future in self._out.values():
                future.release()

    def _batches(self, sources: Iterable[SourceDevice]) -> Iterator[bytes | Batch]:
        """What the cache has, and the rest in batches. A file that cannot be read is the worker's to report."""
        jobs: list[Job] = []
        keys: list[str | None] = []
        size = 0
        for source in sources:
            contents = Contents(Path.read_bytes)
            cache = self._work.cache
            key = None if cache is None else key_of(source, cache, contents)
            if cache is not None and key is not None and (known := cache.get(key)) is not None:
                yield known
                continue
            jobs.append(Job(source, contents.all_of(source)))
            keys.append(key)
            size += contents.size
            if size >= BATCH_BYTES or len(jobs) >= BATCH_DEVICES:
                yield Batch(tuple(jobs), tuple(keys))
                jobs, keys, size = [], [], 0
        if jobs:
            yield Batch(tuple(jobs), tuple(keys))

    def _fill(self, ahead: Iterator[bytes | Batch]) -> Iterator[bytes]:
        self._look()
        while len(self._out) < AHEAD * self._threads:
            item = self._again.pop() if self._again else next(ahead, None)
            if item is None:
                return
            if isinstance(item, bytes):
                yield item
            elif not self._submit(item):
                self._again.append(item)
                return

    def _submit(self, batch: Batch) -> bool:
        """Sends a batch on its way; False where the scheduler does not take it."""
        key = f"auditor-{self._name}-{next(self._numbers)}"
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # "large graph": the texts are meant
                future = self._connection.client.submit(
                    judge_batch, batch.jobs, self._work.options, self._limits, __version__,
                    key=key, pure=False,
                )  # fmt: skip
        except (OSError, RuntimeError, TimeoutError):
            return False
        self._out[key] = batch, future
        future.add_done_callback(lambda _: self._done.put(key))
        return True

    def _next(self) -> Iterator[bytes]:
        """The records of a batch that has come back, if one does within a tick."""
        try:
            key = self._done.get(timeout=TICK)
        except queue.Empty:
            return
        if key not in self._out:
            return  # of a client that is no more
        batch, future = self._out.pop(key)
        if future.status == "error":
            yield from self._lost(batch, future.exception(timeout=10))
        elif future.status == "finished":
            try:
                results = future.result(timeout=60)
            except (OSError, RuntimeError, TimeoutError, CancelledError):
                self._again.append(batch)  # its worker was lost on the way
                return
            yield from self._kept(batch, results)
        else:
            self._again.append(batch)  # the scheduler has forgotten it
        future.release()

    def _kept(self, batch: Batch, results: list[tuple[bytes, bool]]) -> Iterator[bytes]:
        for key, (record, whole) in zip(batch.keys, results, strict=True):
            if self._work.cache is not None and key is not None and whole:
                self._work.cache.put(key, record)
            yield record

    def _lost(self, batch: Batch, error: BaseException | None) -> Iterator[bytes]:
        """A batch that the cluster has given up on: each device by itself, then its row. Raises UsageError where
        no device could fare better."""
        if isinstance(error, WrongVersion):
            raise UsageError(f"--executor: {error}") from None
        if isinstance(error, ImportError):
            raise UsageError(
                f"--executor: the workers cannot load the auditor: {error}; install {__version__} there"
            ) from None

        tries = batch.tries + 1
        if tries < TRIES:
            self._again += [
                Batch((job,), (key,), tries)
                for job, key in zip(batch.jobs, batch.keys, strict=True)
            ]
            return
        for job in batch.jobs:
            yield failed_record(
                job.source, f"the cluster gave up on it: {type(error).__name__}: {error}"
            )

    def _look(self) -> None:
        """Whether the cluster is still there, and how large it is. Raises Gone."""
        now = time.monotonic()
        if now - self._looked < LOOK:
            return
        self._looked = now
        threads = self._connection.threads()
        if threads is None:
            self._again += [batch for batch, _ in self._out.values()]
            self._out.clear()
            self._connection.again()
            self._alone = time.monotonic()
            return
        if threads:
            self._threads, self._alone = threads, now
        elif now - self._alone > PATIENCE:
            raise Gone("the cluster has no worker")

    def _rows(self, ahead: Iterator[bytes | Batch], reason: str) -> Iterator[bytes]:
        """Rows for all that is missing."""
        for batch in (*self._again, *(batch for batch, _ in self._out.values())):
            yield from (failed_record(job.source, f"not judged: {reason}") for job in batch.jobs)
        for item in ahead:
            if isinstance(item, bytes):
                yield item
            else:
                yield from (failed_record(job.source, f"not judged: {reason}") for job in item.jobs)
