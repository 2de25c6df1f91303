"""The templates for GitHub, GitLab and Bitbucket: valid by the published schemas, and their steps do what they say."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from tests.auditor.published_schemas import published
from tests.auditor.test_cli import CLEAN, FAULTY
from tests.auditor.test_formats import SARIF_SCHEMA
from tests.house_files import ROOT
from tests.workflow.steps import (
    action_step,
    environment_of,
    program,
    run_action_step,
    run_script,
    template_steps,
)

SCHEMAS = {
    "action.yml": ["vendor.github-actions"],
    "templates/gitlab-ci.yml": ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
    "templates/bitbucket-pipelines.yml": ["vendor.bitbucket-pipelines"],
}


def valid(file: Path, schema: list[str]) -> bool:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", *schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode == 0


@pytest.mark.parametrize("name", SCHEMAS)
def test_published_schemas(name: str, tmp_path: Path) -> None:
    assert valid(ROOT / name, SCHEMAS[name])
    broken = tmp_path / "broken.yml"
    text = (ROOT / name).read_text("utf-8")
    broken.write_text(
        text.replace("script:", "skript:")
        .replace("using:", "usink:")
        .replace("image: python:3.13", "image: 3"),
        "utf-8",
    )
    assert not valid(broken, SCHEMAS[name])


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A repository with a faulty router, and what a runner's environment has."""
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "faulty.cfg").write_text(FAULTY, encoding="utf-8")
    program(tmp_path / "runner" / "auditor" / "bin")
    environment = environment_of(tmp_path, tmp_path / "runner" / "auditor" / "bin")
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        environment[name] = str(tmp_path / name)
    return repository, environment | {"RUNNER_TEMP": str(tmp_path / "runner")}


ACTION = [
    ({}, 1),
    ({"fail-on": "critical"}, 0),
    ({"select": "LB,MTU"}, 0),
    ({"ignore": "ACL"}, 0),
    ({"from": "10.99.0.0/16"}, 1),
    ({"service": "nobody"}, 2),
    ({"path": "missing"}, 2),
    ({"path": "$(touch pwned); `touch pwned`"}, 2),
    ({"config": "strict.toml"}, 0),
]


@pytest.mark.parametrize(("inputs", "code"), ACTION, ids=[str(row[0]) for row in ACTION])
def test_the_action(inputs: dict[str, str], code: int, place: tuple[Path, dict[str, str]]) -> None:
    repository, environment = place
    (repository / "strict.toml").write_text('fail-on = "critical"\n')
    done = run_action_step("Audit", inputs, {}, repository, environment)
    said = Path(environment["GITHUB_OUTPUT"]).read_text()
    assert said == f"exit-code={code}\n"
    assert not (repository / "pwned").exists()
    if code == 2:
        assert done.returncode == 2  # and nothing is uploaded
        assert not (repository / "auditor.sarif").exists()
        return
    assert done.returncode == 0  # so that the report is uploaded before the job fails
    report = json.loads((repository / "auditor.sarif").read_text("utf-8"))
    jsonschema.validate(report, published(SARIF_SCHEMA))
    assert "faulty" in Path(environment["GITHUB_STEP_SUMMARY"]).read_text("utf-8")
    end = run_action_step("Result", inputs, {"exit-code": str(code)}, repository, environment)
    assert end.returncode == code


def test_the_action_uploads_only_where_asked() -> None:
    step = action_step("Upload to code scanning")
    assert step["if"] == "${{ inputs.upload == 'true' }}"
    names = [action_step(name)["name"] for name in ("Audit", "Upload to code scanning", "Result")]
    assert len(names) == 3


@pytest.mark.parametrize(("text", "code"), [(FAULTY, 1), (CLEAN, 0)], ids=["faulty", "clean"])
def test_gitlab(text: str, code: int, place: tuple[Path, dict[str, str]]) -> None:
    repository, environment = place
    (repository / "faulty.cfg").write_text(text, encoding="utf-8")
    done = run_script(
        template_steps("gitlab-ci.yml"), repository, environment | {"AUDIT_PATH": "."}
    )
    assert done.returncode == code
    suites = ET.parse(repository / "auditor-junit.xml").getroot()  # noqa: S314 -- ours
    assert bool(list(suites.iter("failure"))) == bool(code)
    assert json.loads((repository / "auditor.json").read_text("utf-8"))["summary"]["devices"] == 1
    assert (repository / "auditor.html").is_file()
    assert "Sessions to bitbucket" in done.stdout
