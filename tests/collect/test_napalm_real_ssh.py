"""NAPALM's drivers on our gated connection: the same commands, the same bytes, the same snapshot."""

from __future__ import annotations

import pytest

from auditor.connectors.napalm_driver import DRIVERS
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


def test_junos_is_left_to_netmiko(devices: Fleet, collect: Collect) -> None:
    device = devices.add(make("juniper_junos"))
    outcome = collect({"j1": ("juniper_junos", device)}, "--connector", "napalm")
    assert "use the connector netmiko" in str(outcome.hosts["j1"]["error"])
    assert not device.received
