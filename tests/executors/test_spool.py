"""The spool: the same whether records are in memory, on the disk, or the disk is full."""

from __future__ import annotations

import resource
import subprocess
import sys
import textwrap

import pytest

from auditor.record import encode, text_of
from auditor.spool import Devices, Findings, Spool
from tests.executors.test_record import device, finding


def filled(in_memory: int) -> Spool:
    spool = Spool(in_memory)
    for number in range(50):
        spool.add(
            encode(device(f"r{number}"), [finding(f"{number} {n}", "deny") for n in range(3)])
        )
    return spool


@pytest.mark.parametrize("in_memory", [0, 1000, 5000, 1 << 20])
def test_parts_come_back_as_they_were(in_memory: int) -> None:
    spool = filled(in_memory)
    devices = Devices(spool, spool.devices)
    findings = Findings(spool, spool.findings, {})
    assert [d.name for d in devices] == [f"r{number}" for number in range(50)]
    assert [f.subject for f in findings] == [f"{a} {b}" for a in range(50) for b in range(3)]
    assert list(findings.texts()) == [text_of(part) for part in findings]
    assert [f.subject for f in findings[148:]] == ["49 1", "49 2"]
    assert findings[-1] == findings[149]
    assert devices[3] == device("r3")
    with pytest.raises(IndexError):
        devices[50]


def test_a_full_disk_loses_nothing() -> None:
    program = textwrap.dedent(
        f"""
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, {resource.RLIM_INFINITY}))
        from auditor.spool import Findings
        from tests.executors.test_spool import filled
        spool = filled(1000)
        subjects = [f.subject for f in Findings(spool, spool.findings, {{}})]
        assert subjects == [f"{{a}} {{b}}" for a in range(50) for b in range(3)], subjects
        """
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("results stay in memory") == 1
