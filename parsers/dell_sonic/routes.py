"""STATIC_ROUTE: a row is called `PREFIX` or `VRF|PREFIX`; its lists of next hops belong together by place.

Source: SONiC "Static route configuration in CONFIG_DB" (doc/static-route), sonic-bgpcfgd `managers_static_rt.py`.
"""

from __future__ import annotations

from parsers.dell_sonic.draft import Draft, Handler, first_line, value_of
from parsers.hierarchy.tree import Node
from parsers.model.addresses import prefix_term
from parsers.model.routes import NextHop, Route
from parsers.model.source import Sourced

FIELDS = ("nexthop", "ifname", "distance", "nexthop-vrf", "blackhole")
CONDITIONS = {"bfd": "BFD", "track": "a track object"}
QUIET = frozenset({"advertise", "tag", "expiry", "nexthop_group", "description", "nexthop-weight"})
OFF = frozenset({"false", "", "0", "none"})


def read_statics(draft: Draft, node: Node) -> None:
    """All rows."""
    draft.use(node)
    for child in node.children.values():
        before = len(draft.missed)
        found = _routes(draft, child)
        if found is None:
            draft.miss(child, "route", None)
        draft.facts.routes += found or []
        draft.facts.routes_doubt += [draft.where(line) for line, *_ in draft.missed[before:]]


def _routes(draft: Draft, node: Node) -> list[Route] | None:
    vrf, bar, prefix = node.word.rpartition("|")
    text = prefix if prefix != "default" else "0.0.0.0/0"
    try:
        term = prefix_term(text)
        length = int(text.partition("/")[2])
    except ValueError:
        return None
    if node.doubt is not None or not node.children:
        return None
    draft.use(node)
    conditional = None
    for part in node.children.values():
        if part.word in CONDITIONS:
            draft.use_all(part)
            on = (value_of(node, part.word) or "").lower() not in OFF
            conditional = CONDITIONS[part.word] if on else conditional
        elif part.word.rstrip("@") in FIELDS:
            draft.use_all(part)
        elif part.word in QUIET:
            draft.ignore_all(part)
        else:
            return None
    columns = {word: _list(node, word) for word in FIELDS}
    width = max(len(values) for values in columns.values())
    rows = [{w: (v[i] if i < len(v) else "") for w, v in columns.items()} for i in range(width)]
    place = (term.family, term.value, length, vrf if bar and vrf else "default")
    found = [_one(place, row, node.line, conditional) for row in rows]
    return None if not found or None in found else [route for route in found if route]


def _list(node: Node, word: str) -> list[str]:
    held = node.children.get(word) or node.children.get(f"{word}@")
    if held is None:
        return []
    return [part.strip() for child in held.children.values() for part in child.word.split(",")]


def _one(
    place: tuple[int, int, int, str], row: dict[str, str], line: int, conditional: str | None
) -> Route | None:
    family, value, length, vrf = place
    drops = row["blackhole"].lower() not in OFF
    gateway = row["nexthop"] if row["nexthop"].strip("0.:") not in ("", "None") else None
    device = row["ifname"] if row["ifname"] not in ("", "None") else None
    distance = row["distance"]
    if distance and not (distance.isascii() and distance.isdigit()):
        return None
    if not drops and gateway is None and device is None:
        return None
    if gateway is not None:
        try:
            prefix_term(gateway)
        except ValueError:
            return None
    if device is not None and device.lower() in ("null0", "null"):
        drops = True
    other = row["nexthop-vrf"] if row["nexthop-vrf"] not in ("", "None", vrf) else None
    hops = () if drops else (NextHop(device, gateway, other),)
    number = int(distance) if distance and int(distance) else 1
    return Route(
        family, value, length, vrf, "static", hops, line, "drop" if drops else None, number, None,
        False, conditional,
    )  # fmt: skip


def process(name: str) -> Handler:
    """The handler of a table whose rows make a routing process run, which may install routes."""

    def source(draft: Draft, node: Node) -> None:
        draft.ignore_all(node)
        if node.children:
            where = draft.where(first_line(node))
            known = any(found.value == name for found in draft.facts.sources)
            if not known:
                draft.facts.sources.append(Sourced[str](value=name, where=where))

    return source
