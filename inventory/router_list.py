"""Hosts from `router.db`, the list of RANCID and of Oxidized."""

from __future__ import annotations

from pathlib import Path

from inventory.describe import host_of
from inventory.devices import Skipped
from inventory.host import Host
from inventory.router_db import rows_of
from inventory.yaml_file import read_text


def read_router_list(path: Path) -> tuple[tuple[Host, ...], tuple[Skipped, ...]]:
    """The devices that are up, and those that are marked down, which RANCID does not ask either.

    Names are addresses. Logins stand elsewhere (`.cloginrc`, Oxidized's configuration), unless
    Oxidized's list has them; which column holds what only its configuration says, so they are not
    read from here.
    """
    hosts, skipped = [], []
    for row in rows_of(read_text(path)).values():
        if not row.up:
            skipped.append(Skipped(row.name, f"marked down in {path.name}"))
            continue
        said: dict[str, object] = {"platform": row.platform or row.type}
        if row.type.lower() == "cisco":
            said["problem"] = (
                "RANCID's type cisco is IOS, IOS-XE or ASA: say which "
                "(`ios`, `iosxe`, `asa`, or a netmiko device type)"
            )
        hosts.append(host_of(row.name, said, str(path)))
    return tuple(hosts), tuple(skipped)
