"""Ansible's INI form: `[group]`, `[group:vars]`, `[group:children]` (docs.ansible.com, ini inventory plugin)."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path

from inventory.ansible_tree import Tree, Variables, names_in
from inventory.errors import BadInventory
from inventory.yaml_file import read_text

_SECTION = re.compile(r"\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?")
_PORT = re.compile(r"(.+?):(\d+)")


def add_ini(tree: Tree, path: Path) -> None:
    """Adds what an INI file says. Raises BadInventory with the line that is wrong."""
    group, kind = "ungrouped", "hosts"
    for number, raw in enumerate(read_text(path).splitlines(), 1):
        where = f"{path}:{number}"
        line = raw.strip()
        if not line or line[0] in "#;":
            continue
        if line.startswith("["):
            found = _SECTION.fullmatch(line)
            if found is None or (found[2] or "hosts") not in ("hosts", "vars", "children"):
                raise BadInventory(
                    f"{where}: {line} is no section; use [g], [g:vars], [g:children]"
                )
            group, kind = found[1], found[2] or "hosts"
            tree.group(group)
        elif kind == "vars":
            name, equals, value = line.partition("=")
            if not equals:
                raise BadInventory(f"{where}: expected name=value")
            tree.group(group).variables[name.strip()] = _value(value.strip())
        elif kind == "children":
            child = line.split("#")[0].strip()
            tree.group(child)
            tree.group(group).children.append(child)
        else:
            _host(tree, group, line, where)


def _host(tree: Tree, group: str, line: str, where: str) -> None:
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        raise BadInventory(f"{where}: a quotation mark is not closed") from None
    variables: Variables = {}
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if not equals:
            raise BadInventory(f"{where}: expected name=value after the host {words[0]}")
        variables[name] = _value(value)
    pattern = words[0]
    found = _PORT.fullmatch(pattern)
    if found is not None and _is_name(found[1]):
        pattern = found[1]
        variables.setdefault("ansible_port", found[2])
    for name in names_in(pattern, where):
        tree.add_host(name, group, variables)


def _is_name(text: str) -> bool:
    """Whether a port may follow: an IPv6 address has one only after brackets."""
    return ":" not in re.sub(r"\[[^\]]*\]", "", text)


def _value(text: str) -> object:
    """A value as Ansible reads it: a Python literal if it is one, else the text as it stands."""
    try:
        found: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return found
