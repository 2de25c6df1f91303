"""The platforms, by name. Adding one is a folder and a line here."""

from __future__ import annotations

import importlib
from functools import cache

from parsers.errors import UnknownPlatform
from parsers.platform import Platform
from parsers.reports.completed import completed

PLATFORMS = {
    "arista_eos": "parsers.arista_eos",
    "aruba_aoscx": "parsers.aruba_aoscx",
    "checkpoint_gaia": "parsers.checkpoint_gaia",
    "cisco_asa": "parsers.cisco_asa",
    "cisco_ios": "parsers.cisco_ios",
    "cisco_nxos": "parsers.cisco_nxos",
    "cisco_xe": "parsers.cisco_xe",
    "cisco_xr": "parsers.cisco_xr",
    "cumulus_linux": "parsers.cumulus_linux",
    "dell_os10": "parsers.dell_os10",
    "dell_sonic": "parsers.dell_sonic",
    "f5_tmsh": "parsers.f5_tmsh",
    "fortinet": "parsers.fortinet",
    "hp_comware": "parsers.hp_comware",
    "huawei_vrp": "parsers.huawei_vrp",
    "juniper_junos": "parsers.juniper_junos",
    "linux": "parsers.linux",
    "mikrotik_routeros": "parsers.mikrotik_routeros",
    "nokia_srl": "parsers.nokia_srl",
    "nokia_sros": "parsers.nokia_sros",
    "paloalto_panos": "parsers.paloalto_panos",
    "ubiquiti_edgerouter": "parsers.ubiquiti_edgerouter",
    "vyos": "parsers.vyos",
}


@cache
def platform(name: str) -> Platform:
    """The platform called `name` (a netmiko device type).

    Raises UnknownPlatform with the names there are.
    """
    module = PLATFORMS.get(name)
    if module is None:
        raise UnknownPlatform(
            f"no platform is called {name!r}; use one of: {', '.join(sorted(PLATFORMS))}"
        )
    found: Platform = importlib.import_module(module).PLATFORM
    return found._replace(parse=completed(found.parse))


def platforms() -> tuple[Platform, ...]:
    """All platforms, in the order of their names."""
    return tuple(platform(name) for name in sorted(PLATFORMS))
