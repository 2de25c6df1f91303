"""Options, schema, loader, `--show-settings` and documentation come from one table and agree."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.cli import build_parser
from auditor.documents.manual import leaves
from auditor.settings import values
from auditor.settings.schema import schema
from auditor.settings.setting import Kind, Setting
from auditor.settings.shown import toml
from auditor.settings.table import SETTINGS, of_command
from tests.house_files import ROOT, text_of

COMMANDS = sorted({command for row in SETTINGS for command in row.commands})
NOT_SETTINGS = {
    "audit": {"changed", "inventory", "snapshot"},
    "collect": {"inventory", "output"},
    "bundle": {"output", "device", "evidence", "capture", "log", "path", "anonymise"},
    "blame": {"revision", "linear"},
    "filter search": {"filter"},
    "hosts": {"address", "name", "form"},
    "diagnose": {"name", "audit"},
    "doctor": {"audit"},
}
"""What is said anew in every call: which input, and where a collection goes."""


def parsers(command: str) -> list[argparse.ArgumentParser]:
    return [p for _, _, p in leaves(build_parser()) if p.get_default("settings") == command]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_the_options_of_the_table_and_no_others(command: str) -> None:
    assert parsers(command)
    for parser in parsers(command):
        options = {
            o for a in parser._actions for o in a.option_strings if o not in ("-h", "--help")
        }
        expected = {row.flag for row in of_command(command)}
        expected |= {f"--no-{row.key}" for row in of_command(command) if row.kind is Kind.FLAG}
        expected |= {"--config", "--no-config", "--show-settings"}
        others = {f"--{name}" for name in NOT_SETTINGS.get(command, set())}
        assert expected <= options
        assert options - expected <= others


def test_commands_that_have_a_setting_of_the_table_take_it_from_the_table() -> None:
    flags = {row.flag for row in SETTINGS}
    known = {(c, f"--{name}") for c, names in NOT_SETTINGS.items() for name in names}
    for name, _, parser in leaves(build_parser()):
        own = parser.get_default("settings")
        for option in (o for a in parser._actions for o in a.option_strings):
            if option in flags and (own, option) not in known:
                assert own, f"{name} {option}"


def test_names_are_unique() -> None:
    assert len({row.name for row in SETTINGS}) == len(SETTINGS)
    assert len({row.variable for row in SETTINGS}) == len(SETTINGS)
    for command in COMMANDS:
        keys = [row.key for row in of_command(command)]
        assert len(keys) == len(set(keys)), command


VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema()))
ANY = st.one_of(
    st.booleans(),
    st.integers(-2, 30),
    st.floats(-2, 30),
    st.sampled_from(["", "terminal", "json", "high", "netmiko", "x.yaml", "ACL"]),
    st.lists(st.sampled_from(["json", "html", "x", 1, ""]), max_size=3),
    st.just({}),
)


@pytest.mark.parametrize("row", SETTINGS, ids=[row.name for row in SETTINGS])
@given(ANY)
def test_schema_and_loader_take_the_same(row: Setting, given_: object) -> None:
    document = {row.section: {row.key: given_}} if row.section else {row.key: given_}
    by_schema = VALIDATOR.is_valid(document)
    try:
        values.from_file(row, given_)
        loaded = True
    except values.BadValue:
        loaded = False
    if isinstance(given_, float) and given_.is_integer() and row.kind is Kind.WHOLE:
        return  # JSON has one kind of number, TOML two
    assert by_schema == loaded, (row.name, given_)


def test_the_schema_is_one() -> None:
    document = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(document)
    assert not jsonschema.Draft202012Validator(document).is_valid({"nonsense": 1})
    assert jsonschema.Draft202012Validator(document).is_valid({"diff": {"format": "json"}})


def test_the_documentation_lists_all() -> None:
    page = text_of("docs/settings.md")
    for row in SETTINGS:
        assert f"| `{row.key}` |" in page


def test_examples_in_the_documentation_are_settings() -> None:
    import re

    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    blocks = re.findall(r"^```toml\n(.*?)^```", text_of("docs/settings.md"), re.M | re.S)
    assert blocks
    for block in blocks:
        found = tomllib.loads(block)
        validator.validate(found.get("tool", {}).get("auditor", found))


@given(
    st.text(st.characters(exclude_categories=["C"]))
    | st.integers()
    | st.booleans()
    | st.floats(0, 1e6)
)
def test_shown_values_are_toml(value: str | int | float | bool) -> None:
    assert tomllib.loads(f"x = {toml(value)}")["x"] == value


def test_help_reads_no_file_and_loads_no_toml(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom auditor.__main__ import main\nmain(['audit', '--help'])\n"
        "assert not {'tomllib', 'pydantic', 'rich', 'yaml', 'argcomplete', 'difflib'} & set(sys.modules)"
    )
    (tmp_path / "auditor.toml").write_text("broken")
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True,
        env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
