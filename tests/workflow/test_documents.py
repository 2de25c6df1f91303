"""What is made from the program is up to date, and says what the program says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.cli import build_parser
from auditor.commands.explain import rule_text
from auditor.commands.platform import platform_text
from auditor.documents.__main__ import made, stale
from auditor.documents.manual import leaves
from auditor.documents.markup import code, plain
from auditor.errors import UsageError
from auditor.settings.table import SETTINGS
from parsers.registry import platforms
from rules.rule import registry
from tests.house_files import ROOT, text_of


def test_nothing_is_stale() -> None:
    assert not list(stale(ROOT)), "run `python -m auditor.documents`"


def test_a_stale_page_is_found_and_made_anew(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "settings.md", tmp_path / "docs")
    (tmp_path / "docs" / "rules").mkdir()
    (tmp_path / "docs" / "rules" / "ACL999.md").write_text("old")
    command = [sys.executable, "-m", "auditor.documents", str(tmp_path)]
    check = subprocess.run(
        [*command, "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert check.returncode == 1
    assert "docs/rules/ACL999.md: to be removed" in check.stdout
    assert "docs/rules/ACL001.md: out of date" in check.stdout
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    assert not stale(tmp_path)
    assert not (tmp_path / "docs" / "rules" / "ACL999.md").exists()


def squeezed(text: str) -> str:
    return re.sub(r"[\s\\`]+", "", text)


def test_rules_say_the_same_in_the_program_and_in_their_pages() -> None:
    for found in registry():
        page = squeezed(text_of(f"docs/rules/{found.rule.code}.md"))
        for paragraph in rule_text(found.rule.code).split("\n\n")[1:]:
            for line in paragraph.splitlines():
                assert squeezed(line) in page, (found.rule.code, line)


def test_platforms_say_the_same_in_the_program_and_in_their_pages() -> None:
    for found in platforms():
        page = text_of(f"docs/platforms/{found.name}.md")
        said = platform_text(found.name)
        for command in found.commands:
            assert f"| {code(command.text)} |" in page
            assert command.text in said
            assert command.gives in said
        assert all(topic in page and topic in re.sub(r"\n +", " ", said) for topic in found.topics)
        assert all(tell.pattern in said and code(tell.pattern) in page for tell in found.tells)
        readme = text_of(f"parsers/{found.name}/README.md").partition("\n")[2].strip()
        assert readme in page
        assert readme in said


def test_an_unknown_platform_is_told_its_neighbour() -> None:
    with pytest.raises(UsageError, match="did you mean 'cisco_ios'"):
        platform_text("cisco_oi")


def test_signs_of_markdown_are_text() -> None:
    assert plain("a|b <c> *d* `e|f` [g]") == r"a\|b \<c\> \*d\* `e|f` \[g\]"
    assert code("a`b|c") == "``a`b\\|c``"


def test_the_manual_has_every_command_option_and_variable() -> None:
    page = text_of("docs/auditor.1").replace("\\-", "-").replace("\\e", "\\")
    for name, _, parser in leaves(build_parser()):
        assert re.search(rf"^\.SS {name}( |$)", page, re.M), name
        for action in parser._actions:
            for option in action.option_strings:
                assert option in ("-h", "--help") or f"\\fB{option}\\fR" in page, option
    assert all(f"\\fB{row.variable}\\fR" in page for row in SETTINGS)


def test_pages_are_made_from_the_program_not_from_files() -> None:
    assert set(made(ROOT)) >= {"docs/auditor.1", "docs/rules/README.md", "docs/platforms/README.md"}
