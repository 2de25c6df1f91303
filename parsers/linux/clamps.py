"""MSS clamps of forwarded sessions: TCPMSS of iptables, `tcp option maxseg size set` of nft.

A clamp counts if it can reach every SYN: rules that name addresses, ports or states are noted only.
The kernel never raises an MSS, and `rt mtu` / `--clamp-mss-to-pmtu` use the smaller of both routes'
MTU (net/netfilter/xt_TCPMSS.c, nft_exthdr.c).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from parsers.linux.chains import Chain, Rule
from parsers.linux.filters import Built
from parsers.model.filters import Action, InterfaceSpec, Match
from parsers.model.interfaces import MssClamp
from parsers.model.source import Sourced, Where

_HOOKS = frozenset({"forward", "postrouting"})


class Clamps(NamedTuple):
    """Clamps on all transit, clamps by interface name, and clamps that cover a part only."""

    everywhere: tuple[MssClamp, ...]
    by_interface: tuple[tuple[str, MssClamp], ...]
    partial: tuple[Sourced[str], ...]


class _Place(NamedTuple):
    chain: Chain
    spec_in: InterfaceSpec | None
    spec_out: InterfaceSpec | None
    limited: bool


def clamps_of(found: Iterable[Built]) -> Clamps:
    """The clamps that base chains on the transit path apply, directly or through a jump."""
    built = list(found)
    by_key = {(one.chain.key, one.chain.family): one.chain for one in built}
    everywhere: list[MssClamp] = []
    by_interface: list[tuple[str, MssClamp]] = []
    partial: list[Sourced[str]] = []
    for one in built:
        base = one.chain.base
        if base is None or base.hook not in _HOOKS or one.inactive:
            continue
        waiting = [_Place(one.chain, None, None, False)]
        seen = set()
        while waiting:
            place = waiting.pop()
            known = (id(place.chain), *place[1:])  # a chain of many rules is slow to hash
            if known in seen:
                continue
            seen.add(known)
            for _, rule in place.chain.special():
                if rule.effect.mss is not None:
                    _clamp(place, rule, everywhere, by_interface, partial)
                waiting += _targets(place, rule, by_key)
    return Clamps(tuple(everywhere), tuple(by_interface), tuple(partial))


def _targets(place: _Place, rule: Rule, by_key: dict[tuple[str, int], Chain]) -> list[_Place]:
    out = []
    for entry in rule.entries:
        target = by_key.get((entry.target or "", place.chain.family))
        if target is not None and entry.action in (Action.JUMP, Action.GOTO):
            match = entry.matches[0] if len(entry.matches) == 1 else Match()
            limited = place.limited or rule.effect.limited or len(entry.matches) != 1
            out.append(
                _Place(target, match.in_interfaces or place.spec_in,
                       match.out_interfaces or place.spec_out, limited)
            )  # fmt: skip
    return out


def _clamp(
    place: _Place,
    rule: Rule,
    everywhere: list[MssClamp],
    by_interface: list[tuple[str, MssClamp]],
    partial: list[Sourced[str]],
) -> None:
    chain, effect = place.chain, rule.effect
    where = Where(chain.file, rule.line)
    value = effect.mss or None
    match = rule.entries[0].matches[0] if rule.entries and rule.entries[0].matches else Match()
    spec_in = match.in_interfaces or place.spec_in
    spec_out = match.out_interfaces or place.spec_out
    names = [spec for spec in (spec_in, spec_out) if spec is not None]
    if place.limited or effect.limited or len(names) > 1 or any(spec.negated for spec in names):
        partial.append(
            Sourced(value="mss-clamp", where=where, note="covers a part of the sessions")
        )
        return
    families = (match.family or chain.family,) if match.family or chain.family else (4, 6)
    if not names and not effect.mss_syn_ack:
        partial.append(Sourced(value="mss-clamp", where=where, note="leaves SYN-ACKs as they are"))
        return
    for family in families:
        if not names:
            everywhere.append(MssClamp(family=family, value=value, where=where))
            continue
        direction = "in" if spec_in is not None else "out"
        for name in names[0].names:
            clamp = MssClamp(family=family, value=value, direction=direction, where=where)
            by_interface.append((name, clamp))
