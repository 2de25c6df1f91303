"""Reads YAML and JSON of inventories; Ansible's tags do not stop it."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from inventory.errors import BadInventory, SourceNotFound


class Vaulted:
    """A value that ansible-vault has encrypted; it cannot be read here."""


class _Loader(yaml.SafeLoader):
    """YAML's safe types, and Ansible's two tags (docs.ansible.com, YAML syntax)."""


def _vaulted(_loader: yaml.SafeLoader, _node: yaml.Node) -> Vaulted:
    return Vaulted()


def _unsafe(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_Loader.add_constructor("!vault", _vaulted)
_Loader.add_constructor("!unsafe", _unsafe)


def read_text(path: Path) -> str:
    """The text of a file. Raises SourceNotFound, BadInventory for what is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceNotFound(f"{path}: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        raise BadInventory(f"{path}: not UTF-8 at byte {error.start}") from None


def read_yaml(path: Path) -> object:
    """The data in a YAML file, None for an empty one. Raises BadInventory with the line."""
    return parse_yaml(read_text(path), str(path))


def parse_yaml(text: str, label: str) -> object:
    """The data in a YAML text. Raises BadInventory with `label` and the line.

    The message leaves the text itself out: it may hold a password.
    """
    try:
        data: object = yaml.load(text, Loader=_Loader)  # noqa: S506 (a SafeLoader with two tags more)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{label}:{mark.line + 1}" if mark is not None else label
        raise BadInventory(f"{place}: not YAML: {error.problem or 'cannot be read'}") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadInventory(f"{label}: not YAML") from None
    return data


def parse_json(text: str, label: str) -> object:
    """The data in a JSON text. Raises BadInventory with `label` and the line."""
    try:
        data: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise BadInventory(f"{label}:{error.lineno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise BadInventory(f"{label}: nested too deep") from None
    return data
