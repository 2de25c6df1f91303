"""Hosts from a working copy of Oxidized's git repository (or RANCID's): a file of each device, in folders by group.

The list of devices itself is often elsewhere (a database, an HTTP source); the repository is what people have. A device
has the name of its file, which DNS or SSH's configuration must know. What it runs is in the file: see `Host.text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from inventory import names
from inventory.describe import host_of
from inventory.devices import Skipped, SourceDevice
from inventory.host import Host
from inventory.sources import find_sources

_ANSIBLE = frozenset({"group_vars", "host_vars", "hosts", "ansible.cfg", "roles", "playbooks"})
_ANSIBLE_SUFFIXES = frozenset({".ini", ".yml", ".yaml", ".json", ".toml", ".py"})


def is_oxidized(path: Path) -> bool:
    """Whether `path` is a git working copy in which nothing looks like Ansible."""
    if not (path / ".git").exists():
        return False
    inside = [entry for entry in path.iterdir() if not entry.name.startswith(".")]
    return bool(inside) and not any(
        entry.name in _ANSIBLE or entry.suffix in _ANSIBLE_SUFFIXES for entry in inside
    )


def read_oxidized(path: Path) -> tuple[tuple[Host, ...], tuple[Skipped, ...]]:
    """The devices whose configurations are in the working copy.

    Raises NoDevices for one without any.
    """
    sources = find_sources(path)
    return tuple(_host(device, sources.root) for device in sources.devices), sources.skipped


def _host(device: SourceDevice, root: Path) -> Host:
    file = device.files[0].path if device.files else None
    folders = file.relative_to(root).parts[:-1] if file is not None else ()
    said: dict[str, object] = {
        "address": device.name.rpartition("/")[2] if file is None else names.device_of(file.name),
        "platform": device.platform_hint,
        "groups": [folder for folder in folders if folder != "configs"],
    }
    # devices of one name in two groups are told apart by their group, without a folder in the name
    host = host_of(device.name.replace("/", "-"), said, str(root))
    return _with_text(host, file)


def with_texts(hosts: Iterable[Host], root: Path) -> tuple[Host, ...]:
    """Hosts whose list does not say what they run, with the configuration that lies beside the list, if one does."""
    files = {
        file.name: file
        for folder in (root, root / "configs", *(p for p in root.iterdir() if p.is_dir()))
        if folder.is_dir() and not folder.name.startswith(".")
        for file in folder.iterdir()
        if file.is_file()
    }
    return tuple(_with_text(host, files.get(host.name)) for host in hosts)


def _with_text(host: Host, file: Path | None) -> Host:
    return host if host.platform is not None or file is None else replace(host, text=file)
