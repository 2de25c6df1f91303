"""Ansible inventories: INI, YAML, folders of them with group_vars and host_vars, and `ansible-inventory --list`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from inventory.ansible_ini import add_ini
from inventory.ansible_tree import Tree, Variables, names_in
from inventory.describe import host_of, mapping_of, text_of
from inventory.devices import Skipped
from inventory.errors import BadInventory, SourceNotFound
from inventory.host import Host
from inventory.yaml_file import Vaulted, parse_json, read_text, read_yaml

_IGNORED = (".pyc", ".pyo", ".swp", ".bak", "~", ".rpm", ".md", ".txt", ".rst", ".orig", ".cfg",
            ".retry")  # fmt: skip
"""Suffixes that Ansible passes over in a folder (INVENTORY_IGNORE_EXTS)."""
_BESIDE = ("group_vars", "host_vars")

_VARIABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("address", ("ansible_host", "ansible_ssh_host")),
    ("port", ("ansible_port", "ansible_ssh_port")),
    ("user", ("ansible_user", "ansible_ssh_user")),
    ("password", ("ansible_password", "ansible_ssh_password", "ansible_ssh_pass")),
    ("enable", ("ansible_become_password", "ansible_become_pass")),
    ("key_file", ("ansible_ssh_private_key_file", "ansible_private_key_file")),
    ("platform", ("auditor_platform", "ansible_network_os")),
    ("jump", ("auditor_jump",)),
    ("realm", ("auditor_realm",)),
    ("connector", ("auditor_connector",)),
    ("legacy", ("auditor_legacy",)),
)
"""What we ask, and the variables that answer; the first that there is counts."""

_JUMP = re.compile(r"(?:-J\s*|-o\s*\"?ProxyJump[= ])([^\s\"']+)")
_TEMPLATE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_MOST_STEPS = 10


def read_ansible(path: Path) -> tuple[tuple[Host, ...], tuple[Skipped, ...]]:
    """The hosts of a file or folder, and what in the folder was not read."""
    tree, skipped = Tree(), []
    if path.is_dir():
        for entry in sorted(path.iterdir()):
            reason = _reason_to_skip(entry)
            if reason is None:
                _add(tree, entry)
            elif reason:
                skipped.append(Skipped(entry.name, reason))
    else:
        _add(tree, path)
    beside = path if path.is_dir() else path.parent
    _add_beside(tree.group_vars, beside / "group_vars")
    _add_beside(tree.host_vars, beside / "host_vars")
    return _hosts(tree, str(path)), tuple(skipped)


def _reason_to_skip(entry: Path) -> str | None:
    """Why a file in a folder is not read; empty where that needs no word, None where it is."""
    if entry.name in _BESIDE or entry.name.startswith(".") or entry.name.endswith(_IGNORED):
        return ""
    if entry.is_dir():
        return "a folder inside the inventory"
    if os.access(entry, os.X_OK) and entry.read_bytes()[:2] == b"#!":
        return "a program: it is not run; give what `ansible-inventory --list` prints"
    return None


def _add(tree: Tree, path: Path) -> None:
    if path.suffix == ".json":
        add_list(tree, parse_json(read_text(path), str(path)), str(path))
    elif path.suffix in (".yml", ".yaml"):
        for name, value in mapping_of(read_yaml(path), str(path)).items():
            if name == "plugin":
                raise BadInventory(
                    f"{path}: an inventory plugin ({text_of(value)}); give what "
                    "`ansible-inventory --list` prints"
                )
            _add_group(tree, name, value, str(path), ())
    else:
        add_ini(tree, path)


def _add_group(tree: Tree, name: str, value: object, where: str, above: tuple[str, ...]) -> None:
    if name in above:
        raise BadInventory(f"{where}: the group {name} contains itself")
    group = tree.group(name)
    said = mapping_of(value, f"{where}: {name}")
    group.variables |= mapping_of(said.get("vars"), f"{where}: {name}.vars")
    for pattern, variables in mapping_of(said.get("hosts"), f"{where}: {name}.hosts").items():
        for host in names_in(pattern, where):
            tree.add_host(host, name, mapping_of(variables, f"{where}: {host}"))
    for child, below in mapping_of(said.get("children"), f"{where}: {name}.children").items():
        group.children.append(child)
        _add_group(tree, child, below, where, (*above, name))


def add_list(tree: Tree, data: object, where: str) -> None:
    """Adds what `ansible-inventory --list` printed: groups by name, `_meta.hostvars`."""
    found = mapping_of(data, where)
    meta = mapping_of(found.get("_meta"), f"{where}: _meta")
    hostvars = mapping_of(meta.get("hostvars"), f"{where}: hostvars")
    for name, value in found.items():
        if name == "_meta":
            continue
        said = mapping_of(
            {"hosts": value} if isinstance(value, list) else value, f"{where}: {name}"
        )
        group = tree.group(name)
        group.variables |= mapping_of(said.get("vars"), f"{where}: {name}.vars")
        group.children += _names(said.get("children"))
        for host in _names(said.get("hosts")):
            tree.add_host(host, name, {})
    for host, variables in hostvars.items():
        if not any(host in group.hosts for group in tree.groups.values()):
            tree.add_host(host, "ungrouped", {})
        tree.hosts[host].update(mapping_of(variables, f"{where}: {host}"))


def _names(value: object) -> list[str]:
    return [str(entry) for entry in value] if isinstance(value, list) else []


def _add_beside(into: dict[str, Variables], folder: Path) -> None:
    """Reads group_vars or host_vars: a file for each name, or a folder of files."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        files = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        name = entry.stem if entry.suffix in (".yml", ".yaml", ".json") else entry.name
        for file in files:
            hidden = file.name.startswith(".") or file.name.endswith("~")
            if file.is_dir() or hidden or file.suffix not in ("", ".yml", ".yaml", ".json"):
                continue
            try:
                if read_text(file).startswith("$ANSIBLE_VAULT"):
                    into.setdefault(name, {})["__vaulted__"] = file.name
                    continue
                into.setdefault(name, {}).update(mapping_of(read_yaml(file), str(file)))
            except SourceNotFound as error:
                raise BadInventory(str(error)) from None


