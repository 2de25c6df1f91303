"""Opens what the user named: a path, standard input, or the demo inventory."""

from __future__ import annotations

import ipaddress
import sys
from collections.abc import Callable, Collection, Iterable
from importlib import resources
from pathlib import Path

from auditor.changed import holding
from auditor.errors import UsageError
from inventory.errors import InventoryError, NoDevices
from inventory.sources import SourceDevice, SourceFile, find_sources
from parsers.errors import ParserError
from parsers.platform import CONFIGURATION
from parsers.registry import PLATFORMS, platform
from rules.service import Network

Reader = Callable[[Path], bytes]

STDIN = Path("-")


def open_path(
    path: str | None, changed: Collection[str] | None = None
) -> tuple[tuple[SourceDevice, ...], Reader]:
    """The devices at `path` and how to read their files; None is the demo, `-` standard input.

    With `changed`, only the devices that one of these files is of; there may be none.

    Raises UsageError for what is not there, or holds no device.
    """
    if path == "-":
        data = sys.stdin.buffer.read()
        file = SourceFile(STDIN, "stdin", CONFIGURATION)
        return (SourceDevice("stdin", None, (file,)),), lambda _: data
    place = demo_folder() if path is None else Path(path)
    try:
        found = find_sources(place)
    except NoDevices as error:
        if changed is not None:
            return (), Path.read_bytes
        raise UsageError(str(error)) from None
    except InventoryError as error:
        raise UsageError(str(error)) from None
    files = None if changed is None else {Path(name).resolve() for name in changed}
    for skipped in found.skipped:
        if files is not None and found.root / skipped.label not in files:
            continue
        sys.stderr.write(f"auditor: not used: {skipped.label}: {skipped.reason}\n")
    return found.devices if files is None else holding(found.devices, files), Path.read_bytes


def demo_folder() -> Path:
    """The demo inventory that ships with the project."""
    return Path(str(resources.files("inventory"))) / "demo"


def networks(texts: Iterable[str] | None) -> tuple[Network, ...]:
    """The prefixes of `--from`. Raises UsageError for one that is none."""
    found: list[Network] = []
    for text in texts or ():
        try:
            found.append(ipaddress.ip_network(text, strict=False))
        except ValueError as error:
            raise UsageError(
                f"--from {text!r}: {error}; give a prefix such as 10.20.0.0/16"
            ) from None
    return tuple(found)


def platform_name(name: str | None) -> str | None:
    """The platform of `--platform`, checked. Raises UsageError with the names there are."""
    if name is None:
        return None
    try:
        return platform(name).name
    except ParserError:
        raise UsageError(
            f"--platform {name!r} is not supported; use one of {', '.join(sorted(PLATFORMS))}"
        ) from None
