"""Linux as a user who is not root: the listed commands through sudo, byte by byte, and nothing where sudo refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.collect_plan import files_of
from auditor.collect_privilege import sudoers, ways
from auditor.connectors.errors import NotAllowed
from auditor.connectors.gate import Gate
from parsers.platform import Command
from parsers.registry import platform
from tests.collect.conftest import Collect
from tests.collect.device import Device, Fleet
from tests.collect.makes import PROMPTS

COMMANDS = platform("linux").commands
FILES = files_of(COMMANDS)
WARNING = "sudo: unable to resolve host gw: Temporary failure in name resolution\n"
DENIED = {
    "nft": "Operation not permitted (you must be root)\n"
    "netlink: Error: cache initialization failed: Operation not permitted\n",
    "iptables-save": "iptables-save v1.8.9 (nf_tables): Could not fetch rule set generation id: "
    "Permission denied (you must be root)\n",
    "ip6tables-save": "Failed to list table names in /proc/net/ip6_tables_names: Permission denied\n",
    "vtysh": "% Can't open configuration file /etc/frr/vtysh.conf due to 'Permission denied'.\n"
    "Exiting: failed to connect to any daemons.\n"
    "Hint: if this seems wrong, try running me as a privileged user!\n",
    "lldpctl": "2026-11-25T12:00:00 [WARN/control] unable to connect to socket /run/lldpd.socket: Permission denied\n",
}
"""What Debian 12 prints for a user of no rights."""
NOT_FOUND = "-bash: {}: command not found\n"


def shown(command: str) -> str:
    return f"first line of {command}\nlast line of {command}\n"


def linux(sudo: str = "", sbin: bool = False) -> Device:
    """A Debian whose user may use sudo, or is told `sudo`; `sbin` is in the user's PATH."""
    outputs = {}
    for command in COMMANDS:
        program = command.text.split()[0]
        plain, *others = ways(command)
        answer = DENIED[program] if command.root else shown(plain)
        for way in (plain, *others):
            outputs[way] = answer
        if command.sbin and not sbin:
            outputs[plain] = NOT_FOUND.format(program)
        if command.root:
            outputs[others[-1]] = WARNING + (sudo or shown(plain))
    return Device(prompt=PROMPTS["linux"], outputs=outputs)


def expected(command: Command, sbin: bool) -> tuple[str, ...]:
    """The lines that one command costs: what was refused first, then what worked."""
    plain, *others = ways(command)
    found = [plain]
    if command.sbin and not sbin:
        found.append(others[0])
    if command.root:
        found.append(others[-1])
    return tuple(found)


@pytest.mark.parametrize("sbin", [False, True])
def test_only_listed_commands_go_through_sudo(sbin: bool, devices: Fleet, collect: Collect) -> None:
    device = devices.add(linux(sbin=sbin))
    outcome = collect({"gw": ("linux", device)})
    lines = [line for command in COMMANDS for line in expected(command, sbin)]
    assert device.received.decode() == "".join(f"{line}\n" for line in lines)
    assert outcome.code == 0, outcome.err
    for command in COMMANDS:
        assert outcome.text("gw", FILES[command.text]) == shown(command.text)


@pytest.mark.parametrize(
    ("sudo", "word"),
    [
        ("sudo: a password is required\n", "sudo asks for a password"),
        ("sudo: a terminal is required to read the password; either use the -S option\n", "sudo asks for a password"),
        ("sudo: interactive authentication is required\n", "sudo asks for a password"),
        ("sudo-rs: I'm sorry netops. I'm afraid I can't do that\n", "sudo-rs: I'm sorry netops."),
        ("netops is not in the sudoers file.\n", "netops is not in the sudoers file."),
        ("Sorry, user netops is not allowed to execute '/usr/sbin/nft list ruleset' as root on gw.\n", "Sorry, user netops"),
        ("-bash: sudo: command not found\n", "-bash: sudo: command not found"),
    ],
)  # fmt: skip
def test_what_sudo_refuses_is_told_and_asked_again(
    sudo: str, word: str, devices: Fleet, collect: Collect
) -> None:
    device = devices.add(linux(sudo, sbin=True))
    outcome = collect({"gw": ("linux", device)})
    assert outcome.code == 3
    host = outcome.hosts["gw"]
    assert host["status"] == "partial"
    said = host["commands"]
    assert isinstance(said, dict)
    lacking = {text for text, how in said.items() if how.startswith("no privilege: ")}
    assert lacking == {command.text for command in COMMANDS if command.root}
    assert word in said["nft list ruleset"]
    assert "docs/collecting.md" in outcome.err
    assert not any((outcome.folder / "gw" / FILES[text]).exists() for text in lacking)
    # somebody gives the right: the next run asks for what is missing, and for nothing else
    device.outputs = linux(sbin=True).outputs
    before = len(device.received)
    again = collect({"gw": ("linux", device)})
    assert again.code == 0, again.err
    lines = [line for c in COMMANDS if c.root for line in expected(c, sbin=True)]
    assert device.received[before:].decode() == "".join(f"{line}\n" for line in lines)


def test_a_program_that_is_not_there_needs_no_rights(devices: Fleet, collect: Collect) -> None:
    device = devices.add(linux())
    device.outputs["env PATH=/usr/sbin:/usr/bin:/sbin:/bin lldpctl -f keyvalue"] = (
        "env: 'lldpctl': No such file or directory\n"
    )
    outcome = collect({"gw": ("linux", device)})
    assert outcome.code == 0, outcome.err
    assert "sudo -n lldpctl -f keyvalue" not in device.lines()
    assert "gw: not on this device: lldpctl -f keyvalue" in outcome.err


def test_no_rules_are_no_rules_and_not_a_missing_output(devices: Fleet, collect: Collect) -> None:
    device = devices.add(linux())
    for text in ("nft list ruleset", "iptables-save", "ip6tables-save"):
        device.outputs[f"sudo -n {text}"] = WARNING
    outcome = collect({"gw": ("linux", device)})
    assert outcome.code == 0, outcome.err
    assert outcome.text("gw", "nft_list_ruleset.txt") == ""
    assert outcome.text("gw", "iptables-save.txt") == ""


def test_the_gate_knows_the_ways_and_no_other() -> None:
    gate = Gate([way for command in COMMANDS for way in ways(command)], ())
    for line in ("sudo -n nft list ruleset", "env PATH=/usr/sbin:/usr/bin:/sbin:/bin sysctl -a"):
        gate.check(f"{line}\n")
    for line in (
        "sudo nft list ruleset", "sudo -n nft flush ruleset", "sudo -n sysctl -a", "sudo -n ip route show", "sudo -s",
        "sudo -n -i", "sudo -n nft list ruleset; reboot", "env PATH=/tmp sysctl -a", "sudo -n sudo -n iptables-save",
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            gate.check(f"{line}\n")


def test_the_page_has_the_rule() -> None:
    page = (Path(__file__).parents[2] / "docs" / "collecting.md").read_text("utf-8")
    assert f"\n{sudoers('audit', COMMANDS)}```" in page
