"""NO_COLOR and FORCE_COLOR, on a terminal and off it, wherever colours are written."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.auditor.test_cli import FAULTY
from tests.house_files import ROOT

COLOR = b"\x1b["
TABLE = [
    # terminal, NO_COLOR, FORCE_COLOR, TERM, colours
    (True, None, None, "xterm", True),
    (True, "", None, "xterm", True),
    (True, "1", None, "xterm", False),
    (True, "0", None, "xterm", False),
    (True, "1", "1", "xterm", False),
    (True, None, None, "dumb", False),
    (True, None, "1", "dumb", True),
    (False, None, None, "xterm", False),
    (False, None, "", "xterm", False),
    (False, None, "1", "xterm", True),
    (False, None, "0", "xterm", True),
    (False, "1", "1", "xterm", False),
]


def output(arguments: list[str], environment: dict[str, str], terminal: bool, cwd: Path) -> bytes:
    """Standard output and errors of a call; with `terminal` both are one."""
    command = [sys.executable, "-m", "auditor", *arguments]
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    environment = clean | {"PYTHONPATH": str(ROOT)} | environment
    if not terminal:
        return subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ).stdout
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        found = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            found += piece
        process.wait(60)
    os.close(ours)
    return found


@pytest.mark.parametrize(("terminal", "no", "force", "term", "colors"), TABLE)
def test_the_report(
    terminal: bool, no: str | None, force: str | None, term: str, colors: bool, tmp_path: Path
) -> None:
    (tmp_path / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    environment = {"TERM": term}
    environment |= {} if no is None else {"NO_COLOR": no}
    environment |= {} if force is None else {"FORCE_COLOR": force}
    found = output(["audit", "faulty.cfg", "--no-cache"], environment, terminal, tmp_path)
    assert b"ACL001" in found
    assert (COLOR in found) == colors


@pytest.mark.parametrize("arguments", [["rules"], ["platforms"], ["rule", "ACL001"]], ids=" ".join)
@pytest.mark.parametrize("force", [False, True])
def test_tables_have_none(arguments: list[str], force: bool, tmp_path: Path) -> None:
    environment = {"TERM": "xterm"} | ({"FORCE_COLOR": "1"} if force else {})
    found = output(arguments, environment, False, tmp_path)
    assert found
    assert COLOR not in found


def test_files_have_none(tmp_path: Path) -> None:
    (tmp_path / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    output(["audit", "faulty.cfg", "--output", "r.txt"], {"FORCE_COLOR": "1"}, False, tmp_path)
    assert COLOR not in (tmp_path / "r.txt").read_bytes()


@pytest.mark.parametrize("no", ["", "1"])
def test_progress_moves_the_cursor_and_colours_nothing(no: str, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"r{number}.cfg").write_text(
            FAULTY.replace("hostname faulty", f"hostname r{number}")
        )
    arguments = ["audit", ".", "--no-cache", "--format", "json", "--output", "r.json"]
    found = output(arguments, {"TERM": "xterm", "NO_COLOR": no}, True, tmp_path)
    assert b"3/3 devices" in found
    assert not re.search(rb"\x1b\[[\d;]*m", found)