def _hosts(tree: Tree, where: str) -> tuple[Host, ...]:
    hosts = []
    for name, (groups, wrong) in tree.groups_by_host().items():
        variables = tree.variables_of(name, groups)
        variables.setdefault("inventory_hostname", name)
        notes: list[str] = []
        said: dict[str, object] = {}
        for field, names in _VARIABLES:
            value = next((variables[n] for n in names if variables.get(n) is not None), None)
            said[field] = _plain(value, variables, field, notes)
        if said["jump"] is None:
            said["jump"] = _jump(variables)
        if "__vaulted__" in variables:
            notes.append(f"{variables['__vaulted__']} is encrypted by ansible-vault and not read")
        said["groups"] = [g for g in reversed(groups) if g not in ("all", "ungrouped")]
        said["problem"] = wrong or _not_ssh(variables)
        hosts.append(host_of(name, said, where, tuple(notes)))
    return tuple(hosts)


def _plain(value: object, variables: Mapping[str, object], field: str, notes: list[str]) -> object:
    """A value without references to other variables; what cannot be had is noted, and None."""
    if isinstance(value, Vaulted) or (isinstance(value, Mapping) and "__ansible_vault" in value):
        notes.append(f"{field} is encrypted by ansible-vault and not used")
        return None
    for _ in range(_MOST_STEPS):
        if not isinstance(value, str) or "{{" not in value:
            return value
        rendered = _TEMPLATE.sub(lambda m: str(variables.get(m[1], m[0])), value)
        if rendered == value:
            break
        value = rendered
    notes.append(f"{field} is a template that only Ansible can fill in; not used")
    return None


def _jump(variables: Mapping[str, object]) -> str | None:
    for name in ("ansible_ssh_common_args", "ansible_ssh_extra_args"):
        found = _JUMP.search(text_of(variables.get(name)) or "")
        if found is not None:
            return found[1]
    return None


def _not_ssh(variables: Mapping[str, object]) -> str:
    connection = (text_of(variables.get("ansible_connection")) or "").rpartition(".")[2]
    if connection in ("local", "docker", "podman", "winrm", "psrp"):
        return f"ansible_connection is {connection}, not SSH"
    return ""
