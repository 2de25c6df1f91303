"""Reads an inventory, and asks the configuration that lies beside it where it does not say what a device runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inventory.host import Host, HostList
from inventory.hosts import read_hosts as read_inventory
from inventory.platforms import mapped

MOST = 2_000_000
"""Bytes of a configuration that are looked at."""


def read_hosts(path: Path) -> HostList:
    """The devices of the inventory at `path`. Raises InventoryError."""
    found = read_inventory(path)
    if not any(host.text is not None for host in found.hosts):
        return found
    return replace(found, hosts=tuple(_told(host) for host in found.hosts))


def _told(host: Host) -> Host:
    """The host with the platform that its last configuration tells."""
    if host.platform is not None or host.text is None:
        return host
    from parsers.detection import detect

    try:
        with host.text.open("rb") as stream:
            lines = stream.read(MOST).decode("utf-8", "replace").splitlines()
    except OSError as error:
        return replace(host, problem=f"{host.text.name}: {error.strerror}")
    found = detect(lines).platform
    known = mapped(found) if found is not None else None
    if known is None:
        return replace(
            host,
            problem=f"{host.text.name} does not tell what the device runs; list it in router.db, "
            "or in another inventory, with its platform",
        )
    return replace(
        host,
        platform=known.platform,
        device_type=known.device_type,
        notes=(*host.notes, f"the platform is read from {host.text.name}"),
        problem="",
    )
