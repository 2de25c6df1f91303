"""Whole runs as a user starts them: interrupted, killed, side by side over one cache, on a full disk."""

from __future__ import annotations

import json
import os
import pty
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from auditor.__main__ import main
from tests.executors.routers import routers

MANY = 300


def command(configs: Path, output: Path, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "auditor", "audit", str(configs), "--format", "json", "--output", str(output),
        *more,
    ]  # fmt: skip


def start(configs: Path, output: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(configs, output, *more), stderr=subprocess.PIPE, text=True)


def loaded(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def some_results(cache: Path, least: int) -> None:
    """Waits until a run has kept so many results."""
    for _ in range(600):
        if sum(1 for _ in cache.glob("??/*")) >= least:
            return
        time.sleep(0.02)
    raise AssertionError("the run keeps no results")


@pytest.fixture(scope="module")
def configs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fleet") / "configs"
    routers(folder, MANY)
    return folder


@pytest.fixture(scope="module")
def expected(configs: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    output = tmp_path_factory.mktemp("expected") / "report.json"
    code = main(command(configs, output, "--no-cache", "--jobs", "1")[3:])
    assert code == 1
    return output.read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_a_report_that_says_so(
    number: signal.Signals, configs: Path, tmp_path: Path
) -> None:
    output, cache = tmp_path / "report.json", tmp_path / "cache"
    run = start(configs, output, "--cache-dir", str(cache), "--fail-on", "critical")
    some_results(cache, 10)
    run.send_signal(number)
    _, said = run.communicate(timeout=60)
    report = loaded(output)
    assert report["summary"]["devices"] == MANY
    rows = [device for device in report["devices"] if device["status"] == "failed"]
    assert {row["error"] for row in rows} == {"not judged: the run was interrupted"}
    assert 0 < len(rows) < MANY
    assert f"interrupted: {len(rows)} of {MANY} devices are not judged" in said
    assert "Traceback" not in said
    assert run.returncode == 3


def test_two_runs_over_one_cache_and_one_is_killed(
    configs: Path, expected: bytes, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    first = start(configs, tmp_path / "1.json", "--cache-dir", str(cache))
    some_results(cache, 5)
    second = start(configs, tmp_path / "2.json", "--cache-dir", str(cache))
    some_results(cache, 20)
    first.send_signal(signal.SIGKILL)
    first.communicate(timeout=60)
    assert not (tmp_path / "1.json").exists(), "a report is there in whole or not at all"
    _, said = second.communicate(timeout=120)
    assert (second.returncode, said) == (1, "")
    assert (tmp_path / "2.json").read_bytes() == expected
    again = start(configs, tmp_path / "1.json", "--cache-dir", str(cache))
    again.communicate(timeout=120)
    assert (tmp_path / "1.json").read_bytes() == expected


def test_the_workers_of_a_killed_run_end_with_it(configs: Path, tmp_path: Path) -> None:
    run = start(configs, tmp_path / "r.json", "--cache-dir", str(tmp_path / "cache"), "--jobs", "3")
    some_results(tmp_path / "cache", 5)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    assert len(children) == 3
    run.send_signal(signal.SIGKILL)
    run.communicate(timeout=60)
    for _ in range(250):
        alive = [child for child in children if is_alive(child)]
        if not alive:
            return
        time.sleep(0.02)
    raise AssertionError(f"still alive: {alive}")


def is_alive(number: str) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().split()[2] not in ("Z", "X")
    except OSError:
        return False


def test_the_report_does_not_depend_on_the_number_of_workers(
    configs: Path, expected: bytes, tmp_path: Path
) -> None:
    for jobs in ("2", "7"):
        main(command(configs, tmp_path / "r.json", "--no-cache", "--jobs", jobs)[3:])
        assert (tmp_path / "r.json").read_bytes() == expected


def test_a_full_disk_keeps_the_report_that_was_there(configs: Path, tmp_path: Path) -> None:
    output = tmp_path / "report.json"
    output.write_text("the old one")

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))

    done = subprocess.run(
        command(configs, output, "--cache-dir", str(tmp_path / "cache")),
        capture_output=True, text=True, preexec_fn=small_files,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"--output {output}: cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert output.read_text() == "the old one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "report.json"]
    # nothing that was judged is lost: the next run finds it
    assert sum(1 for _ in (tmp_path / "cache").glob("??/*")) == MANY


def test_progress_goes_to_a_terminal_only(configs: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        command(configs, tmp_path / "r.json", "--no-cache"), stderr=theirs, text=True
    )
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 4096):
            shown += data
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    done.wait(60)
    assert f"{MANY}/{MANY} devices, " in shown.decode()
    assert " left" in shown.decode()
    quiet = subprocess.run(
        command(configs, tmp_path / "r.json", "--no-cache"), capture_output=True, text=True
    )
    assert quiet.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--jobs", "0"), "from 1 on"),
        (("--device-timeout", "0"), "takes a number above 0"),
        (("--device-timeout", "nan"), "takes a number above 0"),
        (("--cache-dir", __file__), "is no folder"),
        (("--executor", "spark://x"), "use local, or dask://HOST:PORT"),
        (("--executor", "dask://"), "use local, or dask://HOST:PORT"),
        (("--executor", "dask://127.0.0.1:9"), "no scheduler answers there"),
    ],
)
def test_wrong_options(
    arguments: tuple[str, ...], said: str, configs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(configs), *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert shown.out == ""


def test_one_device_that_takes_too_long_is_a_row_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    routers(tmp_path, 1)
    monkeypatch.setattr("auditor.run.record_of", lambda *_: time.sleep(60))
    assert main(["audit", str(tmp_path / "r000.cfg"), "--device-timeout", "0.5"]) == 2
    assert "it took longer than 0.5 s" in " ".join(capsys.readouterr().out.split())
