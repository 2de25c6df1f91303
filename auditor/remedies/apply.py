"""Carries out commands on the texts of a device, as far as that can be done without a device.

Most systems print what was typed: commands behind the configuration are read as if they had been typed, by the
platform's own parser, which knows how numbered entries sort and how a list is opened again. Commands that take
something away, and those of programs whose output looks unlike their input, are carried out here. What cannot be
carried out is said; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from auditor.remedies import (
    asa_lines,
    blocks,
    braces,
    config_db,
    frr,
    gaia,
    moves,
    netfilter,
    removal,
    renumber,
    replaced,
    routeros,
    rule_files,
    tmsh,
)
from auditor.remedies.errors import NotCarriedOut
from parsers.platform import CONFIGURATION, Text

# these change when or how, not what: sessions, saves, displays, remarks
_CONTROL = re.compile(
    r"^(?:commit\b.*|compare|save|commit-confirm.*|write\b.*|copy\b.*|nv config \w+|net commit"
    r"|configure|configure terminal|sudo config save.*|sudo cl-acltool -i|show\b.*|display\b.*"
    r"|list\b.*|reload|[#!].*)$"
)
_LEAVE = re.compile(r"^(?:exit|quit|end|return)$")
_TO_CHOOSE = re.compile(r"<[a-z]+>|\b(?:NUMBER|PACKAGE|ROUTER|POLICY|NAME|FILE|INTERFACE)\b")
REMOVALS = ("no ", "undo ", "delete ", "nv unset ", "nv del ", "net del ")
"""First words of commands that take something away."""
_MADE = {"net del ": "net add ", "nv unset ": "nv set "}
_ENDS = frozenset(("end", "return", "exit", "", "!", "#"))
_NESTED = frozenset(("ubiquiti_edgerouter", "vyos"))
"""Platforms that print braces and read `set` commands."""
_BLOCKS_END = frozenset(("fortinet",))
"""Platforms where `end` and `exit` close a block, and are no farewell."""
_WHOLE: dict[str, Callable[[list[Text], Sequence[str]], list[Text]]] = {
    "checkpoint_gaia": gaia.carried_out,
    "dell_sonic": config_db.carried_out,
    "f5_tmsh": tmsh.carried_out,
}
"""Platforms whose commands do not read like their configuration."""


def carried_out(platform: str, texts: Sequence[Text], commands: Sequence[str]) -> tuple[Text, ...]:
    """The texts after the commands. Raises NotCarriedOut with the reason."""
    blocks_end = platform in _BLOCKS_END
    wanted = [
        line
        for line in commands
        if not _CONTROL.match(line.strip()) and (blocks_end or not _LEAVE.match(line.strip()))
    ]
    if not wanted:
        raise NotCarriedOut(_by_hand(commands))
    for line in wanted:
        if found := _TO_CHOOSE.search(line):
            raise NotCarriedOut(f"{found[0]} has to be chosen by hand: {line.strip()}")
    changed = list(texts)
    if platform in _WHOLE:
        return tuple(_WHOLE[platform](changed, wanted))
    wanted = rule_files.written(changed, wanted)
    for line in wanted:
        if special := _special(line):
            changed = special(changed, line)
    typed = [line for line in wanted if not _special(line)]
    return tuple(_typed(platform, changed, typed)) if typed else tuple(changed)


def _by_hand(commands: Sequence[str]) -> str:
    """What a remedy says that has remarks and no commands."""
    remarks = [line.lstrip("!# ") for line in commands if line.startswith(("!", "#"))]
    return " ".join(["there is no command to carry out:", *remarks]).removesuffix(":")


def _special(line: str) -> Callable[[list[Text], str], list[Text]] | None:
    word = line.removeprefix("sudo ").split(maxsplit=1)[0]
    if word == "ip" and not re.match(r"ip (?:-6 )?route (?:del|add) ", line):
        return None
    return _SPECIAL.get("/" if word.startswith(("/ip", "/routing", "/interface")) else word)


_SPECIAL = {
    "iptables": netfilter.iptables,
    "ip6tables": netfilter.iptables,
    "nft": netfilter.nft,
    "ip": netfilter.route,
    "vtysh": frr.vtysh,
    "/": routeros.menu,
}
"""Programs whose output looks unlike their input, by the first word."""


def _typed(platform: str, texts: list[Text], commands: Sequence[str]) -> list[Text]:
    """Types commands behind the configuration; removals take their line out."""
    place = next((i for i, text in enumerate(texts) if text.command == CONFIGURATION), None)
    if place is None:
        raise NotCarriedOut("there is no configuration to type the commands into")
    text = texts[place]
    if moves.deletes(commands):
        lines = moves.deleted(list(text.lines), commands)
        return [*texts[:place], text._replace(lines=lines), *texts[place + 1 :]]
    if moves.moves(commands):
        lines = moves.moved(list(text.lines), commands)
        return [*texts[:place], text._replace(lines=lines), *texts[place + 1 :]]
    lines = list(text.lines)
    done = [_done(platform, lines, commands, number) for number in range(len(commands))]
    added = [line for lines_of in _without_headers(commands, done) for line in lines_of]
    if added and platform not in _BLOCKS_END:
        while lines and lines[-1].strip() in _ENDS:
            lines.pop()
    return [*texts[:place], text._replace(lines=[*lines, *added]), *texts[place + 1 :]]


def _without_headers(
    commands: Sequence[str], done: Sequence[list[str] | None]
) -> Iterator[list[str]]:
    """What is left to type, without headers below which everything was taken out."""
    for number, typed in enumerate(done):
        below = blocks.below(commands, number)
        if typed and not (
            below and all(done[n] is None or blocks.below(commands, n) for n in below)
        ):
            yield typed


def _done(
    platform: str, lines: list[str], commands: Sequence[str], number: int
) -> list[str] | None:
    """Carries a command out in the lines where that takes more than to type it; the lines that are left to type, or
    None where something was taken out."""
    command = commands[number]
    if renumber.renumbers(command):
        renumber.renumbered(lines, command, commands[number - 1] if number else "", platform)
        return []
    if platform == "cisco_asa" and asa_lines.put(lines, command):
        return []
    if platform in _NESTED and command.startswith("set ") and braces.is_braced(lines):
        braces.put(lines, command)
        return []
    word = next((w for w in REMOVALS if command.strip().startswith(w)), None)
    if word is not None and _taken_out(lines, commands, number, word):
        return None
    if word is not None and word != "no ":
        said = f"no line of the configuration is what this removes: {command.strip()}"
        raise NotCarriedOut(said)
    replaced.without_old_value(lines, blocks.header_of(commands, number), command)
    return [command]


def _taken_out(lines: list[str], commands: Sequence[str], place: int, word: str) -> bool:
    """Whether a command took something away: below a header only what stands below the same one."""
    wanted = commands[place].strip().removeprefix(word)
    wanted = f"{_MADE.get(word, '')}{wanted}"
    header = blocks.header_of(commands, place)
    if header is None:
        return removal.removes(lines, wanted)
    return blocks.removes(lines, header, wanted)
