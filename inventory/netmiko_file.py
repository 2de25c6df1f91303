"""Netmiko's own list of devices, `.netmiko.yml` or `netmiko.yml` (netmiko-tools)."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from inventory.describe import host_of, mapping_of
from inventory.host import Host
from inventory.yaml_file import read_yaml

ENCRYPTED = "__encrypt__"
"""What netmiko-tools put before a value that they have encrypted."""


def read_netmiko(path: Path) -> tuple[Host, ...]:
    """The devices of the file. A list is a group of names; `__meta__` says whether values are
    encrypted, which only netmiko-tools can undo: those passwords are asked elsewhere."""
    data = mapping_of(read_yaml(path), str(path))
    groups: dict[str, list[str]] = defaultdict(list)
    for name, value in data.items():
        if isinstance(value, list):
            for member in value:
                groups[str(member)].append(name)
    hosts = []
    for name, value in data.items():
        if name == "__meta__" or isinstance(value, list):
            continue
        entry = mapping_of(value, f"{path}: {name}")
        said: dict[str, object] = {
            "address": entry.get("host") or entry.get("ip"),
            "port": entry.get("port"),
            "platform": entry.get("device_type"),
            "user": entry.get("username"),
            "key_file": entry.get("key_file"),
            "groups": groups[name],
        }
        notes = []
        for ours, theirs in (("password", "password"), ("enable", "secret")):
            secret = entry.get(theirs)
            if isinstance(secret, str) and secret.startswith(ENCRYPTED):
                notes.append(f"{theirs} is encrypted by netmiko-tools and not used")
            else:
                said[ours] = secret
        hosts.append(host_of(name, said, str(path), tuple(notes)))
    known = {host.name for host in hosts}
    hosts += [
        host_of(member, {"problem": f"group {of[0]} names it, but {path.name} does not describe it"},
                str(path))
        for member, of in groups.items()
        if member not in known
    ]  # fmt: skip
    return tuple(hosts)
