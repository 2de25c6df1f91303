"""`auditor inventory check`: what would be done, in a table; nothing is sent, not even a look-up."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from auditor.__main__ import main
from tests.house_files import text_of


def documented() -> tuple[str, str]:
    """The inventory and the table that docs/collecting.md shows."""
    blocks = re.findall(r"^```(?:csv|text)\n(.*?)^```", text_of("docs/collecting.md"), re.M | re.S)
    inventory = next(block for block in blocks if block.startswith("name,address"))
    return inventory, next(block for block in blocks if block.startswith("device "))


def test_the_table_in_the_docs_is_real(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something was to be sent")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("AUDITOR_PASSWORD_EU", "hunter2")
    monkeypatch.setenv("HOME", str(tmp_path))
    inventory, table = documented()
    (tmp_path / "inventory.csv").write_text(inventory)
    arguments = ["inventory", "check", str(tmp_path / "inventory.csv"), "--user", "netops"]
    assert main([*arguments, "--ssh-config", "none"]) == 3
    printed = capsys.readouterr().out
    # numbers of commands grow with the platforms
    plain = [re.sub(r"\s+\d+$", "", line) for line in printed.splitlines()]
    assert plain == [re.sub(r"\s+\d+$", "", line) for line in table.splitlines()]
    assert "hunter2" not in printed


def test_limit_by_name_and_group(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "i.csv").write_text("name,platform,group\nr1,ios,edge\nr2,ios,core\ns1,eos,edge\n")
    base = ["inventory", "check", str(tmp_path / "i.csv"), "--ssh-config", "none", "--limit"]
    assert main([*base, "edge"]) == 0
    assert "2 devices: 2 ready, 0 not; nothing was sent" in capsys.readouterr().out
    assert main([*base, "r*"]) == 0
    assert "2 devices: 2 ready" in capsys.readouterr().out
    assert main([*base, "gone"]) == 2
    assert main(["inventory", "check", str(tmp_path / "nowhere")]) == 2
