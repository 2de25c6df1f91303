"""Worker processes: every device has its record, whatever one of them does."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.executors import child, local
from auditor.executors.limits import MEGABYTE, Limits, keep_to
from auditor.executors.local import Interrupted
from auditor.executors.work import Read, Work, record_of
from auditor.executors.worker import Start, as_program, copied, spawned
from auditor.record import head_of
from auditor.spool import Devices, Spool
from inventory.sources import SourceDevice
from tests.executors.routers import options, routers

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
LIMITS = Limits(60.0, 1024 * MEGABYTE)


def poison(monkeypatch: pytest.MonkeyPatch, name: str, harm: Callable[[], object]) -> None:
    """Lets the device `name` do harm to the process that judges it: workers are copies of this one."""

    def harmful(source: SourceDevice, work: Work, read: Read = Path.read_bytes) -> bytes:
        if source.name == name:
            harm()
        return record_of(source, work, read)

    monkeypatch.setattr(child, "record_of", harmful)


def errors(records: list[bytes]) -> dict[str, str]:
    spool = Spool()
    for record in records:
        spool.add(record)
    return {d.name: d.error or "" for d in Devices(spool, spool.devices) if d.status == "failed"}


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_records_are_those_of_one_process(jobs: int, tmp_path: Path) -> None:
    sources = routers(tmp_path, 12)
    work = Work(options())
    alone = sorted(record_of(source, work) for source in sources)
    assert sorted(local.run(sources, work, LIMITS, jobs)) == alone


@pytest.mark.parametrize("start", [copied, spawned, as_program])
def test_every_kind_of_worker_gives_the_same(start: Start, tmp_path: Path) -> None:
    sources = routers(tmp_path, 6)
    work = Work(options())
    alone = sorted(record_of(source, work) for source in sources)
    assert sorted(local.run(sources, work, LIMITS, 2, start)) == alone


def test_a_device_that_takes_too_long_is_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(monkeypatch, "r003", lambda: time.sleep(600))
    begin = time.monotonic()
    records = list(local.run(routers(tmp_path, 8), Work(options()), Limits(1.0), 2, copied))
    assert time.monotonic() - begin < 30
    assert len(records) == 8
    assert list(errors(records)) == ["r003"]
    assert "longer than 1 s" in errors(records)["r003"]
    assert "--device-timeout" in errors(records)["r003"]


def test_a_device_that_wants_too_much_memory_is_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(monkeypatch, "r003", lambda: bytearray(2048 * MEGABYTE))
    records = list(local.run(routers(tmp_path, 8), Work(options()), LIMITS, 2, copied))
    assert len(records) == 8
    assert list(errors(records)) == ["r003"]
    assert "more memory than its share of 1024 MB" in errors(records)["r003"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "was ended by SIGKILL"),
        (lambda: os._exit(7), "ended with code 7"),
    ],
)
def test_a_device_that_ends_its_worker_is_a_row(
    harm: Callable[[], object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(monkeypatch, "r003", harm)
    records = list(local.run(routers(tmp_path, 8), Work(options()), LIMITS, 2, copied))
    assert len(records) == 8
    assert list(errors(records)) == ["r003"]
    assert said in errors(records)["r003"]


def test_a_worker_that_is_killed_once_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "killed"

    def once() -> None:
        if not mark.exists():
            mark.write_text("")
            os.kill(os.getpid(), signal.SIGKILL)

    sources = routers(tmp_path / "configs", 8)
    alone = sorted(record_of(source, Work(options())) for source in sources)
    poison(monkeypatch, "r003", once)
    assert sorted(local.run(sources, Work(options()), LIMITS, 2, copied)) == alone
    assert mark.exists()


def test_a_worn_worker_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WORN", -1)  # every worker is worn after its first device
    sources = routers(tmp_path, 5)
    assert len(list(local.run(sources, Work(options()), LIMITS, 1, copied))) == 5


def test_an_interrupt_stops_after_the_devices_in_hand(tmp_path: Path) -> None:
    sources = routers(tmp_path, 400)
    before = signal.getsignal(signal.SIGINT)
    found: list[str] = []
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    with pytest.raises(Interrupted):
        for record in local.run(sources, Work(options()), LIMITS, 2, as_program):
            if not found:
                timer.start()
            found.append(head_of(record)[0].device)
            time.sleep(0.02)
    timer.join()
    assert 0 < len(found) < 400
    assert len(set(found)) == len(found)
    assert signal.getsignal(signal.SIGINT) is before


def test_no_more_memory_than_allowed_without_a_limit_is_no_error() -> None:
    keep_to(None)
