"""The parent's side of a worker process: starts it, gives it a device, ends it where it takes too long."""

from __future__ import annotations

import multiprocessing
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple, Protocol

from auditor.executors import child
from auditor.executors.child import Answer
from auditor.executors.limits import Limits, too_long
from auditor.executors.work import Job, Work, failed_record

STARTS = 60.0
"""Seconds in which a worker process has loaded."""
TRIES = 2
"""How often a device is given to a worker before its end is taken for the device's fault."""


class Process(Protocol):
    """A process that runs."""

    def kill(self) -> None:
        """Ends it at once."""
        ...

    def end(self) -> int | None:
        """How it has ended: its exit code, or the signal as a negative number."""
        ...


Start = Callable[[Work, Limits, Sequence[Connection]], tuple[Process, Connection]]
"""Starts a process; the connections are the parent's, which the process must not keep open."""


class _Forked:
    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int | None:
        self._process.join(10)
        return self._process.exitcode


class _Program:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> int | None:
        return self._process.wait(10)


def _serve(pipe: Connection, others: Sequence[Connection], work: Work, limits: Limits) -> None:
    for other in others:
        other.close()  # or a sibling would never see that the parent has gone
    child.serve(pipe, work, limits)


def copied(work: Work, limits: Limits, others: Sequence[Connection]) -> tuple[Process, Connection]:
    """A copy of this process: quick, and it has loaded everything."""
    ours, theirs = multiprocessing.Pipe()
    # the copy holds our ends of all pipes, and must let them go
    given = (theirs, [*others, ours], work, limits)
    process = multiprocessing.get_context("fork").Process(target=_serve, args=given, daemon=True)
    process.start()
    theirs.close()
    return _Forked(process), ours


def spawned(work: Work, limits: Limits, others: Sequence[Connection]) -> tuple[Process, Connection]:
    """A new process of the same program."""
    ours, theirs = multiprocessing.Pipe()
    given: tuple[Connection, list[Connection], Work, Limits] = (theirs, [], work, limits)
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=given, daemon=True)
    process.start()
    theirs.close()
    return _Forked(process), ours


def forked(work: Work, limits: Limits, others: Sequence[Connection]) -> tuple[Process, Connection]:
    """A copy where that is safe, a new process elsewhere: the copy of a process with threads may hold locks
    that nobody opens."""
    safe = sys.platform == "linux" and threading.active_count() == 1
    return (copied if safe else spawned)(work, limits, others)


def as_program(
    work: Work, limits: Limits, others: Sequence[Connection]
) -> tuple[Process, Connection]:
    """A program of its own, for parents that run threads or may not have children of their kind."""
    ours, theirs = multiprocessing.Pipe()
    number = theirs.fileno()
    process = subprocess.Popen(  # noqa: S603 (this very program)
        [sys.executable, "-m", "auditor.executors.program", str(number)], pass_fds=[number]
    )
    theirs.close()
    ours.send((work, limits))
    if not ours.poll(STARTS):  # what it takes to load is not the first device's time
        process.kill()
        raise TimeoutError("a worker process does not start")
    ours.recv()
    return _Program(process), ours


class _Running(NamedTuple):
    process: Process
    pipe: Connection


class _Hand(NamedTuple):
    """A device that is being judged: since when, and for which time."""

    job: Job
    began: float
    tries: int


class Worker:
    """A process that judges one device at a time, and is started again when it has ended."""

    def __init__(self, work: Work, limits: Limits, start: Start = forked) -> None:
        self._work = work
        self._limits = limits
        self._start = start
        self._running: _Running | None = None
        self._hand: _Hand | None = None

    @property
    def pipe(self) -> Connection | None:
        """Ready to read where there is an answer, or an end; None for a worker that does not run."""
        return None if self._running is None else self._running.pipe

    @property
    def busy(self) -> bool:
        """Whether a device is in its hand."""
        return self._hand is not None

    def give(self, job: Job, others: Sequence[Connection] = (), tries: int = 1) -> None:
        """Hands over a device to a worker that has none."""
        try:
            if self._running is not None:
                self._running.pipe.send(job)
        except OSError:
            self.stop()  # it has ended while it had nothing to do
        if self._running is None:
            self._running = _Running(*self._start(self._work, self._limits, others))
            self._running.pipe.send(job)
        self._hand = _Hand(job, time.monotonic(), tries)

    def take(self, others: Sequence[Connection] = ()) -> bytes | None:
        """The record of the device in hand, once the pipe is ready. Where the worker has ended, the device is
        given to a new one, and None is the answer; the second time it is the device's own fault, and its row."""
        if self._running is None or self._hand is None:
            return None
        hand, self._hand = self._hand, None
        try:
            answer: Answer = self._running.pipe.recv()
        except (EOFError, OSError):
            reason = self._how_it_ended(self._running.process)
            if hand.tries < TRIES:
                self.give(hand.job, others, hand.tries + 1)
                return None
            return failed_record(hand.job.source, reason)
        if answer.last:
            self.stop()
        return answer.record

    def left(self) -> float:
        """Seconds that the device in hand has left."""
        began = time.monotonic() if self._hand is None else self._hand.began
        return began + self._limits.seconds - time.monotonic()

    def overdue(self) -> bytes | None:
        """Ends the worker; the row of the device that took too long."""
        if self._hand is None:
            return None
        hand, self._hand = self._hand, None
        self.stop()
        return failed_record(hand.job.source, too_long(self._limits))

    def stop(self) -> None:
        """Ends the process, whatever it does."""
        if self._running is not None:
            self._running.pipe.close()
            self._running.process.kill()
            self._running.process.end()
            self._running = None

    def _how_it_ended(self, process: Process) -> str:
        code = process.end()
        self.stop()
        if code is not None and code < 0:
            name = signal.Signals(-code).name
            why = ", as by a system that is out of memory" if name == "SIGKILL" else ""
            return f"its worker process was ended by {name}{why}; the other devices were not harmed"
        return f"its worker process ended with code {code}; the other devices were not harmed"
