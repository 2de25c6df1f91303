"""Nornir's SimpleInventory: hosts.yaml, groups.yaml and defaults.yaml, read and inherited by nornir itself."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml

from inventory.describe import host_of, mapping_of, text_of
from inventory.errors import BadInventory
from inventory.host import Host
from inventory.yaml_file import Vaulted, read_yaml

Entries = dict[str, dict[str, object]]


def read_nornir(host_file: Path, group_file: Path, defaults_file: Path) -> tuple[Host, ...]:
    """The hosts with what their groups and the defaults say, by nornir's own order.

    A host or group that names a group which is not there, or one of its own descendants, would
    stop nornir for all: those hosts become rows with a problem, the rest is read.
    """
    hosts = _entries(host_file)
    groups = _entries(group_file) if group_file.exists() else {}
    bad_groups = _bad_groups(groups, group_file)
    problems = {name: _problem(entry, groups, bad_groups) for name, entry in hosts.items()}
    if not any(problems.values()) and not bad_groups:
        return _load(host_file, group_file, defaults_file)
    sound = {name: entry for name, entry in hosts.items() if not problems[name]}
    kept = {name: entry for name, entry in groups.items() if name not in bad_groups}
    with tempfile.TemporaryDirectory() as folder:  # only its owner may open it
        copies = Path(folder, "hosts.yaml"), Path(folder, "groups.yaml")
        for copy, data in zip(copies, (sound, kept), strict=True):
            copy.write_text(yaml.safe_dump(data), encoding="utf-8")
        found = _load(*copies, defaults_file)
    rows = [
        host_of(name, {"address": entry.get("hostname"), "problem": problems[name]}, str(host_file))
        for name, entry in hosts.items()
        if problems[name]
    ]
    return (*found, *rows)


def _entries(path: Path) -> Entries:
    found: Entries = {}
    for name, value in mapping_of(read_yaml(path), str(path)).items():
        entry = dict(mapping_of(value, f"{path}: {name}"))
        if any(isinstance(part, Vaulted) for part in entry.values()):
            raise BadInventory(f"{path}: {name}: nornir does not read Ansible's !vault")
        found[name] = entry
    return found


def _parents(entry: Mapping[str, object]) -> list[str]:
    named = entry.get("groups") or []
    return [str(group) for group in named] if isinstance(named, list) else [str(named)]


def _bad_groups(groups: Entries, path: Path) -> dict[str, str]:
    """Groups that cannot be resolved, with the reason; so are those below them."""
    bad: dict[str, str] = {}
    for name, entry in groups.items():
        for parent in _parents(entry):
            if parent not in groups:
                bad[name] = f"group {name} names the group {parent}, which {path.name} has not"
        ancestors, queue = set(), _parents(entry)
        while queue:
            above = queue.pop()
            if above not in ancestors:
                ancestors.add(above)
                queue += _parents(groups.get(above, {}))
        if name in ancestors:
            bad[name] = f"group {name} is its own ancestor"
    grown = True
    while grown:
        below = {
            name: f"group {name} is below one that cannot be read: {bad[parent]}"
            for name, entry in groups.items()
            if name not in bad
            for parent in _parents(entry)
            if parent in bad
        }
        bad |= below
        grown = bool(below)
    return bad


def _problem(entry: Mapping[str, object], groups: Entries, bad: Mapping[str, str]) -> str:
    for group in _parents(entry):
        if group not in groups:
            return f"the inventory has no group {group}; is it a typo?"
        if group in bad:
            return bad[group]
    return ""


def _load(host_file: Path, group_file: Path, defaults_file: Path) -> tuple[Host, ...]:
    from nornir.plugins.inventory.simple import SimpleInventory

    try:
        loaded = SimpleInventory(str(host_file), str(group_file), str(defaults_file)).load()
        return tuple(
            host_of(name, _said(host), str(host_file)) for name, host in loaded.hosts.items()
        )
    except (AttributeError, TypeError, KeyError) as error:
        raise BadInventory(
            f"{host_file}: nornir cannot read this inventory ({type(error).__name__}); compare it "
            "with nornir's documentation of SimpleInventory"
        ) from None


def _said(host: object) -> dict[str, object]:
    from nornir.core.inventory import Host as NornirHost

    if not isinstance(host, NornirHost):
        raise BadInventory("nornir gave something that is no host")
    netmiko = host.get_connection_parameters("netmiko")
    extras = mapping_of(netmiko.extras, f"{host.name}: extras")
    ours = mapping_of(host.get("auditor"), f"{host.name}: data.auditor")
    return {
        "address": netmiko.hostname or host.hostname,
        "port": netmiko.port or host.port,
        "user": netmiko.username or host.username,
        "password": netmiko.password or host.password,
        "enable": extras.get("secret"),
        "key_file": extras.get("key_file"),
        "platform": text_of(ours.get("platform"))
        or text_of(extras.get("device_type"))
        or netmiko.platform
        or host.platform,
        "groups": [group.name for group in host.extended_groups()],
        **{key: ours[key] for key in ("jump", "realm", "connector", "legacy") if key in ours},
    }
