"""Whatever goes wrong with one device becomes its row, also after it was judged."""

from __future__ import annotations

from pathlib import Path

import pytest

import auditor.pipeline
from auditor.cli import run


def test_a_failure_while_remedies_are_written_is_the_devices_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("r1", "r2"):
        (tmp_path / f"{name}.cfg").write_text(
            f"hostname {name}\ninterface GigabitEthernet0/0\n ip address 10.20.1.1 255.255.255.0\n"
            " ip access-group A in\nip access-list extended A\n deny ip any 104.192.136.0 0.0.7.255\n"
        )

    def broken(*_arguments: object) -> object:
        raise RuntimeError("no words for this")

    monkeypatch.setattr(auditor.pipeline, "_finding_part", broken)
    assert run(["audit", str(tmp_path), "--platform", "cisco_ios"]) == 3
    shown = capsys.readouterr().out
    assert "internal error, please report it: RuntimeError: no words for this" in " ".join(
        shown.split()
    )
