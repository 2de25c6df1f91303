"""`auditor explain`, `auditor fix`, `--prove`: out of a report, in words and commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.reports.json_report import load
from auditor.reports.model import Report


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's report, with proofs."""
    target = tmp_path_factory.mktemp("demo") / "report.json"
    assert main(["audit", "--prove", "--format", "json", "--output", str(target)]) == 1
    return target


@pytest.fixture(scope="module")
def report(file: Path) -> Report:
    return load(str(file))


def test_explain_tells_everything(
    file: Path, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    finding = next(f for f in report.findings if (f.device, f.code) == ("edge-ams-1", "ACL001"))
    assert main(["explain", finding.id, str(file)]) == 0
    out = capsys.readouterr().out
    for words in (
        "HIGH  ACL001  edge-ams-1: A filter blocks sessions to the service",
        "for example tcp 10.20.1.1:50000 to 104.192.136.1:22 (outbound): the client sees a timeout",
        "blocked: tcp 104.192.136.0/21 ports 22",
        "The way to the service",
        "edge-ams-1/running-config.txt:31  ",
        "What it finds",
        "Why it matters",
        "When it is unknown",
        "To check by hand on the device",
        "show ip access-lists",
        "from 10.20.1.1: nc -vz -p 50000 104.192.136.1 22",
        "19 permit tcp any 104.192.136.0 0.0.7.255 eq 22",
        "proved: carried out and judged again: the finding is gone",
        "RFC 1812",
    ):
        assert words in out, words


def test_every_finding_can_be_explained(
    file: Path, report: Report, capsys: pytest.CaptureFixture[str]
) -> None:
    for finding in report.findings:
        assert main(["explain", finding.id[:12], str(file)]) == 0
        assert finding.message in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "words"), [("ffffffffffffffff", "no finding has"), ("", "findings have")]
)
def test_an_id_that_names_no_one_finding(
    given: str, words: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", given, str(file)]) == 2
    assert words in capsys.readouterr().err


def test_fix_prints_commands_with_their_proof(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fix", str(file), "--device", "edge-ams-1"]) == 0
    out = capsys.readouterr().out
    assert (
        "\nip access-list extended LAN-IN\n 19 permit tcp any 104.192.136.0 0.0.7.255 eq 22\n"
        in out
    )
    assert "treats otherwise: TCP from any IPv4 to 104.192.136.0/21, destination port 22" in out
    assert "# to take it back:\n#   ip access-list extended LAN-IN\n#    no 19\n" in out
    assert "leaf-ber-3" not in out
    assert main(["fix", str(file), "--device", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err


def test_fix_warns_of_remedies_that_failed(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(file.read_text("utf-8"))
    proved = next(f for f in data["findings"] if f["proof"])
    proved["proof"] = {"holds": False, "words": "more changes", "opened": ["A: UDP\nreload"]}
    (tmp_path / "r.json").write_text(json.dumps(data), encoding="utf-8")
    assert main(["fix", str(tmp_path / "r.json")]) == 1
    out = capsys.readouterr().out
    assert "# NOT PROVED: more changes\n#   changes too: A: UDP reload\n" in out


def test_without_prove_nothing_is_claimed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "r.json"
    main(["audit", "--format", "json", "--output", str(target)])
    assert all(f.proof is None for f in load(str(target)).findings)
    assert main(["fix", str(target)]) == 0
    assert "# not proved: audit with --prove" in capsys.readouterr().out


def test_every_fault_of_the_demo_with_commands_is_proved(report: Report) -> None:
    failed = [
        (f.device, f.code, f.proof.words if f.proof else "no proof")
        for f in report.findings
        if f.outcome == "fail" and f.commands and not (f.proof and f.proof.holds)
    ]
    assert not failed
