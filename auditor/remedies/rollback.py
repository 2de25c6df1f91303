"""How to take a remedy back, out of its commands alone: in the reverse order, so that nothing is used that is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from auditor.remedies import rollback_sets as sets
from parsers.former_lines import WAS

_NO = {
    "arista_eos": "no", "aruba_aoscx": "no", "cisco_ios": "no", "cisco_nxos": "no", "cisco_xe": "no",
    "cisco_xr": "no", "dell_os10": "no", "hp_comware": "undo", "huawei_vrp": "undo",
}  # fmt: skip
"""Systems with blocks below headers, and the word that takes a line back."""
_RENUMBERS = re.compile(r".*\bresequence\b.*|step \d+.*|rule move .*|move rule .*")
_CREATED = re.compile(
    r"route-map \S+ deny \d+|vlan access-map \S+ \d+|class ipv?6? ALLOW_SERVICE"
    r"|ip(?:v6)? access-list (?:extended )?(?:ALLOW-)?SERVICE"
)
"""Headers of what a remedy makes as a whole."""
_NUMBERED = re.compile(r"(?P<id>(?:(?:seq|sequence|rule) )?\d+) (?:permit|deny|class) .*")
_WAS = re.compile(rf"[!#] {WAS}")
"""A remark that says what an entry was which a remedy takes out."""
_KEPT = re.compile(r"commit|copy .*|reload")


def rollback(platform: str, commands: Sequence[str]) -> tuple[str, ...]:
    """The commands that undo `commands`; empty where that needs a look at the device."""
    typed = [c for c in commands if _WAS.match(c) or (c.strip() and c.lstrip()[0] not in "#!")]
    if not typed or "no hardware profile dlb" in typed:
        return ()  # nothing, or what stood in a block that went as a whole
    if platform in _NO:
        return tuple(_blocks(typed, _NO[platform]))
    make = _MAKERS.get(platform)
    return tuple(make(typed)) if make is not None else ()


def _blocks(commands: Sequence[str], no: str) -> Iterator[str]:
    """The blocks in reverse, what stands below their headers negated. Renumbering stays: it changes no verdict."""
    blocks: list[list[str]] = []
    for command in commands:
        if (command.startswith((" ", "\t")) or _WAS.match(command)) and blocks:
            blocks[-1].append(command)
        else:
            blocks.append([command])
    ending = [b for b in blocks if _KEPT.fullmatch(b[0])]
    for block in reversed([b for b in blocks if b not in ending and b[0] != "exit"]):
        yield from _block(block, no)
    yield from dict.fromkeys(line for block in ending for line in block)


def _block(block: list[str], no: str) -> Iterator[str]:
    if _CREATED.fullmatch(block[0]):
        yield f"{no} {block[0]}"
        return
    out = []
    undone = False
    for place, command in enumerate(block):
        if was := _WAS.match(command):
            out.append(command[was.end() :])
            undone = True
            continue
        text = command.strip()
        indent = command[: len(command) - len(command.lstrip())]
        depth = len(indent)
        following = block[place + 1] if place + 1 < len(block) else ""
        below = _depth(following) > depth or bool(_WAS.match(following) and place == 0)
        if _RENUMBERS.fullmatch(text) or (place and _WAS.match(block[place - 1])):
            continue
        if text.startswith("rule name "):
            out.append(f"{indent}{no} {text}")
            undone = True
            break  # what stands below a rule goes with it
        if below:
            out.append(command)
            continue
        undone = True
        if text.startswith(f"{no} "):
            out.append(f"{indent}{text.removeprefix(f'{no} ')}")
        elif numbered := _NUMBERED.fullmatch(text):
            out.append(f"{indent}{no} {numbered['id']}")
        else:
            out.append(f"{indent}{no} {text}")
    if undone:
        yield from out


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _asa(commands: Sequence[str]) -> Iterator[str]:
    for command in reversed(commands):
        if command.startswith("no "):
            yield command.removeprefix("no ")
        else:
            yield "no " + re.sub(r"^(access-list \S+) line \d+ ", r"\1 ", command)


def _junos(_: Sequence[str]) -> Iterator[str]:
    yield from ("rollback 1", "commit")


_MAKERS: dict[str, Callable[[Sequence[str]], Iterator[str]]] = {
    "checkpoint_gaia": sets.gaia,
    "cisco_asa": _asa,
    "cumulus_linux": sets.cumulus,
    "dell_sonic": sets.sonic,
    "f5_tmsh": sets.tmsh,
    "fortinet": sets.fortios,
    "juniper_junos": _junos,
    "linux": sets.linux,
    "mikrotik_routeros": sets.routeros,
    "nokia_srl": sets.srl,
    "nokia_sros": sets.sros,
    "paloalto_panos": sets.panos,
    "ubiquiti_edgerouter": sets.vyatta,
    "vyos": sets.vyatta,
}
