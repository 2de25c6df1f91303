"""The Dask executor on real clusters of several processes, some of which are killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from auditor.cache import Cache
from auditor.errors import UsageError
from auditor.executors import cluster, cluster_connection
from auditor.executors.limits import MEGABYTE, Limits
from auditor.executors.work import Work, record_of
from auditor.record import head_of
from auditor.spool import Devices, Spool
from inventory.sources import SourceDevice
from tests.executors.routers import options, routers

distributed = pytest.importorskip("distributed")

pytestmark = [
    pytest.mark.slow,
    # threads and sockets of Dask are closed when its processes end
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LIMITS = Limits(60.0, 1024 * MEGABYTE)


@contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster, ended with all its children."""
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        kill_all(process)


def kill_all(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def scheduler(port: int) -> tuple[str, ...]:
    return (
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard",
    )  # fmt: skip


def worker(port: int, folder: Path) -> tuple[str, ...]:
    return (
        "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-dashboard",
        "--no-nanny", "--local-directory", str(folder),
    )  # fmt: skip


def wait_for_workers(address: str, number: int) -> None:
    with distributed.Client(address, timeout=30, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=60)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[SourceDevice, ...]:
    return routers(tmp_path_factory.mktemp("fleet"), 240)


@pytest.fixture(scope="module")
def expected(sources: tuple[SourceDevice, ...]) -> list[bytes]:
    return sorted(record_of(source, Work(options())) for source in sources)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "BATCH_DEVICES", 4)


def test_a_local_cluster_of_which_a_worker_is_killed(
    sources: tuple[SourceDevice, ...], expected: list[bytes], tmp_path: Path
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None,
            host="127.0.0.1", local_directory=str(tmp_path),
        ) as local:  # fmt: skip
            address = local.scheduler_address.replace("tcp://", "dask://")
            victim = next(iter(local.workers.values())).pid
            records = []
            for record in cluster.run(address, sources, Work(options()), LIMITS):
                records.append(record)
                if len(records) == 20:
                    os.kill(victim, signal.SIGKILL)
    assert sorted(records) == expected


def test_a_scheduler_that_is_killed_and_comes_back(
    sources: tuple[SourceDevice, ...], expected: list[bytes], tmp_path: Path
) -> None:
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    with program(*scheduler(port)) as first, program(*worker(port, tmp_path)) as its_worker:
        wait_for_workers(address, 1)
        running = cluster.run(f"dask://127.0.0.1:{port}", sources, Work(options()), LIMITS)
        records = [next(running) for _ in range(10)]
        kill_all(first)
        kill_all(its_worker)
        with program(*scheduler(port)), program(*worker(port, tmp_path)):
            records += running
    assert sorted(records) == expected


def test_a_scheduler_that_stays_away_leaves_rows(
    sources: tuple[SourceDevice, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_connection, "PATIENCE", 1.0)
    monkeypatch.setattr(cluster_connection, "ANSWER", 1.0)
    port = free_port()
    with program(*scheduler(port)) as first, program(*worker(port, tmp_path)):
        wait_for_workers(f"tcp://127.0.0.1:{port}", 1)
        running = cluster.run(f"dask://127.0.0.1:{port}", sources, Work(options()), LIMITS)
        records = [next(running) for _ in range(10)]
        kill_all(first)
        records += running
    heads = [head_of(record)[0] for record in records]
    assert sorted(head.device for head in heads) == [source.name for source in sources]
    lost = errors(records)
    assert 0 < len(lost) <= len(sources) - 10
    assert all(re.search(r"not judged: the scheduler .* went away", e) for e in lost.values())


def test_workers_that_do_not_come_leave_rows(
    sources: tuple[SourceDevice, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    port = free_port()
    with program(*scheduler(port)):
        records = list(
            cluster.run(f"dask://127.0.0.1:{port}", sources[:5], Work(options()), LIMITS)
        )
    assert set(errors(records).values()) == {"not judged: the cluster has no worker"}
    assert len(records) == 5


@pytest.fixture(scope="module")
def small_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("worker")
    with program(*scheduler(port)), program(*worker(port, folder)):
        wait_for_workers(f"tcp://127.0.0.1:{port}", 1)
        yield f"dask://127.0.0.1:{port}"


def test_texts_go_along_and_results_are_kept_here(
    small_cluster: str, sources: tuple[SourceDevice, ...], tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "cache", b"salt")
    gone = routers(tmp_path / "gone", 1)[0]
    gone.files[0].path.unlink()
    few = (*sources[:6], gone)
    first = list(cluster.run(small_cluster, few, Work(options(), cache), LIMITS))
    assert sum(1 for _ in (tmp_path / "cache").glob("??/*")) == 6
    assert "cannot be read" in errors(first)["r000"]
    # a worker is not asked again for what the cache has
    second = list(cluster.run(small_cluster, few, Work(options(), cache), LIMITS))
    assert sorted(first) == sorted(second)
    names = [head_of(record)[0].device for record in second]
    assert names == [*(source.name for source in sources[:6]), "r000"], "the cache's come first"


def test_a_device_that_takes_too_long_is_a_row(small_cluster: str, tmp_path: Path) -> None:
    sources = routers(tmp_path, 3)
    big = "".join(
        f"access-list 101 permit tcp any host 10.{n >> 16}.{n >> 8 & 255}.{n & 255} eq {n % 60000}\n"
        for n in range(600_000)
    )
    sources[1].files[0].path.write_text(sources[1].files[0].path.read_text() + big)
    records = list(cluster.run(small_cluster, sources, Work(options()), Limits(1.0)))
    lost = errors(records)
    assert list(lost) == ["r001"]
    assert "longer than 1 s" in lost["r001"]


def test_a_worker_with_another_version_is_refused(
    small_cluster: str, sources: tuple[SourceDevice, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "99.0")
    with pytest.raises(UsageError, match=r"a worker has version .* this is 99\.0"):
        list(cluster.run(small_cluster, sources[:3], Work(options()), LIMITS))


def errors(records: list[bytes]) -> dict[str, str]:
    spool = Spool()
    for record in records:
        spool.add(record)
    return {d.name: d.error or "" for d in Devices(spool, spool.devices) if d.status == "failed"}


def test_the_command_says_the_same_as_on_one_machine(
    small_cluster: str, sources: tuple[SourceDevice, ...], tmp_path: Path
) -> None:
    folder = sources[0].files[0].path.parent
    texts = []
    for executor in ("local", small_cluster):
        output = tmp_path / "report.json"
        subprocess.run(
            [
                sys.executable, "-m", "auditor", "audit", str(folder), "--format", "json", "--no-cache",
                "--output", str(output), "--executor", executor,
            ],
            capture_output=True,
        )  # fmt: skip
        texts.append(output.read_bytes())
        output.unlink()
    assert texts[0] == texts[1]
