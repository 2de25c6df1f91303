"""Names of platforms: everything that we map to is one of ours and one of netmiko's."""

from __future__ import annotations

import pytest
from netmiko.ssh_dispatcher import CLASS_MAPPER

from inventory.platforms import _DEVICE_TYPES, _WORDS, PLATFORMS, mapped
from parsers.registry import PLATFORMS as READ

NOT_READ_YET = {"cumulus_linux", "dell_sonic"}


def test_all_that_is_read_can_be_named() -> None:
    assert set(READ) <= PLATFORMS
    assert PLATFORMS - set(READ) <= NOT_READ_YET
    assert set(_WORDS.values()) | set(_DEVICE_TYPES.values()) <= PLATFORMS


def test_netmiko_has_every_type() -> None:
    for name in (*PLATFORMS, *_WORDS, *_DEVICE_TYPES):
        found = mapped(name)
        assert found is not None, name
        assert found.device_type in CLASS_MAPPER, name


@pytest.mark.parametrize(
    ("name", "platform"),
    [
        ("Cisco IOS-XR", "cisco_xr"),
        ("cisco_ios_ssh", "cisco_ios"),
        ("IOS-XE", "cisco_xe"),
        ("pan-os", "paloalto_panos"),
        ("cisco.nxos.nxos", "cisco_nxos"),
        (" junos ", "juniper_junos"),
        ("cisco_ios_telnet", None),
        ("juniper_screenos", None),
        ("generic", None),
        ("", None),
    ],
)
def test_names_as_people_write_them(name: str, platform: str | None) -> None:
    found = mapped(name)
    assert (found.platform if found else None) == platform
