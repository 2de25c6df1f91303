"""Devices that misbehave: each is a row with its own words, and the good one beside them is collected."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from auditor.__main__ import main
from tests.collect.conftest import Collect
from tests.collect.device import PASSWORD, USER, Device, Fleet
from tests.collect.makes import make

RUNNING = "show running-config"


def ios(fault: str = "", **more: object) -> Device:
    return make("cisco_ios", fault=fault, **more)


@pytest.mark.slow
def test_each_fault_has_its_words_and_the_rest_goes_on(devices: Fleet, collect: Collect) -> None:
    fleet = {
        "good": devices.add(ios()),
        "slow": devices.add(ios("slow")),
        "hang": devices.add(ios("hang")),
        "drop": devices.add(ios("drop")),
        "flood": devices.add(ios("flood")),
        "silent": devices.add(ios("silent")),
        "wrong": devices.add(ios(password="another")),
        "changed": devices.add(ios("changed key")),
        "unpinned": devices.add(ios(), pinned=False),
        "nobody": Device(port=9),
    }
    outcome = collect(
        {name: ("cisco_ios", device) for name, device in fleet.items()},
        "--connect-timeout", "4", "--command-timeout", "2", "--retries", "0",
    )  # fmt: skip
    assert outcome.code == 3
    hosts = outcome.hosts
    assert {name: entry["status"] for name, entry in hosts.items()} == {
        "good": "collected", "slow": "collected", "hang": "failed", "drop": "failed", "flood": "failed",
        "silent": "failed", "wrong": "failed", "changed": "failed", "unpinned": "failed",
        "nobody": "failed",
    }  # fmt: skip
    said = {name: str(entry["error"]) for name, entry in hosts.items()}
    assert said["good"] == "None"
    assert said["hang"] == f"{RUNNING}: nothing more for 2 s (--command-timeout)"
    assert "the device closed the connection" in said["drop"] or "connection" in said["drop"]
    assert "before the first prompt" in said["flood"]
    assert said["silent"] == "no prompt within 4 s of the login"
    assert f"the login of {USER} is refused (key and password)" in said["wrong"]
    assert "another than the pinned one" in said["changed"]
    assert "is not in known_hosts" in said["unpinned"]
    assert "ssh-keyscan -p" in said["unpinned"]
    assert "connection refused" in said["nobody"]
    # an output that broke off is no file; a device whose key is wrong was sent nothing, no password either
    assert not list((outcome.folder / "hang").glob("*"))
    assert not list((outcome.folder / "drop").glob("*"))
    assert not fleet["changed"].received
    assert fleet["changed"].logins == fleet["unpinned"].logins == 0
    for row in ("wrong: failed: ", "hang: failed: ", "10 devices: 2 collected, 8 failed"):
        assert row in outcome.err


def test_a_command_without_privilege_is_said(devices: Fleet, collect: Collect) -> None:
    device = devices.add(ios())
    del device.outputs[RUNNING]
    outcome = collect({"r1": ("cisco_ios", device)})
    assert outcome.code == 3
    assert outcome.hosts["r1"]["status"] == "partial"
    assert outcome.hosts["r1"]["error"] == (
        f"no configuration: {RUNNING}: refused: % Invalid input detected at '^' marker.; may {USER} show it?"
    )


def test_enable_is_used_where_it_is_given(
    devices: Fleet, collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDITOR_ENABLE", "Up-And-Up-9")
    device = devices.add(ios(prompt="r1>", enable="Up-And-Up-9"))
    outcome = collect({"r1": ("cisco_ios", device)})
    assert outcome.code == 0, outcome.err
    assert device.received.decode().startswith("enable\nUp-And-Up-9\nterminal width 511\n")
    refused = devices.add(ios(prompt="r2>", enable="something else"))
    outcome = collect({"r2": ("cisco_ios", refused)})
    assert "`enable` is refused" in str(outcome.hosts["r2"]["error"])


def test_a_realm_that_refuses_is_left_alone(devices: Fleet, collect: Collect) -> None:
    """Three wrong passwords do not lock an account; two hundred do."""
    fleet = [devices.add(ios(password="another")) for _ in range(8)]
    outcome = collect({f"r{n}": ("cisco_ios", d) for n, d in enumerate(fleet)}, "--workers", "1")
    reasons = [str(entry["error"]) for entry in outcome.hosts.values()]
    assert sum("is refused (key and password)" in reason for reason in reasons) == 3
    assert sum("one more could lock the account" in reason for reason in reasons) == 5


def test_the_network_is_tried_again_and_a_refusal_is_not(devices: Fleet, collect: Collect) -> None:
    device = devices.add(ios("drop"))
    wrong = devices.add(ios(password="another"))
    started = time.monotonic()
    outcome = collect({"r1": ("cisco_ios", device), "w1": ("cisco_ios", wrong)}, "--retries", "1")
    assert time.monotonic() - started < 30
    assert device.logins == 2
    assert outcome.hosts["w1"]["status"] == "failed"


def test_no_echo_and_a_banner_that_looks_like_a_prompt(devices: Fleet, collect: Collect) -> None:
    banner = "\n* Welcome #\n* authorised users only >\n\n"
    device = devices.add(ios(echo=False, banner=banner))
    outcome = collect({"r1": ("cisco_ios", device)})
    assert outcome.code == 0, outcome.err
    assert outcome.text("r1", "show_version.txt") == (
        "first line of show version\nlast line of show version\n"
    )


def test_outputs_that_hold_the_prompt_are_whole(devices: Fleet, collect: Collect) -> None:
    text = (
        "banner motd ^C\nr1#show version\nr1#\n^C\n"
        + "r1# " * 50
        + "\nlong "
        + "x" * 70_000
        + "\nend\n"
    )
    device = devices.add(ios())
    device.outputs[RUNNING] = text
    outcome = collect({"r1": ("cisco_ios", device)})
    assert outcome.text("r1", "show_running-config.txt") == text


def test_the_password_is_nowhere(devices: Fleet, collect: Collect, tmp_path: Path) -> None:
    device = devices.add(ios())
    device.outputs[RUNNING] = (
        f"username {USER} secret 0 {PASSWORD}\nline vty 0 4\n password {PASSWORD}\n"
    )
    wrong = devices.add(ios(password="another"))
    outcome = collect({"r1": ("cisco_ios", device), "r2": ("cisco_ios", wrong)}, "--retries", "0")
    assert PASSWORD not in outcome.out + outcome.err
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert PASSWORD not in path.read_text("utf-8", "replace"), path
    assert outcome.text("r1", "show_running-config.txt").count("\n") == 3


def test_rows_of_an_inventory_that_cannot_be_asked(
    devices: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """A name that nobody knows, a platform that nobody knows, a typo: each is a row, and the good one is collected."""
    monkeypatch.setenv("AUDITOR_PASSWORD", PASSWORD)
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    good = devices.add(ios())
    rows = [
        "name,address,port,user,platform",
        f"good,127.0.0.1,{good.port},{USER},ios",
        f"nowhere,no-such-device.invalid,22,{USER},ios",
        f"unknown,127.0.0.1,{good.port},{USER},cisco_catos",
        f"telnet,127.0.0.1,{good.port},{USER},cisco_ios_telnet",
        f"typo,127.0.0.1,70000,{USER},ios",
    ]
    (tmp_path / "inv.csv").write_text("\n".join([*rows, ""]))
    code = main(
        ["collect", "--inventory", str(tmp_path / "inv.csv"), "--output", str(tmp_path / "snapshot"), "--ssh-config",
         "none", "--known-hosts", str(devices.known_hosts), "--retries", "0", "--connect-timeout", "10"]
    )  # fmt: skip
    assert code == 3
    printed = capfd.readouterr().err
    for row in (
        "nowhere: failed: no-such-device.invalid: the name does not resolve",
        "unknown: failed: the platform 'cisco_catos' is not known here",
        "telnet: failed: cisco_ios_telnet: only SSH is used",
        "typo: failed: the port '70000' is not a number from 1 to 65535",
        "5 devices: 1 collected, 4 failed",
    ):
        assert row in printed
    assert good.logins == 1
