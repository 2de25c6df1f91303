"""Exact sets of packets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from parsers.model.addresses import FULL, AddressTerm
from parsers.model.filters import Ranges
from rules.packets.addresses import merged
from rules.packets.cubes import KINDS, Box, covers, family_of, full_box, meet, pieces, shape_of
from rules.packets.packet import Packet
from rules.packets.printing import (
    Service,
    described,
    port_ranges,
    prefix_terms,
    prefix_texts,
    services,
)
from rules.packets.simplify import simplified
from rules.packets.witness import plausible

Holed = tuple[Box, tuple[Box, ...]]
"""A box, and boxes that are taken out of it; something is left."""


class PacketSet:
    """An immutable set of packets, kept as a union of boxes that may overlap.

    A box may have holes: boxes that are not in the set. They are cut out only when a question needs
    that, for a filter may punch thousands. Two sets are equal if they hold the same packets,
    however they are cut into boxes; therefore they cannot be hashed.
    """

    __slots__ = ("_boxes", "_cut", "holed")

    holed: tuple[Holed, ...]

    def __init__(self, boxes: Iterable[Box] = (), holed: Iterable[Holed] = ()) -> None:
        """`holed` are boxes with their holes; one without any packet left must not be given."""
        self._boxes = tuple(boxes)
        self.holed = tuple(holed)
        self._cut: tuple[Box, ...] | None = None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Boxes without holes whose union is the set."""
        if not self.holed:
            return self._boxes
        if self._cut is None:
            cut = (piece for box, holes in self.holed for piece in pieces(box, holes))
            self._cut = (*self._boxes, *simplified(cut))
        return self._cut

    def __or__(self, other: PacketSet) -> PacketSet:
        """The packets in either set."""
        if not self:
            return other
        if not other:
            return self
        return PacketSet(
            dict.fromkeys((*self._boxes, *other._boxes)), dict.fromkeys((*self.holed, *other.holed))
        )

    def __and__(self, other: PacketSet) -> PacketSet:
        """The packets in both sets."""
        return PacketSet(
            dict.fromkeys(
                both
                for one in self.boxes
                for two in other.boxes
                if (both := meet(one, two)) is not None
            )
        )

    def __sub__(self, other: PacketSet) -> PacketSet:
        """The packets of this set that are not in `other`."""
        knives = other.boxes
        return PacketSet(piece for box in self.boxes for piece in pieces(box, knives))

    def __le__(self, other: PacketSet) -> bool:
        """Whether every packet of this set is in `other`."""
        knives = other.boxes
        return not any(True for box in self.boxes for _ in pieces(box, knives))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PacketSet):
            return NotImplemented
        return self <= other and other <= self

    def __bool__(self) -> bool:
        return bool(self._boxes or self.holed)

    def __contains__(self, packet: Packet) -> bool:
        return self.contains(packet)

    def __repr__(self) -> str:
        return f"<PacketSet: {self.describe()}>"

    @property
    def is_empty(self) -> bool:
        """Whether no packet is in the set."""
        return not self

    @property
    def families(self) -> tuple[int, ...]:
        """The families that the packets have, in order."""
        shapes = {box[0] for box in self._boxes} | {box[0] for box, _ in self.holed}
        return tuple(sorted({family_of(shape) for shape in shapes}))

    def contains(self, packet: Packet) -> bool:
        """Whether the set holds `packet`."""
        point = packet.box()
        return any(covers(box, point) for box in self._boxes) or any(
            covers(box, point) and not any(covers(hole, point) for hole in holes)
            for box, holes in self.holed
        )

    def complement(self) -> PacketSet:
        """All packets of both families that are not in the set."""
        return universe() - self

    def restrict(
        self,
        family: int | None = None,
        src: tuple[AddressTerm, ...] | None = None,
        dst: tuple[AddressTerm, ...] | None = None,
    ) -> PacketSet:
        """The packets of one family, from and to the given addresses; None is no restriction."""
        found = self
        if family is not None:
            found = PacketSet(box for box in found.boxes if family_of(box[0]) == family)
        if src is not None:
            found = found & between(src, None)
        if dst is not None:
            found = found & between(None, dst)
        return found

    def simplify(self) -> PacketSet:
        """The same packets in fewer boxes, where neighbours can be joined."""
        return PacketSet(simplified(self.boxes))

    def witness(self) -> Packet | None:
        """A packet of the set that could be seen on a wire, the same for the same boxes; None for
        the empty set.
        """
        return plausible((*self._boxes, *(_believable(box, holes) for box, holes in self.holed)))

    def addresses(self, side: str) -> tuple[str, ...]:
        """The `src` or `dst` addresses as the fewest prefixes, both families, in order.

        A wildcard with holes that would take more than 64 prefixes stands as `address/wildcard`.
        """
        return prefix_texts(self.boxes, side)

    def address_terms(self, side: str) -> tuple[AddressTerm, ...]:
        """The `src` or `dst` addresses as the fewest terms."""
        return prefix_terms(self.boxes, side)

    def ports(self, side: str) -> Ranges:
        """The `src` or `dst` ports of all packets that have ports, as the fewest ranges."""
        return port_ranges(self.boxes, side)

    def services(self) -> tuple[Service, ...]:
        """Destination prefixes with protocol and destination ports, for tables."""
        return services(self.boxes)

    def describe(self, most: int = 6) -> str:
        """The set in words; after `most` parts the rest is only counted."""
        whole = described(simplified(self._boxes), most)
        if not self.holed:
            return whole
        texts = [] if not self._boxes else [whole]
        for box, holes in self.holed[:most]:
            texts.append(f"{described([box], most)}, without {len(holes)} parts")
        if len(self.holed) > most:
            texts.append(f"and {len(self.holed) - most} more parts")
        return "; ".join(texts)


