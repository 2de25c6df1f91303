"""A run over devices: the cache, the executor, progress, and a row for every device whatever happens."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from auditor.cache import Cache, default_folder, program
from auditor.errors import UsageError
from auditor.executors import limits, local
from auditor.executors.local import Interrupted
from auditor.executors.work import Work, failed_record, record_of, salt_of
from auditor.pipeline import AuditOptions
from auditor.progress import Counter
from auditor.sources import Reader
from auditor.spool import Spool
from inventory.sources import SourceDevice

STOPPED = "not judged: the run was interrupted"


def judge(
    devices: tuple[SourceDevice, ...],
    read: Reader,
    chosen: AuditOptions,
    options: argparse.Namespace,
) -> Spool:
    """All devices judged, each a record in the spool. After an interrupt those that are missing have rows that
    say so. Raises UsageError for options that cannot be used."""
    jobs = _jobs(options.jobs)
    bounds = limits.Limits(_seconds(options.device_timeout), limits.share(jobs))
    work = Work(chosen, _cache(chosen, options))
    spool = Spool()
    show = sys.stderr.isatty() and not options.quiet and len(devices) > 1
    counter = Counter(len(devices), sys.stderr if show else None)
    try:
        for record in counter.count(_records(devices, read, work, bounds, options, jobs)):
            spool.add(record)
    except Interrupted:
        done = {key.name for key in spool.devices}
        missing = [device for device in devices if device.name not in done]
        for device in missing:
            spool.add(failed_record(device, STOPPED))
        sys.stderr.write(
            f"auditor: interrupted: {len(missing)} of {len(devices)} devices are not judged; the report says so\n"
        )
    if work.cache is not None:
        work.cache.sweep()
    return spool


def _records(
    devices: tuple[SourceDevice, ...],
    read: Reader,
    work: Work,
    bounds: limits.Limits,
    options: argparse.Namespace,
    jobs: int,
) -> Iterator[bytes]:
    if options.executor and options.executor != "local":
        from auditor.executors import cluster

        return cluster.run(options.executor, devices, work, bounds)
    if len(devices) == 1 or options.path == "-":
        return _alone(devices, read, work, bounds)
    return local.run(devices, work, bounds, min(jobs, len(devices)))


def _alone(
    devices: Iterable[SourceDevice], read: Reader, work: Work, bounds: limits.Limits
) -> Iterator[bytes]:
    """In this process: one device is not worth another one."""
    for device in devices:
        try:
            with _alarm(bounds.seconds):
                record = record_of(device, work, read)
        except TimeoutError:
            record = failed_record(device, limits.too_long(bounds))
        except MemoryError:
            record = failed_record(device, "there is not enough memory for it")
        yield record


class _TooLong(BaseException):
    """Time is over; no handler for failures of a device may catch it."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Ends what is inside after so long. Raises TimeoutError. Does nothing where the system has no such clock."""
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    inside = False

    def ring(number: int, frame: FrameType | None) -> None:
        if inside:  # what is over in time is not ended by a clock that rings on the way out
            raise _TooLong

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    inside = True
    try:
        yield
        inside = False
    except _TooLong:
        raise TimeoutError from None
    finally:
        inside = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _jobs(given: int | None) -> int:
    if given is None:
        return limits.processors()
    if given < 1:
        raise UsageError("--jobs takes a number from 1 on")
    return given


def _seconds(given: float | None) -> float:
    if given is None:
        return limits.SECONDS
    if not given > 0:
        raise UsageError("--device-timeout takes a number above 0")
    return given


def _cache(chosen: AuditOptions, options: argparse.Namespace) -> Cache | None:
    if options.no_cache:
        return None
    folder = Path(options.cache_dir) if options.cache_dir else default_folder()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"--cache-dir {folder}: is no folder")
    return Cache(folder, salt_of(chosen, program()))
