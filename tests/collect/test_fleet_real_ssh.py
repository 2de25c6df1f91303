"""Twelve platforms in one fleet, each with every fault, collected in one run: a row for each device, with its own words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.collect_plan import files_of
from auditor.connectors.terminal import SETUP
from parsers.registry import platform
from tests.collect.device import PASSWORD, USER, Device, fleet
from tests.collect.makes import DENIED, ERRORS, PAGERS, make

TWELVE = (
    "arista_eos", "cisco_ios", "cisco_nxos", "cisco_xr", "fortinet", "hp_comware", "huawei_vrp",
    "juniper_junos", "mikrotik_routeros", "nokia_sros", "paloalto_panos", "vyos",
)  # fmt: skip
LINES = "".join(f"line {number} of a configuration\n" for number in range(1, 11))

FAILURES = {
    "hang": "nothing more for 3 s (--command-timeout)",
    "drop": "connection",
    "flood": "characters before the first prompt",
    "silent": "no prompt within 6 s of the login",
    "wrong": f"the login of {USER} is refused (key and password)",
    "changed": "another than the pinned one: a new device, or somebody between; nothing was sent",
    "unpinned": "is not in known_hosts; compare it on the device, then pin it: ssh-keyscan -p",
    "refusing": "connection refused; is SSH on, and this its port?",
}
"""Devices that give nothing, by what they do, and the words for it."""


def configurations(name: str) -> list[str]:
    """The commands that ask for the configuration."""
    return [c.text for c in platform(name).commands if c.gives.startswith("configuration")]


def configuration(name: str) -> str:
    """The first of them."""
    return configurations(name)[0]


def last(name: str) -> str:
    return platform(name).commands[-1].text


def members(name: str) -> dict[str, Device]:
    """The devices of a platform, by what they do."""
    found = {
        fault: make(name, fault=fault) for fault in ("slow", "hang", "drop", "flood", "silent")
    }
    found |= {
        "good": make(name),
        "wrong": make(name, password="another"),
        "changed": make(name, fault="changed key"),
        "unpinned": make(name),
        "refusing": Device(port=9),
        "unknown": make(name),
        "denied": make(name),
        "paging": make(name, page=4),
    }
    found["unknown"].outputs.pop(last(name))
    found["denied"].outputs |= dict.fromkeys(configurations(name), f"{DENIED[name]}\n")
    paging = found["paging"]
    paging.more, paging.wipe = PAGERS[name]
    paging.outputs[configuration(name)] = LINES
    if name == "vyos":
        paging.pager_off = "set terminal length 0"
    return found


@dataclass(frozen=True)
class Fleet:
    """What was collected, and from whom."""

    code: int
    folder: Path
    hosts: dict[str, dict[str, object]]
    devices: dict[str, Device]

    def commands(self, host: str) -> dict[str, str]:
        said = self.hosts[host]["commands"]
        assert isinstance(said, dict)
        return said


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Fleet:
    folder = tmp_path_factory.mktemp("fleet")
    with fleet(folder) as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDITOR_PASSWORD", PASSWORD)
        patch.delenv("SSH_AUTH_SOCK", raising=False)
        devices, rows = {}, ["name,address,port,user,platform,realm"]
        for name in TWELVE:
            for what, device in members(name).items():
                if not device.port:
                    running.add(device, pinned=what != "unpinned")
                devices[f"{name}-{what}"] = device
                # a realm each: three refusals in one would leave the rest of it alone
                rows.append(f"{name}-{what},127.0.0.1,{device.port},{USER},{name},{name}-{what}")
        (folder / "inv.csv").write_text("\n".join([*rows, ""]))
        snapshot = folder / "snapshot"
        code = main(
            ["collect", "--inventory", str(folder / "inv.csv"), "--output", str(snapshot), "--ssh-config",
             "none", "--known-hosts", str(running.known_hosts), "--workers", "40", "--retries", "0",
             "--connect-timeout", "6", "--command-timeout", "3"]
        )  # fmt: skip
    hosts = json.loads((snapshot / "snapshot.json").read_text())["hosts"]
    return Fleet(code, snapshot, hosts, devices)


pytestmark = pytest.mark.slow


def test_each_device_is_a_row(collected: Fleet) -> None:
    assert collected.code == 3
    assert set(collected.hosts) == set(collected.devices)
    assert len(collected.hosts) == len(TWELVE) * 13


@pytest.mark.parametrize("name", TWELVE)
@pytest.mark.parametrize("what", ["good", "slow", "unknown", "paging"])
def test_a_device_that_answers_is_collected(what: str, name: str, collected: Fleet) -> None:
    host = f"{name}-{what}"
    assert (collected.hosts[host]["status"], collected.hosts[host]["error"]) == ("collected", None)
    files = files_of(platform(name).commands)
    for command, said in collected.commands(host).items():
        if what == "unknown" and command == last(name):
            assert said.startswith("refused: ")
            assert said.removeprefix("refused: ") in ERRORS.get(name, "% Invalid input detected at '^' marker.")  # fmt: skip
            assert not (collected.folder / host / files[command]).exists()
            continue
        assert said == "ok"
        expected = f"first line of {command}\nlast line of {command}\n"
        if what == "paging" and command == configuration(name):
            expected = LINES
        assert (collected.folder / host / files[command]).read_text() == expected


@pytest.mark.parametrize("name", TWELVE)
@pytest.mark.parametrize("what", FAILURES)
def test_a_device_that_fails_says_why(what: str, name: str, collected: Fleet) -> None:
    host = f"{name}-{what}"
    entry, device = collected.hosts[host], collected.devices[host]
    assert entry["status"] == "failed"
    assert FAILURES[what] in str(entry["error"])
    # what broke off is no file, and who is not known was sent nothing, no password either
    assert not list((collected.folder / host).glob("*"))
    if what in ("changed", "unpinned"):
        assert not device.received
        assert not device.attempts


@pytest.mark.parametrize("name", TWELVE)
def test_who_may_not_see_the_configuration_is_told(name: str, collected: Fleet) -> None:
    entry = collected.hosts[f"{name}-denied"]
    assert entry["status"] == "partial"
    said = collected.commands(f"{name}-denied")[configuration(name)]
    assert said.startswith("refused: ")
    assert said.removeprefix("refused: ") in DENIED[name]
    assert str(entry["error"]).startswith(f"no configuration: {configuration(name)}: refused: ")
    assert str(entry["error"]).endswith(f"; may {USER} show it?")


@pytest.mark.parametrize("name", TWELVE)
def test_no_device_was_sent_anything_else(name: str, collected: Fleet) -> None:
    allowed = {*SETUP[name], *(command.text for command in platform(name).commands), ""}
    for what in ("good", "slow", "unknown", "denied", "paging", "hang", "drop", "silent", "flood"):
        lines = collected.devices[f"{name}-{what}"].lines()
        assert {line.lstrip(" ") for line in lines} <= allowed, what
