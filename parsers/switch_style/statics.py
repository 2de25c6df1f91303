"""Static routes of a switch whose text is one place: which of them stand, and which names are not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from parsers.model.routes import Route, RouteTable
from parsers.model.source import Where

_STRANGE = "is not in the text"


def statics(file: str, routes: list[Route], names: set[str], doubts: Iterable[Where]) -> RouteTable:
    """The table of a configuration's routes. `names` are the interfaces that the text has, `doubts` the lines that
    may be routes and are not understood."""
    found = _on_known(_best(routes), names)
    # a route whose next hop is none that is known here may have lost its own
    lost = [Where(file, r.line) for r in found if r.conditional and _STRANGE in r.conditional]
    missed = tuple(dict.fromkeys([*doubts, *lost]))
    return RouteTable(
        source="config", file=file, vrf=None, family=None, routes=tuple(found),
        complete=not missed, not_understood=missed,
    )  # fmt: skip


def _on_known(routes: Sequence[Route], names: set[str]) -> list[Route]:
    """The statics, with a condition where their interface is not in the text: the name may be damaged."""
    found = []
    for route in routes:
        device = route.next_hops[0].interface if route.next_hops else None
        if device is not None and names and device not in names:
            reason = f"interface {device} {_STRANGE}"
            route = route._replace(conditional=route.conditional or reason)
        found.append(route)
    return found


def _best(routes: Sequence[Route]) -> list[Route]:
    """The statics; one with a greater distance waits while a better one to the same prefix stands."""
    best: dict[tuple[int, int, int, str], int] = {}
    for route in routes:
        place = route[:4]
        best[place] = min(best.get(place, 256), route.distance or 0)
    return [route._replace(backup=(route.distance or 0) > best[route[:4]]) for route in routes]
