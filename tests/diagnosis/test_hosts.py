"""Hosts files, and the work-around that is written into them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from auditor.__main__ import main
from auditor.diagnosis.report import Diagnosis, schema

FILE = """\ufeff127.0.0.1 localhost
# 18.205.93.1 bitbucket.org
18.205.93.1\tbitbucket.org www.bitbucket.org
203.0.113.80 BITBUCKET.org.   # a proxy of ours, it was said
8.8.8.8 api.bitbucket.org
104.192.143.7 ssh.bitbucket.org # auditor: work-around, added 2026-01-01, remove by 2026-02-01
104.192.141.1 altssh.bitbucket.org
2401:1d80:32fd::1 bitbucket.org
notbitbucket.org.example 1.1.1.1
10.0.0.1 notbitbucket.org
bitbucket 10.0.0.1 bitbucket.org
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")  # 2026-11-25


def entries(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> tuple[int, Diagnosis]:
    file = tmp_path / "hosts"
    file.write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, "diagnose", "hosts", str(file), "--format", "json")
    report = json.loads(out)
    jsonschema.validate(report, json.loads(schema()))
    assert run(capsys, "diagnose", "hosts", str(file))[0] == code
    return code, Diagnosis.model_validate(report)


def test_entries_and_their_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = entries(tmp_path, capsys, FILE)
    assert code == 1
    (part,) = report.hosts
    found = [(e.line, e.place, e.severity) for e in part.entries]
    assert found == [
        (3, "retired", "high"), (4, "private", "medium"), (5, "outside", "high"), (6, "regional", "medium"),
        (7, "anycast", "low"), (8, "anycast", "low"),
    ]  # fmt: skip
    assert part.entries[0].names == ("bitbucket.org", "www.bitbucket.org")
    assert "to be removed by 2026-02-01" in part.entries[3].message
    notes = " ".join(report.notes)
    assert "bitbucket.org has 2 addresses" in notes
    assert ":11: names the service and is no entry" in notes


def test_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entries(tmp_path, capsys, "127.0.0.1 localhost\n")[0] == 0
    assert entries(tmp_path, capsys, "104.192.141.1 bitbucket.org\n")[0] == 0
    assert entries(tmp_path, capsys, "bitbucket.org bitbucket.org\n")[0] == 3
    assert run(capsys, "diagnose", "hosts", str(tmp_path / "none"))[0] == 2


def test_other_services_need_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile, file = tmp_path / "lab.yaml", tmp_path / "hosts"
    profile.write_text(
        "name: lab\nprefixes: [10.99.0.0/24]\nports: [{protocol: tcp, port: 443}]\n",
        encoding="utf-8",
    )
    file.write_text("8.8.8.8 git.lab.example\n", encoding="utf-8")
    code, _, err = run(capsys, "diagnose", "hosts", str(file), "--service", str(profile))
    assert code == 2
    assert "--name" in err
    assert (
        run(
            capsys,
            "diagnose",
            "hosts",
            str(file),
            "--service",
            str(profile),
            "--name",
            "lab.example",
        )[0]
        == 1
    )


@pytest.mark.parametrize("form", ["hosts", "ansible", "salt", "docker"])
def test_the_work_around_is_dated_marked_and_removable(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "hosts", "--address", "104.192.143.7", "--form", form)
    assert code == 0
    assert "This entry ages" in out
    assert "added 2026-11-25, remove by 2026-12-25" in out
    assert "# remove" in out
    if form in ("ansible", "salt"):
        assert yaml.safe_load(out)


def test_the_work_around_is_known_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "hosts", "--address", "104.192.143.7", "--name", "bitbucket.org")
    line = next(line for line in out.splitlines() if line.startswith("104."))
    code, report = entries(tmp_path, capsys, f"{line}\n")
    assert code == 0
    assert report.hosts[0].entries[0].severity == "low"


@pytest.mark.parametrize(
    "address", ["104.192.141.1", "18.205.93.1", "8.8.8.8", "10.0.0.1", "x; rm -rf /", ""]
)
def test_addresses_that_are_no_work_around(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "hosts", "--address", address)
    assert code == 2
    assert not out
    assert "published" in err
