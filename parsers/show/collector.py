"""What the readers of tables share: numbers, next hops, and the growing table."""

from __future__ import annotations

import gc
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from parsers.model.addresses import BITS, FULL
from parsers.model.routes import NextHop, Route, RouteTable
from parsers.model.source import Where
from parsers.platform import Text

DEFAULT_VRF = "default"
"""The name that the model has for the global table."""

MASKS = {
    family: tuple(
        FULL[family] ^ ((1 << (BITS[family] - length)) - 1) for length in range(BITS[family] + 1)
    )
    for family in BITS
}
"""The netmask of every prefix length, by family."""

AF = {4: socket.AF_INET, 6: socket.AF_INET6}
"""The address family that the socket library has for each."""

TOLERANCE = 100
"""Of a stated number of prefixes one in so many may be missing: tables change while they print."""


@contextmanager
def no_collection() -> Iterator[None]:
    """No garbage collection meanwhile.

    A table is millions of flat tuples that no cycle can hold, and each collection would walk them
    all: half of the time of a full table.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def number_of(address: str, family: int) -> int:
    """The integer of an address as printed. Raises OSError for text that is no address."""
    return int.from_bytes(socket.inet_pton(AF[family], address))


def is_address(text: str) -> bool:
    """Whether `text` is an address of either family, as printed."""
    try:
        number_of(text, 6 if ":" in text else 4)
    except (OSError, ValueError):
        return False
    return True


class Collector:
    """A table as it grows. Hops are shared between routes: a full table has few distinct ones.

    `more` holds hops of the route at `at` that stand on lines of their own, until `flush`.
    """

    __slots__ = (
        "_hops",
        "at",
        "family",
        "known",
        "missed",
        "more",
        "routes",
        "source",
        "text",
        "vrf",
    )

    def __init__(self, text: Text, source: str, family: int, vrf: str) -> None:
        self.text = text
        self.source = source
        self.family = family
        self.vrf = vrf
        self.routes: list[Route] = []
        self.more: list[NextHop] = []
        self.at = -1
        self.known = 0
        self.missed: list[int] = []
        self._hops: dict[tuple[str | None, str | None, str | None, int], tuple[NextHop]] = {}

    def hops(
        self, interface: str | None, address: str | None, vrf: str | None = None, weight: int = 1
    ) -> tuple[NextHop]:
        """The next hop with these values, as a tuple of one."""
        key = (interface, address, vrf, weight)
        found = self._hops.get(key)
        if found is None:
            found = self._hops[key] = (NextHop(interface, address, vrf, weight),)
        return found

    def add(
        self,
        line: int,
        address: str,
        length: str,
        protocol: str,
        hops: tuple[NextHop, ...],
        *,
        discard: str | None = None,
        distance: str | None = None,
        metric: str | None = None,
        backup: bool = False,
        conditional: str | None = None,
    ) -> bool:
        """Adds a route with values as printed; False, and `line` is missed, if they are none."""
        if self.more:
            self.flush()
        family = self.family
        try:
            size = int(length)
            value = number_of(address, family) & MASKS[family][size]
        except (OSError, ValueError, IndexError):
            self.miss(line)
            return False
        near = int(distance) if distance else None
        far = int(metric) if metric else None
        self.at = len(self.routes)
        fields = (family, value, size, self.vrf, protocol, hops, line, discard)
        # the constructor of a NamedTuple is a function of its own, and takes twice the time
        self.routes.append(tuple.__new__(Route, (*fields, near, far, backup, conditional)))
        return True

    def extend(
        self, line: int, hops: tuple[NextHop, ...], backup: bool, discard: str | None
    ) -> None:
        """Adds a way to the last route; one of another kind (backup, discard) becomes a route."""
        if self.at < 0:
            self.miss(line)
            return
        last = self.routes[self.at]
        if (last.backup, last.discard) == (backup, discard):
            self.more += hops
            return
        self.flush()
        self.at = len(self.routes)
        self.routes.append(last._replace(next_hops=hops, line=line, backup=backup, discard=discard))

    def flush(self) -> None:
        """Gives the last route the hops of its further lines."""
        if self.more:
            last = self.routes[self.at]
            self.routes[self.at] = last._replace(next_hops=(*last.next_hops, *self.more))
            self.more = []

    def close(self) -> None:
        """Ends the last route: a further hop line would belong to nothing."""
        self.flush()
        self.at = -1

    def miss(self, line: int) -> None:
        """Records that a line of the table is not understood."""
        self.missed.append(line)

    def check_count(self, line: int, stated: int, shown: int) -> None:
        """Misses the heading on `line` if clearly fewer prefixes are shown than it states.

        Then the output is cut off, or filtered.
        """
        if shown < stated and (stated - shown) * TOLERANCE > stated:
            self.miss(line)

    def table(self, vrf: str | None) -> RouteTable:
        """The finished table, of the VRF that its heading names, else of the one asked for.

        File names change characters of a VRF's name. A text with nothing that the reader knows
        is never complete.
        """
        self.flush()
        if vrf is not None and self.vrf != vrf:
            vrf = self.vrf
        file = self.text.file
        # pydantic would copy and check each route again, which takes longer than reading them
        table = RouteTable.model_construct(
            source=self.source,
            file=file,
            vrf=vrf,
            family=self.family,
            routes=self.routes,
            complete=not self.missed and bool(self.routes or self.known),
            not_understood=tuple(Where(file, line) for line in sorted(set(self.missed))),
        )
        _ = table.indexes  # built here: it belongs to reading, and judging is to be quick
        return table
