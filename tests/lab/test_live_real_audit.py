"""Live collection end to end: a router of FRR, nftables and sysctl, two edges with one address, OpenSSH, netmiko, sudo;
in each state `auditor audit --inventory` says what the client's TCP sessions show. `python -m tests.lab.live` prints all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from auditor.collect_privilege import sudoers, ways
from parsers.registry import platform
from tests.lab.live import Live, run, why_not
from tests.lab.live_judge import (
    ACTIVE,
    BLOCKED,
    FILTERED,
    MITIGATED,
    SUPPRESSED,
    disagreements,
    exit_code,
    said,
    verdicts,
)
from tests.lab.live_login import USER
from tests.lab.live_states import STATES

SHOWS = {
    "per-packet": ({ACTIVE}, {"LB001"}, {"nft_list_ruleset.txt"}),
    "blocked SSH": ({BLOCKED}, {"ACL001"}, {"nft_list_ruleset.txt"}),
    "blocked replies": ({BLOCKED}, {"ACL002"}, {"nft_list_ruleset.txt"}),
    "filtered PTB": ({FILTERED}, {"MTU002", "MTU003"}, {"nft_list_ruleset.txt"}),
    "suppressed PTB": ({SUPPRESSED}, {"MTU001"}, {"iptables-save.txt", "ip_address_show.txt"}),
    "clamp": ({MITIGATED}, {"MTU001"}, {"nft_list_ruleset.txt", "ip_address_show.txt"}),
    "clean": (set(), set(), set()),
}
"""What a state is built to show, the codes for it, and files whose lines must be among the evidence."""
NO_RIGHTS = "no sudo"
COMMANDS = platform("linux").commands


@pytest.fixture(scope="module")
def results(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Live]]]:
    """The states, run two at a time while the tests ask for them."""
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    items = [item.name for item in request.session.items if item.path == request.path]
    every = any("[" not in item for item in items)
    pool = ThreadPoolExecutor(2)
    chosen = [name for name in STATES if every or any(i.endswith(f"[{name}]") for i in items)]
    found = {name: pool.submit(run, name) for name in chosen}
    if every:
        found[NO_RIGHTS] = pool.submit(run, "clean", may_sudo=False)
    yield found
    pool.shutdown(cancel_futures=True)


def test_every_state_has_its_expectation() -> None:
    assert set(SHOWS) == set(STATES)


@pytest.mark.parametrize("name", STATES)
def test_the_audit_says_what_the_traffic_shows(name: str, results: dict[str, Future[Live]]) -> None:
    live = results[name].result()
    shown = verdicts(live.seen)
    assert not disagreements(live.seen)
    assert shown == SHOWS[name][0], live.seen
    messages = [finding["message"] for finding in live.report["findings"]]
    assert said(live.report) == shown, messages
    assert live.code == exit_code(shown), live.said
    states = {device["name"]: device["status"] for device in live.report["devices"]}
    assert states == {"r": "audited", "a": "audited"}
    assert not any(device["not_understood"] for device in live.report["devices"])


@pytest.mark.parametrize("name", STATES)
def test_findings_point_at_lines_that_were_collected(
    name: str, results: dict[str, Future[Live]]
) -> None:
    live = results[name].result()
    failed = [f for f in live.report["findings"] if f["outcome"] == "fail"]
    assert {finding["code"] for finding in failed} == SHOWS[name][1]
    assert {finding["device"] for finding in failed} <= {"r"}
    evidence = [one for finding in failed for one in finding["evidence"]]
    assert all(finding["evidence"] for finding in failed)
    for one in evidence:
        line = live.texts[one["file"]].splitlines()[one["line"] - 1]
        assert line == one["text"]
    assert SHOWS[name][2] <= {one["file"].partition("/")[2] for one in evidence}
    others = [f for f in live.report["findings"] if f["outcome"] == "unknown"]
    assert {(f["code"], f["severity"]) for f in others} <= {("RT003", "medium")}
    assert bool(others) == (name == "per-packet")  # its rules lead to another table


def test_sudo_ran_the_listed_commands_and_nothing_else(results: dict[str, Future[Live]]) -> None:
    live = results["clean"].result()
    ran = [line.partition("COMMAND=")[2].replace("'", "") for line in live.as_root]
    assert not any("command not allowed" in line for line in live.as_root)
    programs = [re.sub(r"^/usr/s?bin/", "", line) for line in ran]
    listed = [command.text.replace("'", "") for command in COMMANDS if command.root]
    # lldpctl is not there: the shell says so, and sudo is not asked for it
    assert programs == [text for text in listed if not text.startswith("lldpctl")]
    assert "Accepted password for audit " in live.log_ins["r"]
    assert "Accepted publickey for toor " in live.log_ins["a"]


def test_every_listed_output_is_there(results: dict[str, Future[Live]]) -> None:
    live = results["clean"].result()
    words = live.snapshot["hosts"]["r"]["commands"]
    assert {text for text, word in words.items() if not word.startswith("ok")} == {"lldpctl -f keyvalue"}  # fmt: skip
    assert words["lldpctl -f keyvalue"].startswith("refused: env: ")
    assert live.texts["r/vtysh_show_running-config.txt"].count("ip route 10.99.141.0/24 ") == 2
    assert "sudo" not in "".join(live.texts.values())
    without_frr = live.snapshot["hosts"]["a"]["commands"]["vtysh -c 'show running-config'"]
    assert without_frr == "refused: Exiting: failed to connect to any daemons."


def test_a_user_without_rights_is_a_row_that_says_what_helps(
    results: dict[str, Future[Live]],
) -> None:
    live = results[NO_RIGHTS].result()
    host = live.snapshot["hosts"]["r"]
    assert host["status"] == "partial"
    lacking = {text for text, word in host["commands"].items() if word.startswith("no privilege")}
    assert lacking == {c.text for c in COMMANDS if c.root and not c.text.startswith("lldpctl")}
    assert host["error"].startswith("no privilege for nft list ruleset, ")
    assert "(sudo asks for a password); let audit run them with sudo" in host["error"]
    assert "docs/collecting.md" in host["error"]
    # the rest went on: what needs no rights is there, and what is not known is not called clean
    assert {"r/ip_route_show.txt", "r/sysctl_-a.txt"} <= set(live.texts)
    assert not said(live.report)
    unknown = {(f["code"], f["outcome"]) for f in live.report["findings"]}
    assert ("ACL008", "unknown") in unknown
    assert live.code == 1  # what is unknown there would be high
    assert not any("COMMAND=" in line and "not allowed" not in line for line in live.as_root)


def test_the_ways_of_a_command_are_the_command() -> None:
    for command in COMMANDS:
        assert all(way.endswith(command.text) for way in ways(command))
        assert ways(command)[0] == command.text
        prefixes = {way.removesuffix(command.text) for way in ways(command)[1:]}
        assert prefixes <= {"sudo -n ", "env PATH=/usr/sbin:/usr/bin:/sbin:/bin "}
    rule = sudoers(USER, COMMANDS)
    assert "ALL=(root) NOPASSWD: /usr/sbin/nft list ruleset" in rule
    assert '/usr/sbin/iptables-save ""' in rule
    assert "sysctl" not in rule
