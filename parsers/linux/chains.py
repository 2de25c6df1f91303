"""Chains of netfilter rules: what the parsers produce before filters are made of it."""

from __future__ import annotations

from typing import NamedTuple

from parsers.model.balancing import HashField
from parsers.model.filters import Entry


class Effect(NamedTuple):
    """What a rule does beside its verdict, as far as MSS clamps and path choice care.

    `mss` is the clamp in bytes, 0 for the path MTU, None for no clamp; `mss_syn_ack` says that
    SYN-ACKs are clamped too. `spread` is `nth`, `random`, `numgen` or `hash`. `new_only`,
    `zero_mark` and `nonzero_mark` are conditions of the rule; `limited` says that others narrow it. `mark` is the
    mark that is set, None where it is not one number. `fields` are those that the hash takes in, or that the rule
    looks at and that can change within a session; `unread` is what a hash takes in besides. `clears_df` says that
    the rule writes the IPv4 flags without DF.
    """

    mss: int | None = None
    mss_syn_ack: bool = True
    spread: str | None = None
    sets_mark: bool = False
    restores: bool = False
    saves: bool = False
    new_only: bool = False
    zero_mark: bool = False
    nonzero_mark: bool = False
    limited: bool = False
    notrack: bool = False
    nat: str | None = None
    mark: int | None = None
    fields: frozenset[HashField] = frozenset()
    unread: frozenset[str] = frozenset()
    clears_df: bool = False


NO_EFFECT = Effect()


class Rule(NamedTuple):
    """One rule: its entries (several for a verdict map) share a line. The effect of one that jumps, marks, clamps or
    translates is never NO_EFFECT itself.
    """

    line: int
    entries: tuple[Entry, ...]
    effect: Effect = NO_EFFECT
    text: str = ""


class Base(NamedTuple):
    """Where a base chain hooks in. `kind` is filter, nat or route."""

    hook: str
    priority: int
    kind: str = "filter"
    devices: tuple[str, ...] = ()


class Chain(NamedTuple):
    """A chain, complete. `family` 0 sees both families."""

    key: str
    family: int
    file: str
    line: int | None
    rules: tuple[Rule, ...]
    base: Base | None = None

    def special(self) -> list[tuple[int, Rule]]:
        """The rules that do more than decide, each with its place in the chain."""
        return [
            (place, rule) for place, rule in enumerate(self.rules) if rule.effect is not NO_EFFECT
        ]


RANKS = {
    "ingress": 0, "prerouting": 1, "input": 2, "forward": 3, "output": 4, "postrouting": 5,
    "egress": 6,
}  # fmt: skip
"""The hooks in the order in which a packet meets them (a packet meets input or forward)."""


def order_of(base: Base) -> int:
    """A sort key: hooks in the packet's order, then ascending priority (32 bits, signed)."""
    return (RANKS[base.hook] << 34) + base.priority
