"""Captures that real kernels make: every fault that the lab plays gets its name, with the reasons."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.diagnosis.report import Diagnosis, Session
from tests.house_files import ROOT

EXPECTED = {
    "clean": ("clean", "evidence", None),
    "shift": ("anycast-shift", "evidence", "ANY"),
    "refused-by-filter": ("reset-between", "evidence", "ACL"),
    "reset-by-filter": ("reset-between", "evidence", "IPS"),
    "reset-by-server": ("reset-by-server", "evidence", "SVC"),
    "refused-by-server": ("refused", "compatible", "ACL"),
    "prohibited": ("prohibited", "evidence", "ACL"),
    "too-big-heeded": ("clean", "evidence", None),
    "dropped": ("no-answer", "evidence", "ACL"),
    "black-hole": ("black-hole", "evidence", "PMTU"),
}
SERVICE = "name: lab\nprefixes: [10.99.141.0/24]\nports: [{protocol: tcp, port: 443}]\n"


def why_not(*more: str) -> str | None:
    if os.geteuid() != 0:
        return "namespaces need root"
    missing = [
        tool
        for tool in ("unshare", "ip", "nft", "tcpdump", "mtr", "scamper", "git", "curl")
        if shutil.which(tool) is None
    ]
    if missing:
        return f"not installed: {', '.join(missing)}"
    tried = subprocess.run(
        ["unshare", "-nm", "--propagation", "private", "ip", "link", "add", "a0", "type", "veth", "peer", "name", "a1"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return None if tried.returncode == 0 else f"no network namespace here: {tried.stderr.strip()}"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reason = why_not("tcpdump", "mtr", "scamper", "git", "curl")
    if reason is not None:
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("lab")
    (folder / "lab.yaml").write_text(SERVICE, encoding="utf-8")
    done = subprocess.run(
        ["unshare", "-nm", "--propagation", "private", sys.executable, "-m", "tests.diagnosis.lab", str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def diagnosed(
    capsys: pytest.CaptureFixture[str], lab: Path, *files: str
) -> tuple[int, Diagnosis, Session]:
    """The diagnosis, and the session that began in the scene (another one's last packets may be there)."""
    names = [str(lab / file) for file in files]
    code = main(
        ["diagnose", "capture", *names, "--service", str(lab / "lab.yaml"), "--format", "json"]
    )
    found = Diagnosis.model_validate(json.loads(capsys.readouterr().out))
    assert found.capture is not None
    begun = [s for s in found.capture.sessions if s.kind != "unfinished"]
    return code, found, max(begun, key=lambda session: session.start)


@pytest.mark.slow
@pytest.mark.parametrize("scene", sorted(EXPECTED))
def test_scenes_seen_from_the_client(
    lab: Path, capsys: pytest.CaptureFixture[str], scene: str
) -> None:
    kind, level, cause = EXPECTED[scene]
    code, found, session = diagnosed(capsys, lab, f"{scene}.client.pcap")
    assert (session.kind, session.level) == (kind, level)
    assert code == (0 if kind == "clean" else 1)
    assert [c.code for c in found.causes][:1] == ([cause] if cause else [])


@pytest.mark.slow
def test_captures_of_two_links_prove_the_split(
    lab: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found, session = diagnosed(capsys, lab, "shift.edge1.pcap", "shift.edge2.pcap")
    assert code == 1
    assert (session.kind, session.level) == ("split", "proved")
    assert found.capture is not None
    split = found.capture.splits[0]
    assert split.proved
    assert split.target == "10.99.141.1"
    assert split.switches >= 6
    assert (found.causes[0].code, found.causes[0].level) == ("ANY", "proved")


@pytest.mark.slow
def test_links_behind_each_other_are_no_split(
    lab: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found, session = diagnosed(capsys, lab, "clean.client.pcap", "clean.edge1.pcap")
    assert code == 0
    assert session.kind == "clean"
    assert found.capture is not None
    assert not found.capture.splits


@pytest.mark.slow
def test_reasons_are_shown(lab: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, shift = diagnosed(capsys, lab, "shift.client.pcap")
    texts = " ".join(vote.text for vote in shift.votes)
    assert "knew no session" in texts
    assert "more packets of the server came after it" in texts
    _, _, between = diagnosed(capsys, lab, "reset-by-filter.client.pcap")
    assert any("sent 0 hops away" in vote.text for vote in between.votes)
    _, _, heeded = diagnosed(capsys, lab, "too-big-heeded.client.pcap")
    assert any("too big, MTU 1300" in reason for reason in heeded.reasons)
    assert any("Path MTU Discovery works" in reason for reason in heeded.reasons)
    _, _, hole = diagnosed(capsys, lab, "black-hole.client.pcap")
    assert any("1448 bytes" in reason for reason in hole.reasons)
    assert hole.mss == (1460, 1460)


@pytest.mark.parametrize(
    ("scene", "code", "rule", "statement", "message"),
    [
        ("refused-by-filter", "ACL", "ACL001", "reject with tcp reset", "could-not-connect"),
        ("prohibited", "ACL", "ACL001", "reject with icmp admin-prohibited", "could-not-connect"),
        ("shift", "ANY", "LB001", "numgen inc mod 2", "recv-failure-56"),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_the_doctor_names_the_router_and_the_statement(
    lab: Path, capsys: pytest.CaptureFixture[str], scene: str, code: str, rule: str, statement: str, message: str
) -> None:  # fmt: skip
    """What git or curl, mtr, scamper and tcpdump say, and what the router prints of itself."""
    ends = ("log", "mtr.json", "path.json", "real.pcap", "snapshot")
    names = [str(lab / f"{scene}.{end}") for end in ends]
    assert main(["doctor", *names, "--service", str(lab / "lab.yaml"), "--format", "json"]) == 1
    found = Diagnosis.model_validate(json.loads(capsys.readouterr().out))
    assert {path.tool for path in found.paths} == {"mtr --json", "scamper trace"}
    assert {host.device for path in found.paths for host in path.hops[0].hosts} == {"r"}
    assert not found.missing
    first = found.story[0]
    assert (first.code, first.level) == (code, "proved")
    assert message in first.log
    assert first.capture
    assert first.audit[0].startswith(f"r: {rule}")
    assert any(statement in line.text for line in first.statements)
    assert [item.code for item in found.story if item.level == "proved"] == [code]
    assert main(["doctor", *names, "--service", str(lab / "lab.yaml")]) == 1
    text = capsys.readouterr().out
    assert statement in text
