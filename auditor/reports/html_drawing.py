"""The way of sessions through a device as an SVG drawing: clients, inside interfaces, the device, equal-cost
branches, the service. Filters stand on interfaces as gates; what a finding is about is marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from auditor.reports.html_text import element, text
from auditor.reports.model import DevicePart, FindingPart, PathPart

WIDTH = 900
CARD = 210
SHOWN = 6
"""Interfaces drawn on one side; the others are counted."""
ROW = 17
FIT = 28
"""Characters of a line that fit into a card."""
LEFT, RIGHT, DEVICE, SERVICE = 110, 550, 365, 800


class Row(NamedTuple):
    """A line in a card: its text, its class, and whether a finding is about it."""

    text: str
    kind: str = ""
    culprit: bool = False


class Card(NamedTuple):
    """An interface, or what else packets meet."""

    rows: tuple[Row, ...]
    culprit: bool = False

    @property
    def height(self) -> int:
        """In pixels of the drawing."""
        return 10 + ROW * len(self.rows)


def drawing(device: DevicePart, findings: Sequence[FindingPart], service: str) -> str:
    """The drawing; empty where nothing is known of the way."""
    if not device.ports and not device.paths:
        return ""
    about = [f.subject for f in findings if f.outcome != "note" and f.waived is None]
    inside = _shown([_card(device, p.name, about) for p in device.ports if p.side != "outside"])
    outside = _shown([_card(device, p.name, about) for p in device.ports if p.side == "outside"])
    outside += _ends(device.paths)
    height = 30 + max(_height(inside), _height(outside), 90)
    middle = height // 2
    parts = [
        _box(8, middle, 84, ("clients",), "end"),
        _box(DEVICE, middle, 130, _named(device), "box"),
    ]
    parts += _column(inside, LEFT, height, (92, middle), (DEVICE, middle))
    parts += _column(outside, RIGHT, height, (DEVICE + 130, middle), (SERVICE, middle))
    parts.append(_box(SERVICE, middle, 92, (service[:12],), "end"))
    words = _described(device, service)
    head = element("title", text(words))
    return element(
        "svg", head + "".join(parts), viewBox=f"0 0 {WIDTH} {height}", role="img", aria_label=words,
        class_="way",
    )  # fmt: skip


def _named(device: DevicePart) -> tuple[str, ...]:
    most = max((path.equal_cost for path in device.paths), default=0)
    ways = (f"{most} equal ways",) if most > 1 else ()
    return (_fitted(device.name, 16), device.platform or "", *ways)


def _described(device: DevicePart, service: str) -> str:
    outside = [port.name for port in device.ports if port.side == "outside"]
    inside = [port.name for port in device.ports if port.side != "outside"]
    gates = [f"{g.name} {g.direction} on {p.name}" for p in device.ports for g in p.gates]
    said = f"{device.name}: from clients on {', '.join(inside) or 'no known interface'} "
    said += f"to {service} through {', '.join(outside) or 'no known interface'}"
    return said + (f"; filters: {', '.join(gates)}" if gates else "")


def _card(device: DevicePart, name: str, about: Sequence[str]) -> Card:
    port = next(port for port in device.ports if port.name == name)
    own = [subject for subject in about if _names(subject, name)]
    gates = [
        Row(
            f"{gate.name} {gate.direction}",
            "gate",
            any(_names(subject, f"{gate.name} {gate.direction}") for subject in own),
        )
        for gate in port.gates
    ]
    mtu = f"MTU {port.mtu}" if port.mtu is not None else "MTU not stated"
    side = " (side not known)" if port.side == "unknown" else ""
    hops = dict.fromkeys(
        hop.address
        for path in device.paths
        for hop in path.next_hops
        if hop.interface == name and hop.address
    )
    rows = [Row(name, "name"), Row(mtu + side), *(Row(f"next hop {hop}") for hop in list(hops)[:3])]
    culprit = bool(own) and not any(gate.culprit for gate in gates)
    return Card((*rows, *gates), culprit)


def _names(subject: str, name: str) -> bool:
    """Whether a subject names something, not only something that begins with it."""
    return re.search(rf"(?<![\w./-]){re.escape(name)}(?![\w/-]|\.\w)", subject) is not None


def _shown(cards: list[Card]) -> list[Card]:
    if len(cards) <= SHOWN:
        return cards
    marked = [card for card in cards if card.culprit or any(row.culprit for row in card.rows)]
    shown = (marked + [card for card in cards if card not in marked])[:SHOWN]
    return [*shown, Card((Row(f"and {len(cards) - SHOWN} more interfaces"),))]


def _ends(paths: Iterable[PathPart]) -> list[Card]:
    """Prefixes that leave through no interface: discarded, or without a route."""
    lost = [path for path in paths if not path.next_hops]
    found = []
    for title, group in (
        ("discarded by the route", [path for path in lost if path.route is not None]),
        ("no route known", [path for path in lost if path.route is None]),
    ):
        if group:
            shown = [Row(path.prefix) for path in group[:4]]
            more = [Row(f"and {len(group) - 4} more")] if len(group) > 4 else []
            found.append(Card((Row(title, "name"), *shown, *more), title.startswith("discarded")))
    return found


def _height(cards: Sequence[Card]) -> int:
    return sum(card.height + 12 for card in cards)


def _column(
    cards: Sequence[Card], x: int, height: int, before: tuple[int, int], after: tuple[int, int]
) -> list[str]:
    """Cards above each other, with lines from what is before them to what is behind."""
    parts = []
    y = (height - _height(cards)) // 2 + 6
    for card in cards:
        centre = y + card.height // 2
        parts.append(_line(before, (x, centre)) + _line((x + CARD, centre), after))
        kind = "card culprit" if card.culprit else "card"
        parts.append(_rect(x, y, CARD, card.height, kind))
        for number, row in enumerate(card.rows):
            parts.append(_row(row, x, y + 16 + number * ROW, card.culprit and number == 0))
        y += card.height + 12
    return parts


def _row(row: Row, x: int, y: int, marked: bool) -> str:
    said = _fitted(row.text, FIT)
    shape = ""
    if row.kind == "gate":
        kind = "gate culprit" if row.culprit else "gate"
        shape = _rect(x + 4, y - 12, CARD - 8, 15, kind)
        said = f"{'✖' if row.culprit else '▮'} {said}"
    elif marked:
        said = f"✖ {said}"
    title = element("title", text(row.text)) if len(row.text) > FIT else ""
    return shape + element("text", title + text(said), x=x + 8, y=y, class_=row.kind or None)


def _box(x: int, middle: int, width: int, lines: Sequence[str], kind: str) -> str:
    height = 14 + ROW * len(lines)
    top = middle - height // 2
    parts = [_rect(x, top, width, height, kind)]
    for number, line in enumerate(lines):
        y = top + 19 + number * ROW
        parts.append(element("text", text(line), x=x + width // 2, y=y, text_anchor="middle"))
    return "".join(parts)


def _rect(x: int, y: int, width: int, height: int, kind: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" class="{kind}"/>'


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    half = (start[0] + end[0]) // 2
    return f'<path d="M{start[0]} {start[1]}C{half} {start[1]} {half} {end[1]} {end[0]} {end[1]}" class="link"/>'


def _fitted(said: str, most: int) -> str:
    return said if len(said) <= most else f"{said[: most - 1]}…"
