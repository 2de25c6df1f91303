"""A large output goes to the disk as it comes: the memory that a collection needs does not grow with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.collect.device import PASSWORD, USER, Fleet
from tests.collect.makes import make
from tests.house_files import ROOT

MEASURED = (
    "import re, sys; from auditor.__main__ import main; code = main(sys.argv[1:]); "
    "print(code, re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
)
"""Runs the auditor and prints its exit code and the most memory it had, in kB."""


def peak(folder: Path, devices: Fleet, routes: int) -> float:
    """Megabytes that a collection needs from a device with so many routes, whose table is in the snapshot, whole."""
    table = "".join(
        f"B        {n >> 16}.{n >> 8 & 255}.{n & 255}.0/24 [20/0] via 192.0.2.{n % 250}, 00:01:02\n"
        for n in range(routes)
    )
    device = devices.add(make("cisco_ios"))
    device.outputs["show ip route"] = table
    folder.mkdir()
    row = f"r1,127.0.0.1,{device.port},{USER},cisco_ios"
    (folder / "inv.csv").write_text(f"name,address,port,user,platform\n{row}\n")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "collect", "--inventory", str(folder / "inv.csv"), "--output",
         str(folder / "snapshot"), "--ssh-config", "none", "--known-hosts", str(devices.known_hosts)],
        cwd=ROOT, env=os.environ | {"AUDITOR_PASSWORD": PASSWORD}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, kilobytes = done.stdout.split()
    assert code == "0", done.stderr
    assert (folder / "snapshot" / "r1" / "show_ip_route.txt").read_text() == table
    return int(kilobytes) / 1024


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures with Linux's /proc")
def test_memory_does_not_grow_with_the_output(devices: Fleet, tmp_path: Path) -> None:
    small = peak(tmp_path / "small", devices, 1_000)
    large = peak(tmp_path / "large", devices, 300_000)
    # 16 MB of text; held once it would be seen, held twice all the more
    assert large - small < 8
