"""The cache: what decides a result is in its name; what is damaged is made again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.cache import KEPT_DAYS, Cache, program
from auditor.executors import work
from auditor.executors.work import Contents, Work, key_of, record_of, salt_of
from auditor.pipeline import AuditOptions
from inventory.sources import SourceDevice
from tests.executors.routers import options, routers


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "swept")


def no_judge(*_arguments: object) -> bytes:
    raise AssertionError("judged although the result is known")


def test_a_second_audit_judges_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = routers(tmp_path / "configs", 4)
    task = Work(options(), Cache(tmp_path / "cache", b"salt"))
    first = [record_of(source, task) for source in sources]
    monkeypatch.setattr(work, "judged", no_judge)
    assert [record_of(source, task) for source in sources] == first
    assert len(files(tmp_path / "cache")) == 4


def test_every_damaged_result_is_made_again(tmp_path: Path) -> None:
    (source,) = routers(tmp_path / "configs", 1)
    task = Work(options(), Cache(tmp_path / "cache", b"salt"))
    first = record_of(source, task)
    (file,) = files(tmp_path / "cache")
    whole = file.read_bytes()
    damaged = [b"", whole[:20], whole[:-1], whole + b"x", b"auditor0" + whole[8:]]
    damaged += [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in (9, 40)]
    for data in damaged:
        file.write_bytes(data)
        assert record_of(source, task) == first
        assert file.read_bytes() == whole, "the damaged one is replaced"


def test_whatever_decides_a_result_is_in_its_name(tmp_path: Path) -> None:
    (source,) = routers(tmp_path / "configs", 1)
    cache = Cache(tmp_path / "cache", b"salt")

    def key(of: SourceDevice, with_cache: Cache = cache) -> str | None:
        return key_of(of, with_cache, Contents(Path.read_bytes))

    file = source.files[0]
    first = key(source)
    others = [
        key(replace(source, name="r9")),
        key(replace(source, platform_hint="cisco_xe")),
        key(replace(source, note="the collection failed")),
        key(replace(source, files=(replace(file, label="x.cfg"),))),
        key(replace(source, files=(replace(file, command="show version"),))),
        key(replace(source, files=(file, file))),
        key(source, Cache(tmp_path / "cache", b"other")),
    ]
    file.path.write_text(file.path.read_text() + "!\n")
    others.append(key(source))
    assert len({first, *others}) == len(others) + 1


def test_whatever_a_run_has_in_common_is_in_all_names() -> None:
    plain = options()
    service = plain.service._replace(published="2030-01-01")
    prefixes = plain.service._replace(prefixes=plain.service.prefixes[1:])
    changed: list[AuditOptions] = [
        plain,
        replace(plain, service=service),
        replace(plain, service=prefixes),
        replace(plain, platform=None),
        replace(plain, sources=plain.service.prefixes[:1]),
        replace(plain, select=("ACL",)),
        replace(plain, ignore=("ACL",)),
        replace(plain, inline_waivers=False),
        replace(plain, prove=True),
    ]
    salts = {salt_of(one, b"program") for one in changed} | {salt_of(plain, b"another")}
    assert len(salts) == len(changed) + 1


def test_a_change_of_the_program_makes_other_names(tmp_path: Path) -> None:
    script = "from auditor.cache import program; print(program().hex())"

    def of(root: Path) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=root, env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    here = Path(work.__file__).resolve().parents[2]
    for room in ("auditor", "parsers", "rules", "inventory"):
        shutil.copytree(here / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    first = of(tmp_path)
    assert first == program().hex()
    rules = tmp_path / "rules" / "budget.py"
    rules.write_text(rules.read_text("utf-8") + "# changed\n", encoding="utf-8")
    assert of(tmp_path) != first


def test_a_failed_device_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "empty.cfg").write_text("")
    (source,) = routers(tmp_path / "configs", 1)
    broken = replace(source, files=(replace(source.files[0], path=tmp_path / "empty.cfg"),))
    gone = replace(source, files=(replace(source.files[0], path=tmp_path / "gone.cfg"),))
    task = Work(options(), Cache(tmp_path / "cache", b"salt"))
    for device in (broken, gone):
        assert b"failed" in record_of(device, task)
    assert files(tmp_path) == [source.files[0].path, tmp_path / "empty.cfg"]


def test_a_cache_that_cannot_be_written_is_said_once_and_done_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    sources = routers(tmp_path / "configs", 3)
    task = Work(options(), Cache(tmp_path / "cache", b"salt"))
    records = [record_of(source, task) for source in sources]
    assert records == [record_of(source, Work(options())) for source in sources]
    assert capsys.readouterr().err.count("is not written") == 1


def test_old_results_are_swept_and_used_ones_stay(tmp_path: Path) -> None:
    sources = routers(tmp_path / "configs", 3)
    cache = Cache(tmp_path / "cache", b"salt")
    for source in sources:
        record_of(source, Work(options(), cache))
    paths = files(tmp_path / "cache")
    long_ago = time.time() - (KEPT_DAYS + 1) * 86_400
    left = paths[0].with_name(".left-behind")
    left.write_bytes(b"half")
    for path in (*paths, left):
        os.utime(path, (long_ago, long_ago))
    key = key_of(sources[0], cache, Contents(Path.read_bytes))
    assert key is not None
    assert cache.get(key) is not None, "a use makes it young"
    cache.sweep()
    (stays,) = files(tmp_path / "cache")
    assert stays.parent.name + stays.name == key
