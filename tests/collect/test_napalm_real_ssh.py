"""NAPALM's drivers on our gated connection: the same commands, the same bytes, the same snapshot."""

from __future__ import annotations

import pytest

from auditor.connectors.napalm_driver import DRIVERS, OTHERS
from auditor.connectors.terminal import SETUP
from parsers.registry import platform
from tests.collect.conftest import Collect
from tests.collect.device import Fleet
from tests.collect.makes import make

pytest.importorskip("napalm", reason="napalm is not installed")


@pytest.mark.parametrize("name", sorted(DRIVERS))
def test_only_the_list_is_sent(name: str, devices: Fleet, collect: Collect) -> None:
    device = devices.add(make(name))
    commands = [c.text for c in platform(name).commands]
    del device.outputs[commands[-1]]
    outcome = collect({"d1": (name, device)}, "--connector", "napalm")
    assert outcome.code == 0, outcome.err
    # netmiko looks for its prompt with empty lines
    sent = [line for line in device.received.decode().split("\n") if line]
    assert sent == [*SETUP[name], *commands]
    assert outcome.text("d1", "show_version.txt") == (
        "first line of show version\nlast line of show version\n"
    )
    said = outcome.hosts["d1"]["commands"]
    assert isinstance(said, dict)
    assert said[commands[-1]].startswith("refused: ")


@pytest.mark.parametrize("name", ["juniper_junos", "cisco_xr", "mikrotik_routeros"])
def test_a_driver_that_checks_no_host_key_is_refused(
    name: str, devices: Fleet, collect: Collect
) -> None:
    device = devices.add(make(name))
    outcome = collect({"d1": (name, device)}, "--connector", "napalm")
    said = str(outcome.hosts["d1"]["error"])
    assert OTHERS.get(name, "has no driver of its own") in said
    assert said.endswith("nothing was sent. Use the connector netmiko")
    assert not device.received
    assert not device.attempts


def test_a_host_key_that_is_not_pinned_is_refused_here_as_well(
    devices: Fleet, collect: Collect
) -> None:
    fleet = {
        "changed": devices.add(make("arista_eos", fault="changed key")),
        "unpinned": devices.add(make("cisco_ios"), pinned=False),
    }
    named = {"changed": ("arista_eos", fleet["changed"]), "unpinned": ("cisco_ios", fleet["unpinned"])}  # fmt: skip
    outcome = collect(named, "--connector", "napalm", "--retries", "0")
    assert "another than the pinned one" in str(outcome.hosts["changed"]["error"])
    assert "is not in known_hosts" in str(outcome.hosts["unpinned"]["error"])
    assert not any(device.attempts or device.received for device in fleet.values())


def test_the_reasons_are_those_of_the_drivers() -> None:
    """What OTHERS says is what the installed drivers do."""
    napalm = pytest.importorskip("napalm")
    driver = napalm.get_network_driver("junos")("192.0.2.1", "u", "p")
    assert driver.device._hostkey_verify is False
    driver = napalm.get_network_driver("nxos")("192.0.2.1", "u", "p")
    assert driver.ssl_verify is False
    driver = napalm.get_network_driver("iosxr")("192.0.2.1", "u", "p")
    assert not driver.device.netmiko_kwargs.get("ssh_strict")
    driver = napalm.get_network_driver("iosxr_netconf")("192.0.2.1", "u", "p")
    assert driver.cli(["show version"]) is NotImplementedError
