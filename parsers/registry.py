"""The platforms, by name. Adding one is a folder and a line here."""

from __future__ import annotations

import importlib
from functools import cache

from parsers.errors import UnknownPlatform
from parsers.platform import Platform

PLATFORMS = {
    "arista_eos": "parsers.arista_eos",
    "cisco_ios": "parsers.cisco_ios",
    "cisco_nxos": "parsers.cisco_nxos",
    "cisco_xe": "parsers.cisco_xe",
    "cisco_xr": "parsers.cisco_xr",
    "juniper_junos": "parsers.juniper_junos",
    "linux": "parsers.linux",
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
    return found


def platforms() -> tuple[Platform, ...]:
    """All platforms, in the order of their names."""
    return tuple(platform(name) for name in sorted(PLATFORMS))
