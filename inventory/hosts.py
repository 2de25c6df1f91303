"""Reads an inventory, whichever form it has.

    folder with hosts.yaml (hosts of nornir)    nornir's SimpleInventory
    folder or file router.db                    RANCID, Oxidized
    folder or file .netmiko.yml, netmiko.yml    netmiko-tools
    git working copy of configurations          Oxidized, RANCID
    *.csv, *.tsv                                a table
    *.json                                      ansible-inventory --list
    YAML                                        by what is in it: nornir, netmiko, NetBox, Ansible
    anything else                               Ansible: INI, folders with group_vars and host_vars

Nothing is sent to a device. A NetBox description asks that NetBox.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from inventory.ansible import read_ansible
from inventory.csv_file import read_csv
from inventory.describe import mapping_of, text_of
from inventory.devices import Skipped
from inventory.errors import BadInventory, SourceNotFound
from inventory.host import Host, HostList
from inventory.netbox import PLUGINS, read_netbox
from inventory.netmiko_file import read_netmiko
from inventory.nornir_files import read_nornir
from inventory.oxidized import is_oxidized, read_oxidized, with_texts
from inventory.router_list import read_router_list
from inventory.yaml_file import read_yaml

_NORNIR_KEYS = frozenset(
    {"hostname", "port", "username", "password", "platform", "groups", "data", "connection_options"}
)
_ANSIBLE_KEYS = frozenset({"hosts", "children", "vars"})


def read_hosts(path: Path) -> HostList:
    """The devices of the inventory at `path`, by name.

    Raises InventoryError for what is not there, cannot be read, or holds no device; a device that
    cannot be used is in the list, with its `problem`.
    """
    if not path.exists():
        raise SourceNotFound(f"{path}: there is no such file or folder")
    hosts, skipped = _folder(path) if path.is_dir() else _file(path)
    if not hosts:
        raise BadInventory(f"{path}: the inventory holds no device")
    return HostList(str(path), tuple(sorted(_apart(hosts), key=lambda h: h.name)), skipped)


def _apart(hosts: tuple[Host, ...]) -> tuple[Host, ...]:
    """Hosts of one name would share a folder, on some file systems whatever the case is."""
    counts = Counter(host.name.casefold() for host in hosts)
    seen: Counter[str] = Counter()
    found = []
    for host in hosts:
        name = host.name
        if counts[name.casefold()] > 1:
            seen[name.casefold()] += 1
            host = replace(
                host,
                name=name if seen[name.casefold()] == 1 else f"{name}#{seen[name.casefold()]}",
                problem="the inventory has several devices of this name",
            )
        found.append(host)
    return tuple(found)


def _folder(path: Path) -> tuple[tuple[Host, ...], tuple[Skipped, ...]]:
    for name in ("hosts.yaml", "hosts.yml"):
        file = path / name
        if file.is_file() and _form(mapping_of(read_yaml(file), str(file))) == "nornir":
            return _nornir(file), ()
    if (path / "router.db").is_file():
        hosts, skipped = read_router_list(path / "router.db")
        return with_texts(hosts, path), skipped
    for name in (".netmiko.yml", "netmiko.yml"):
        if (path / name).is_file():
            return read_netmiko(path / name), ()
    return read_oxidized(path) if is_oxidized(path) else read_ansible(path)


def _nornir(file: Path) -> tuple[Host, ...]:
    groups, defaults = (file.with_name(f"{name}{file.suffix}") for name in ("groups", "defaults"))
    return read_nornir(file, groups, defaults)


def _file(path: Path) -> tuple[tuple[Host, ...], tuple[Skipped, ...]]:
    if path.suffix == ".db":
        return read_router_list(path)
    if path.suffix in (".csv", ".tsv"):
        return read_csv(path), ()
    if path.suffix not in (".yml", ".yaml"):
        return read_ansible(path)
    data = mapping_of(read_yaml(path), str(path))
    form = _form(data)
    if form == "netbox":
        return read_netbox(path), ()
    if form == "netmiko":
        return read_netmiko(path), ()
    if form == "nornir":
        return _nornir(path), ()
    if form == "nornir configuration":
        return _configured(data, path), ()
    return read_ansible(path)


def _form(data: Mapping[str, object]) -> str:
    """Whose form the data of a YAML file has."""
    if text_of(data.get("plugin")) in PLUGINS:
        return "netbox"
    if isinstance(data.get("inventory"), Mapping):
        return "nornir configuration"
    entries = [value for value in data.values() if isinstance(value, Mapping)]
    if any("device_type" in entry for entry in entries):
        return "netmiko"
    if any(_ANSIBLE_KEYS & set(entry) for entry in entries) or "all" in data:
        return "ansible"
    if any(_NORNIR_KEYS & set(entry) for entry in entries) or (data and not any(data.values())):
        return "nornir"
    return "ansible"


def _configured(data: Mapping[str, object], path: Path) -> tuple[Host, ...]:
    """The inventory that a nornir configuration names; other plugins than SimpleInventory are not
    run: they would be code that we do not know."""
    said = mapping_of(data.get("inventory"), f"{path}: inventory")
    plugin = text_of(said.get("plugin")) or "SimpleInventory"
    if plugin.rpartition(".")[2] != "SimpleInventory":
        raise BadInventory(
            f"{path}: the inventory plugin {plugin} is not run; only SimpleInventory is"
        )
    options = mapping_of(said.get("options"), f"{path}: inventory.options")
    files = [
        # nornir takes them from the folder it is started in; beside the file is where people have them
        found if (found := Path(text_of(options.get(key)) or default).expanduser()).exists()
        else path.parent / found
        for key, default in (("host_file", "hosts.yaml"), ("group_file", "groups.yaml"),
                             ("defaults_file", "defaults.yaml"))
    ]  # fmt: skip
    return read_nornir(files[0], files[1], files[2])
