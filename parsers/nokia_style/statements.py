"""Small questions to a statement tree, and the parts of a device that come straight from a draft."""

from __future__ import annotations

import re

from parsers.hierarchy.interpret import Interpretation
from parsers.hierarchy.tree import Node
from parsers.model.addresses import FULL, AddressTerm, prefix_term
from parsers.model.device import LineCount, UnreadLine
from parsers.model.interfaces import InterfaceAddress
from parsers.model.source import Where

CUT = "the text ends inside this block"
"""The doubt that the readers leave at blocks that nothing closes; it says nothing about what was read."""
_OCTET = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_PREFIX_4 = re.compile(rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}(?:/(3[0-2]|[12]?\d))?", re.ASCII)
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{1,8}|0[bB][01]{1,32}|[0-9]{1,10}")


def because(reason: str, *words: str) -> dict[str, str]:
    """Table entries for `words` with the reason that they share."""
    return dict.fromkeys(words, reason)


def said(node: Node) -> int:
    """The first line of a statement at or below `node`."""
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


def newest(node: Node) -> int:
    """The last line at or below `node`: where single-valued statements repeat, the later one holds."""
    return max(found.last for found in node.walk())


def word(node: Node | None, name: str) -> str | None:
    """The value of the statement `name` below `node`, as it is written."""
    value = node.value(name) if node is not None else None
    return value.word if value is not None else None


def number_of(text: str | None, low: int = 0, high: int = 1 << 32) -> int | None:
    """A number in decimal, hexadecimal or binary form within limits; None if it is none."""
    if text is None or _NUMBER.fullmatch(text) is None:
        return None
    value = int(text, 0) if text[:2].lower() in ("0x", "0b") else int(text)
    return value if low <= value <= high else None


def is_true(node: Node | None, name: str) -> bool:
    """Whether the switch `name` is on; a classic CLI switches on with the bare word."""
    holder = node.children.get(name) if node is not None else None
    if holder is None:
        return False
    value = holder.only()
    return value is None or value.word not in ("false", "disable", "disabled")


def prefix(text: str) -> AddressTerm | None:
    """The term of an address or prefix; None if it is none."""
    found = _PREFIX_4.fullmatch(text)
    if found is not None:
        value = int(found[1]) << 24 | int(found[2]) << 16 | int(found[3]) << 8 | int(found[4])
        care = FULL[4] ^ ((1 << (32 - int(found[5]))) - 1) if found[5] else FULL[4]
        return AddressTerm(4, value & care, care)
    try:
        return prefix_term(text)
    except ValueError:
        return None


def address(text: str, where: Where, length: str | None = None) -> InterfaceAddress | None:
    """An interface's address from `192.0.2.1/24`, or an address and a length apart; None if it is none."""
    host, slash, bits = text.partition("/")
    bits = bits if slash else length or ""
    term = prefix(host)
    most = 32 if term is not None and term.family == 4 else 128
    size = number_of(bits, 0, most)
    if term is None or size is None:
        return None
    return InterfaceAddress(term.family, term.value, size, where)


def spread_doubts(root: Node) -> None:
    """What stands below a node in doubt is in doubt."""
    for node in root.walk():
        if node.doubt is not None and node.doubt != CUT:
            for child in node.children.values():
                child.doubted(node.doubt, node.doubt_line)


def line_count(draft: Interpretation) -> LineCount:
    """The sums of the ledger."""
    used, irrelevant, unread = draft.ledger.counts()
    return LineCount(
        total=used + irrelevant + unread, used=used, irrelevant=irrelevant, not_understood=unread
    )


def unread_lines(draft: Interpretation) -> tuple[UnreadLine, ...]:
    """The lines that nobody took, with what they stand in."""
    found = []
    for line in draft.ledger.unread():
        topic, subject = draft.ledger.topics.get(line, ("other", None))
        where = Where(draft.file, line)
        found.append(
            UnreadLine(where=where, text=draft.lines[line - 1], topic=topic, subject=subject)
        )
    return tuple(found)
