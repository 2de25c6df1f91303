"""Which value counts, and what is wrong with a file, a variable or a flag."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.__main__ import main
from tests.auditor.test_cli import FAULTY


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with nothing set."""
    import os

    for name in [n for n in os.environ if n.startswith("AUDITOR_")]:
        monkeypatch.delenv(name)
    here = tmp_path / "repo" / "deep"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    return here


def settings(
    capsys: pytest.CaptureFixture[str], *flags: str, command: str = "audit"
) -> dict[str, str]:
    """Each setting with what `--show-settings` says about it."""
    assert main([*command.split(), *flags, "--show-settings"]) == 0
    rows = [line for line in capsys.readouterr().out.splitlines()[2:] if "  # " in line]
    return {row.lstrip("# ").split(" ")[0]: " ".join(row.split()) for row in rows}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


ORDER = [
    (None, None, [], "high", "default"),
    ("low", None, [], "low", "../auditor.toml:2"),
    ("low", "info", [], "info", "AUDITOR_FAIL_ON"),
    ("low", "info", ["--fail-on", "critical"], "critical", "flag --fail-on"),
    (None, "info", ["--fail-on", "critical"], "critical", "flag --fail-on"),
    ("low", "", [], "low", "../auditor.toml:2"),
    ("low", None, ["--no-config"], "high", "default"),
    ("low", None, ["--config", "../../other.toml"], "medium", "../../other.toml:1"),
]


