"""What the templates and the hook install, installed: needs a package index, as a CI runner has one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.auditor.test_cli import FAULTY
from tests.workflow.steps import (
    environment_of,
    git,
    project_in,
    run_action_step,
    run_script,
    template_steps,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_in(tmp_path_factory.mktemp("project"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    return folder


def test_the_steps_of_the_action(project: Path, repository: Path, tmp_path: Path) -> None:
    environment = environment_of(tmp_path) | {
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_ACTION_PATH": str(project),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }
    done = run_action_step("Install the auditor, locked", {}, {}, repository, environment)
    assert done.returncode == 0, done.stderr
    done = run_action_step("Audit", {}, {}, repository, environment)
    assert "ACL001" in done.stdout
    assert (tmp_path / "output").read_text() == "exit-code=1\n"
    manual = tmp_path / "runner" / "auditor" / "share" / "man" / "man1" / "auditor.1"
    assert manual.read_bytes() == (project / "docs" / "auditor.1").read_bytes()


def test_bitbucket(project: Path, repository: Path, tmp_path: Path) -> None:
    environment = environment_of(tmp_path) | {
        "AUDITOR_REPOSITORY": project.as_uri(),
        "AUDITOR_REVISION": "v1",
    }
    done = run_script(template_steps("bitbucket-pipelines.yml"), repository, environment)
    assert done.returncode == 1, done.stderr
    assert "ACL001" in done.stdout
    assert "1 device: 1 audited" in done.stdout
    assert (repository / "test-results" / "auditor.xml").is_file()
    assert (repository / "auditor.html").is_file()


def test_the_hook_as_pre_commit_installs_it(
    project: Path, repository: Path, tmp_path: Path
) -> None:
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    environment = environment_of(tmp_path) | {"PRE_COMMIT_HOME": str(tmp_path / "store")}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(project), "auditor", "--all-files"],
        cwd=repository, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "ACL001" in done.stdout
    assert "faulty.cfg" in done.stdout
