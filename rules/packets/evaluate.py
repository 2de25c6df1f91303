"""Which packets of a set a filter permits, denies or leaves undecided, and by which entry."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from parsers.model.addresses import FULL
from parsers.model.filters import Action, Filter, FilterTable
from rules.errors import UnknownFilter
from rules.packets.compiled import Candidate, CompiledFilter, Step
from rules.packets.cubes import Box, anything_left, family_of, pieces
from rules.packets.packet import Packet
from rules.packets.sets import Holed, PacketSet
from rules.packets.simplify import simplified
from rules.packets.verdicts import Because, Decision, Outcome, Piece, Verdicts
from rules.packets.walk import TOO_LARGE, Leaf, Walk, settled, undecided

OUTCOMES = {Action.PERMIT: Outcome.PERMIT, Action.DENY: Outcome.DENY}


class Hook(NamedTuple):
    """One of several filters that a packet meets on its way."""

    key: str
    family: int
    in_interface: str | None = None
    out_interface: str | None = None


def evaluate(
    filters: FilterTable,
    key: str,
    family: int,
    space: PacketSet,
    in_interface: str | None = None,
    out_interface: str | None = None,
) -> Verdicts:
    """Judges the packets of `space` that are of `family` with the filter `key`.

    An interface given as None is not known: entries with a condition on it may match. Raises
    UnknownFilter if the table has no such filter.
    """
    base = find_filter(filters, key, family)
    boxes = [box for box in space.boxes if family_of(box[0]) == family]
    if not boxes:
        return Verdicts(())
    if base.uncertain is not None:
        reason = Because(base, None, base.uncertain)
        return Verdicts((Piece(PacketSet(boxes), Decision(Outcome.UNKNOWN, None, base, reason)),))
    leaves = _walk(filters, base, family, boxes, in_interface, out_interface)
    return Verdicts(_pieces(base, leaves))


def decide(
    filters: FilterTable,
    key: str,
    family: int,
    packet: Packet,
    in_interface: str | None = None,
    out_interface: str | None = None,
) -> Decision:
    """What the filter `key` does with one packet.

    Raises UnknownFilter if the table has no such filter, and BadPacket for a packet that cannot be.
    """
    base = find_filter(filters, key, family)
    if base.uncertain is not None:
        because = Because(base, None, base.uncertain)
        return Decision(Outcome.UNKNOWN, None, base, because)
    leaves = _walk(filters, base, family, [packet.box()], in_interface, out_interface)
    return _decision(leaves[0][0])[1]


def evaluate_chain_of(filters: FilterTable, hooks: Iterable[Hook], space: PacketSet) -> Verdicts:
    """Judges `space` with several filters in a row, all of which must permit a packet.

    The first that denies decides. Packets of which an earlier filter does not tell are undecided
    unless a later one denies them for certain. For a permitted packet the last filter's decision is
    given.
    """
    waiting = [Piece(space, NO_FILTER)]
    done: list[Piece] = []
    for hook in hooks:
        following: list[Piece] = []
        for piece in waiting:
            judged = evaluate(filters, hook.key, hook.family, piece.packets, *hook[2:])
            other = PacketSet(b for b in piece.packets.boxes if family_of(b[0]) != hook.family)
            if other:
                following.append(Piece(other, piece.decision))
            for part in judged.pieces:
                if part.outcome is Outcome.DENY:
                    done.append(part)
                elif piece.outcome is Outcome.UNKNOWN:
                    following.append(Piece(part.packets, piece.decision))
                else:
                    following.append(part)
        waiting = following
    return Verdicts(_gathered([*done, *waiting]))


def find_filter(filters: FilterTable, key: str, family: int) -> Filter:
    """The filter `key` for `family`, or the one for both families.

    Raises UnknownFilter if there is neither.
    """
    found = filters.get((key, family)) or filters.get((key, 0))
    if found is None:
        raise UnknownFilter(f"no filter is called {key!r} for IPv{family}")
    return found


NO_FILTER = Decision(
    Outcome.PERMIT, None, Filter("", 0, "", None, (), Action.PERMIT, kind="no filter")
)
"""What happens where no filter stands."""


Fields = tuple[int, ...]
"""Some of the fields of a box, in their order."""

UNVARIED: list[Fields] = [()]
"""A box that stands for itself alone."""

SHAPE_AND_CUBES, WITH_PORTS = 5, 9
"""How many fields of a box are its shape and addresses, and how many with the two ranges."""

FEW_HOLES = 12
"""So many holes are cut out of a box at once."""

CUTS = 100_000
"""Cuts to find out whether holes leave anything of a box (about a second at most)."""

FEW_BOXES = 64
"""Up to so many boxes joining neighbours costs more than it saves."""


def _walk(
    filters: FilterTable,
    base: Filter,
    family: int,
    boxes: list[Box],
    in_interface: str | None,
    out_interface: str | None,
) -> list[tuple[Leaf, list[Fields]]]:
    def find(key: str) -> CompiledFilter | None:
        target = filters.get((key, family)) or filters.get((key, 0))
        if target is None:
            return None
        return compiled(target, family, in_interface, out_interface)

    chain = compiled(base, family, in_interface, out_interface)
    walk = Walk(chain, find)
    leaves: list[tuple[Leaf, list[Fields]]] = []
    for hull, group in _groups(boxes):
        candidates = chain.candidates(hull)
        for box, variants in _alike(hull, group, candidates):
            found = [whole for leaf in walk.start(box, candidates) for whole in _opened(leaf)]
            leaves += [(leaf, variants) for leaf in found]
    return leaves


def _alike(
    hull: Box, group: list[Box], candidates: list[Candidate]
) -> Iterator[tuple[Box, list[Fields]]]:
    """The boxes of a group, those as one that no candidate tells apart.

    A session to two ports, its SYN and the rest of it make four boxes; most filters know no flags
    or states, many no ports. What differs is given beside the box, to be put back afterwards.
    """
    first = SHAPE_AND_CUBES
    if len(group) > 1 and all(candidate[11] for candidate in candidates):
        for first in (SHAPE_AND_CUBES, WITH_PORTS, len(hull)):
            if all(candidate[first:11] == hull[first:] for candidate in candidates):
                break
    else:
        first = len(hull)
    together: dict[Fields, list[Fields]] = {}
    for box in group:
        together.setdefault(box[:first], []).append(box[first:])
    for fields, variants in together.items():
        if len(variants) == 1:
            yield _box(fields + variants[0]), UNVARIED
        else:
            yield _box(fields + hull[first:]), variants


def _opened(leaf: Leaf) -> Iterable[Leaf]:
    """A leaf with its few holes cut out; many stay holes, unless they leave nothing.

    Where that takes too long to find out, the packets are undecided, if there are any.
    """
    if not leaf.holes:
        return (leaf,)
    if len(leaf.holes) <= FEW_HOLES:
        return [leaf._replace(box=box, holes=()) for box in pieces(leaf.box, leaf.holes)]
    left = anything_left(leaf.box, leaf.holes, CUTS)
    if left is None and leaf.step is not None:
        return (leaf._replace(step=undecided(leaf.step, TOO_LARGE), pending=()),)
    return (leaf,) if left else ()


def _box(fields: Fields) -> Box:
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = fields
    return (shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states)


def _groups(boxes: list[Box]) -> Iterable[tuple[Box, list[Box]]]:
    """Boxes that share a shape and the address cube that tells them apart best, each group with the
    smallest box around it: what meets none of the group is put aside once for all.
    """
    if len(boxes) == 1:
        return [(boxes[0], boxes)]
    by_src: dict[tuple[int, int, int], list[Box]] = {}
    by_dst: dict[tuple[int, int, int], list[Box]] = {}
    for box in boxes:
        by_src.setdefault((box[0], box[1], box[2]), []).append(box)
        by_dst.setdefault((box[0], box[3], box[4]), []).append(box)
    groups = by_dst if len(by_dst) >= len(by_src) else by_src
    return [(_hull(group), group) for group in groups.values()]


def hulls(boxes: list[Box]) -> list[Box]:
    """A few boxes around all of `boxes`, one for each group that is looked up together."""
    return [hull for hull, _group in _groups(boxes)] if boxes else []


def around(boxes: list[Box]) -> list[Box]:
    """The smallest box around all boxes of each shape."""
    shapes: dict[int, list[Box]] = {}
    for box in boxes:
        shapes.setdefault(box[0], []).append(box)
    return [_hull(group) for group in shapes.values()]


def _hull(boxes: list[Box]) -> Box:
    shape, sv, sc, dv, dc, al, ah, bl, bh, bits, states = boxes[0]
    for box in boxes[1:]:
        sc &= box[2] & ~(sv ^ box[1])
        dc &= box[4] & ~(dv ^ box[3])
        al, ah = min(al, box[5]), max(ah, box[6])
        bl, bh = min(bl, box[7]), max(bh, box[8])
        bits |= box[9]
        states |= box[10]
    return (shape, sv & sc, sc, dv & dc, dc, al, ah, bl, bh, bits, states)


def _decision(leaf: Leaf) -> tuple[Step, Decision]:
    assert leaf.step is not None  # only walks that are tried out end without a decision  # noqa: S101
    action, step = settled(leaf.step, leaf.pending)
    outcome = OUTCOMES.get(action, Outcome.UNKNOWN)
    because = None
    if outcome is Outcome.UNKNOWN:
        because = Because(step.filter, step.entry, step.doubt or step.reason)
    return step, Decision(outcome, step.entry, step.filter, because)


class _Part:
    """The packets of one decision while they are gathered."""

    __slots__ = ("boxes", "decision", "holed")

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.boxes: dict[int, tuple[list[Fields], list[Box]]] = {}
        self.holed: list[Holed] = []

    def add(self, leaf: Leaf, variants: list[Fields]) -> None:
        """Adds the packets of a leaf, in all variants."""
        if leaf.holes:
            self.holed += [(box, leaf.holes) for box in _varied([leaf.box], variants)]
            return
        known = self.boxes.get(id(variants))
        if known is None:
            self.boxes[id(variants)] = (variants, [leaf.box])
        else:
            known[1].append(leaf.box)

    def packets(self) -> PacketSet:
        """All that was added."""
        found: list[Box] = []
        for variants, boxes in self.boxes.values():
            found += _varied(simplified(boxes) if len(boxes) > FEW_BOXES else boxes, variants)
        return PacketSet(found, self.holed)


def _varied(boxes: list[Box], variants: list[Fields]) -> list[Box]:
    if variants is UNVARIED:
        return boxes
    kept = len(boxes[0]) - len(variants[0])
    return [_box(box[:kept] + fields) for box in boxes for fields in variants]


def _pieces(base: Filter, leaves: list[tuple[Leaf, list[Fields]]]) -> tuple[Piece, ...]:
    found: dict[tuple[bool, str, int, str, str], _Part] = {}
    for leaf, variants in leaves:
        step, decision = _decision(leaf)
        reason = decision.because.reason if decision.because else ""
        key = step.filter.key
        place = (key != base.key, key, step.number, decision.outcome.value, reason)
        part = found.get(place)
        if part is None:
            part = found[place] = _Part(decision)
        part.add(leaf, variants)
    return tuple(
        Piece(part.packets(), part.decision)
        for _, part in sorted(found.items(), key=lambda item: item[0])
    )


def _gathered(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Pieces with the same decision joined."""
    found: dict[tuple[int, int, str], Piece] = {}
    for piece in pieces:
        entry = piece.entry
        key = (id(piece.filter), id(entry) if entry is not None else 0, piece.outcome.value)
        known = found.get(key)
        found[key] = (
            piece if known is None else Piece(known.packets | piece.packets, known.decision)
        )
    return tuple(found.values())


