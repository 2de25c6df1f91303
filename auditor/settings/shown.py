"""`--show-settings`: what counts, and where it came from, as TOML that could be a settings file."""

from __future__ import annotations

import json
import re
from pathlib import Path

from auditor.settings.file import Found
from auditor.settings.options import default_of
from auditor.settings.resolve import CONFIG, Resolved
from auditor.settings.setting import Setting, Value
from auditor.settings.table import SECTIONS

HIDDEN = "…"


def shown(resolved: Resolved) -> str:
    """The text. Secrets are no settings, so none is here; what could hold one is cut."""
    lines = [
        f"# `auditor {resolved.command}`, strongest first: flag, environment, settings file, default",
        f"# settings file: {_file(resolved.file)}",
    ]
    for section in ("", *SECTIONS):
        rows = [row for row in resolved.values if row.section == section]
        if rows and section:
            lines += ["", f"[{section}]"]
        pairs = [_line(row, resolved.values[row]) for row in rows]
        width = max((len(said) for said, _ in pairs), default=0)
        lines += [f"{said:<{width}}  # {origin}" for said, origin in pairs]
    return "\n".join(lines) + "\n"


def _file(path: Path | None) -> str:
    if path is None:
        return f"none (auditor.toml or pyproject.toml from here upwards, --config, {CONFIG})"
    return ascii(str(path))[1:-1] if not str(path).isprintable() else str(path)


def _line(row: Setting, found: Found) -> tuple[str, str]:
    if found.value is None:
        return f"# {row.key} is not set", f"{found.place}: {default_of(row)}"
    return f"{row.key} = {toml(without_secrets(row, found.value))}", found.place


def toml(value: Value) -> str:
    """A value as TOML writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(toml(part) for part in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(
            value, ensure_ascii=False
        )  # its escapes are TOML's, surrogates cannot be printed
    return repr(value)


def without_secrets(row: Setting, value: Value) -> Value:
    """The value without what may be secret: words behind a program's name, passwords in addresses."""
    if isinstance(value, tuple):
        return tuple(str(without_secrets(row, part)) for part in value)
    if not isinstance(value, str):
        return value
    if row.key == "password-from" and value.startswith("command:"):
        program, space, _ = value.partition(" ")
        return f"{program} {HIDDEN}" if space else value
    return re.sub(r"(?<=://)[^/@\s]*@", f"{HIDDEN}@", value)
