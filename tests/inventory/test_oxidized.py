"""A working copy of Oxidized's repository as an inventory: names and groups from its files, platforms from what is in them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.collect_inventory import read_hosts

IOS = "!\nversion 15.7\nservice timestamps log datetime msec\nhostname r1\nboot-start-marker\nboot-end-marker\nip cef\nline vty 0 4\nend\n"
JUNOS = "## Last commit: 2026-01-01\nversion 20.4R3;\nsystem {\n    host-name j1;\n    services {\n        ssh;\n    }\n}\ninterfaces {\n    ge-0/0/0 {\n        unit 0;\n    }\n}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A clone, as `git clone` of Oxidized's bare repository gives it."""
    work = tmp_path / "work"
    work.mkdir()
    for name, text in {"edge/r1": IOS, "edge/10.0.0.7": JUNOS, "core/r1": IOS, "top": "hello\n", "README.md": "x\n"}.items():  # fmt: skip
        (work / name).parent.mkdir(exist_ok=True)
        (work / name).write_text(text)
    git = ["git", "-c", "user.name=o", "-c", "user.email=o@example.net", "-c", "init.defaultBranch=main"]  # fmt: skip
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "update"]):
        subprocess.run([*git, *words], cwd=work, check=True)
    clone = tmp_path / "oxidized"
    subprocess.run(["git", "clone", "-q", str(work), str(clone)], check=True)
    return clone


def test_names_groups_and_platforms(copy: Path) -> None:
    found = read_hosts(copy)
    assert {h.name: (h.address, h.platform, h.groups) for h in found.hosts} == {
        "10.0.0.7": ("10.0.0.7", "juniper_junos", ("edge",)),
        "core-r1": ("r1", "cisco_ios", ("core",)),
        "edge-r1": ("r1", "cisco_ios", ("edge",)),
        "top": ("top", None, ()),
    }
    told = {h.name: h.problem for h in found.hosts if h.problem}
    assert told == {
        "top": "top does not tell what the device runs; list it in router.db, or in another inventory, "
        "with its platform"
    }
    assert {s.label for s in found.skipped} >= {"README.md"}


def test_a_list_beside_the_configurations_says_who_is_asked(copy: Path) -> None:
    (copy / "router.db").write_text("r1:cisco:up\n10.0.0.7:junos:up\ngone:cisco:down\n")
    found = read_hosts(copy)
    assert {h.name: h.platform for h in found.hosts} == {
        "r1": "cisco_ios",
        "10.0.0.7": "juniper_junos",
    }
    assert not any(host.problem for host in found.hosts)


def test_the_check_shows_them(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["inventory", "check", str(copy), "--ssh-config", "none", "--user", "netops"]
    assert main(arguments) == 3
    out = capsys.readouterr().out
    assert "10.0.0.7  10.0.0.7:22  juniper_junos" in out
    assert "4 devices: 3 ready, 1 not; nothing was sent" in out
    assert main([*arguments, "--limit", "edge"]) == 0


def test_a_repository_of_ansible_stays_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "hosts").write_text("[edge]\nr1 ansible_network_os=cisco.ios.ios\n")
    assert {h.name: h.platform for h in read_hosts(tmp_path).hosts} == {"r1": "cisco_ios"}