def naming(source: Filter, packet: Packet) -> Iterable[int]:
    """The numbers of the entries whose addresses hold a packet's, in order; a superset where they have holes."""
    full = FULL[packet.family]
    chain = compiled(source, packet.family, None, None)
    return chain.numbers(packet.src, full, packet.dst, full)


MEMORY = 128
"""Compiled filters that are kept: a device's filters are asked several times in a row."""

_kept: OrderedDict[tuple[int, int, str | None, str | None], CompiledFilter] = OrderedDict()
_first: OrderedDict[tuple[int, int], CompiledFilter] = OrderedDict()
"""The first compiled form of a filter for a family: one list on many interfaces is indexed once."""


def compiled(
    source: Filter, family: int, in_interface: str | None, out_interface: str | None
) -> CompiledFilter:
    """The compiled form of a filter, made once; kept with its source, so that ids stay unique."""
    key = (id(source), family, in_interface, out_interface)
    found = _kept.get(key)
    if found is None or found.filter is not source:
        found = _kept[key] = CompiledFilter(source, family, in_interface, out_interface)
        first = _first.get(key[:2])
        if first is not None and first.filter is source:
            found.share(first)
        else:
            _first[key[:2]] = found
        for kept in (_kept, _first):
            if len(kept) > MEMORY:
                kept.popitem(last=False)
    return found