@pytest.mark.parametrize(("file", "variable", "flags", "value", "origin"), ORDER)
def test_flags_before_environment_before_file(
    file: str | None, variable: str | None, flags: list[str], value: str, origin: str,
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (folder.parents[1] / "other.toml").write_text('fail-on = "medium"')
    if file is not None:
        (folder.parent / "auditor.toml").write_text(f'# ours\nfail-on = "{file}"\n')
    if variable is not None:
        monkeypatch.setenv("AUDITOR_FAIL_ON", variable)
    shown = settings(capsys, *flags)["fail-on"]
    place = (
        origin if not origin.startswith("..") else str((folder / origin.split(":")[0]).resolve())
    )
    assert shown.startswith(f'fail-on = "{value}" # ')
    assert shown.split(" # ")[1].split(":")[0].endswith(Path(place).name)
    assert shown.endswith(origin[-2:])


def test_the_value_that_is_shown_is_the_one_that_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    assert main(["audit", "."]) == 1
    (folder / "auditor.toml").write_text('fail-on = "critical"\nquiet = true\n')
    capsys.readouterr()
    assert main(["audit", "."]) == 0
    assert capsys.readouterr().out == ""
    assert main(["audit", ".", "--fail-on", "high", "--no-quiet"]) == 1
    assert "ACL001" in capsys.readouterr().out
    (folder / "auditor.toml").write_text('select = ["LB"]\ninline-waivers = false\n')
    assert main(["audit", "."]) == 0


def test_pyproject_counts_only_with_our_table(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "pyproject.toml").write_text("[tool.auditor]\njobs = 3\n")
    (folder / "pyproject.toml").write_text(
        '[tool.ruff]\nauditor = 1\n[project]\nname = "auditor"\n'
    )
    assert "jobs = 3" in settings(capsys)["jobs"]
    (folder / "pyproject.toml").write_text("[tool]\nauditor.jobs = 4\n")
    assert settings(capsys)["jobs"].endswith("pyproject.toml:2")
    (folder / "auditor.toml").write_text("jobs = 5")
    assert "jobs = 5" in settings(capsys)["jobs"]


def test_somebody_elses_broken_project_file_is_not_ours(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pyproject.toml").write_text("[tool.black\n# auditor\n")
    assert "default" in settings(capsys)["jobs"]
    (folder / "pyproject.toml").write_bytes(b"\xff\xfe auditor")
    assert "default" in settings(capsys)["jobs"]
    (folder / "pyproject.toml").write_text("[tool.auditor]\njobs = \n")
    assert "pyproject.toml:2:8: not TOML" in refused(capsys, "audit")


BROKEN = [
    ('\nfial-on = "low"', 2, "did you mean 'fail-on'?"),
    ('format = "json"\n[diff]\nfromat = "json"', 3, "did you mean 'format'?"),
    ("[tool.auditor]\njobs = 1", 1, "without [tool.auditor]"),
    ('x = """\nfail-on\n"""', 1, "there are service"),
    ('jobs = "four"', 1, "jobs takes a whole number from 1 on, not 'four'"),
    ("a.b = 1", 1, "no setting 'a'"),
    ("jobs = 0", 1, "from 1 on, not 0"),
    ("jobs = true", 1, "a whole number from 1 on, not true"),
    ("jobs = 1.5", 1, "a whole number"),
    ("connect-timeout = nan", 1, "a number above 0"),
    ("connect-timeout = inf", 1, "a number above 0"),
    ("connect-timeout = 0", 1, "a number above 0"),
    ("retries = -1", 1, "from 0 on"),
    ("# one\n\nprove = 1", 3, "prove takes true or false, not 1"),
    ('fail-on = "hihg"', 1, "did you mean 'high'?"),
    ('fail-on = ["high"]', 1, "fail-on takes one of critical"),
    ('from = [\n "10.0.0.0/8",\n 1]', 1, "a list of texts"),
    ('service = ""', 1, "not empty"),
    ('service = "a\\u0000b"', 1, "can be printed"),
    ("diff = 3", 1, "diff is no table"),
    ("[[diff]]", 1, "diff is no table"),
    ('format = ["html", "json"]', 1, "several formats need as many files"),
    ('\nformat = ["html"]\noutput = ["a", "b"]', 3, "2 files for 1 formats"),
    ('baseline = "../b.json"', 1, "outside the folder of this file"),
    ('waivers = "/etc/passwd"', 1, "outside the folder of this file"),
    ('cache-dir = "x"', 1, "may not be set by a file that was merely found"),
    ('baseline = "~/x"', 1, "outside the folder of this file"),
    ('output = ".git/hooks/post-checkout"', 1, "or in its .git"),
    ('output = "x/../.GIT/config"', 1, "or in its .git"),
    ('format = ["html"]\noutput = ["link/x"]', 2, "outside the folder of this file"),
    ('executor = "dask://a:1"', 1, "--config auditor.toml"),
    ('password-from = ["command:rm"]', 1, "may not be set by a file that was merely found"),
    ('ssh-config = "ssh"', 1, "AUDITOR_SSH_CONFIG"),
    ('known-hosts = "k"', 1, "--known-hosts"),
    ("jobs = 1\njobs = 2", 2, "not TOML"),
    ("jobs = [1,\n", 1, "at the end of the file"),
    ("jobs = 1 2", 1, "not TOML"),
    ("fail-on = high", 1, "texts stand in double quotes"),
]


@pytest.mark.parametrize(("text", "line", "said"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_file(
    text: str, line: int, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "link").symlink_to(folder.parent)
    (folder / "auditor.toml").write_text(text)
    message = refused(capsys, "audit")
    assert message.startswith(f"auditor: auditor.toml:{line}")
    assert message[len(f"auditor: auditor.toml:{line}")] == ":"
    assert said in message


def test_files_that_cannot_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "missing.toml: cannot be read" in refused(capsys, "audit", "--config", "missing.toml")
    assert "either --config or --no-config" in refused(
        capsys, "audit", "--config", "x", "--no-config"
    )
    (folder / "pyproject.toml").write_text("[tool.x]")
    assert "no table [tool.auditor]" in refused(capsys, "audit", "--config", "pyproject.toml")
    (folder / "auditor.toml").write_bytes(b"jobs = 1\n# \xff\n")
    assert "auditor.toml:2: is not UTF-8" in refused(capsys, "audit")
    (folder / "auditor.toml").write_bytes(b"#" * 1_000_001)
    assert "larger than" in refused(capsys, "audit")
    (folder / "auditor.toml").write_text("x = " + "[" * 200_000)
    assert "auditor.toml" in refused(capsys, "audit")


@pytest.mark.parametrize("key", ["password", "api-token", "enable_secret", "private-key"])
def test_a_secret_is_refused_and_not_repeated(
    key: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "auditor.toml").write_text(f'{key} = "hunter2"')
    message = refused(capsys, "audit")
    assert "holds no secrets" in message
    assert "hunter2" not in message


def test_paths_are_seen_from_the_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    above = folder.parent
    (above / "auditor.toml").write_text(
        'waivers = "deep/w.yaml"\nbaseline = "b.json"\nservice = "s.yaml"\n'
        'format = ["terminal", "html"]\noutput = ["-", "deep/r.html"]\n'
    )
    shown = settings(capsys)
    assert '"w.yaml"' in shown["waivers"]
    assert f'"{above / "b.json"}"' in shown["baseline"]
    assert f'"{above / "s.yaml"}"' in shown["service"]
    assert '["-", "r.html"]' in shown["output"]
    (above / "auditor.toml").write_text('service = "bitbucket"\n')
    assert 'service = "bitbucket"' in settings(capsys)["service"]


def test_a_named_file_may_say_more(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mine.toml").write_text(
        'baseline = "../b.json"\npassword-from = ["command:pass show hunter2", "netrc:n"]\n'
        'executor = "dask://user:hunter2@host:1"\nssh-config = "none"\nknown-hosts = "k"\n'
        'cache-dir = "../c"\n'
    )
    shown = settings(capsys, "--config", "mine.toml")
    assert str(folder.parent / "b.json") in shown["baseline"]
    assert '["command:pass …", "netrc:n"]' in shown["password-from"]
    assert '"dask://…@host:1"' in shown["executor"]
    assert '"none"' in shown["ssh-config"]
    assert str(folder.parent / "c") in shown["cache-dir"]
    assert "hunter2" not in str(shown)


def test_reports_of_a_file_are_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    (folder / "auditor.toml").write_text(
        'format = ["terminal", "json"]\noutput = ["-", "r.json"]\n[diff]\nformat = "markdown"\n'
    )
    assert main(["audit", "."]) == 1
    assert "ACL001" in capsys.readouterr().out
    assert (folder / "r.json").is_file()
    (folder / "r.json").rename(folder / "old.json")
    assert main(["audit", ".", "--format", "csv"]) == 1  # the file's way is left as a whole
    assert capsys.readouterr().out.startswith("id,")
    assert not (folder / "r.json").exists()
    assert main(["diff", "old.json", "old.json"]) == 0
    assert capsys.readouterr().out.startswith("# Changes")


VARIABLES = [
    ("AUDITOR_JOBS", "x", "AUDITOR_JOBS: jobs takes a whole number"),
    ("AUDITOR_PROVE", "perhaps", "AUDITOR_PROVE: prove takes 1/true/yes/on"),
    ("AUDITOR_FORMAT", "terminal,pdf", "AUDITOR_FORMAT: format takes one of"),
    ("AUDITOR_CONFIG", "nowhere.toml", "nowhere.toml: cannot be read"),
]


@pytest.mark.parametrize(("name", "value", "said"), VARIABLES)
def test_a_broken_variable(
    name: str, value: str, said: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(name, value)
    assert said in refused(capsys, "audit")


def test_variables(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_FROM", "10.0.0.0/8, 172.16.0.0/12")
    monkeypatch.setenv("AUDITOR_CACHE", "off")
    monkeypatch.setenv("AUDITOR_DIFF_FORMAT", "json")
    monkeypatch.setenv("AUDITOR_PASSWORD_FROM", "command:pass show a,b\nenv\n")
    monkeypatch.setenv("AUDITOR_PASSWORD", "hunter2")
    shown = settings(capsys)
    assert '["10.0.0.0/8", "172.16.0.0/12"]' in shown["from"]
    assert shown["cache"].startswith("cache = false")
    assert '["command:pass …", "env"]' in shown["password-from"]
    assert shown["format"].endswith("default: terminal")
    assert '"json" # AUDITOR_DIFF_FORMAT' in settings(capsys, command="diff")["format"]


def test_a_misspelt_variable_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDITOR_FAILON", "low")
    monkeypatch.setenv("AUDITOR_HOME", "/x")
    assert main(["audit", "--show-settings"]) == 0
    assert capsys.readouterr().err == "auditor: AUDITOR_FAILON is no setting; AUDITOR_FAIL_ON is\n"
