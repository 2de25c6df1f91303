"""Marks by count, chance or hash: rules that choose a routing table for a packet or for a flow.

A flow keeps its way only if the mark of its first packet is saved in the connection and restored
for the others before anything counts them (knowledge: load balancing, section 10 and traps).
"""

from __future__ import annotations

from collections.abc import Iterable

from parsers.linux.chains import Chain, Rule
from parsers.linux.filters import Built
from parsers.linux.ip_rules import RoutingRules
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.filters import Action, Match
from parsers.model.source import Where
from parsers.netfilter_style.conditions import ANY

_FLOW_FIELDS = frozenset({HashField.SRC, HashField.DST, HashField.PROTOCOL})


def mark_choices(found: Iterable[Built], rules: RoutingRules | None) -> list[PathChoice]:
    """Rules that set a mark by count, chance or hash, and so choose the routing table."""
    built = list(found)
    marks = Marks(built)
    out = []
    for one in built:
        for index, rule in enumerate(one.chain.rules):
            if rule.effect.spread and (rule.effect.sets_mark or marks.called_sets(one.chain, rule)):
                choice = _mark_choice(marks, one.chain, index, rules)
                if choice is not None:
                    out.append(choice)
    return out


class Marks:
    """Where marks are set, restored and saved, over all chains and the jumps between them."""

    def __init__(self, built: list[Built]) -> None:
        self.chains = {(one.chain.key, one.chain.family): one.chain for one in built}
        self.hooks = _hooks(built)
        self.callers: dict[tuple[str, int], list[tuple[Chain, int]]] = {}
        self.saved: set[int] = set()
        self.known: dict[tuple[str, int, int], tuple[bool, bool]] = {}
        for chain in self.chains.values():
            for index, rule in enumerate(chain.rules):
                if rule.effect.saves:
                    self.saved.add(chain.family)
                for entry in rule.entries:
                    if entry.target is not None:
                        key = (entry.target, chain.family)
                        self.callers.setdefault(key, []).append((chain, index))

    def called_sets(self, chain: Chain, rule: Rule) -> bool:
        """Whether a chain that the rule jumps to sets a mark."""
        targets = (self.chains.get((e.target or "", chain.family)) for e in rule.entries)
        return any(t is not None and any(r.effect.sets_mark for r in t.rules) for t in targets)

    def protection(self, chain: Chain, index: int) -> tuple[bool, bool]:
        """Whether packets that already have a mark pass by the rule, and whether a connection's
        mark was restored before it.
        """
        place = (chain.key, chain.family, index)
        if place in self.known:
            return self.known[place]
        self.known[place] = (False, False)  # a jump back to here protects nothing
        effect = chain.rules[index].effect
        once = effect.new_only or effect.zero_mark
        restored = False
        for earlier in chain.rules[:index]:
            restored = restored or earlier.effect.restores
            leaves = any(e.action in (Action.PERMIT, Action.RETURN) for e in earlier.entries)
            once = once or (leaves and earlier.effect.nonzero_mark)
        callers = self.callers.get((chain.key, chain.family), [])
        if callers:
            above = [self.protection(caller, at) for caller, at in callers]
            once = once or all(one for one, _ in above)
            restored = restored or all(two for _, two in above)
        if once and not restored:
            restored = any(rule.effect.restores for rule in chain.rules[index:])
        self.known[place] = (once, restored)
        return once, restored


def _hooks(built: list[Built]) -> dict[tuple[str, int], frozenset[tuple[str, str]]]:
    """The (hook, kind) pairs from which each chain is reached."""
    out: dict[tuple[str, int], set[tuple[str, str]]] = {}
    by_key = {(one.chain.key, one.chain.family): one.chain for one in built}
    for one in built:
        base = one.chain.base
        if base is None or one.inactive:
            continue
        waiting = [one.chain]
        while waiting:
            chain = waiting.pop()
            hooks = out.setdefault((chain.key, chain.family), set())
            if (base.hook, base.kind) in hooks:
                continue
            hooks.add((base.hook, base.kind))
            for rule in chain.rules:
                for entry in rule.entries:
                    target = by_key.get((entry.target or "", chain.family))
                    if target is not None:
                        waiting.append(target)
    return {key: frozenset(hooks) for key, hooks in out.items()}


