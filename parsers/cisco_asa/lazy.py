"""Entries of plain access lists, made when somebody looks at them.

A list is plain if every line is certainly understood: addresses and ports in range, names of objects that are
known to the last member, nothing else. Then the ledger needs no entry to count its lines as used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

from parsers.cisco_asa import names
from parsers.cisco_asa.draft import RawList
from parsers.cisco_asa.entries import Reader
from parsers.model.filters import Entry

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS = rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}"
_WORDS = "|".join(sorted(names.BOTH_PORTS))
_PORT = rf"(?:[0-5]?\d{{1,4}}|6[0-4]\d{{3}}|65[0-4]\d\d|655[0-2]\d|6553[0-5]|{_WORDS})"
_TCP = "|".join(sorted(names.TCP_PORTS))
_SIDE = rf"(?:any4?|host {_ADDRESS}|{_ADDRESS} {_ADDRESS}|object(?:-group)? [^\s;]+)"
_PORTS = rf"(?: eq {_PORT}| range {_PORT} {_PORT})?"
_FLOW = (
    rf"(?:tcp|udp) {_SIDE}{_PORTS} {_SIDE}{_PORTS}|tcp {_SIDE}{_PORTS} {_SIDE} eq (?:{_TCP})"
    rf"|(?:ip|icmp|esp|gre) {_SIDE} {_SIDE}"
)
_PLAIN = re.compile(rf"(?>(?:(?:permit|deny) (?:{_FLOW})(?: log)? ?|remark)\n)*+")
_NAMES = re.compile(r" object(?:-group)? (\S+)")


def is_plain(raw: RawList, reader: Reader) -> bool:
    """Whether every line of a list is certainly understood, and at least one is an entry."""
    text = "".join([f"{line}\n" for _, line in raw.lines])
    if raw.kind not in ("extended", "") or _PLAIN.fullmatch(text) is None:
        return False
    groups = reader.known.groups
    for name in set(_NAMES.findall(text)):
        found = groups.networks.get(name)
        if found is None or found.doubt is not None or name in groups.ports:
            return False
    return any(line != "remark" for _, line in raw.lines)


class LazyEntries(Sequence[Entry]):
    """What `reader` makes of the lines of a plain list, behind the entries of `head`."""

    __slots__ = ("_head", "_lines", "_made", "_reader")

    def __init__(self, head: tuple[Entry, ...], raw: RawList, reader: Reader) -> None:
        self._head = head
        self._lines = raw.lines
        self._reader = reader
        self._made: tuple[Entry, ...] | None = None

    def made(self) -> tuple[Entry, ...]:
        """All entries, made now if they were not before."""
        if self._made is None:
            read = self._reader.entries
            found = list(self._head)
            for position, (line, text) in enumerate(self._lines, 1):
                if text != "remark":
                    found.extend(read(text, line, str(position), False))
            self._made = tuple(found)
        return self._made

    def __len__(self) -> int:
        return len(self.made())

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        return self.made()[index]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.made())

    def __eq__(self, other: object) -> bool:
        """Equal to any sequence of the same entries."""
        return isinstance(other, Sequence) and tuple(other) == self.made()

    def __hash__(self) -> int:
        """The hash of the tuple of entries."""
        return hash(self.made())

    def __reduce__(self) -> tuple[object, ...]:
        """Travels between processes as the tuple of its entries."""
        return (tuple, (self.made(),))
