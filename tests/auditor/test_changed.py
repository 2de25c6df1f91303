"""Lists of changed files as git writes them, and as it does not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import auditor.cli
from auditor.__main__ import main
from auditor.changed import listed
from auditor.errors import UsageError

NAMES = ["plain.cfg", "with blank.cfg", "bé.cfg", 'quo"te.cfg', "back\\slash.cfg", "tab\there.cfg", "bell\a.cfg"]  # fmt: skip


def test_names_are_those_that_git_means(tmp_path: Path) -> None:
    def git(*words: str) -> bytes:
        return subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True).stdout

    git("init", "-q")
    for name in NAMES:
        (tmp_path / name).write_text("x")
    git("add", "-A")
    for form, file in (((), "lines"), (("-z",), "zeros")):
        (tmp_path / file).write_bytes(git("diff", "--cached", "--name-only", *form))
        assert sorted(listed(str(tmp_path / file))) == sorted(NAMES)
    assert b"\\303\\251" in (tmp_path / "lines").read_bytes(), "git quotes, or this shows nothing"


@pytest.mark.parametrize("line", ['"bad\\x.cfg"', '"end\\"', '"\\9"', '"\\u0041"', '"\\400"'])
def test_what_git_would_not_write_is_said(line: str, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"good.cfg\n{line}\n")
    with pytest.raises(UsageError, match=r"list:2: is not a name as git quotes it"):
        listed(str(tmp_path / "list"))


def test_a_fault_of_the_program_is_a_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: list[str]) -> int:
        raise RuntimeError("enable password hunter22 was not expected")

    monkeypatch.setattr(auditor.cli, "run", broken)
    assert main([]) == 3
    said = capsys.readouterr().err
    assert "internal error, please report it: RuntimeError" in said
    assert "Traceback" not in said
    assert "hunter22" not in said
