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
from auditor.remedies.rollback import rollback
from parsers.platform import Inputs, Text
from parsers.registry import platform
from rules.finding import Finding, Outcome
from rules.rule import check_all
from rules.view import View
from tests.fixture_cases import ROOT as FIXTURES
from tests.fixture_cases import Case, cases, texts
from tests.house_files import ROOT

TOOLS = ("unshare", "ip", "iptables-restore", "ip6tables-restore", "nft", "mount", "sed")
SERVICE = profile.load("bitbucket")


class Tool(NamedTuple):
    """How rules of a kind are loaded and listed."""

    load: tuple[str, ...]
    listing: tuple[str, ...]


KINDS = {
    "iptables-save": Tool(("iptables-restore",), ("iptables-save",)),
    "ip6tables-save": Tool(("ip6tables-restore",), ("ip6tables-save",)),
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


PLACE = FIXTURES / "linux" / "acl001_fires_ssh_meets_the_policy"
SIX = "    inet6 2001:db8:{}::1/64 scope global"
FOREVER = "       valid_lft forever preferred_lft forever"
ROUTES_SIX = [
    "2001:db8:20::/64 dev lan0 proto kernel metric 256 pref medium",
    "2001:db8:203::/64 dev wg0 proto kernel metric 256 pref medium",
    "default via 2001:db8:203::2 dev wg0 metric 1024 pref medium",
]


def saved(*rules: str) -> tuple[str, ...]:
    """A table of filters as `iptables-save` prints it, with one chain of its own."""
    heads = (":INPUT ACCEPT [0:0]", ":FORWARD ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":LAN - [0:0]")
    return ("*filter", *heads, *(f"-A {rule}" for rule in rules), "COMMIT")


def ruleset(*chains: str) -> tuple[str, ...]:
    """A table of nftables; the last chain is the base chain."""
    text = "".join(f"\tchain {chain}\n\t}}\n" for chain in chains)
    return tuple(f"table inet fw {{\n{text}}}".splitlines())


HOOK = "forward {\n\t\ttype filter hook forward priority filter; policy accept;\n\t\t"
RULES = {
    "a chain of its own": ("iptables-save", saved(
        "FORWARD -i lan0 -j LAN", "LAN -d 104.192.136.0/21 -p tcp -m tcp --dport 22 -j DROP")),
    "answers": ("iptables-save", saved("FORWARD -s 104.192.136.0/21 -p tcp -m tcp --sport 443 -j DROP")),
    "nft, a jump": ("nft list ruleset", ruleset(
        "lan {\n\t\tip daddr 185.166.140.0/22 tcp dport 443 drop", HOOK + 'iifname "lan0" jump lan')),
    "nft, answers": ("nft list ruleset", ruleset(HOOK + "ip saddr 13.35.248.0/24 tcp sport 22 drop")),
    "nft, IPv6": ("nft list ruleset", ruleset(HOOK + "ip6 daddr 2401:1d80:3000::/36 tcp dport 22 drop")),
    "IPv6": ("ip6tables-save", saved("FORWARD -d 2401:1d80:3000::/40 -p tcp -m tcp --dport 22 -j DROP")),
}  # fmt: skip
"""Faults that no fixture has: the command that shows them, and what it shows."""


def router(command: str, rules: tuple[str, ...]) -> tuple[Text, ...]:
    """The texts of a router with both families and these rules."""
    kept = [Text(f, c, list(lines)) for f, c, lines in texts(PLACE) if c not in KINDS]
    at = next(i for i, text in enumerate(kept) if text.command == "ip address show")
    lines = kept[at].lines
    wan = next(i for i, line in enumerate(lines) if line.startswith("3: "))
    lan, out = [SIX.format("20"), FOREVER], [SIX.format("203"), FOREVER]
    kept[at] = kept[at]._replace(lines=[*lines[:wan], *lan, *lines[wan:], *out])
    routes = Text("ip_-6_route_show.txt", "ip -6 route show", ROUTES_SIX)
    return (*kept, routes, Text("rules.txt", command, list(rules)))


@pytest.mark.parametrize("case", FIRING, ids=lambda case: case.name)
def test_the_remedy_lets_real_sessions_pass(case: Case) -> None:
    mends(tuple(Text(file, command, list(lines)) for file, command, lines in texts(case.folder)))


@pytest.mark.parametrize("name", RULES)
def test_other_faults_are_mended_too(name: str) -> None:
    mends(router(*RULES[name]))


def mends(inputs: tuple[Text, ...]) -> None:
    """Loads the rules, types the remedy, takes it back, and tries real sessions at each step."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    finding = next(
        f for f in judged(inputs) if f.code in ("ACL001", "ACL002") and f.outcome is Outcome.FAIL
    )
    assert finding.witness is not None
    six = ":" in finding.witness.dst
    own = ("ip6tables-save" if six else "iptables-save", "nft list ruleset")
    rules = next(text for text in inputs if text.command in own)
    tool = KINDS[rules.command]
    far = (finding.witness.dst, finding.witness.dst_port)
    if finding.code == "ACL002":
        far = (finding.witness.src, finding.witness.src_port)
    commands = list(
        dict.fromkeys(c for wanted in finding.remedies for c in platform("linux").remedy(wanted))
    )
    undo = rollback("linux", commands)
    assert undo
    job = {
        "load": tool.load, "rules": "\n".join(rules.lines) + "\n", "commands": commands, "undo": undo,
        "targets": [far, ("2001:db8:ffff::1" if six else "198.18.0.1", far[1])], "listing": tool.listing,
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
    assert seen["undone"] == seen["before"], "the way back leads back"
    mended = tuple(
        text._replace(lines=seen["listing"].splitlines()) if text is rules else text
        for text in inputs
    )
    assert not [f for f in judged(mended) if (f.code, f.subject) == (finding.code, finding.subject)]
