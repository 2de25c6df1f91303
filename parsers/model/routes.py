"""Routes: from a configuration's static statements, or from a table that the device printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import SkipValidation

from parsers.model.route_index import RouteIndex, indexes_of
from parsers.model.source import Frozen, Where


class NextHop(NamedTuple):
    """One way out; `address` is a string as printed, None where only the interface is known."""

    interface: str | None
    address: str | None
    vrf: str | None = None
    weight: int = 1


class Route(NamedTuple):
    """A route; `discard` is `drop` for a silent null route and `reject` where an ICMP error answers.

    `value` is the prefix's address as an integer, without host bits. `backup` marks floating, LFA and
    inactive routes of a configuration or table: they carry no traffic while a better one stands.
    `conditional` names what the route depends on and the text does not show (track object, BFD).
    """

    family: int
    value: int
    length: int
    vrf: str
    protocol: str
    next_hops: tuple[NextHop, ...]
    line: int
    discard: str | None = None
    distance: int | None = None
    metric: int | None = None
    backup: bool = False
    conditional: str | None = None


class RouteTable(Frozen):
    """The routes of one command output, or of a configuration (`source` is `config`).

    `complete` is False where lines of the text were not understood: then a missing route proves
    nothing. `vrf` and `family` say what the output covers; None covers all that it names.
    """

    source: str  # "fib", "rib" or "config"
    file: str
    vrf: str | None
    family: int | None
    routes: Annotated[Sequence[Route], SkipValidation]
    complete: bool = True
    not_understood: tuple[Where, ...] = ()

    @cached_property
    def indexes(self) -> Mapping[tuple[str, int], RouteIndex]:
        """The routes that carry traffic by (VRF, family), for look-ups. Built once: readers of tables do it,
        so that judging need not."""
        return indexes_of(self.routes)
