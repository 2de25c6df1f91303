"""`auditor blame`: halving a git history finds the commit that a linear scan finds."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.__main__ import main
from auditor.blame import halved, scanned
from auditor.git_history import Commit
from auditor.reports.json_report import load
from auditor.reports.model import FindingPart
from tests.auditor.test_cli import CLEAN, FAULTY

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> str:
    environment = os.environ | {
        "GIT_AUTHOR_NAME": "Oxidized", "GIT_AUTHOR_EMAIL": "o@example.net", "GIT_COMMITTER_NAME": "Oxidized",
        "GIT_COMMITTER_EMAIL": "o@example.net", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
    }  # fmt: skip
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment)
    return done.stdout.strip()


def committed(folder: Path, files: Mapping[str, str | None], subject: str) -> str:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True) if text is None else file.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "--allow-empty", "-q", "-m", subject)
    return git(folder, "rev-parse", "HEAD")


def moved(number: int) -> str:
    return CLEAN.replace("version 15.7", f"version 15.7\n! change {number}")


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, list[str]]:
    """Twelve commits on two devices; the seventh brings the fault, which stays while lines move."""
    folder = tmp_path / "configs"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    hashes = []
    for number in range(12):
        text = moved(number).replace("hostname clean", "hostname r1")
        if number >= 6:
            text = FAULTY.replace("version 15.7", f"version 15.7\n! change {number}")
        other = {"core/r2.cfg": moved(number // 2)}
        hashes.append(committed(folder, {"edge/r1.cfg": text} | other, f"update {number}"))
    return folder, hashes


def identity(folder: Path) -> str:
    target = folder.parent / "report.json"
    main(["audit", str(folder), "--format", "json", "--output", str(target)])
    return load(str(target)).findings[0].id


def test_the_commit_is_found(
    repository: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, hashes = repository
    finding = identity(folder)
    capsys.readouterr()
    assert main(["blame", str(folder), finding]) == 0
    by_halving = capsys.readouterr().out
    assert f"holds since {hashes[6]}" in by_halving
    assert "Oxidized  update 6" in by_halving
    assert f"not yet in {hashes[5]}" in by_halving
    assert "edge/r1.cfg:" in by_halving
    assert main(["blame", str(folder), finding[:8], "--linear"]) == 0
    by_scan = capsys.readouterr().out
    assert f"holds since {hashes[6]}" in by_scan
    assert "12 commits were judged; it came once" in by_scan
    looked_at = int(by_halving.splitlines()[-1].split()[0])
    assert looked_at <= 5 < 12


def test_the_repository_is_only_read(repository: tuple[Path, list[str]]) -> None:
    folder, _ = repository
    hook = folder / ".git" / "hooks" / "post-index-change"
    hook.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    hook.chmod(0o755)
    before = sorted(
        (p.relative_to(folder), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()
    )
    assert main(["blame", str(folder), identity(folder)]) == 0
    after = sorted(
        (p.relative_to(folder), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()
    )
    assert before == after


def test_what_comes_with_the_first_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "configs"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    first = committed(folder, {"r1.cfg": FAULTY}, "first")
    committed(folder, {"r1.cfg": FAULTY + "!\n"}, "second")
    assert main(["blame", str(folder), identity(folder)]) == 0
    out = capsys.readouterr().out
    assert f"holds since {first}" in out
    assert "what was before is not in this history" in out


def test_a_file_that_went_and_came_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "configs"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    committed(folder, {"r1.cfg": FAULTY, "r2.cfg": CLEAN}, "came")
    committed(folder, {"r1.cfg": None}, "went")
    back = committed(folder, {"r1.cfg": FAULTY}, "came back")
    assert main(["blame", str(folder), identity(folder), "--linear"]) == 0
    out = capsys.readouterr().out
    assert f"holds since {back}" in out
    assert "it came 2 times" in out


def test_wrong_usage(
    repository: tuple[Path, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _ = repository
    for arguments, words in (
        ([str(tmp_path / "none"), "ab"], "is no folder"),
        ([str(tmp_path), "ab"], "git:"),
        ([str(folder), "0123456789abcdef"], "no finding has the id"),
        ([str(folder), "ab", "--revision", "nowhere"], "git:"),
        ([str(folder), "ab", "--revision=--output=x"], "git:"),
    ):
        assert main(["blame", *arguments]) == 2
        assert words in capsys.readouterr().err
    assert not (folder / "x").exists()


def commits(number: int) -> list[Commit]:
    return [Commit(str(n), "", "", "") for n in range(number)]


def asked(holds: Sequence[bool], finding: FindingPart) -> list[int]:
    """What halving asks about, in order."""
    order: list[int] = []

    def ask(commit: Commit) -> FindingPart | None:
        order.append(int(commit.name))
        return finding if holds[int(commit.name)] else None

    halved(commits(len(holds)), ask)
    return order


def held_in(found: Sequence[FindingPart | None], commit: Commit) -> FindingPart | None:
    return found[int(commit.name)]


@pytest.fixture(scope="module")
def finding(tmp_path_factory: pytest.TempPathFactory) -> FindingPart:
    folder = tmp_path_factory.mktemp("finding")
    (folder / "r1.cfg").write_text(FAULTY, encoding="utf-8")
    main(["audit", str(folder), "--format", "json", "--output", str(folder / "r.json")])
    return load(str(folder / "r.json")).findings[0]


@pytest.mark.parametrize("number", [1, 2, 3, 7, 8, 100])
def test_halving_agrees_with_the_scan_wherever_it_came(number: int, finding: FindingPart) -> None:
    for first in range(number + 1):
        holds = [place >= first for place in range(number)]
        found = [finding if held else None for held in holds]
        ask = partial(held_in, found)
        by_halving = halved(commits(number), ask)
        by_scan, episodes = scanned(commits(number), ask)
        assert by_halving == by_scan == (first if first < number else None)
        assert episodes == (first < number)
        assert len(set(asked(holds, finding))) <= max(1, number).bit_length() + 1


@given(holds=st.lists(st.booleans(), min_size=1, max_size=40))
def test_halving_finds_a_commit_where_it_came(holds: list[bool]) -> None:
    """Also where it came and went: the finding holds there, and does not in the commit before."""
    part = FindingPart.model_construct(id="0" * 16)
    ask = {str(n): part if held else None for n, held in enumerate(holds)}
    place = halved(commits(len(holds)), lambda commit: ask[commit.name])
    last, _ = scanned(commits(len(holds)), lambda commit: ask[commit.name])
    assert (place is None) == (last is None) == (not holds[-1])
    for found in (place, last):
        if found is not None:
            assert holds[found]
            assert found == 0 or not holds[found - 1]
