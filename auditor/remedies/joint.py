"""A list that is bound where only the pair of interfaces decided: both have to let a packet pass then.

On an ASA a list on the interface that a session comes in by takes the place of the security levels, so that the filter
of the pair and the list changed together; each alone would seem to open or close what the other one does not.
"""

from __future__ import annotations

from parsers.model.device import Device
from parsers.model.filters import Filter
from rules.packets.evaluate import evaluate
from rules.packets.sets import PacketSet, universe
from rules.packets.verdicts import Outcome

PAIR = "security-level:"
SESSION = "session"
"""The entry for what belongs to a session, or was announced in one: no list is asked about it (ASA configuration guide,
"Access Rules")."""


def bound_since(old: Device, new: Device, after: Filter, family: int) -> str | None:
    """The key of a list that is bound to the first interface of a pair, and was not before; else None."""
    if not after.key.startswith(PAIR):
        return None
    source = after.key.removeprefix(PAIR).partition(":")[0]
    known = {(bound.key, bound.interface) for bound in old.bindings}
    found = [
        bound.key
        for bound in new.bindings
        if bound.direction == "in"
        and (bound.key, bound.interface) not in known
        and bound.family in (0, family)
        and _named(new, bound.interface) == source
    ]
    return found[0] if len(found) == 1 else None


def _named(device: Device, interface: str | None) -> str | None:
    """The zone that an interface is: what `nameif` calls it."""
    port = next((one for one in device.interfaces if one.name == interface), None)
    return port.zone.value if port is not None and port.zone is not None else interface


def differs(
    old: Device, new: Device, before: Filter, after: Filter, family: int, bound: str
) -> PacketSet:
    """The packets that pass now and did not, or the other way round; what is not certain passes."""
    space = universe(family)
    judged = evaluate(old.filters, before.key, family, space)
    was = space - judged.part(Outcome.DENY)
    sessions = PacketSet(
        box
        for piece in judged.pieces
        if piece.decision.entry is not None and piece.decision.entry.label == SESSION
        for box in piece.packets.boxes
    )
    now = space - evaluate(new.filters, after.key, family, space).part(Outcome.DENY)
    listed = space - evaluate(new.filters, bound, family, space).part(Outcome.DENY)
    now &= listed | sessions
    return (was - now) | (now - was)
