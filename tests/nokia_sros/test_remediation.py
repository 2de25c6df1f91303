"""What is proposed is read back by the parser, and does what it should."""

from __future__ import annotations

from pathlib import Path

from parsers.platform import Remedy
from parsers.registry import platform
from tests.nokia_sros.flows import F22, F443, P4, R443, decided

DROP = '/configure filter ip-filter "F" entry 10 action drop\n'


def commands(remedy: Remedy) -> str:
    found = platform("nokia_sros").remedy(remedy)
    return "".join(f"{line}\n" for line in found if line.startswith("/configure"))


def test_a_flow_is_permitted_in_front_of_the_entry(tmp_path: Path) -> None:
    wanted = Remedy("permit-flow", "F", prefixes=("104.192.136.0/21",), ports=(443,), before="10")
    config = DROP + commands(wanted)
    assert decided(tmp_path, "nokia_sros", config, "F", F443)[0] == "permit"
    assert decided(tmp_path, "nokia_sros", config, "F", F22)[0] == "deny"


def test_answers_and_errors(tmp_path: Path) -> None:
    answers = Remedy(
        "permit-return", "F", prefixes=("104.192.136.0/21",), ports=(443,), before="10"
    )
    config = DROP + commands(answers)
    assert decided(tmp_path, "nokia_sros", config, "F", R443)[0] == "permit"
    errors = DROP + commands(Remedy("permit-ptb", "F", before="10"))
    assert decided(tmp_path, "nokia_sros", errors, "F", P4)[0] == "permit"


def test_what_has_no_command_is_silent() -> None:
    assert platform("nokia_sros").remedy(Remedy("per-flow")) == ()
    null = platform("nokia_sros").remedy(Remedy("remove-null-route", prefixes=("10.0.0.0/8",)))
    assert null[0].startswith("delete /configure router")
