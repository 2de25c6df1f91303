"""Files that a settings file names: seen from that file, and kept where they may be."""

from __future__ import annotations

import os
from pathlib import Path

from auditor.settings.setting import Place, Setting, Value
from auditor.settings.values import BadValue


def placed(row: Setting, value: Value, folder: Path, anywhere: bool) -> Value:
    """The value with its files as seen from the current folder; `folder` is that of the settings file.

    Unless `anywhere`, files have to lie in `folder` and not in its `.git`, links followed.
    Raises BadValue for one that does not.
    """
    if row.place is Place.NOT:
        return value
    if isinstance(value, tuple):
        return tuple(_placed(row, text, folder, anywhere) for text in value)
    return _placed(row, value, folder, anywhere) if isinstance(value, str) else value


def _placed(row: Setting, text: str, folder: Path, anywhere: bool) -> str:
    before, name = _parted(row.place, text)
    if not name:
        return text
    path = folder / Path(name).expanduser()
    if not anywhere and not _inside(path.resolve(), folder.resolve()):
        raise BadValue(
            f"names {text!r}, which lies outside the folder of this file, or in its .git; "
            f"name the settings file with --config if that is meant, or give {row.flag}"
        )
    return before + seen_from_here(path)


def _inside(path: Path, folder: Path) -> bool:
    """Whether a file may be named by a settings file in `folder` that was merely found: what is in `.git` can
    be run by git."""
    if not path.is_relative_to(folder):
        return False
    return all(part.lower() != ".git" for part in path.relative_to(folder).parts)


def _parted(place: Place, text: str) -> tuple[str, str]:
    """What stands before a file's name, and the name; no name where the value names no file."""
    if place is Place.PROFILE:
        is_file = "/" in text or os.sep in text or text.lower().endswith((".yaml", ".yml"))
        return "", text if is_file else ""
    if place is Place.NETRC:
        kind, colon, name = text.partition(":")
        return (kind + colon, name) if kind == "netrc" else (text, "")
    if (place, text) in ((Place.FILE_OR_NONE, "none"), (Place.FILE_OR_STDOUT, "-")):
        return "", ""
    return "", text


def seen_from_here(path: Path) -> str:
    """Relative below the current folder, else absolute."""
    whole = Path(os.path.normpath(path.absolute()))
    try:
        return str(whole.relative_to(Path.cwd()))
    except ValueError:
        return str(whole)