EMPTY = PacketSet()
"""No packets."""


def universe(*families: int) -> PacketSet:
    """All packets of the given families, of both without any."""
    return PacketSet(
        full_box(shape_of(family, kind)) for family in families or (4, 6) for kind in KINDS
    )


def between(
    src: Iterable[AddressTerm] | None,
    dst: Iterable[AddressTerm] | None,
    template: Iterable[Box] | None = None,
) -> PacketSet:
    """The packets from `src` to `dst`; None is everywhere.

    `template` limits the other fields: boxes whose addresses are free; without it every packet.
    """
    boxes = template if template is not None else universe().boxes
    sources, targets = _by_family(src), _by_family(dst)
    return PacketSet(
        (box[0], *one, *other, *box[5:])
        for box in boxes
        for one in sources[family_of(box[0])]
        for other in targets[family_of(box[0])]
    )


def only(packet: Packet) -> PacketSet:
    """The set of one packet."""
    return PacketSet((packet.box(),))


EVERYWHERE: dict[int, tuple[tuple[int, int], ...]] = dict.fromkeys(FULL, ((0, 0),))
"""The cubes of all addresses."""


def _by_family(terms: Iterable[AddressTerm] | None) -> dict[int, tuple[tuple[int, int], ...]]:
    return EVERYWHERE if terms is None else _cubes_of(tuple(terms))


@lru_cache(maxsize=64)
def _cubes_of(terms: tuple[AddressTerm, ...]) -> dict[int, tuple[tuple[int, int], ...]]:
    """The fewest cubes of each family; remembered, for a service's prefixes are asked at each interface."""
    return {
        family: tuple(merged([(t.value, t.care) for t in terms if t.family == family], family))
        for family in FULL
    }


def _believable(box: Box, holes: tuple[Box, ...]) -> Box:
    """A box in `box` that no hole meets; the most plausible packet's own if that is free."""
    packet = plausible((box,))
    if packet is not None:
        point = packet.box()
        if not any(covers(hole, point) for hole in holes):
            return point
    return next(pieces(box, holes))
