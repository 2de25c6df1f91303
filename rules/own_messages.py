"""Whether a device's own filters let its own 'packet too big' messages out."""

from __future__ import annotations

from parsers.model.addresses import FULL, AddressTerm
from parsers.model.interfaces import Ptb
from parsers.model.source import Where
from rules.meetings import PTB_IN, packets_of
from rules.packets.evaluate import evaluate
from rules.packets.verdicts import Piece
from rules.view import Crossing, View


def own_filter(view: View, crossing: Crossing, space: str, leaves_by: str | None) -> Ptb | None:
    """What the filters on packets that the device sends do with Frag-Needed or PTB to clients (`ptb-in`) or
    to the service (`ptb-out`): None if they pass, else a statement that they do not, or may not. `leaves_by` is
    the interface that the message goes out through, None where that is not known."""
    key = ("own messages", crossing.vrf, crossing.family, space, leaves_by)
    if key not in view.cache:
        view.cache[key] = _own_filter(view, crossing, space, leaves_by)
    found = view.cache[key]
    assert found is None or isinstance(found, Ptb)  # noqa: S101 - only this function writes under the key
    return found


def _own_filter(view: View, crossing: Crossing, space: str, leaves_by: str | None) -> Ptb | None:
    inside = tuple(t for i in crossing.inside for t in view.sources(crossing, i)) or None
    packets = packets_of(view, crossing, space, inside if space == PTB_IN else None)
    own = _own_addresses(crossing)
    if own:
        packets = packets.restrict(src=own)
    for binding in view.hook_bindings(crossing.family, "out"):
        found = view.filter_of(binding)
        if found is None or not packets:
            continue
        family = found.family or crossing.family
        verdicts = evaluate(view.device.filters, found.key, family, packets, None, leaves_by)
        denied = [piece for piece in verdicts.pieces if piece.outcome.value == "deny"]
        doubtful = [piece for piece in verdicts.pieces if piece.outcome.value == "unknown"]
        if denied:
            return _statement(crossing.family, False, denied)
        if doubtful:
            return _statement(crossing.family, None, doubtful)
    return None


def _own_addresses(crossing: Crossing) -> tuple[AddressTerm, ...]:
    """What the device puts into its messages as the source; empty where an address is not in the texts."""
    sides = (*crossing.inside, *crossing.outside)
    if any(interface.dynamic_address is not None for interface in sides):
        return ()
    full = FULL[crossing.family]
    return tuple(
        AddressTerm(crossing.family, address.value, full)
        for interface in sides
        for address in interface.addresses
        if address.family == crossing.family
    )


def _statement(family: int, sends: bool | None, pieces: list[Piece]) -> Ptb:
    decision = pieces[0].decision
    line = decision.line
    if line is None and decision.because is not None and decision.because.entry is not None:
        line = decision.because.entry.line
    where = Where(decision.filter.file, line) if line is not None else None
    word = "drops" if sends is False else "may drop"
    return Ptb(family=family, sends=sends, where=where, reason=f"{decision.filter.key} {word} them")