def _mark_choice(
    marks: Marks, chain: Chain, index: int, rules: RoutingRules | None
) -> PathChoice | None:
    rule = chain.rules[index]
    effect = rule.effect
    spread, in_effect, reason = _judged(marks, chain, index, rules)
    prefixes = _prefixes(rule)
    if prefixes == ():
        return None
    interface = _ingress(rule)
    return PathChoice(
        stage=Stage.POLICY, scope=Scope.INGRESS if interface else Scope.DEVICE, spread=spread,
        statement=rule.text or f"{effect.spread} mark in {chain.key}", interface=interface,
        fields=_FLOW_FIELDS if spread is Spread.FLOW else frozenset(),
        family=chain.family, in_effect=in_effect, reason=reason, operational=True,
        prefixes=prefixes, trap=spread is Spread.FLOW, where=Where(chain.file, rule.line),
    )  # fmt: skip


def _judged(
    marks: Marks, chain: Chain, index: int, rules: RoutingRules | None
) -> tuple[Spread, bool | None, str]:
    """How a rule that marks spreads packets, whether it takes effect, and why."""
    hooks = marks.hooks.get((chain.key, chain.family), frozenset())
    if chain.rules[index].effect.spread == "hash":
        return Spread.FLOW, True, "a hash of header fields, not a counter"
    if hooks and all(kind == "nat" for _, kind in hooks):
        return Spread.FLOW, True, "a nat chain sees only the first packet of a connection"
    once, restored = marks.protection(chain, index)
    if once and restored and marks.saved & {chain.family, 0}:
        return Spread.FLOW, True, "only new connections are counted; conntrack restores the mark"
    if once or restored:
        reason = "a mark by count with only a part of conntrack's save and restore"
        return Spread.UNKNOWN, None, reason
    if not any(kind != "nat" and hook in _BEFORE_ROUTING for hook, kind in hooks):
        reason = "the mark is set behind the routing decision, or in a chain that nothing calls"
        return Spread.PER_PACKET, False, reason
    if rules is None:
        reason = "`ip rule show` was not given: nothing shows that the mark routes"
        return Spread.PER_PACKET, None, reason
    if not rules.marks:
        return Spread.PER_PACKET, False, "no `ip rule` reads a mark"
    return Spread.PER_PACKET, True, ""


_BEFORE_ROUTING = frozenset({"ingress", "prerouting", "output"})
"""Hooks in which a mark still changes the route."""


def _ingress(rule: Rule) -> str | None:
    specs = {match.in_interfaces for entry in rule.entries for match in entry.matches}
    spec = specs.pop() if len(specs) == 1 else None
    if spec is None or spec.negated or len(spec.names) != 1 or spec.names[0].endswith("*"):
        return None
    return spec.names[0]


def _prefixes(rule: Rule) -> tuple[tuple[int, int, int], ...] | None:
    """The destinations the rule is limited to; None for all, empty where TCP cannot match."""
    matches = [match for entry in rule.entries for match in entry.matches]
    if not any(_carries_tcp(match) for match in matches):
        return ()
    out: list[tuple[int, int, int]] = []
    for match in matches or ANY:
        if match.dst is None or match.dst.negated or match.dst.excepts:
            return None
        for term in match.dst.terms:
            bits = 32 if term.family == 4 else 128
            length = term.care.bit_count()
            if term.care != ((1 << length) - 1) << (bits - length):
                return None
            out.append((term.family, term.value, length))
    return tuple(out)


def _carries_tcp(match: Match) -> bool:
    return match.protocols is None or any(low <= 6 <= high for low, high in match.protocols)
