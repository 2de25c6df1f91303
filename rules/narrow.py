"""Where packets arrive that are too big for their way out, and whether their senders are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers.model.interfaces import Interface, MssClamp, Ptb
from parsers.model.source import Sourced
from rules import pmtud
from rules.meetings import PTB_IN, PTB_OUT
from rules.own_messages import own_filter
from rules.pmtud import Size, Telling
from rules.view import Crossing, View


class Narrow(NamedTuple):
    """One direction through the device: packets of up to `arriving` bytes do not fit through `way_out`.

    `entry` and `size` are the room of the interface that they come in by (None where that is not known)
    and of the one that they leave by.
    """

    crossing: Crossing
    upload: bool
    inside: Interface | None
    outside: Interface
    entry: Size | None
    size: Size
    arriving: int

    @property
    def way_out(self) -> Interface:
        """The interface that is too narrow."""
        if self.upload or self.inside is None:
            return self.outside
        return self.inside

    @property
    def way_in(self) -> Interface | None:
        """The interface that the packets come in by."""
        return self.inside if self.upload else self.outside

    @property
    def needed(self) -> int:
        """The MSS in bytes that fits."""
        return self.size.value - pmtud.HEADERS[self.crossing.family]


def narrows(view: View, crossing: Crossing) -> list[Narrow]:
    """All pairs of interfaces and directions where more arrives than fits; remembered with the view."""
    key = ("narrows", crossing.vrf, crossing.family)
    found = view.cache.get(key)
    if found is None:
        found = list(_narrows(view, crossing))
        view.cache[key] = found
    assert isinstance(found, list)  # noqa: S101 - only this function writes under the key
    return found


def _narrows(view: View, crossing: Crossing) -> Iterator[Narrow]:
    family = crossing.family
    for inside, outside in _pairs(view, crossing):
        out_size = pmtud.effective_mtu(view, outside, family)
        in_size = None if inside is None else pmtud.effective_mtu(view, inside, family)
        # the service's MSS is that of IPv4; over IPv6 it is 20 less, so the packets are as large
        arriving = view.service.mss + pmtud.HEADERS[4]
        if in_size is not None:
            arriving = min(arriving, in_size.value)
        if arriving > out_size.value:
            yield Narrow(crossing, True, inside, outside, in_size, out_size, arriving)
        if in_size is not None:
            down = min(out_size.value, pmtud.ETHERNET)
            if down > in_size.value:
                yield Narrow(crossing, False, inside, outside, out_size, in_size, down)


def _pairs(view: View, crossing: Crossing) -> Iterator[tuple[Interface | None, Interface]]:
    if crossing.known:
        for outside in crossing.outside:
            for inside in crossing.inside or (None,):
                yield inside, outside
        return
    for outside in crossing.inside:
        if pmtud.is_narrow(view, outside, crossing.family):
            yield next((i for i in crossing.inside if i.name != outside.name), None), outside


def told(view: View, narrow: Narrow) -> tuple[Telling, tuple[Ptb, ...]]:
    """Whether the senders of these packets are told, and what says so: the interfaces' statements and
    defaults, a limit of no message at all, and the filters on what the device sends itself."""
    family = narrow.crossing.family
    state, flags = pmtud.telling(narrow.inside, narrow.outside, family)
    if state is Telling.OFF:
        return state, tuple(flags)
    for limit in view.device.ptb_limits:
        if limit.family == family and limit.per_second == 0:
            return Telling.OFF, (
                Ptb(family=family, sends=False, where=limit.where, reason=limit.reason),
            )
    back = narrow.way_in  # the message goes back where the packet came from
    space = PTB_IN if narrow.upload else PTB_OUT
    own = own_filter(view, narrow.crossing, space, back.name if back is not None else None)
    if own is not None and (own.sends is False or state is Telling.ON):
        return (Telling.UNKNOWN if own.sends is None else Telling.OFF), (own,)
    return state, tuple(flags)


def clamps(view: View, narrow: Narrow) -> list[MssClamp]:
    """The clamps that act on the sessions' segments in this direction."""
    family = narrow.crossing.family
    return pmtud.clamps_between(view, narrow.inside, narrow.outside, family, narrow.upload)


def df_cleared(view: View, narrow: Narrow) -> Sourced[str] | None:
    """The statement that lets the device fragment these packets (IPv4 only, RFC 8200 forbids it for IPv6).
    One in a route map acts where packets come in through an interface that names the map."""
    if narrow.crossing.family != 4:
        return None
    way_in = narrow.way_in
    applied = way_in.policy_route.value if way_in is not None and way_in.policy_route else None
    for statement in view.device.df_cleared:
        if statement.where is not None and statement.note in ("", applied):
            return statement
    return None
