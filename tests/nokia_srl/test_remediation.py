"""What is proposed is read back by the parser, and does what it should."""

from __future__ import annotations

from pathlib import Path

from parsers.platform import Remedy
from parsers.registry import platform
from tests.nokia_srl.flows import F22, F443, P4, P6, R443, S443, decided

DROP = "set / acl acl-filter F type ipv4 entry 10 action drop\n"
DROP_6 = "set / acl acl-filter F type ipv6 entry 10 action drop\n"


def commands(remedy: Remedy) -> str:
    found = platform("nokia_srl").remedy(remedy)
    return "".join(f"{line}\n" for line in found if line.startswith("set /"))


def test_a_flow_is_permitted_in_front_of_the_entry(tmp_path: Path) -> None:
    wanted = Remedy("permit-flow", "F", prefixes=("104.192.136.0/21",), ports=(443,), before="10")
    config = DROP + commands(wanted)
    assert decided(tmp_path, config, "F", F443)[0] == "permit"
    assert decided(tmp_path, config, "F", F22)[0] == "deny"


def test_answers_and_errors(tmp_path: Path) -> None:
    answers = Remedy(
        "permit-return", "F", prefixes=("104.192.136.0/21",), ports=(443,), before="10"
    )
    assert decided(tmp_path, DROP + commands(answers), "F", R443)[0] == "permit"
    errors = DROP + commands(Remedy("permit-ptb", "F", before="10"))
    assert decided(tmp_path, errors, "F", P4)[0] == "permit"


def test_ipv6(tmp_path: Path) -> None:
    wanted = Remedy(
        "permit-flow", "F", family=6, prefixes=("2401:1d80:3000::/36",), ports=(443,), before="10"
    )
    assert decided(tmp_path, DROP_6 + commands(wanted), "F", S443)[0] == "permit"
    errors = DROP_6 + commands(Remedy("permit-ptb", "F", family=6, before="10"))
    assert decided(tmp_path, errors, "F", P6)[0] == "permit"
