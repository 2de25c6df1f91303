"""From the lines of a FortiOS text to its tree of blocks.

`end` leaves the table, also from within an entry (Fortinet, CLI reference, "Command syntax"). A block that is not
left where the next one begins is left there, and what it holds is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Container

from parsers.fortinet.blocks import DAMAGE, Block, Rename, Statement
from parsers.fortinet.words import simple_words, words_at
from parsers.ledger import IRRELEVANT, Ledger

_VALUED = frozenset({"set", "unset", "append", "select", "unselect"})
_VERBS = _VALUED | {
    "config", "edit", "next", "end", "delete", "purge", "move", "rename", "clone", "abort", "get", "show", "clear",
}  # fmt: skip
_SCOPES = frozenset({"vdom", "global"})
"""Blocks whose contents are printed without indentation."""
_PROMPT = re.compile(r"[\w.\-]+(?: ?\([\w .\-]+\))? [#$>](?: .*)?$")
_PLAIN = re.compile(r"(?:set|append) [\w-]+(?: \"[^\"\\]*\"| [^\s\"'\\]+)*$")


class Reading:
    """The state of one reading: the root of the tree, and the block that lines now go to."""

    def __init__(self, lines: list[str], ledger: Ledger, irrelevant: Container[str]) -> None:
        self.lines = lines
        self.ledger = ledger
        self.irrelevant = irrelevant
        self.root = Block("", 0, None, False)
        self.here = self.root
        self.index = 0
        self.fresh = 0

    def read(self) -> Block:
        """The tree of all lines; what is in a section that no verdict depends on is only counted."""
        lines, status = self.lines, self.ledger.status
        while self.index < len(lines):
            text = lines[self.index].strip()
            if not text or text[0] == "#":
                status[self.index + 1] = IRRELEVANT
                self.index += 1
                continue
            words = simple_words(text)
            last = self.index
            if words is None:
                found = words_at(lines, self.index)
                if found is None:
                    self._damage(self.index + 1)
                    self.index += 1
                    continue
                words, last = found
            self._statement(words, self.index + 1, last + 1)
            self.index = max(self.index, last) + 1
        if self.here is not self.root:
            block: Block | None = self.here
            while block is not None and block is not self.root:
                block.doubted("the text ends inside this block")
                block = block.parent
        return self.root

    def _statement(self, words: list[str], line: int, last: int) -> None:
        verb = words[0] if words else ""
        here = self.here
        if verb in _VALUED:
            if len(words) < 2 or (verb == "set" and here is self.root):
                self._damage(line)
                return
            if here.inner < 0:
                here.inner = self._indent(line)
            here.statements.append(Statement(verb, words[1], tuple(words[2:]), line, last))
        elif verb == "next" and len(words) == 1:
            self._next(line)
        elif verb == "edit" and len(words) == 2:
            self._edit(words[1], line)
        elif verb == "end" and len(words) == 1:
            self._end(line)
        elif verb == "config" and len(words) > 1:
            self._config(" ".join(words[1:]), line)
        elif not self._table_command(words, line):
            self._damage(line)

    def _indent(self, line: int) -> int:
        text = self.lines[line - 1]
        return len(text) - len(text.lstrip())

    def _leave_unclosed(self, line: int) -> None:
        """Leaves the blocks that a `config` so far to the left cannot be inside of."""
        indent = self._indent(line)
        block = self.here
        while block.parent is not None:
            if block.is_entry:
                holder = block.parent
                if holder.name in _SCOPES or not holder.inner > holder.indent >= indent:
                    return
            elif block.name in _SCOPES or not block.inner > block.indent >= indent:
                return
            block.doubted("the block is not closed")
            block = block.parent
            self.here = block

    def _config(self, name: str, line: int) -> None:
        self._leave_unclosed(line)
        here = self.here
        if here.parent is None or here.name in _SCOPES or (here.is_entry and _is_scope(here)):
            if _is_irrelevant(name, self.irrelevant):
                self._skip(line)
                return
        elif here.inner < 0:
            here.inner = self._indent(line)
        block = here.tables.get(name)
        if block is None:
            block = here.tables[name] = Block(name, line, here, False)
        block.indent = self._indent(line)
        block.frame.append(line)
        self.here = block

    def _edit(self, name: str, line: int) -> None:
        if self.here.is_entry and self.here.parent is not None:
            self.here.doubted("its 'next' is missing")
            self.here = self.here.parent
        here = self.here
        if here is self.root:
            self._damage(line)
            return
        if here.inner < 0:
            here.inner = self._indent(line)
        key = name
        if name == "0":
            self.fresh += 1  # the device gives the entry the next free number
            key = f"0 ({self.fresh})" if "0" in here.entries else name
        block = here.entries.get(key)
        if block is None:
            block = here.entries[key] = Block(name, line, here, True)
        block.frame.append(line)
        self.here = block

    def _next(self, line: int) -> None:
        here = self.here
        if not here.is_entry or here.parent is None:
            self._damage(line)
            return
        here.frame.append(line)
        self.here = here.parent

    def _end(self, line: int) -> None:
        here = self.here
        if here.is_entry and here.parent is not None:
            here = here.parent
        if here.parent is None:
            self._damage(line)
            return
        here.frame.append(line)
        self.here = here.parent

    def _damage(self, line: int) -> None:
        """A line that is no statement where it stands; in a table it keeps its place among the entries."""
        here = self.here
        if here.parent is None:
            if _PROMPT.fullmatch(self.lines[line - 1].strip()):
                self.ledger.ignore(line)
                return
            here.doubted("the text has lines outside of all blocks")
        if not here.is_entry and here.parent is not None:
            name = f"{DAMAGE}{line}"
            entry = here.entries[name] = Block(name, line, here, True)
            entry.bad.append(line)
            return
        here.bad.append(line)

    def _table_command(self, words: list[str], line: int) -> bool:
        """`delete`, `purge`, `move`, `rename`, `clone`; False if the words are none of them, or if what they
        name is not there: then the device refuses them, or the text does not show all."""
        here = self.here
        if here.is_entry or here.parent is None:
            return False
        done, refused = True, False
        match words:
            case ["delete", *names] if names:
                done = self._delete(names)
            case ["purge"]:
                self._delete(list(here.entries))
            case ["rename" | "clone" as verb, old, "to", new]:
                refused = old in here.entries and new in here.entries
                done = old in here.entries and not refused
                if done and verb == "rename":
                    self._rename(old, new, line)
                elif done:
                    self._clone(old, new, line)
            case ["move", name, "before" | "after" as side, other]:
                done = name in here.entries and other in here.entries and name != other
                if done:
                    here.entries = _moved(here.entries, name, side, other)
            case _:
                return False
        if done:
            here.frame.append(line)
        else:
            here.bad.append(line)
            if not refused:
                here.doubted(f"'{words[0]}' names what is not there")
        return True

    def _delete(self, names: list[str]) -> bool:
        """Takes entries back; False if one of them is not there."""
        entries = self.here.entries
        done = all(name in entries for name in names)
        for name in names:
            block = entries.pop(name, None)
            if block is not None:
                for line in block.lines():
                    self.ledger.ignore(line)  # it says nothing any more
        return done

    def _rename(self, old: str, new: str, line: int) -> None:
        here = self.here
        here.entries = {new if key == old else key: entry for key, entry in here.entries.items()}
        here.entries[new].name = new
        here.renames.append(Rename(old, new, line))

    def _clone(self, old: str, new: str, line: int) -> None:
        self.here.entries[new] = self.here.entries[old].copy(new, line)

    def _skip(self, first: int) -> None:
        """Passes over a section that no verdict depends on, up to the `end` that closes it."""
        lines, status = self.lines, self.ledger.status
        status[first] = IRRELEVANT
        indent = self._indent(first)
        inner = -1
        depth = 1
        index = first
        while index < len(lines):
            text = lines[index].strip()
            if text and text[0] != "#":
                if inner < 0:
                    inner = self._indent(index + 1)
                verb = text.partition(" ")[0]
                if verb == "end":
                    depth -= 1
                elif verb == "config":
                    if inner > indent >= self._indent(index + 1):
                        self.root.doubted("a block is not closed")
                        break
                    depth += 1
                elif verb not in _VERBS:
                    index += 1
                    self.root.doubted("the text has lines that are no statements")
                    continue
                elif ('"' in text or "'" in text or "\\" in text) and not _PLAIN.match(text):
                    found = words_at(lines, index)
                    if found is None:
                        index += 1
                        continue
                    self.ledger.ignore_range(index + 1, found[1] + 1)
                    index = found[1]
            status[index + 1] = IRRELEVANT
            index += 1
            if not depth:
                break
        else:
            self.root.doubted("the text ends inside a block")
        self.index = index - 1


def _is_scope(entry: Block) -> bool:
    return entry.parent is not None and entry.parent.name == "vdom"


def _is_irrelevant(name: str, known: Container[str]) -> bool:
    """Whether a section is in the table, by its whole name, or by its first two words or one."""
    if name in known:
        return True
    words = name.split(" ")
    return " ".join(words[:2]) + " *" in known or words[0] + " *" in known


def _moved(entries: dict[str, Block], name: str, side: str, other: str) -> dict[str, Block]:
    order = [key for key in entries if key != name]
    order.insert(order.index(other) + (side == "after"), name)
    return {key: entries[key] for key in order}
