"""The words that all findings about load balancing share: which device, which ways, how to see it."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.model.balancing import PathChoice
from parsers.model.device import Device
from parsers.model.source import Where
from rules.forwarding import Path
from rules.service import Service

MOST_WAYS = 8
SOURCE_PORT = 50000


def device_words(device: Device) -> str:
    """Make, model and version, as far as the texts tell them."""
    version = f"version {device.os_version}" if device.os_version else "version not known"
    return f"{device.vendor} {device.model or '(model not known)'}, {version}"


def ways_words(paths: Iterable[Path]) -> str:
    """The next hops of the paths, in order."""
    found: dict[str, None] = {}
    for path in paths:
        for leaf in path.leaves:
            found[" ".join(part for part in (leaf.interface, leaf.address) if part)] = None
    shown = [way for way in found if way]
    more = f" and {len(shown) - MOST_WAYS} more" if len(shown) > MOST_WAYS else ""
    return ", ".join(shown[:MOST_WAYS]) + more


def facts_words(device: Device, paths: tuple[Path, ...]) -> str:
    """The sentence about device and next hops that ends a message."""
    ways = ways_words(paths)
    hops = f"next hops {ways}; " if ways else ""
    return f"({hops}{device_words(device)})"


def evidence(
    device: Device, choices: Iterable[PathChoice], paths: tuple[Path, ...]
) -> tuple[Where, ...]:
    """The lines of the choices and of the first path's routes; of a damaged table those that are not understood."""
    found = [choice.where for choice in choices if choice.where is not None]
    for path in paths[:1]:
        found += [Where(path.file, route.line) for route in path.routes[:MOST_WAYS]]
        if not path.routes:
            odd = [
                w
                for table in device.tables
                if table.file == path.file
                for w in table.not_understood
            ]
            found += odd[:MOST_WAYS] or [Where(path.file, 1)]
    return tuple(dict.fromkeys(found))


def confirmation(service: Service, paths: tuple[Path, ...]) -> str:
    """How a host behind the device sees whether one flow takes several ways."""
    prefix = paths[0].prefix if paths else None
    if prefix is None:
        known = service.of_family(4) or service.of_family(6)
        prefix = known[0] if known else None
    port = service.port_numbers()[0] if service.port_numbers() else 443
    address = prefix.network_address + 1 if prefix is not None else "ADDRESS"
    option = " -6" if prefix is not None and prefix.version == 6 else ""
    return (
        f"Confirm from a host behind this device: repeat 'traceroute{option} -n -T -p {port} "
        f"--sport={SOURCE_PORT} {address}'; hops that differ from one run to the next, with all "
        "ports the same, are one flow on several ways."
    )
