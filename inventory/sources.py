"""Finds the devices, and the texts of each, in what the user names: a file or a folder.

Shapes, tried in this order for each folder:

    snapshot.json, DIR/<host>/<command>.txt          a snapshot of ours; the list may be missing
    configs/, show/<host>/, iptables/, hosts/        a Batfish snapshot
    configs/, router.db                              a group of a RANCID repository
    anything else                                    one device per file (Oxidized, with groups)

Nothing is opened but `snapshot.json`, `router.db` and `hosts/*.json`; every file that is not used
is listed with the reason. Links are not followed. Order is by name, the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from inventory import names
from inventory.devices import Skipped, SourceDevice, SourceFile, Sources
from inventory.errors import NoDevices, SourceNotFound
from inventory.router_db import Row, rows_of
from inventory.scan import Scan

__all__ = ["Skipped", "SourceDevice", "SourceFile", "Sources", "find_sources"]


def find_sources(path: Path) -> Sources:
    """The devices that the file or folder `path` holds.

    Raises SourceNotFound for a path that is not there or not readable, and NoDevices for a folder
    without any device, with what was looked for.
    """
    try:
        root = path.resolve(strict=True)
    except OSError as error:
        raise SourceNotFound(f"{path}: {error.strerror or error}") from error
    if not root.is_dir():
        return Sources(root, (_single(root, path.name or root.name),), ())
    if (root / "objects").is_dir() and (root / "HEAD").is_file():
        raise NoDevices(f"{path} is a bare git repository: `git clone` it and give the clone")
    finder = _Finder(root)
    finder.folder(root)
    devices = _named_apart(finder.devices)
    if not devices:
        raise NoDevices(_nothing_found(path, finder.skipped))
    skipped = tuple(sorted(finder.skipped, key=lambda entry: entry.label))
    return Sources(root, devices, skipped)


def _single(path: Path, label: str) -> SourceDevice:
    """The device of a file that the user named; `running-config.txt` goes by its folder."""
    host = names.device_of(path.name)
    if names.rank_as_configuration(path.name, path.parent.name) is not None and path.parent.name:
        host = path.parent.name
    return SourceDevice(host, None, (SourceFile(path, label, names.CONFIGURATION),))


def _nothing_found(path: Path, skipped: list[Skipped]) -> str:
    text = (
        f"{path} holds no device: looked for configuration files, for DIR/<host>/<command>.txt (a "
        "snapshot), and for a folder `configs` (RANCID, Batfish)"
    )
    if skipped:
        reasons = Counter(entry.reason for entry in skipped)
        listed = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        text += f"; not used: {listed}"
    return text


@dataclass(frozen=True, slots=True)
class _Found:
    """A device with the folder it was found in, which tells devices of one name apart."""

    place: str
    device: SourceDevice


def _named_apart(found: list[_Found]) -> tuple[SourceDevice, ...]:
    counts = Counter(entry.device.name for entry in found)
    devices = [
        replace(entry.device, name=f"{entry.place}/{entry.device.name}")
        if counts[entry.device.name] > 1 and entry.place
        else entry.device
        for entry in found
    ]
    # what still shares a name (r1.cfg beside r1.txt) goes by its file
    counts = Counter(device.name for device in devices)
    devices = [
        replace(device, name=device.files[0].label)
        if counts[device.name] > 1 and device.files
        else device
        for device in devices
    ]
    return tuple(sorted(devices, key=lambda device: device.name))


class _Finder(Scan):
    """One walk through a folder; collects devices and what was not used."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.devices: list[_Found] = []

    def folder(self, folder: Path) -> None:
        """Adds all devices in `folder` and below it."""
        files, folders = self.entries(folder)
        by_name = {path.name: path for path in files}
        if "snapshot.json" in by_name:
            self.snapshot(folder, by_name.pop("snapshot.json"), list(by_name.values()), folders)
        elif any(path.name == "configs" for path in folders):
            self.configs_beside(folder, files, folders)
        elif folder != self.root and self.is_host_folder(folder, files):
            self.host(folder, folder.name, files)
            for below in folders:
                self.folder(below)
        elif folder == self.root and self.is_host_folder(folder, files) and not folders:
            self.host(folder, folder.name, files)
        else:
            self.one_each(files, {})
            for below in folders:
                self.folder(below)

    def is_host_folder(self, folder: Path, files: list[Path]) -> bool:
        """Whether the files are texts of one device: named as commands, most of them."""
        named = [
            path
            for path in files
            if names.reason_to_skip(path.name) in (None, "not a configuration")
        ]
        commands = sum(names.is_command_file(path.name, folder.name) for path in named)
        return commands * 2 > len(named)

    def place(self, folder: Path) -> str:
        """The folder that tells devices of one name apart, without the `configs` of the shape."""
        parts = [
            part
            for part in folder.relative_to(self.root).parts
            if part not in ("configs", "show", "iptables")
        ]
        return "/".join(parts)

    def add(self, folder: Path, device: SourceDevice) -> None:
        """Adds a device found in `folder`."""
        self.devices.append(_Found(self.place(folder), device))

    def one_each(self, files: list[Path], rows: dict[str, Row]) -> None:
        """Adds one device per file, except those whose names say that they hold none."""
        for path in files:
            reason = None if path.name in rows else names.reason_to_skip(path.name)
            if reason is not None:
                self.skip(path, reason)
                continue
            name = path.name if path.name in rows else names.device_of(path.name)
            row = rows.get(name)
            note = "" if row is None or row.up else "router.db says down: this may be old"
            file = SourceFile(path, self.label(path), names.CONFIGURATION)
            self.add(path.parent, SourceDevice(name, row.platform if row else None, (file,), note))

    def host(
        self, folder: Path, name: str, files: list[Path], hint: str | None = None, note: str = ""
    ) -> None:
        """Adds the device whose texts are the files of `folder`."""
        texts = self.texts(files, folder.name)
        if texts or note:
            place = folder if folder == self.root else folder.parent
            self.add(place, SourceDevice(name, hint, texts, note))

    def texts(self, files: list[Path], host: str) -> tuple[SourceFile, ...]:
        """The texts of one device: the best configuration first, then the commands."""
        configuration: list[tuple[int, str, Path]] = []
        commands: list[SourceFile] = []
        for path in files:
            reason = names.reason_to_skip(path.name)
            if reason is not None and not (
                reason == "not a configuration" and names.is_command_file(path.name, host)
            ):
                self.skip(path, reason)
                continue
            rank = names.rank_as_configuration(path.name, host)
            if rank is None:
                commands.append(SourceFile(path, self.label(path), names.command_of(path.name)))
            else:
                configuration.append((rank, path.name, path))
        configuration.sort()
        for _, _, path in configuration[1:]:
            self.skip(path, f"the configuration is read from {configuration[0][1]}")
        best = tuple(
            SourceFile(path, self.label(path), names.CONFIGURATION)
            for _, _, path in configuration[:1]
        )
        if (
            not best
            and len(commands) == 1
            and not names.is_command_file(commands[0].path.name, host)
        ):
            return (replace(commands[0], command=names.CONFIGURATION),)
        return best + tuple(commands)

    def snapshot(self, folder: Path, index: Path, files: list[Path], folders: list[Path]) -> None:
        """Adds the hosts of a snapshot, those that could not be collected as well."""
        hosts = self.hosts_of(index)
        self.one_each(files, {})
        for below in folders:
            inner, deeper = self.entries(below)
            hint, note = hosts.pop(below.name, (None, ""))
            if not inner and not note:
                note = "nothing was collected"
            self.host(below, below.name, inner, hint, note)
            for path in deeper:
                self.skip(path, "a folder inside a host's folder")
        for name in sorted(hosts):
            hint, note = hosts[name]
            self.add(folder, SourceDevice(name, hint, (), note or "nothing was collected"))

    def hosts_of(self, index: Path) -> dict[str, tuple[str | None, str]]:
        """Platform and note of each host in `snapshot.json`; a broken list is only recorded."""
        data = self.json_of(index)
        hosts = data.get("hosts") if isinstance(data, dict) else None
        if not isinstance(hosts, dict):
            if data is not None:
                self.skip(index, "has no table `hosts`: platforms are detected")
            return {}
        found: dict[str, tuple[str | None, str]] = {}
        for name, host in hosts.items():
            entry = host if isinstance(host, dict) else {}
            platform, error = entry.get("platform"), entry.get("error")
            found[str(name)] = (
                platform if isinstance(platform, str) and platform else None,
                f"collection failed: {error}" if isinstance(error, str) and error else "",
            )
        return found

    def configs_beside(self, folder: Path, files: list[Path], folders: list[Path]) -> None:
        """Adds the devices of a RANCID group or a Batfish snapshot, which both have `configs/`."""
        rows: dict[str, Row] = {}
        for path in files:
            if path.name == "router.db":
                rows = rows_of(path.read_text("utf-8", "replace"))
            else:
                self.skip(path, "beside `configs`, where the configurations are")
        shows: dict[str, Path] = {}
        batfish: dict[str, Path] = {}
        first = len(self.devices)
        for below in folders:
            if below.name == "show":
                shows = self.show_folders(below)
            elif below.name in ("iptables", "hosts"):
                batfish[below.name] = below
            elif below.name != "configs" and not rows:
                self.skip(below, "beside `configs`, where the configurations are")
            elif below.name != "configs":
                self.folder(below)
        self.configurations(folder / "configs", rows)
        self.linux_hosts(folder, batfish)
        self.attach(first, folder, shows)
        known = {entry.device.name for entry in self.devices[first:]}
        for name, row in sorted(rows.items()):
            if name not in known and row.up:
                self.add(
                    folder,
                    SourceDevice(name, row.platform, (), "in router.db, but never collected"),
                )

    def configurations(self, folder: Path, rows: dict[str, Row]) -> None:
        """Adds the devices in a folder `configs`: files, or a folder per host."""
        files, folders = self.entries(folder)
        self.one_each(files, rows)
        for below in folders:
            inner, deeper = self.entries(below)
            if not deeper and (len(inner) == 1 or self.is_host_folder(below, inner)):
                self.host(below, below.name, inner)
            else:
                self.one_each(inner, rows)
                for path in deeper:
                    self.folder(path)

    def show_folders(self, folder: Path) -> dict[str, Path]:
        """The folders in `show/` by host."""
        files, folders = self.entries(folder)
        for path in files:
            self.skip(path, "beside the hosts' folders")
        return {path.name: path for path in folders}

    def attach(self, first: int, folder: Path, shows: dict[str, Path]) -> None:
        """Gives each device found since `first` the outputs in its folder of `show/`.

        Batfish writes host names in lower case, so a folder may differ in case from the file.
        """
        by_lower = {name.lower(): name for name in shows}
        for position in range(first, len(self.devices)):
            entry = self.devices[position]
            name = by_lower.pop(entry.device.name.lower(), None)
            if name is None:
                continue
            texts = self.show_texts(shows.pop(name), self.is_configured(entry.device))
            files = sorted(
                entry.device.files + texts, key=lambda text: text.command != names.CONFIGURATION
            )
            device = replace(entry.device, files=tuple(files))
            self.devices[position] = replace(entry, device=device)
        for name, path in sorted(shows.items()):
            texts = self.show_texts(path, False)
            if texts:
                has = texts[0].command == names.CONFIGURATION
                note = "" if has else "only outputs of show commands, no configuration"
                self.add(folder, SourceDevice(name, None, texts, note))

    def is_configured(self, device: SourceDevice) -> bool:
        """Whether the first text of `device` is its configuration."""
        return bool(device.files) and device.files[0].command == names.CONFIGURATION

    def show_texts(self, folder: Path, configured: bool) -> tuple[SourceFile, ...]:
        """The outputs in a host's folder; its configuration only if there is no better one."""
        files, deeper = self.entries(folder)
        for path in deeper:
            self.skip(path, "a folder inside a host's folder")
        texts = self.texts(files, folder.name)
        if configured and texts and texts[0].command == names.CONFIGURATION:
            self.skip(texts[0].path, "the configuration is read from `configs`")
            return texts[1:]
        return texts

    def linux_hosts(self, folder: Path, parts: dict[str, Path]) -> None:
        """Adds Batfish's Linux hosts: a description in `hosts/` may name a file in `iptables/`."""
        rules: dict[Path, Path] = {}
        if "iptables" in parts:
            files, deeper = self.entries(parts["iptables"])
            rules = {path.resolve(): path for path in files}
            for path in deeper:
                self.skip(path, "a folder inside `iptables`")
        if "hosts" in parts:
            files, deeper = self.entries(parts["hosts"])
            for path in deeper:
                self.skip(path, "a folder inside `hosts`")
            for path in files:
                self.linux_host(folder, path, rules)
        for path in rules.values():
            reason = names.reason_to_skip(path.name)
            if reason is not None:
                self.skip(path, reason)
                continue
            self.add(folder, self.linux_device(names.device_of(path.name), path))

    def linux_host(self, folder: Path, path: Path, rules: dict[Path, Path]) -> None:
        """Adds the host that `path` describes; takes its file out of `rules`."""
        data = self.json_of(path) if path.name.lower().endswith(".json") else None
        if not isinstance(data, dict):
            self.skip(path, "no description of a host")
            return
        name, file = data.get("hostname"), data.get("iptablesFile")
        if not isinstance(file, str) or not file:
            self.skip(path, "names no iptables file")
            return
        host = (
            name
            if isinstance(name, str) and name
            else names.device_of(path.name.removesuffix(".json"))
        )
        found = rules.pop((folder / file).resolve(), None)
        if found is None:
            self.skip(path, f"names {file}, which is not in `iptables`")
            return
        self.add(folder, self.linux_device(host, found))

    def linux_device(self, name: str, path: Path) -> SourceDevice:
        """A host of which only the rules of its packet filter are known."""
        return SourceDevice(name, "linux", (SourceFile(path, self.label(path), "iptables-save"),))
