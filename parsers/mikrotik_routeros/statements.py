"""The text of `/export` as statements: a menu, a verb, and properties with their values.

A menu line (`/ip firewall filter`, in version 7 also `/ip/firewall/filter`) holds for the commands
below it; `export terse` writes the menu before every command. A backslash at the end of a line
continues it, and the indentation of the next line is no part of the text. A menu that is written with
its command holds for that command only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.ledger import Ledger
from parsers.mikrotik_routeros.usual import words_of

VERBS = frozenset(
    ("add", "set", "remove", "disable", "enable", "move", "unset", "print", "export", "comment")
)
_WORD = re.compile(r"[ /]*([a-z0-9][\w-]*)(?=[ /]|$)")
_PROPERTY = re.compile(
    r"\s*(!?[\w.][\w.-]*)(?:=(\"(?:[^\"\\]|\\.)*\"|[^\s\"\[({$;][^\s\"]*))?(?=\s|$)", re.DOTALL
)
_ITEM = re.compile(r"\s*(?:\[\s*find\b([^\]]*)\]|(\"(?:[^\"\\]|\\.)*\"|\*?[^\s=\[\"]+)(?=\s|$))")
_ESCAPE = re.compile(r"\\([0-9A-F]{2}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "_": " ", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


_INDENT = 4
"""Blanks that an export puts before a continued line; what follows them is text."""


class Statement(NamedTuple):
    """One command. `words` are properties with a value, `flags` words without one (`blackhole`, and in
    verbose exports `!dst-port` for what is not set). `item` is what `set` names: the inside of
    `[ find … ]`, a number or a name. `bad` says which part could not be read; the words then may
    be incomplete. `first` and `last` are lines.
    """

    menu: str
    verb: str
    words: dict[str, str]
    flags: tuple[str, ...]
    item: str | None
    first: int
    last: int
    bad: str | None = None

    @property
    def disabled(self) -> bool:
        """Whether the text itself says that the item is off."""
        return self.words.get("disabled") == "yes"


def statements(lines: list[str], ledger: Ledger) -> Iterator[Statement]:
    """The commands of a text, in order; menu lines count as used, comments as irrelevant."""
    menu = ""
    total = len(lines)
    number = 0
    while number < total:
        text = lines[number].strip()
        number += 1
        if not text or text[0] == "#":
            ledger.ignore(number)
            continue
        first = number
        cut = None
        if text[-1] == "\\":
            text, number, cut = _joined(lines, number)
        if text[:1] == "/":
            found, position = _menu(text, "")
            if position >= len(text):
                menu = found
                ledger.use_range(first, number)
                continue
            statement = _command(text, position, found, first, number)
        else:
            statement = _in_menu(text, menu, first, number)
        yield statement._replace(bad=statement.bad or cut) if cut else statement


def _joined(lines: list[str], number: int) -> tuple[str, int, str | None]:
    """The text of the line before `number` (which counts from 1) and all that continue it."""
    parts = [lines[number - 1].strip()]
    while _continues(parts[-1]):
        parts[-1] = parts[-1][:-1]
        indent = None if parts[-1].endswith("=") else " " * _INDENT
        if number >= len(lines) or _begins_anew(lines[number]):
            return "".join(parts), number, "a part of this command is missing"
        more = lines[number].rstrip()
        parts.append(more.removeprefix(indent) if indent is not None else more.lstrip())
        number += 1
    return "".join(parts), number, None


def _begins_anew(line: str) -> bool:
    """Whether a line is a command of its own, and so does not continue the one before."""
    first = line.partition(" ")[0]
    return line[:1] == "/" or first in VERBS or not line.strip()


def _continues(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _menu(text: str, menu: str) -> tuple[str, int]:
    """The menu that `text` names at its beginning (below `menu`), and where the command begins."""
    words = [menu] if menu else []
    position = 0
    while True:
        found = _WORD.match(text, position)
        if found is None or found[1] in VERBS:
            break
        words.append(found[1])
        position = found.end()
    rest = len(text) if not text[position:].strip(" /") else position
    return " ".join(words), rest


def _in_menu(text: str, menu: str, first: int, last: int) -> Statement:
    if text.startswith("add ") and (words := words_of(text)) is not None:
        return Statement(menu, "add", words, (), None, first, last)
    if text.partition(" ")[0] in VERBS:
        return _command(text, 0, menu, first, last)
    below, position = _menu(text, menu)
    if 0 < position < len(text):
        found = _command(text, position, below, first, last)
        if found.verb:
            return found
    return Statement(menu, "", {}, (), None, first, last, "no command of this menu")


def _command(text: str, position: int, menu: str, first: int, last: int) -> Statement:
    found = _WORD.match(text, position)
    if found is None or found[1] not in VERBS:
        return Statement(menu, "", {}, (), None, first, last, "no command of this menu")
    verb, position, item = found[1], found.end(), None
    if verb != "add":
        named = _ITEM.match(text, position)
        if named is not None:
            item = (named[1] if named[1] is not None else _plain(named[2])).strip()
            position = named.end()
    words: dict[str, str] = {}
    flags: list[str] = []
    bad = None
    end = len(text.rstrip())
    while position < end:
        one = _PROPERTY.match(text, position)
        if one is None:
            bad = f"{text[position:].strip()[:40]} is not understood"
            break
        position = one.end()
        name, value = one[1], one[2]
        if value is None:
            flags.append(name)
            continue
        value = _plain(value)
        if words.setdefault(name, value) != value:
            bad = f"{name} is given twice"
    return Statement(menu, verb, words, tuple(flags), item, first, last, bad)


def _plain(value: str) -> str:
    """A value without quotes and without escapes (letters and hexadecimal codes)."""
    if value[:1] != '"':
        return value
    value = value[1:-1]
    return _ESCAPE.sub(_letter, value) if "\\" in value else value


def _letter(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) == 2:
        return chr(int(code, 16))
    return _LETTERS.get(code, code)
