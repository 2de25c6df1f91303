"""What the names of files and folders say: device, command, or nothing a device printed."""

from __future__ import annotations

import re

CONFIGURATION = "running-config"
"""The command under which a device's configuration is filed, whatever its system."""

_CONFIGURATION_STEMS = (
    "running-config",
    "config",
    "show_running-config",
    "show_configuration",
    "show_configuration_|_display_set",
    "show_configuration_|_display_inheritance",
    "display_current-configuration",
    "admin_display-config",
    "show_full-configuration",
    "show_running-config_all",
    "show_running-config_with-default",
    "show_running-config_with-defaults",
    "export",
)
"""Best first: where a device has several, the first is its configuration."""

_COMMAND = re.compile(
    r"(?:admin_)?(?:show|display)_.+|vtysh_.+|sysctl_.+|nft_.+|info_(?:json|flat|from|state|detail).*"
    r"|get_(?:system|router|hardware|firewall|vpn)_.+|diagnose_.+|tmsh_.+"
    r"|ip_(?:-\w+_)*(?:route|address|addr|rule|link|neigh|neighbor|nexthop|vrf|netns|tunnel|xfrm)(?:_.+)?"
    r"|ip6?tables-save(?:_.*)?|running-config|config"
)
"""File names, without suffix, that only a command's output has; a device is seldom called so."""
_TEXT_SUFFIXES = (
    ".txt",
    ".cfg",
    ".conf",
    ".config",
    ".log",
    ".json",
    ".raw",
    ".out",
    ".set",
    ".xml",
)
_DEVICE_SUFFIXES = (
    ".txt", ".cfg", ".conf", ".config", ".cnf", ".confg", ".log", ".raw", ".set", ".xml", ".rules",
    ".iptables", ".ip6tables", ".nft", ".ios", ".junos", ".eos", ".run", ".boot", ".rsc",
)  # fmt: skip

_NOT_DEVICES = {
    "not a configuration": (
        ".md", ".rst", ".adoc", ".html", ".htm", ".css", ".js", ".csv", ".tsv", ".yml", ".yaml",
        ".toml", ".ini", ".json", ".py", ".pyc", ".pl", ".rb", ".sh", ".go", ".java", ".j2",
        ".jinja",
        ".jinja2", ".textfsm", ".ttp", ".bazel", ".bzl", ".diff", ".patch", ".lock", ".db",
        ".sqlite",
        ".xlsx", ".xls", ".docx", ".doc", ".vsd", ".vsdx", ".drawio", ".ipynb",
    ),
    "a backup or temporary copy": (
        "~", ".bak", ".orig", ".old", ".swp", ".swo", ".tmp", ".new", ".rej",
    ),
    "an archive; unpack it first": (
        ".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".tar", ".rar",
    ),
    "a picture or document": (".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".ico"),
    "a packet capture": (".pcap", ".pcapng", ".cap"),
    "a program or system image": (
        ".bin", ".img", ".iso", ".swi", ".swix", ".exe", ".dll", ".so", ".o", ".class", ".jar",
        ".rpm",
        ".deb", ".pkg",
    ),
    "a key or certificate": (".pem", ".key", ".crt", ".cer", ".pub", ".p12", ".pfx", ".csr"),
}  # fmt: skip
_NOT_DEVICE_NAMES = re.compile(
    r"(?i)(?:readme|licen[cs]e|changelog|changes|authors|contributing|makefile|build|workspace|module|dockerfile|vagrantfile|notice"
    r"|router\.db|routers\.(?:all|up|down)|codeowners|requirements|jenkinsfile|justfile|thumbs|desktop)"
    r"(?:\.(?:md|rst|txt|bazel|bzl|ini|db|cfg))?"
)
_NOT_DEVICE_FOLDERS = frozenset(
    {"CVS", "__pycache__", "node_modules", "venv", "RCS", "lost+found", "logs"}
)


def reason_to_skip(name: str) -> str | None:
    """Why a file called `name` holds no device text, None if it may hold one, by its name only."""
    if name.startswith("."):
        return "hidden"
    if _NOT_DEVICE_NAMES.fullmatch(name):
        return "belongs to the repository, not to a device"
    lower = name.lower()
    for reason, suffixes in _NOT_DEVICES.items():
        if lower.endswith(suffixes):
            return reason
    return None


def reason_to_skip_folder(name: str) -> str | None:
    """Why nothing below a folder called `name` is read, None if it is."""
    if name.startswith("."):
        return "hidden"
    if name in _NOT_DEVICE_FOLDERS or name.endswith(".git"):
        return "belongs to the repository, not to a device"
    return None


def device_of(name: str) -> str:
    """The device that a configuration file called `name` belongs to: `r1` for `r1.cfg`.

    Domain names stay whole: `core1.example.net` has no file suffix.
    """
    lower = name.lower()
    for suffix in _DEVICE_SUFFIXES:
        if lower.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def stem_of(name: str) -> str:
    """`name` without the suffix that snapshots give their texts."""
    lower = name.lower()
    for suffix in _TEXT_SUFFIXES:
        if lower.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def is_command_file(name: str, host: str) -> bool:
    """Whether `name`, in a folder called `host`, is how snapshots name their texts."""
    stem = stem_of(name)
    return bool(_COMMAND.fullmatch(stem)) or is_host_configuration(name, host)


def is_host_configuration(name: str, host: str) -> bool:
    """Whether `name` is `<host>.cfg`, or alike, in the folder `host`."""
    return name.lower() in (f"{host}.cfg".lower(), f"{host}.conf".lower())


def rank_as_configuration(name: str, host: str) -> int | None:
    """How well a file serves as the configuration of `host`, 0 best; None if it is none."""
    if is_host_configuration(name, host):
        return len(_CONFIGURATION_STEMS)
    stem = stem_of(name).lower()
    return _CONFIGURATION_STEMS.index(stem) if stem in _CONFIGURATION_STEMS else None


def command_of(name: str) -> str:
    """The command whose output a file called `name` holds: `show ip route` for `show_ip_route.txt`.

    A `/` of the command became `-` in the name and stays so: the two cannot be told apart.
    """
    return stem_of(name).replace("_", " ")
