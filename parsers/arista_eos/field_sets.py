"""Field sets of EOS: named prefixes and ports, as `traffic-policies` and newer releases define
them.
"""

from __future__ import annotations

import re

from parsers.model.addresses import AddressSpec, AddressTerm, prefix_term
from parsers.model.filters import Ranges

_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


class PrefixSet:
    """`field-set ipv4|ipv6 prefix S`: what neither list names is outside, the longest match
    decides.
    """

    def __init__(self, name: str, family: int) -> None:
        self.name = name
        self.family = family
        self.terms: list[AddressTerm] = []
        self.excepts: list[AddressTerm] = []
        self.doubt: str | None = None

    def add(self, text: str) -> bool:
        """Adds `P P …` or `except P P …`; False, and a doubt, if a word is no prefix of the
        family.
        """
        into, tokens = self.terms, text.split()
        if tokens[0] == "except":
            into, tokens = self.excepts, tokens[1:]
        terms = prefixes(tokens, self.family)
        if terms is None or not tokens:
            self.doubt = f"field-set {self.name} has a line that is not understood"
            return False
        into.extend(terms)
        return True

    def spec(self) -> AddressSpec:
        """The addresses of the set."""
        return AddressSpec(tuple(self.terms), tuple(self.excepts))


class PortSet:
    """`field-set l4-port S`: ports and ranges with commas between them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ranges: list[tuple[int, int]] = []
        self.doubt: str | None = None

    def add(self, text: str) -> bool:
        """Adds `10,20,80,440-450`; False, and a doubt, if it is nothing of the kind."""
        found = numbers(text, 65535)
        if found is None:
            self.doubt = f"field-set {self.name} has a line that is not understood"
            return False
        self.ranges.extend(found)
        return True


def prefixes(tokens: list[str], family: int) -> list[AddressTerm] | None:
    """The terms of prefixes of one family; None if one of the words is none."""
    found = []
    for token in tokens:
        try:
            term = prefix_term(token)
        except ValueError:
            return None
        if term.family != family:
            return None
        found.append(term)
    return found


def numbers(text: str, limit: int) -> Ranges | None:
    """The ranges of `1,10-20` or `1, 10-20`; None if it is no such list up to `limit`."""
    if text.strip() == "all":
        return ((0, limit),)
    found = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            return None
        low, high = int(match[1]), int(match[2] or match[1])
        if low > high or high > limit:
            return None
        found.append((low, high))
    return tuple(sorted(found))
