"""The steps of the templates, taken out of them, and what they run on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.house_files import ROOT, files, text_of


def action_step(name: str) -> dict[str, object]:
    """A step of the GitHub Action by its name."""
    steps = yaml.safe_load(text_of("action.yml"))["runs"]["steps"]
    found: dict[str, object] = next(step for step in steps if step.get("name") == name)
    return found


def run_action_step(
    name: str,
    inputs: dict[str, str],
    outputs: dict[str, str],
    folder: Path,
    environment: dict[str, str],
) -> subprocess.CompletedProcess[str]:
    """Runs a step as GitHub does: expressions become values of variables, and bash stops at errors."""
    step = action_step(name)
    given = {
        n: i.get("default", "") for n, i in yaml.safe_load(text_of("action.yml"))["inputs"].items()
    } | inputs

    def value(expression: re.Match[str]) -> str:
        kind, _, rest = expression[1].partition(".")
        return str(given[rest] if kind == "inputs" else outputs[rest.rpartition(".")[2]])

    own = step.get("env", {})
    assert isinstance(own, dict)
    variables = {k: re.sub(r"\$\{\{ (\S+) \}\}", value, str(v)) for k, v in own.items()}
    script = str(step["run"])
    assert "${{" not in script, "what users say must not become a part of the script"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env=environment | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def template_steps(name: str) -> list[str]:
    """The lines of a template's script."""
    document = yaml.safe_load(text_of(f"templates/{name}"))
    job = (
        document["auditor"]
        if name.startswith("gitlab")
        else document["definitions"]["steps"][0]["step"]
    )
    lines: list[str] = job["script"]
    return lines


def run_script(
    lines: list[str], folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs the lines as the runners do: one shell, which stops at the first error."""
    return subprocess.run(
        ["bash", "-e", "-c", "\n".join(lines)],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def program(folder: Path) -> Path:
    """An `auditor` in `folder` that is this project."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "auditor"
    path.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m auditor "$@"\n')
    path.chmod(0o755)
    return path


def environment_of(home: Path, *paths: Path) -> dict[str, str]:
    """An environment without settings of whoever runs the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(
            ("PIP_", "XDG_", "SSL_", "REQUESTS_", "http", "https", "HTTP", "HTTPS", "no_")
        )
    }
    path = ":".join([*map(str, paths), os.environ["PATH"]])
    return kept | {"PATH": path, "HOME": str(home), "LC_ALL": "C.UTF-8"}


def git(folder: Path, *arguments: str) -> str:
    """Runs git in a folder, with a name for commits."""
    who = (
        "-c",
        "user.name=Tests",
        "-c",
        "user.email=tests@example.net",
        "-c",
        "init.defaultBranch=main",
    )
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


def project_in(folder: Path) -> Path:
    """A git repository with the project's files as they are now."""
    for name in files():
        target = folder / name
        if name.startswith(("fixtures/", "tests/")) and name != "tests/__init__.py":
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "all")
    git(folder, "tag", "v1")
    return folder
