"""The house rules that no linter knows: each failure names what is missing."""

from __future__ import annotations

import argparse
import ast
import importlib
import io
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import jsonschema
import pytest

from auditor.cli import build_parser, run
from parsers.registry import PLATFORMS
from rules.rule import registry
from tests.house_files import ROOMS, ROOT, files, sources, text_of, tree_of

FAMILIES = {"ACL": "acl", "LB": "lb", "MTU": "mtu", "RT": "rt"}
SECTIONS = (
    "What it finds",
    "Why it matters",
    "When it is unknown",
    "Examples",
    "Remedy",
    "References",
)
CURES = frozenset(
    ("add", "clamp", "configure", "define", "disable", "enable", "fix", "lower", "open", "permit")
) | {"raise", "remove", "restore", "set", "use"}
"""First words of a name that says what to do, not what is wrong."""

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60
DATA_TABLES = {
    "parsers/tells.py": "the tell-tale lines of all platforms",
}
"""Files that may be longer, because they are data."""


# rules


def test_every_rule_has_all_sections() -> None:
    missing = [
        f"{found.rule.code}: {section}"
        for found in registry()
        for section in SECTIONS
        if not re.search(rf"^{section}\n    \S", found.text, re.MULTILINE)
    ]
    assert not missing


def test_codes_and_names_of_rules_are_unique() -> None:
    codes = [found.rule.code for found in registry()]
    names = [found.rule.name for found in registry()]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_every_rule_module_is_in_the_registry_under_its_family() -> None:
    modules = {
        n: [node.value for node in tree_of(n).body if isinstance(node, ast.Assign)]
        for n in sources("rules")
        if n.split("/")[1] in FAMILIES.values() and not n.endswith("__init__.py")
    }
    found = set()
    for name, values in modules.items():
        rules = [v for v in values if isinstance(v, ast.Call) and ast.unparse(v.func) == "Rule"]
        assert len(rules) == 1, f"{name}: one rule, one file"
        code = ast.literal_eval(rules[0].args[0])
        family = re.fullmatch(r"([A-Z]+)\d{3}", code)
        assert family is not None, f"{name}: {code}"
        assert FAMILIES[family[1]] == name.split("/")[1], f"{name}: {code}"
        found.add(code)
    assert found == {entry.rule.code for entry in registry()}


def test_a_rule_is_named_by_the_problem() -> None:
    cures = [e.rule.name for e in registry() if e.rule.name.split("-")[0] in CURES]
    assert not cures


def test_every_rule_is_expected_somewhere() -> None:
    """By a case or by a table test; a rule that no test expects may be dead."""
    papers = [n for n in files() if n.endswith("/findings.json") or n.startswith("tests/")]
    texts = "\n".join(text_of(n) for n in papers)
    assert not [e.rule.code for e in registry() if f'"{e.rule.code}"' not in texts]


def test_examples_in_rules_are_cases() -> None:
    """What a rule's documentation names as an example can be looked at."""
    cases = {Path(n).parent.name for n in files() if n.endswith("/case.md")}
    missing = {
        f"{entry.rule.code}: {name}"
        for entry in registry()
        for name in re.findall(r"\b[a-z]+\d{3}_[a-z_0-9]+", entry.text)
        if name not in cases
    }
    assert not missing


# platforms


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_a_platform_is_complete(name: str) -> None:
    found = importlib.import_module(PLATFORMS[name]).PLATFORM
    assert found.name == name
    assert found.tells, "nothing tells the platform"
    assert found.commands, "no command is listed"
    assert f"parsers/{name}/README.md" in files()
    assert any(re.fullmatch(rf"fixtures/{name}/\w+/case\.md", n) for n in files())


def test_cases_belong_to_platforms_and_say_what_they_show() -> None:
    folders = {
        tuple(n.split("/")[1:3]) for n in files() if n.startswith("fixtures/") and n.count("/") > 2
    }
    assert {platform for platform, _ in folders} <= set(PLATFORMS)
    silent = [f"{p}/{c}" for p, c in folders if f"fixtures/{p}/{c}/case.md" not in files()]
    assert not silent


def test_import_contracts_name_all_platforms() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    named = next(c for c in contracts if c["name"] == "Platforms do not know each other")
    assert named["modules"] == sorted(PLATFORMS.values())


# the command line


def commands(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from commands(below)


def test_every_option_and_command_has_help() -> None:
    silent = []
    for parser in commands(build_parser()):
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                helped = {choice.dest for choice in action._choices_actions if choice.help}
                silent += [f"{parser.prog} {name}" for name in set(action.choices) - helped]
            elif not action.help:
                silent.append(f"{parser.prog}: {action.option_strings or action.dest}")
    assert not silent


def test_version_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom auditor.__main__ import main\nassert main(['--version']) == 0\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    version, loaded = done.stdout.splitlines()
    assert re.fullmatch(r"auditor \d+\.\d+\.\d+", version)
    heavy = {
        "pydantic",
        "rich",
        "yaml",
        "netmiko",
        "napalm",
        "nornir",
        "textfsm",
        "parsers",
        "rules",
    }
    assert not heavy & set(loaded.split())


def test_the_report_of_the_demo_keeps_its_schema(tmp_path: Path) -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert run(["schema"]) == 0
    schema = json.loads(printed.getvalue())
    jsonschema.Draft202012Validator.check_schema(schema)
    report = tmp_path / "report.json"
    assert run(["audit", "--format", "json", "--output", str(report)]) == 1
    data = json.loads(report.read_text("utf-8"))
    jsonschema.validate(data, schema)
    assert data["summary"]["failed"] == 0
    assert {f["code"][:2] for f in data["findings"]} >= {"AC", "MT", "LB"}


# the code


def test_files_are_short() -> None:
    long = {n: len(text_of(n).splitlines()) for n in sources(*ROOMS, "tests", "benchmarks")}
    assert not {n: size for n, size in long.items() if size > MOST_LINES and n not in DATA_TABLES}
    assert not [n for n in DATA_TABLES if long.get(n, 0) <= MOST_LINES], (
        "this exception is not needed"
    )


def test_functions_are_short() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}: {size} lines"
        for name in sources(*ROOMS, "tests")
        for node in ast.walk(tree_of(name))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (size := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long


def test_nothing_is_put_off_or_waved_through() -> None:
    words = re.compile(
        "|".join(("TO" + "DO", "FIX" + "ME", "type: " + "ignore", "pyright: " + "ignore"))
    )
    found = [
        f"{name}:{number}"
        for name in sources(*ROOMS, "tests", "benchmarks")
        for number, line in enumerate(text_of(name).splitlines(), 1)
        if words.search(line)
    ]
    assert not found


def test_packages_load_nothing_by_themselves() -> None:
    """`__init__.py` holds a docstring and names; a platform's holds its PLATFORM besides."""
    platforms = {f"{module.replace('.', '/')}/__init__.py" for module in PLATFORMS.values()}
    heavy = [
        name
        for name in sources()
        if name.endswith("__init__.py") and name not in platforms
        for node in tree_of(name).body
        if not isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign)
    ]
    assert not heavy
