"""`auditor audit --inventory`: collect, then audit, with the exit code of the worse of the two."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.__main__ import main
from tests.collect.device import PASSWORD, USER, Device, Fleet

CLEAN = """\
version 15.7
service timestamps log datetime msec
hostname r1
interface GigabitEthernet0/0
 ip address 10.20.1.1 255.255.255.0
interface GigabitEthernet0/1
 ip address 203.0.113.1 255.255.255.252
ip route 0.0.0.0 0.0.0.0 203.0.113.2
end
"""
BLOCKED = CLEAN.replace("255.255.255.0\n", "255.255.255.0\n ip access-group A in\n").replace(
    "ip route", "ip access-list extended A\n deny tcp any any eq 22\n permit ip any any\nip route"
)


def audit(
    tmp_path: Path,
    devices: Fleet,
    texts: dict[str, str | None],
    monkeypatch: pytest.MonkeyPatch,
    *more: str,
) -> tuple[int, dict[str, object]]:
    monkeypatch.setenv("AUDITOR_PASSWORD", PASSWORD)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    rows = ["name,address,port,user,platform"]
    for name, text in texts.items():
        port = (
            9 if text is None else devices.add(Device(outputs={"show running-config": text})).port
        )
        rows.append(f"{name},127.0.0.1,{port},{USER},cisco_ios")
    (tmp_path / "inv.csv").write_text("\n".join([*rows, ""]))
    report = tmp_path / "report.json"
    code = main(
        ["audit", "--inventory", str(tmp_path / "inv.csv"), "--format", "json", "--output", str(report),
         "--ssh-config", "none", "--known-hosts", str(devices.known_hosts), "--retries", "0", *more]
    )  # fmt: skip
    return code, json.loads(report.read_text())


def test_clean_then_blocked_then_incomplete(
    devices: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, report = audit(tmp_path, devices, {"r1": CLEAN}, monkeypatch)
    assert code == 0, report
    code, report = audit(tmp_path, devices, {"r1": CLEAN, "r2": BLOCKED, "r3": None}, monkeypatch)
    findings = report["findings"]
    assert isinstance(findings, list)
    assert code == 1
    assert {(f["code"], f["device"]) for f in findings} == {("ACL001", "r2")}
    rows = report["devices"]
    assert isinstance(rows, list)
    assert [row["status"] for row in rows if row["name"] == "r3"] == ["failed"]
    assert "connection refused" in next(row["error"] for row in rows if row["name"] == "r3")
    assert audit(tmp_path, devices, {"r1": CLEAN, "r3": None}, monkeypatch)[0] == 3
    assert audit(tmp_path, devices, {"r3": None}, monkeypatch)[0] == 3


def test_the_snapshot_is_kept_where_it_is_wanted(
    devices: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    code, report = audit(tmp_path, devices, {"r2": BLOCKED}, monkeypatch, "--snapshot", str(kept))
    assert code == 1
    again = tmp_path / "again.json"
    assert main(["audit", str(kept), "--format", "json", "--output", str(again)]) == 1
    assert json.loads(again.read_text())["findings"] == report["findings"]


def test_a_path_and_an_inventory_are_one_too_many(tmp_path: Path) -> None:
    assert main(["audit", str(tmp_path), "--inventory", str(tmp_path)]) == 2
