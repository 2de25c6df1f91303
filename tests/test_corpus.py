"""The shared corpus, where it is there: read without a traceback, and nearly all of it understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.__main__ import main
from benchmarks import corpus_table, lab_routes

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not corpus_table.CORPUS.is_dir(), reason="the shared corpus is not beside the project"
    ),
]


def test_configurations_are_read() -> None:
    rows = corpus_table.table()
    assert sum(row.failed for row in rows.values()) == 0
    files, right = (sum(getattr(r, f) for r in rows.values()) for f in ("files", "right"))
    assert right >= 0.98 * files
    for name, row in rows.items():
        assert row.unread <= 0.05 * row.lines, name
    relevant, used = (sum(getattr(r, f) for r in rows.values()) for f in ("relevant", "used"))
    assert relevant <= 0.01 * (used + relevant)


def test_example_network(capsys: pytest.CaptureFixture[str]) -> None:
    """13 routers and two hosts with iptables rules, none failed."""
    main(["audit", str(corpus_table.CORPUS / "networks" / "example-live"), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    platforms = [device["platform"] for device in report["devices"]]
    assert platforms.count("cisco_ios") == 13
    assert platforms.count("linux") == 2
    assert report["summary"]["failed"] == 0


LABS = sorted((corpus_table.CORPUS / "labs").glob("*")) if corpus_table.CORPUS.is_dir() else []


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.name)
def test_no_lab_brings_an_internal_error(lab: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", str(lab), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert report["devices"]
    assert not [d for d in report["devices"] if "internal error" in (d["error"] or "")]


def test_routes_of_junos_and_frr_hosts_are_those_that_the_devices_printed() -> None:
    wrong = [row for row in lab_routes.rows() if row[1] != row[2] or not row[3]]
    assert not wrong
