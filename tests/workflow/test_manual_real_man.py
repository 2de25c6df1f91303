"""The manual page as groff, man and mandoc read it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house_files import ROOT

PAGE = ROOT / "docs" / "auditor.1"
CHECKS = {
    "groff": ["groff", "-man", "-ww", "-Tutf8", str(PAGE)],
    "man": ["man", "--warnings", "--local-file", str(PAGE)],
    "mandoc": ["mandoc", "-T", "lint", str(PAGE)],
}


@pytest.mark.parametrize("program", CHECKS)
def test_no_warning(program: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        CHECKS[program],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"MANWIDTH": "80"},
    )
    assert done.returncode == 0
    assert done.stderr == ""
    if program == "mandoc":
        assert done.stdout == ""
    else:
        assert "--fail-on" in done.stdout.replace("\x1b[1m", "").replace("\x08", "")


def test_signs_are_printed_as_they_are(tmp_path: Path) -> None:
    if shutil.which("mandoc") is None:
        pytest.skip("mandoc is not installed")
    from auditor.documents.manual import text

    said = r".x 'y' -a --b \n `c` ^~ …"
    file = tmp_path / "x.1"
    file.write_text(
        f'.TH X 1 "2026-01-01"\n.SH NAME\nx \\- y\n.SH DESCRIPTION\n{text(said)}\n', "utf-8"
    )
    printed = subprocess.run(
        ["mandoc", "-T", "ascii", str(file)], capture_output=True, text=True, check=True
    ).stdout
    assert r".x 'y' -a --b \n `c` ^~ ..." in printed
