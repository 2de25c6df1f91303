"""README, locks, and what must not be in the repository: what papers say is true."""

from __future__ import annotations

import ast
import hashlib
import io
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import pytest

from auditor.cli import build_parser, run
from parsers.registry import platforms
from rules.rule import registry
from tests.house_files import ROOMS, ROOT, files, sources, text_of, tree_of

CORPUS = ROOT.parent / "shared" / "corpus"


# README and other papers


def fenced(name: str) -> Iterator[str]:
    """The lines of shell blocks, continued lines joined."""
    for block in re.findall(r"^```sh\n(.*?)^```", text_of(name), re.MULTILINE | re.DOTALL):
        joined = re.sub(r"('[^']*')", lambda quoted: quoted[0].replace("\n", ""), block)
        yield from joined.splitlines()


def test_commands_in_readme_exist() -> None:
    tried = 0
    for line in fenced("README.md"):
        for part in re.split(r"&&|\|", line):
            words = shlex.split(part, comments=True)
            if not words or Path(words[0]).name != "auditor":
                continue
            words = words[1 : words.index("<")] if "<" in words else words[1:]
            with redirect_stderr(io.StringIO()) as complaint:
                try:
                    options = build_parser().parse_args(words)
                except SystemExit:
                    pytest.fail(f"README.md: {line}: {complaint.getvalue()}")
            assert hasattr(options, "call"), line
            tried += 1
    assert tried > 10


def test_readme_marks_the_two_commands() -> None:
    for mark in ("audit", "test"):
        found = re.findall(
            rf"^<!-- command: {mark} -->\n```sh\n(.+)\n```$", text_of("README.md"), re.MULTILINE
        )
        assert len(found) == 1, mark
        assert found[0].startswith("python3 -m venv .venv && ")
    assert "readme_command audit" in text_of(".ci/run")
    assert "readme_command test" in text_of(".ci/run")


def test_readme_lists_the_platforms_that_there_are() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (.+?) \|", text_of("README.md"), re.MULTILINE)
    assert listed == [(found.name, found.title) for found in platforms()]


def test_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    """In order, line by line; `[…]` marks what was left out."""
    report = tmp_path / "report.txt"
    assert run(["audit", "--output", str(report)]) == 1
    printed = iter(report.read_text("utf-8").splitlines())
    shown = next(
        block for block in re.findall(r"^```text\n(.*?)^```", text_of("README.md"), re.M | re.S)
    )
    for line in shown.splitlines():
        if line.strip() and "[…]" not in line:
            assert line in printed, (
                f"README.md shows a line that the demo does not print there: {line}"
            )


def test_links_between_papers_lead_somewhere() -> None:
    broken = [
        f"{name}: {target}"
        for name in files()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text_of(name))
        if not ((ROOT / name).parent / target).exists()
    ]
    assert not broken


def test_docs_explain_every_rule() -> None:
    papers = "".join(text_of(n) for n in files() if re.fullmatch(r"docs/[\w-]+\.md", n))
    assert not [e.rule.code for e in registry() if e.rule.code not in papers]


def test_changes_are_listed() -> None:
    assert "## Unreleased" in text_of("CHANGELOG.md")


# locked versions


def test_what_is_imported_is_declared_and_locked() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    declared = {re.split(r"[<>=~! ]", d)[0].lower() for d in project["project"]["dependencies"]}
    extras = {
        re.split(r"[<>=~! ]", d)[0].lower()
        for extra in project["project"]["optional-dependencies"].values()
        for d in extra
    }
    imported = set()
    for name in sources():
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
    others = {
        {"yaml": "pyyaml"}.get(n, n) for n in imported - set(sys.stdlib_module_names) - set(ROOMS)
    }
    assert declared <= others <= declared | extras
    locked = set(re.findall(r"^([a-z0-9-]+)==", text_of("requirements.lock"), re.MULTILINE))
    assert declared <= locked
    for_tests = set(
        re.findall(r"^([a-z0-9-]+)==\S+", text_of("requirements-dev.lock"), re.MULTILINE)
    )
    groups = project["dependency-groups"]["dev"]
    assert {re.split(r"[<>=~! ]", d)[0].lower() for d in groups if isinstance(d, str)} <= for_tests
    assert locked <= for_tests


# what must not be in the repository


def test_no_registry_and_no_path_of_a_machine() -> None:
    hosts = ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("crates", "io")
    paths = (
        ("work", "main"),
        ("work", "shared"),
        ("tmp", "venv"),
        ("opt", "pypi"),
        ("opt", "wheels"),
    )
    words = [".".join(host) for host in hosts] + [f"/{'/'.join(path)}" for path in paths]
    words.append(".py" + "env/")
    found = [f"{name}: {word}" for name in files() for word in words if word in text_of(name)]
    assert not found


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside the project")
def test_nothing_of_the_corpus_is_committed() -> None:
    """Compared by content; a file of a few bytes may be equal by chance."""
    ours: dict[int, list[str]] = {}
    for name in files():
        size = (ROOT / name).stat().st_size
        if size > 64:
            ours.setdefault(size, []).append(name)
    copies = []
    for theirs in CORPUS.rglob("*"):
        if theirs.is_file() and (size := theirs.stat().st_size) in ours:
            digest = hashlib.sha256(theirs.read_bytes()).digest()
            copies += [
                name
                for name in ours[size]
                if hashlib.sha256((ROOT / name).read_bytes()).digest() == digest
            ]
    assert not copies
