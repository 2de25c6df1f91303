"""The fleet that the benchmarks run on: the same bytes again, and configurations as their systems print them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.fleet import MOST, WRITERS, fleet, inputs, system
from parsers.detection import detect
from parsers.registry import platform
from rules.rule import check_all
from rules.view import View
from tests.audit_text import bitbucket

ROOT = Path(__file__).parent.parent


def _digest(folder: Path, seed: str, hashes: str) -> str:
    command = [
        sys.executable,
        "-m",
        "benchmarks.fleet",
        "--devices",
        "40",
        "--seed",
        seed,
        "--realistic",
    ]
    env = os.environ | {"PYTHONHASHSEED": hashes, "PYTHONPATH": str(ROOT)}
    options = ["--routes", "2000", "--output", str(folder)]
    subprocess.run([*command, *options], cwd=ROOT, env=env, check=True)
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def test_the_same_bytes_for_the_same_seed(tmp_path: Path) -> None:
    one = _digest(tmp_path / "a", "7", "1")
    assert _digest(tmp_path / "b", "7", "2") == one
    assert _digest(tmp_path / "c", "8", "1") != one


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_configurations_are_recognised_and_read_to_the_last_line(name: str) -> None:
    codes: set[str] = set()
    for made in fleet(2, 60, 500, platforms=(name,)):
        if "ACL001" in codes:
            break
        assert detect(made.lines).platform == system(name)
        assert 0.85 * 500 <= len(made.lines) <= 1.15 * 500
        device = platform(system(name)).parse(inputs(made))
        assert not device.not_understood, device.not_understood[0].text
        codes |= {f.code for f in check_all(View(device, bitbucket())) if f.outcome.value == "fail"}
    assert "ACL001" in codes


def test_realistic_sizes() -> None:
    made = list(fleet(1, 300, None, 5000))
    sizes = sorted(len(one.lines) for one in made)
    assert 300 <= sizes[150] <= 550
    assert sizes[-1] > 0.9 * MOST
    assert made[0].routes == 5000
