"""`show version` of IOS, IOS-XE, IOS-XR, NX-OS and EOS: what runs on which machine.

Sources: the texts that devices print; Cisco and Arista command references, show version.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from parsers.platform import Text


class VersionFacts(NamedTuple):
    """What a machine runs; None is what the text does not say.

    `system` is IOS, IOS-XE, IOS-XR, NX-OS or EOS. `line` is where the release stands, 0 if nowhere.
    """

    system: str | None
    version: str | None
    model: str | None
    hostname: str | None
    line: int


_SYSTEMS = (
    ("IOS-XR", re.compile(r"Cisco IOS XR Software, Version (?P<version>[^\s\[]+)")),
    ("IOS-XE", re.compile(r"Cisco IOS XE Software, Version (?P<version>\S+)")),
    ("IOS-XE", re.compile(r"Cisco IOS Software, IOS-XE Software, .*Version (?P<version>[^,\s]+)")),
    ("IOS", re.compile(r"Cisco IOS Software.*, Version (?P<version>[^,\s]+)")),
    ("IOS", re.compile(r"IOS \(tm\) .*, Version (?P<version>[^,\s]+)")),
    ("NX-OS", re.compile(r"Cisco Nexus Operating System")),
    ("NX-OS", re.compile(r"\s+(?:NXOS|system): +version (?P<version>\S+)")),
    ("EOS", re.compile(r"Software image version:\s+(?P<version>\S+)")),
)
_HOSTNAMES = (
    re.compile(r"(?!System |Kernel )(\S+) uptime is "),
    re.compile(r"\s+Device name: +(\S+)"),
)
_MODELS = (
    re.compile(r"[Cc]isco (?!IOS )(\S.*?) \(.*\) processor"),
    re.compile(r"[Cc]isco (?!IOS )(\S+) .*with \S+ bytes of memory"),
    re.compile(r"  cisco (.+?)(?: Chassis)?(?: ?\([^)]*\))?\s*$"),
    re.compile(r"(?:Arista )?((?:DCS|CCS|AWE|CEOS|cEOS|vEOS|7\d)\S*)\s*$"),
)
_SINCE_16 = re.compile(r"(?:1[6-9]|[2-9]\d)\.")


def version_facts(text: Text) -> VersionFacts:
    """What a `show version` text says, whichever of the systems printed it."""
    if text.lines and text.lines[0].lstrip().startswith("{"):
        return _from_json(text)
    system = version = model = hostname = None
    line = 0
    for number, row in enumerate(text.lines, 1):
        found = _system(row)
        if found is not None:
            system, version, line = _better((system, version, line), (*found, number))
        hostname = hostname or _first(_HOSTNAMES, row)
        model = model or _first(_MODELS, row)
    return VersionFacts(system, version, model, hostname, line)


def _system(row: str) -> tuple[str, str | None] | None:
    for system, pattern in _SYSTEMS:
        match = pattern.match(row)
        if match is not None:
            return system, match.groupdict().get("version")
    return None


def _better(
    old: tuple[str | None, str | None, int], new: tuple[str, str | None, int]
) -> tuple[str | None, str | None, int]:
    """Of two statements the one to keep.

    IOS-XE names two releases, and from 16 on counts them as one, which the line of the IOS daemon
    prints in the usual form (16.9.3 for 16.09.03).
    """
    if old[0] is None or old[1] is None:
        return new
    if old[0] == "IOS-XE" and new[0] == "IOS" and new[1] and _SINCE_16.match(new[1]):
        return old[0], new[1], new[2]
    return old


def _first(patterns: tuple[re.Pattern[str], ...], row: str) -> str | None:
    for pattern in patterns:
        match = pattern.match(row)
        if match is not None:
            return match[1]
    return None


def _from_json(text: Text) -> VersionFacts:
    try:
        document = json.loads("\n".join(text.lines))
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict) or "version" not in document:
        return VersionFacts(None, None, None, None, 0)
    line = next((n for n, row in enumerate(text.lines, 1) if '"version"' in row), 1)
    model = document.get("modelName")
    return VersionFacts(
        "EOS", str(document["version"]).partition(" ")[0], str(model) if model else None, None, line
    )
