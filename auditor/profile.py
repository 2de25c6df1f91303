"""Loads service profiles: the one that ships with the project, or a user's file."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import yaml

from auditor.errors import ProfileError
from rules.errors import ServiceError
from rules.service import Service, service_from


def built_in() -> tuple[str, ...]:
    """The names of the profiles that ship with the project."""
    folder = resources.files("rules.services")
    return tuple(sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".yaml")))


def load(name_or_file: str) -> Service:
    """The service called so, or the one in that file.

    Raises ProfileError naming the file, what is wrong, and what to do.
    """
    if name_or_file in built_in():
        folder = resources.files("rules.services")
        text = folder.joinpath(f"{name_or_file}.yaml").read_text(encoding="utf-8")
        return _parse(text, name_or_file, lambda file: folder.joinpath(file).read_text("utf-8"))
    path = Path(name_or_file)
    if not path.is_file():
        names = ", ".join(built_in())
        raise ProfileError(
            f"no service is called {name_or_file!r}, and no such file exists; use {names}, or a YAML "
            "file with name, prefixes and ports"
        )
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}: cannot be read: {error}") from None

    def read_feed(file: str) -> str:
        inside = (path.parent / file).resolve()
        if not inside.is_relative_to(path.parent.resolve()):
            raise ProfileError(f"{path}: the feed {file!r} lies outside the profile's folder")
        try:
            return inside.read_text(encoding="utf-8")
        except OSError as error:
            raise ProfileError(f"{path}: the feed {file!r} cannot be read: {error}") from None

    return _parse(text, str(path), read_feed)


def _parse(text: str, place: str, read_feed: Callable[[str], str]) -> Service:
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise ProfileError(f"{place}{line}: not YAML: {getattr(error, 'problem', error)}") from None
    try:
        return service_from(data, place, read_feed)
    except ServiceError as error:
        raise ProfileError(str(error)) from None
