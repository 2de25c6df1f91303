"""The command line as its users meet it: exit codes, formats, errors that say what to do."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.__main__ import main
from auditor.reports.json_report import schema

CLEAN = """hostname clean
!
version 15.7
service timestamps log datetime msec
interface GigabitEthernet0/0
 ip address 10.20.1.1 255.255.255.0
interface GigabitEthernet0/1
 ip address 203.0.113.1 255.255.255.252
ip route 0.0.0.0 0.0.0.0 203.0.113.2
end
"""
FAULTY = CLEAN.replace("hostname clean", "hostname faulty").replace(
    " ip address 10.20.1.1 255.255.255.0\n",
    " ip address 10.20.1.1 255.255.255.0\n ip access-group A in\n",
).replace("ip route", "ip access-list extended A\n deny tcp any any eq 22\n permit ip any any\nip route")  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clean.cfg").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_clean_is_0(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "audit", str(folder))
    assert code == 0
    assert "1 device: 1 audited" in out


def test_findings_are_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    code, out, _ = run(capsys, "audit", str(folder))
    assert code == 1
    assert "ACL001" in out
    assert "deny tcp any any eq 22" in out


def test_fail_on_decides_the_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    assert run(capsys, "audit", str(folder), "--fail-on", "critical")[0] == 0


def test_select_and_ignore(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    assert run(capsys, "audit", str(folder), "--select", "LB,MTU")[0] == 0
    assert run(capsys, "audit", str(folder), "--ignore", "ACL")[0] == 0
    assert run(capsys, "audit", str(folder), "--select", "ACL001")[0] == 1


def test_a_bad_device_does_not_end_the_run(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "strange.cfg").write_text("lorem ipsum\ndolor sit amet\n", encoding="utf-8")
    code, out, _ = run(capsys, "audit", str(folder))
    assert code == 3
    assert "strange: failed" in out
    assert "--platform" in out


def test_a_named_input_that_cannot_be_read_is_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.cfg"
    empty.write_bytes(b"")
    assert run(capsys, "audit", str(empty))[0] == 2
    code, _, err = run(capsys, "audit", str(tmp_path / "missing.cfg"))
    assert code == 2
    assert "missing.cfg" in err


def test_a_folder_without_devices_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "audit", str(tmp_path))
    assert code == 2
    assert str(tmp_path) in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "--format", "pdf"],
        ["audit", "--platform", "cisco_oi"],
        ["audit", "--service", "nobody"],
        ["audit", "--from", "10.0.0.0/99"],
        ["audit", "--jobs", "0"],
        ["audit", "--output", "x"],
        ["rule", "XYZ999"],
        ["filter", "test"],
        ["nonsense"],
        [],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if arguments == ["audit", "--output", "x"]:
        arguments = ["audit", str(folder), "--output", "x", "--output", "y"]
    elif arguments[:1] == ["audit"]:
        arguments = [*arguments, str(folder)]
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert "Traceback" not in err


def test_json_fits_its_schema_and_repeats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    _, first, _ = run(capsys, "audit", str(folder), "--format", "json")
    _, again, _ = run(capsys, "audit", str(folder), "--format", "json")
    assert first == again
    report = json.loads(first)
    jsonschema.validate(report, json.loads(schema()))
    assert [d["name"] for d in report["devices"]] == ["clean", "faulty"]
    assert report["summary"]["findings"]["high"] == 1
    finding = report["findings"][0]
    assert finding["evidence"][0]["text"].strip() == "deny tcp any any eq 22"
    assert finding["witness"]["dst_port"] == 22
    assert finding["blocked"][0]["ports"] == "22"
    lines = report["devices"][0]["lines"]
    assert lines["total"] == lines["used"] + lines["irrelevant"] + lines["not_understood"]


def test_several_formats_to_files(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "report.json"
    code, out, _ = run(
        capsys,
        "audit",
        str(folder),
        "--format",
        "json",
        "--output",
        str(target),
        "--format",
        "terminal",
    )
    assert code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["devices"] == 1
    assert "Sessions to bitbucket" in out


def test_baseline_leaves_known_findings_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    _, report, _ = run(capsys, "audit", str(folder), "--format", "json")
    known = folder.parent / f"{folder.name}-known.json"
    known.write_text(report, encoding="utf-8")
    assert run(capsys, "audit", str(folder), "--baseline", str(known))[0] == 0
    assert run(capsys, "audit", str(folder), "--baseline", str(folder / "clean.cfg"))[0] == 2


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FAULTY.encode())))
    code, out, _ = run(capsys, "audit", "-", "--format", "json")
    assert code == 1
    assert json.loads(out)["devices"][0]["files"] == ["stdin"]


def test_processes_give_the_same_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    _, alone, _ = run(capsys, "audit", str(folder), "--format", "json")
    _, together, _ = run(capsys, "audit", str(folder), "--format", "json", "--jobs", "2")
    assert alone == together


def test_secrets_do_not_reach_the_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = "frobnicate password 7 0822455D0A16\nusernamee x secret 5 $1$abcd$efghijklmnop\n"
    (folder / "secret.cfg").write_text(CLEAN + secret, encoding="utf-8")
    _, out, _ = run(capsys, "audit", str(folder), "--format", "json")
    assert "0822455D0A16" not in out
    assert "efghijklmnop" not in out
    assert "<removed>" in out


WRAPPED = [
    CLEAN.replace("\n", "\r\n"),
    "r1#show running-config\nBuilding configuration...\n\nCurrent configuration : 99 bytes\n"
    + CLEAN,
    CLEAN.replace("ip route", " --More-- \x08\x08\x08\x08\x08\x08\x08\x08\x08\x08ip route"),
    "\ufeff" + CLEAN,
    CLEAN.replace(" ip address", "\tip address"),
    "!RANCID-CONTENT-TYPE: cisco\n!\n" + CLEAN,
]


@pytest.mark.parametrize("text", WRAPPED, ids=["crlf", "session", "pager", "bom", "tabs", "rancid"])
def test_what_surrounds_a_configuration_changes_nothing(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "r1.cfg"
    file.write_bytes(text.encode())
    code, out, _ = run(capsys, "audit", str(file), "--format", "json")
    report = json.loads(out)
    assert code == 0, out
    assert report["devices"][0]["platform"] == "cisco_ios"
    assert report["devices"][0]["lines"]["not_understood"] == 0
    assert len(report["devices"][0]["paths"]) == 6


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=400))
def test_no_bytes_bring_a_traceback(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fuzz.cfg"
    file.write_bytes(data)
    code, out, err = run(capsys, "audit", str(file))
    assert code in (0, 1, 2, 3)
    assert "Traceback" not in out + err
    assert "internal error" not in out


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("auditor ")
