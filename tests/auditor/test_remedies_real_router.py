"""Remedies for Linux in the kernel: before them the sessions die, after them they pass, and nothing else does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import NamedTuple

import pytest

from auditor import profile
from parsers.platform import Inputs, Text
from parsers.registry import platform
from rules.finding import Finding, Outcome
from rules.rule import check_all
from rules.view import View
from tests.fixture_cases import Case, cases, texts
from tests.house_files import ROOT

TOOLS = ("unshare", "ip", "iptables-restore", "iptables-save", "nft", "mount")
SERVICE = profile.load("bitbucket")


class Tool(NamedTuple):
    """How rules of a kind are loaded and listed."""

    load: tuple[str, ...]
    listing: tuple[str, ...]


KINDS = {
    "iptables-save": Tool(("iptables-restore",), ("iptables-save",)),
    "nft list ruleset": Tool(("nft", "-f", "-"), ("nft", "list", "ruleset")),
}


def why_not() -> str | None:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    return None if os.geteuid() == 0 else "needs root for namespaces of its own"


def judged(inputs: tuple[Text, ...]) -> list[Finding]:
    device = platform("linux").parse(Inputs("r1", "linux", inputs))
    return check_all(View(device, SERVICE))


FIRING = [
    case
    for case in cases()
    if case.platform == "linux" and case.folder.name.startswith(("acl001_fires", "acl002_fires"))
]


@pytest.mark.parametrize("case", FIRING, ids=lambda case: case.name)
def test_the_remedy_lets_real_sessions_pass(case: Case) -> None:
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    inputs = tuple(Text(file, command, list(lines)) for file, command, lines in texts(case.folder))
    rules = next(text for text in inputs if text.command in KINDS)
    tool = KINDS[rules.command]
    finding = next(f for f in judged(inputs) if f.code == "ACL001" and f.outcome is Outcome.FAIL)
    assert finding.witness is not None
    commands = [line for wanted in finding.remedies for line in platform("linux").remedy(wanted)]
    blocked = [finding.witness.dst, finding.witness.dst_port]
    other = ["198.18.0.1", finding.witness.dst_port]
    job = {
        "load": tool.load, "rules": "\n".join(rules.lines) + "\n", "commands": commands,
        "targets": [blocked, other], "listing": tool.listing,
    }  # fmt: skip
    done = subprocess.run(
        ["unshare", "-nm", sys.executable, "-m", "tests.auditor.mended_router"],
        input=json.dumps(job), capture_output=True, text=True, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["open"] == [True, True], "the lab itself lets sessions pass"
    assert seen["before"][0] is False, "the fault is real"
    assert seen["after"][0] is True, "the remedy works"
    assert seen["after"][1] == seen["before"][1], "nothing else changes"
    mended = tuple(
        text._replace(lines=seen["listing"].splitlines()) if text is rules else text
        for text in inputs
    )
    assert not [f for f in judged(mended) if (f.code, f.subject) == (finding.code, finding.subject)]
