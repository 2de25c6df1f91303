"""Rules that take DF off IPv4 packets: before routing the system then fragments what is too big itself; behind it the
system has told the sender already, and only a later router fragments.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.linux.filters import Built
from parsers.linux.hooks import reached
from parsers.model.source import Sourced, Where

_BEFORE = frozenset({"ingress", "prerouting"})
"""Hooks before the size is checked (net/ipv4/ip_forward.c: the check precedes the forward hook)."""


def df_cleared(built: list[Built]) -> list[Sourced[str]]:
    """The rules after which the system itself fragments."""
    return [Sourced(value=text, where=where) for early, text, where in _clearing(built) if early]


def df_cleared_late(built: list[Built]) -> list[Sourced[str]]:
    """The rules that leave the fragmenting to others, as `Device.recognised` has them."""
    return [
        Sourced(value="clear-df", where=where, note=text)
        for early, text, where in _clearing(built)
        if not early
    ]


def _clearing(built: list[Built]) -> Iterator[tuple[bool, str, Where]]:
    found = [(one.chain, r) for one in built for _, r in one.chain.special() if r.effect.clears_df]
    hooks = reached(built) if found else {}
    for chain, rule in found:
        places = {hook for hook, _ in hooks.get((chain.key, chain.family), ())}
        if places:
            where = Where(chain.file, rule.line)
            yield bool(places & _BEFORE), f"nft ip frag-off in {chain.key}", where
