"""How to take back commands that change values or delete statements: what stood there is in the texts."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence

from auditor.remedies import rollback_sets as sets
from auditor.remedies.config_db import ALGORITHM, HASH
from auditor.remedies.leaves import leaves
from auditor.remedies.replaced import below
from auditor.remedies.routeros import OLD_FORM, fields_of
from parsers.platform import CONFIGURATION, Text

_GAIA = re.compile(r"(?P<head>set bonding group \d+ (?P<field>mode|xmit-hash-policy)) \S+")
_BONDING = {"mode": "round-robin", "xmit-hash-policy": "layer2"}
"""What a bonding group has that says nothing (Gaia Administration Guide, "Bond Interfaces")."""
_ADDED = re.compile(r"ip(?: -6)? route add (?P<route>.*)")
_CLAMP = re.compile(r"set (network interface .* adjust-tcp-mss) ")
_FIELDS = {"mode": "balance-rr", "transmit-hash-policy": "layer-2"}
"""What a bond has that says nothing (RouterOS documentation, "Bonding")."""


def _lines(texts: Sequence[Text]) -> list[str]:
    return next((text.lines for text in texts if text.command == CONFIGURATION), [])


def gaia(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """Check Point: rules by name; what clish had for a route or a bonding group."""
    lines = _lines(texts)
    for command in reversed(commands):
        if command.startswith("set static-route ") and command.endswith(" off"):
            yield from (line for line in lines if line.startswith(command.removesuffix("off")))
        elif found := _GAIA.fullmatch(command):
            head = f"{found['head']} "
            old = [line for line in lines if line.startswith(head)]
            yield old[-1] if old else f"{head}{_BONDING[found['field']]}"
    yield from sets.gaia(commands)


def sonic(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """SONiC: rows, and the algorithm that spreads sessions."""
    if not any(shlex.split(command)[:5] == HASH for command in commands):
        yield from sets.sonic(commands)
        return
    try:
        tables = json.loads("\n".join(_lines(texts)))
        old = tables["SWITCH_HASH"]["GLOBAL"][ALGORITHM]
    except (json.JSONDecodeError, KeyError, TypeError):
        return
    yield from (" ".join([*HASH, str(old)]), "sudo config save -y")


def fortios(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """FortiOS: policies and objects; elsewhere the old values, or none where there was none."""
    if "config firewall policy" in commands:
        yield from sets.fortios(commands)
        return
    lines = _lines(texts)
    path: list[str] = []
    for command in commands:
        words = command.split()
        if words[0] in ("config", "edit"):
            path.append(command)
        elif words[0] in ("next", "end"):
            path = path[:-1]
        if words[0] == "set":
            yield _fortios_value(lines, path, words[1])
        else:
            yield command


def _fortios_value(lines: Sequence[str], path: list[str], field: str) -> str:
    stack: list[str] = []
    for line in lines:
        words = line.split()
        if words[:1] in (["config"], ["edit"]):
            stack.append(line.strip())
        elif words[:1] in (["next"], ["end"]):
            stack = stack[:-1]
        elif stack == path and words[:2] == ["set", field]:
            return line.strip()
    return f"unset {field}"


def routeros(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """RouterOS: rules by their fields; the old fields of what was set."""
    for command in reversed(commands):
        if found := OLD_FORM.fullmatch(command):
            old = fields_of(_lines(texts), found["menu"], found["name"])
            named = [word.partition("=")[0] for word in found["fields"].split()]
            if old is None or not all(name in old or name in _FIELDS for name in named):
                continue
            back = " ".join(f"{name}={old.get(name, _FIELDS.get(name))}" for name in named)
            yield f"{found['menu']} set {found['name']} {back}"
        else:
            yield from sets.routeros([command])


def _deleted(commands: Sequence[str], texts: Sequence[Text], start: str, made: str) -> list[str]:
    """What stood below the paths that commands delete, as commands that set it."""
    lines = _lines(texts)
    found = []
    for command in commands:
        if command.startswith(start):
            path = command.removeprefix(start).split()
            found += [f"{made}{leaf}" for leaf in leaves(lines, path)]
    return found


def srl(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """SR Linux."""
    if lines := _deleted(commands, texts, "delete / ", "set / "):
        yield from (*lines, "commit stay")
    yield from sets.srl(commands)


def sros(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """SR OS in MD-CLI; a switch that was turned on was off."""
    lines = _deleted(commands, texts, "delete /configure ", "/configure ")
    lines += _deleted(commands, texts, "delete /", "/") if not lines else []
    on = " admin-state enable"
    for command in dict.fromkeys(commands):
        if command.endswith(f" icmp unreachables{on}") and _was_off(texts, command):
            lines.append(f"{command.removesuffix(on)} admin-state disable")
    if lines:
        yield from (*lines, "commit")
    yield from sets.sros(commands)


def _was_off(texts: Sequence[Text], command: str) -> bool:
    """Whether the messages that a command switches on were off, in MD-CLI or in the classic form."""
    words = command.removeprefix("/").removesuffix(" admin-state enable").split()
    lines = _lines(texts)
    for path in (words, words[1:]):
        if any(leaf.endswith(" admin-state disable") for leaf in leaves(lines, path)):
            return True
    name = words[words.index("interface") + 1]
    return any(x.strip() == "no unreachables" for x in below(lines, f"interface {name}"))


def vyatta(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """VyOS and EdgeOS."""
    lines = _deleted(commands, texts, "delete ", "set ")
    made = [command for command in commands if not command.startswith("delete ")]
    for command in sets.vyatta(made if lines else commands):
        if command not in ("compare", "commit-confirm 5"):
            lines.insert(0, command)
    if lines:
        yield from (*lines, "compare", "commit-confirm 5")


def panos(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """PAN-OS: rules; a switch that was turned off is turned on again; what a clamp had on an interface, or nothing."""
    lines = []
    paths = [m[1] for c in commands if (m := _CLAMP.match(c))]
    for path in dict.fromkeys(paths):
        lines.append(f"delete {path}")
        lines += [f"set {leaf}" for leaf in leaves(_lines(texts), path.split())]
    rest = [c for c in sets.panos(commands) if c != "commit"]
    if lines or rest:
        yield from (*lines, *rest, "commit")


def linux(commands: Sequence[str], texts: Sequence[Text]) -> Iterator[str]:
    """Linux: rules by themselves; a route with the protocol that the table shows."""
    shown = [x.split() for text in texts if text.command.startswith("ip ") for x in text.lines]
    for command in sets.linux(commands):
        found = _ADDED.fullmatch(command)
        words = found["route"].split() if found is not None else []
        lines = [x for x in shown if x[:2] == words[:2] and set(words) <= set(x) and "proto" in x]
        if words and lines:
            yield f"{command} proto {lines[0][lines[0].index('proto') + 1]}"
        else:
            yield command
