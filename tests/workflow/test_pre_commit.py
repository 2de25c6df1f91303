"""The hook in a real git repository with the real pre-commit, and `auditor pre-commit` by itself."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from auditor.__main__ import main
from tests.auditor.test_cli import CLEAN, FAULTY
from tests.house_files import ROOT, text_of
from tests.workflow.steps import environment_of, git, program

SHOW = "Cisco IOS Software, C2900 Software, Version 15.7(3)M4\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two routers as folders, one of them faulty, a paper, and a hook."""
    folder = tmp_path / "repository"
    for name, text in (("good", CLEAN), ("bad", FAULTY)):
        (folder / name).mkdir(parents=True)
        (folder / name / "running-config.txt").write_text(text, "utf-8")
        (folder / name / "show_version.txt").write_text(SHOW, "utf-8")
    (folder / "README.md").write_text("# Network\n")
    return folder


def with_hook(folder: Path, **more: object) -> dict[str, str]:
    """The hook of `.pre-commit-hooks.yaml`, offline: the program is on PATH already."""
    (hook,) = yaml.safe_load(text_of(".pre-commit-hooks.yaml"))
    document = {"repos": [{"repo": "local", "hooks": [hook | {"language": "system"} | more]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(document))
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    program(folder.parent / "bin")
    return environment_of(folder.parent, folder.parent / "bin")


def pre_commit(folder: Path, environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_manifest_is_valid() -> None:
    command = [
        sys.executable,
        "-m",
        "pre_commit",
        "validate-manifest",
        str(ROOT / ".pre-commit-hooks.yaml"),
    ]
    subprocess.run(command, check=True, capture_output=True)


def test_a_commit_is_stopped_for_the_faulty_device_only(repository: Path) -> None:
    environment = with_hook(repository)
    assert pre_commit(repository, environment, "install")[0] == 0
    git(repository, "reset", "-q")
    commit = ["git", "-c", "user.name=T", "-c", "user.email=t@example.net", "commit", "-qm", "x"]

    def tried(*names: str) -> tuple[int, str]:
        git(repository, "add", *names)
        done = subprocess.run(
            commit, cwd=repository, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    code, said = tried("good", "README.md", ".pre-commit-config.yaml")
    assert code == 0, said
    code, said = tried("bad")
    assert code == 1
    assert "bad: A filter blocks" in said
    assert "bad/running-config.txt" in said
    assert "good" not in said
    (repository / "bad" / "running-config.txt").write_text(CLEAN, "utf-8")
    code, said = tried("bad")
    assert code == 0, said


def test_arguments_of_the_hook(repository: Path) -> None:
    environment = with_hook(repository, args=["--fail-on", "critical"])
    assert pre_commit(repository, environment, "run", "--all-files")[0] == 0
    environment = with_hook(repository, args=["--select", "LB,ACL"])
    code, said = pre_commit(repository, environment, "run", "--files", "bad/show_version.txt")
    assert code == 1
    assert "1 device: 1 audited" in said


CHANGED = [
    ([], 0, ""),
    (["README.md"], 0, ""),
    (["nowhere.cfg"], 0, ""),
    (["good/running-config.txt"], 0, "1 device: 1 audited"),
    (["bad/running-config.txt"], 1, "bad"),
    (["bad/show_version.txt"], 1, "bad"),  # its configuration is judged along
    (["./good/../bad/show_version.txt"], 1, "bad"),
    (["good/show_version.txt", "bad/show_version.txt"], 1, "2 devices"),
]


@pytest.mark.parametrize(
    ("names", "code", "said"), CHANGED, ids=[" ".join(row[0]) for row in CHANGED]
)
def test_devices_of_changed_files(
    names: list[str], code: int, said: str, repository: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(repository)
    assert main(["pre-commit", *names]) == code
    out = capsys.readouterr().out
    assert said in out
    assert bool(out) == bool(said)
    (repository / "list").write_text("".join(f"{name}\n" for name in names))
    assert main(["audit", ".", "--changed", "list"]) == code
    assert capsys.readouterr().out == out


def test_lists_as_git_writes_them(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    (repository / "bad").rename(repository / "bä d")
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    for arguments in (
        ["diff", "--cached", "--name-only"],
        ["diff", "--cached", "--name-only", "-z"],
    ):
        listed = git(repository, *arguments, "--", "bä d")
        if "-z" not in arguments:
            assert "\\303\\244" in listed  # git quotes such names
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(listed.encode())))
        assert main(["audit", ".", "--changed", "-"]) == 1
        assert "1 device: 1 audited" in capsys.readouterr().out
    assert main(["audit", ".", "--changed", "missing"]) == 2
    assert main(["audit", "-", "--changed", "-"]) == 2


def test_waivers_of_other_devices_are_no_alarm(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    (repository / "w.yaml").write_text(
        "waivers:\n- {code: ACL001, device: bad, subject: '*', reason: r, owner: o, ticket: T-1, expires: 2999-01-01}\n"
    )
    assert main(["pre-commit", "--waivers", "w.yaml", "good/show_version.txt"]) == 0
    assert "WAIVER" not in capsys.readouterr().out
    assert main(["audit", "good", "--waivers", "w.yaml"]) == 0
    assert "WAIVER UNMATCHED" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_no_approval(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    (repository / "new.cfg").write_text("lorem ipsum\ndolor sit amet\n", "utf-8")
    assert main(["pre-commit", "new.cfg"]) == 3
    assert "--platform" in capsys.readouterr().out
    assert main(["pre-commit", "good/show_version.txt"]) == 0
