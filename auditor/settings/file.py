"""The settings file: `auditor.toml`, or `[tool.auditor]` of `pyproject.toml`; read only where there is one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from auditor.settings import values
from auditor.settings.paths import placed
from auditor.settings.setting import Setting, SettingsError, Value
from auditor.settings.table import SECTIONS, SETTINGS

OWN, PROJECT = "auditor.toml", "pyproject.toml"
LARGEST = 1_000_000
SECRETS = re.compile(r"passw|secret|token|enable|credential|private.?key", re.IGNORECASE)


class Found(NamedTuple):
    """A value in a file, and the place where it stands."""

    value: Value
    place: str


class SettingsFile(NamedTuple):
    """A file with its values; `named`: the user has named it, so that guarded settings may stand in it."""

    path: Path
    named: bool
    values: dict[Setting, Found]


def nearest_file(folder: Path) -> Path | None:
    """The first file with settings in `folder` or above it. In one folder `auditor.toml` comes first."""
    for place in (folder, *folder.parents):
        if (own := place / OWN).is_file():
            return own
        project = place / PROJECT
        if project.is_file() and _speaks_of_us(project):
            return project
    return None


def _speaks_of_us(project: Path) -> bool:
    """Whether a project's file has a table for us; one that is broken has, if it looks so."""
    try:
        text = _text(project)
    except SettingsError:
        return False  # it may be anybody's, and nobody named it
    if "auditor" not in text:
        return False
    import tomllib

    try:
        tool = tomllib.loads(text).get("tool")
    except tomllib.TOMLDecodeError:
        return re.search(r"^\s*\[\s*tool\s*\.\s*auditor\b", text, re.MULTILINE) is not None
    return isinstance(tool, dict) and "auditor" in tool


def read(path: Path, named: bool) -> SettingsFile:
    """The settings of a file. Raises SettingsError with file, line, what is wrong and what to do."""
    import tomllib

    text = _text(path)
    shown = _shown(path)
    try:
        document: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_broken(shown, text, str(error))) from None
    except RecursionError:
        raise SettingsError(f"{shown}: is nested too deep") from None
    top: tuple[str, ...] = ("tool", "auditor") if path.name == PROJECT else ()
    for key in top:
        document = document.get(key) if isinstance(document, dict) else None
    reader = _Reader(path, shown, text, top, named)
    if document is None and named:
        raise SettingsError(f"{shown}: has no table [tool.auditor]; add it, or use another file")
    return SettingsFile(path, named, dict(reader.rows(document, "")))


class _Reader:
    """Turns the tables of one file into values of settings."""

    def __init__(
        self, path: Path, shown: str, text: str, top: tuple[str, ...], named: bool
    ) -> None:
        self._path, self._shown, self._text, self._top = path, shown, text, top
        self._named = named
        self._lines: dict[tuple[str | int, ...], int] | None = None

    def rows(self, table: object, section: str) -> Iterator[tuple[Setting, Found]]:
        """The settings in a table; the top has those of all sections."""
        if not isinstance(table, dict):
            raise SettingsError(
                f"{self._place(section, '')}: {section or 'tool.auditor'} is no table"
            )
        for key, given in table.items():
            place = self._place(section, key)
            if not section and key in SECTIONS:
                yield from self.rows(given, key)
                continue
            row = next((r for r in SETTINGS if (r.section, r.key) == (section, key)), None)
            if row is None:
                raise SettingsError(f"{place}: {_unknown(section, key)}")
            yield row, Found(self._value(row, given, place), place)

    def _value(self, row: Setting, given: object, place: str) -> Value:
        if row.guarded and not self._named:
            raise SettingsError(
                f"{place}: {row.name} may not be set by a file that was merely found, because whoever can write "
                f"there could run programs or redirect logins; give {row.flag}, {row.variable}, or name the "
                f"file: --config {self._shown}"
            )
        try:
            return placed(row, values.from_file(row, given), self._path.parent, self._named)
        except values.BadValue as error:
            raise SettingsError(f"{place}: {row.name} {error}") from None

    def _place(self, section: str, key: str) -> str:
        from auditor.settings.toml_lines import key_lines

        if self._lines is None:
            self._lines = key_lines(self._text)
        path = tuple(part for part in (*self._top, section, key) if part)
        line = self._lines.get(path)
        return f"{self._shown}:{line}" if line else self._shown


def _unknown(section: str, key: str) -> str:
    if SECRETS.search(key):
        return f"{key!r} is no setting: a settings file holds no secrets; password-from says where passwords come from"
    here = tuple(row.key for row in SETTINGS if row.section == section)
    known = here if section else (*here, *SECTIONS)
    near = values.nearest(key, known)
    if not near:  # it may be right, in another table
        homes = [row.section for row in SETTINGS if row.key == key and row.section != section]
        near = f"; it belongs into [{homes[0]}]" if any(homes) else ""
    if (section, key) == ("", "tool"):
        near = f"; in {OWN} settings stand at the top, without [tool.auditor]"
    where = f" in [{section}]" if section else ""
    all_of_them = f"; there are {', '.join(known)}"
    said = key if key.isprintable() and len(key) <= 60 else ascii(key)[:60]
    return f"no setting {said!r}{where}{near or all_of_them}"


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise SettingsError(f"{_shown(path)}: cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise SettingsError(
            f"{_shown(path)}: is larger than {LARGEST} bytes, so it is no settings file"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{_shown(path)}:{line}: is not UTF-8; save it as UTF-8") from None


def _broken(shown: str, text: str, said: str) -> str:
    """`tomllib` writes its place behind the message; it means the next line where a value is missing."""
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
    if found is None:
        return f"{shown}: not TOML: {said}"
    if found[1] is None:
        line = max(1, len(text.rstrip("\n").split("\n")))
        return f"{shown}:{line}: not TOML: {said[: found.start()]} at the end of the file"
    return f"{shown}:{found[1]}:{found[2]}: not TOML: {said[: found.start()]}; texts stand in double quotes"


def _shown(path: Path) -> str:
    """The file as the user would write it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive
        return str(path)
    return str(path) if relative.startswith("..") else relative
