"""The fast way through long access lists: one pattern over the whole block, entries made when asked for.

The pattern takes only lines that are certainly understood (octets and ports in range, names that are in
the tables), so the ledger may count them as used before a single entry exists. A block with any other line
goes the slow way (entries.py), which reads the same language and more.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import repeat
from operator import lt
from socket import AF_INET, inet_pton
from typing import overload

from parsers.cisco_style.words import PROTOCOLS
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import ESTABLISHED_FLAGS, Action, Entry, Match, Ranges, Symptom

_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_ADDRESS = rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}"
_NUMBER = r"(?:[0-5]?\d{1,4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"
_FULL = 0xFFFFFFFF
_WORD = struct.Struct(">I")
_ZERO = ".".join("0000")
STEP = 10
"""What a line without a number adds to the number before it."""

_PORT_BELOW_TOP = r"(?:[0-5]?\d{1,4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-4])"
_PORT_ABOVE_ZERO = r"(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"

Row = tuple[str, ...]
"""Sequence, action, protocol, source, source operator, source port, destination, its operator, its
port, `established`; empty strings for what is absent."""


def _side(prefixes: bool) -> str:
    side = rf"any|host {_ADDRESS}|{_ADDRESS} {_ADDRESS}"
    return side + (rf"|{_ADDRESS}/(?:3[0-2]|[12]?\d)" if prefixes else "")


@cache
def whole(prefixes: bool) -> re.Pattern[str]:
    """A block of nothing but lines of the fast way; with `prefixes`, addresses may be written A/LEN.

    Ports stand only with protocols that have ports, `established` only with TCP, and no operator leaves
    an empty range. Groups are atomic: a line that fails is not tried again in another way.
    """
    side = _side(prefixes)
    port = rf"(?: (?:eq {_NUMBER}|gt {_PORT_BELOW_TOP}|lt {_PORT_ABOVE_ZERO}))?"
    flow = rf"(?:{side}){port} (?:{side}){port}"
    entry = rf"(?:tcp {flow}(?: established)?|udp {flow}|(?:ip(?:v4)?|icmp|esp|gre) (?:{side}) (?:{side}))"
    line = rf"[ \t]*+(?:\d+ )?(?:permit|deny) ++{entry}(?: log(?:-input)?)?[ \t]*+(?:\n|\Z)"
    return re.compile(rf"(?>{line})*+")


@cache
def pattern(prefixes: bool) -> re.Pattern[str]:
    """The fields of one line that `whole` took."""
    side = _side(prefixes)
    port = rf"(?: (eq|gt|lt) ({_NUMBER}))?"
    return re.compile(
        rf"^[ \t]*(?:(\d+) )?(permit|deny) +(ip(?:v4)?|tcp|udp|icmp|esp|gre) ({side}){port} ({side}){port}"
        r"( established)?(?: log(?:-input)?)?[ \t]*$",
        re.MULTILINE,
    )


@cache
def _column(prefixes: bool, side: str) -> re.Pattern[str]:
    """The address, wildcard mask and prefix length on one side of each line that `whole` took."""
    port = rf"(?: (?:eq|gt|lt) {_NUMBER})?"
    wanted = rf"(?:any|(?:host )?({_ADDRESS})(?: ({_ADDRESS})|/(\d+)|(?=[ \t\n]|\Z)))"
    flow = wanted if side == "src" else rf"(?:{_side(prefixes)}){port} {wanted}"
    head = r"^[ \t]*(?:\d+ )?(?:permit|deny) +(?:ip(?:v4)?|tcp|udp|icmp|esp|gre) "
    return re.compile(head + flow, re.MULTILINE)


def _care(address: str, wildcard: str, length: str) -> int:
    """The bits that count; none where there is no address."""
    if not address:
        return 0
    if length:
        return _FULL ^ (_FULL >> int(length))
    return _FULL ^ _value(wildcard) if wildcard else _FULL


class LazyEntries(Sequence[Entry]):
    """The entries of a block that the fast pattern took, made on first use.

    They stand on the consecutive lines `first` to `last`, which `is_fast` has checked.
    """

    __slots__ = ("_first", "_last", "_lines", "_made", "_prefixes", "_symptom")

    def __init__(
        self, lines: list[str], first: int, last: int, prefixes: bool, symptom: Symptom
    ) -> None:
        self._lines = lines
        self._first = first
        self._last = last
        self._prefixes = prefixes
        self._symptom = symptom
        self._made: tuple[Entry, ...] | None = None

    def __len__(self) -> int:
        """The number of entries, without making them."""
        return self._last - self._first + 1

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        """One entry, made alone, or several."""
        if self._made is not None or isinstance(index, slice):
            return self.made()[index]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(index)
        line = self._first + place
        row = pattern(self._prefixes).match(self._lines[line - 1])
        assert row is not None  # is_fast has matched it  # noqa: S101
        fields = row.groups("")
        src, dst = fields[3], fields[6]
        return _entry(
            fields,
            line,
            fields[0] or str(STEP * (place + 1)),
            self._symptom,
            None if src == "any" else side(src),
            None if dst == "any" else side(dst),
        )

    def hulls(self, side: str) -> Iterator[tuple[int, int]]:
        """The cube (value, care) of the addresses that each entry names on the side `src` or `dst`, in order,
        without making the entries."""
        text = "\n".join(self._lines[self._first - 1 : self._last])
        rows = _column(self._prefixes, side).findall(text)
        packed = b"".join(map(inet_pton, repeat(AF_INET), (row[0] or _ZERO for row in rows)))
        cares: dict[tuple[str, str, str], int] = {}
        for (value,), row in zip(_WORD.iter_unpack(packed), rows, strict=True):
            key = (row[0] and "a", row[1], row[2])
            care = cares.get(key)
            if care is None:
                care = cares[key] = _care(*key)
            yield value & care, care

    def __iter__(self) -> Iterator[Entry]:
        """The entries in order."""
        return iter(self.made())

    def __eq__(self, other: object) -> bool:
        """Equal to any sequence of the same entries."""
        return isinstance(other, Sequence) and tuple(other) == self.made()

    def __hash__(self) -> int:
        """The hash of the tuple of entries."""
        return hash(self.made())

    def __reduce__(self) -> tuple[object, ...]:
        """Travels between processes as what it was made from."""
        lines = [""] * (self._first - 1) + self._lines[self._first - 1 : self._last]
        return (LazyEntries, (lines, self._first, self._last, self._prefixes, self._symptom))

    def made(self) -> tuple[Entry, ...]:
        """All entries, made now if they were not before."""
        if self._made is None:
            text = "\n".join(self._lines[self._first - 1 : self._last])
            rows = pattern(self._prefixes).findall(text)
            self._made = tuple(_entries(rows, self._first, self._symptom))
        return self._made


def is_fast(lines: list[str], first: int, last: int, prefixes: bool) -> bool:
    """Whether lines `first` to `last` are nothing but entries that the fast pattern takes, and all or
    none of them are numbered, in rising order."""
    text = "\n".join(lines[first - 1 : last])
    if whole(prefixes).fullmatch(text) is None:
        return False
    numbers = _NUMBERED.findall(text)
    if not numbers:
        return True
    if len(numbers) != last - first + 1:
        return False
    values = list(map(int, numbers))
    return all(map(lt, values, values[1:]))


_NUMBERED = re.compile(r"^[ \t]*(\d+) ", re.MULTILINE)


def _entries(rows: list[Row], first: int, symptom: Symptom) -> Iterator[Entry]:
    sides: dict[str, AddressSpec | None] = {"any": None}
    sequence = 0
    for line, row in enumerate(rows, first):
        number, src, dst = row[0], row[3], row[6]
        sequence = int(number) if number else sequence + STEP
        if src not in sides:
            sides[src] = side(src)
        if dst not in sides:
            sides[dst] = side(dst)
        yield _entry(row, line, str(sequence), symptom, sides[src], sides[dst])


def _entry(
    row: Row,
    line: int,
    label: str,
    symptom: Symptom,
    src: AddressSpec | None,
    dst: AddressSpec | None,
) -> Entry:
    ports = (
        (None if not row[4] else _range(row[4], row[5])),
        (None if not row[7] else _range(row[7], row[8])),
    )
    flags = ESTABLISHED_FLAGS if row[9] else None
    match = Match(4, _PROTOCOLS[row[2]], src, dst, *ports, None, flags)
    return Entry(line, _ACTIONS[row[1]], (match,), None, None, symptom, label)


_ACTIONS = {"permit": Action.PERMIT, "deny": Action.DENY}
_PROTOCOLS: Mapping[str, Ranges | None] = {
    **{name: ((number, number),) for name, number in PROTOCOLS.items()},
    "ip": None,
    "ipv4": None,
}


def side(text: str) -> AddressSpec:
    """The addresses of `host A`, `A WILDCARD` or `A/LEN`; the pattern has checked the form."""
    if text.startswith("host "):
        return AddressSpec((AddressTerm(4, _value(text[5:]), _FULL),))
    if "/" in text:
        address, _, length = text.partition("/")
        care = _FULL ^ (_FULL >> int(length))
    else:
        address, _, wildcard = text.partition(" ")
        care = _FULL ^ _value(wildcard)
    return AddressSpec((AddressTerm(4, _value(address) & care, care),))


def _value(address: str) -> int:
    return int.from_bytes(inet_pton(AF_INET, address), "big")


@lru_cache(maxsize=4096)
def _range(operator: str, text: str) -> Ranges:
    port = int(text)
    if operator == "eq":
        return ((port, port),)
    return ((port + 1, 65535),) if operator == "gt" else ((0, port - 1),)
