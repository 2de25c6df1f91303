"""What the readers of this package share: a table that grows by rows of either family."""

from __future__ import annotations

from parsers.model.routes import NextHop, Route, RouteTable
from parsers.platform import Text
from parsers.show.collector import DEFAULT_VRF, Collector, is_address

NULL_WORDS = frozenset({"null", "null0", "nul0", "nu0", "null 0"})
"""Interfaces that swallow packets, in lower case."""


class Table(Collector):
    """A table as it grows; each prefix tells its family. `families` are those that were seen, `shown` counts
    rows, and `stated` holds what the text says of their number: (line, rows)."""

    def __init__(self, text: Text, source: str, vrf: str | None) -> None:
        super().__init__(text, source, 4, vrf or DEFAULT_VRF)
        self.families: set[int] = set()
        self.shown = 0
        self._addresses: set[str] = set()
        self.stated: list[tuple[int, int]] = []

    def row(
        self,
        line: int,
        prefix: str,
        protocol: str,
        hops: tuple[NextHop, ...] = (),
        *,
        discard: str | None = None,
        distance: str | None = None,
        metric: str | None = None,
        backup: bool = False,
        conditional: str | None = None,
    ) -> bool:
        """Adds the route of `A/length`; False, and `line` is missed, if that is no prefix."""
        address, _, length = prefix.partition("/")
        self.family = 6 if ":" in address else 4
        self.families.add(self.family)
        self.shown += 1
        return self.add(
            line,
            address,
            length,
            protocol,
            hops,
            discard=discard,
            distance=distance,
            metric=metric,
            backup=backup,
            conditional=conditional,
        )

    def hop(
        self, line: int, interface: str | None, address: str | None, weight: int = 1
    ) -> tuple[NextHop, ...]:
        """The next hop, as a tuple of one; `line` is missed if `address` is none."""
        if address is not None and address not in self._addresses:
            if not is_address(address):
                self.miss(line)
            else:
                self._addresses.add(address)
        return self.hops(interface, address, None, weight)

    def result(self, vrf: str | None, family: int | None) -> RouteTable:
        """The finished table of the VRF and family that the command asks for; None stands for all that the
        text names."""
        total = sum(count for _, count in self.stated)
        if self.stated and total != self.shown:
            # the text is a part of the output
            self.miss(self.stated[-1][0])
        seen = self.families
        table = self.table(vrf)
        covered = family or (next(iter(seen)) if len(seen) == 1 else None)
        return table.model_copy(update={"family": covered})


def is_null(interface: str | None) -> bool:
    """Whether packets to `interface` are swallowed."""
    return interface is not None and interface.lower() in NULL_WORDS


def is_own(address: str) -> bool:
    """Whether a next hop is the device itself."""
    return address.startswith("127.") or address == "::1"


def is_nowhere(address: str) -> bool:
    """Whether a next hop's address is the one that stands for none."""
    return address in ("0.0.0.0", "::")  # noqa: S104 - read from a text, nothing listens here


def with_routes(table: RouteTable, routes: list[Route]) -> RouteTable:
    """The table with other routes: renamed ones, or a part."""
    # pydantic would copy and check each route again, which takes longer than reading them
    made = RouteTable.model_construct(
        source=table.source,
        file=table.file,
        vrf=table.vrf,
        family=table.family,
        routes=routes,
        complete=table.complete,
        not_understood=table.not_understood,
    )
    _ = made.indexes  # built here: it belongs to reading, and judging is to be quick
    return made
