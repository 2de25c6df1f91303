"""Marks by count, chance, hash or a field that changes: rules that choose a routing table for a packet or a flow.

A flow keeps its way only if the mark of its first packet is saved in the connection and restored
for the others before anything counts them (knowledge: load balancing, section 10 and traps).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from parsers.linux.chains import Chain, Rule
from parsers.linux.filters import Built
from parsers.linux.hooks import reached
from parsers.linux.ip_rules import RoutingRules
from parsers.linux.moments import changes_with_time, splits_session
from parsers.linux.session_fields import CHANGING
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.filters import Action, Match
from parsers.model.source import Where
from parsers.netfilter_style.conditions import ANY

_FLOW_FIELDS = frozenset({HashField.SRC, HashField.DST, HashField.PROTOCOL})


def mark_choices(found: Iterable[Built], rules: Mapping[int, RoutingRules]) -> list[PathChoice]:
    """Rules that set a mark by count, chance, hash or something that can change within a session, and so choose the
    routing table. `rules` are the routing rules of each family that was given.
    """
    built = list(found)
    marks = Marks(built)
    out = []
    for one in built:
        for index, rule in one.chain.special():
            if marks.set_of(one.chain, rule):
                out += _mark_choices(marks, one.chain, index, rules)
    return out


class Marks:
    """Where marks are set, restored and saved, over all chains and the jumps between them."""

    def __init__(self, built: list[Built]) -> None:
        self.chains = {(one.chain.key, one.chain.family): one.chain for one in built}
        self.hooks = reached(built)
        self.callers: dict[tuple[str, int], list[tuple[Chain, int]]] = {}
        self.saved: set[int] = set()
        self.set_by: dict[tuple[str, int], frozenset[int | None]] = {}
        """The marks that the rules of a chain set, by the chain's key and family; None for one that is not known."""
        self.direct: set[tuple[str, int]] = set()
        """The chains that mark packets, and not only the connection, which marks later packets when it is restored."""
        self.known: dict[tuple[str, int, int], tuple[bool, bool]] = {}
        for key, chain in self.chains.items():
            special = chain.special()
            found = frozenset(rule.effect.mark for _, rule in special if rule.effect.sets_mark)
            if found:
                self.set_by[key] = found
            if any(_marks_packet(rule) for _, rule in special):
                self.direct.add(key)
            for index, rule in special:
                if rule.effect.saves:
                    self.saved.add(chain.family)
                for entry in rule.entries:
                    if entry.target is not None:
                        key = (entry.target, chain.family)
                        self.callers.setdefault(key, []).append((chain, index))

    def set_of(self, chain: Chain, rule: Rule) -> frozenset[int | None]:
        """The marks that a rule, or a chain that it jumps to, sets; None for one that is not known."""
        if rule.effect.sets_mark:
            return frozenset({rule.effect.mark})
        out = frozenset[int | None]()
        for entry in rule.entries:
            if entry.target is not None:
                out |= self.set_by.get((entry.target, chain.family), frozenset())
        return out

    def marks_packet(self, chain: Chain, rule: Rule) -> bool:
        """Whether a rule, or a chain that it jumps to, sets a mark of the packet."""
        called = any((e.target or "", chain.family) in self.direct for e in rule.entries)
        return called or _marks_packet(rule)

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


def _mark_choices(
    marks: Marks, chain: Chain, index: int, rules: Mapping[int, RoutingRules]
) -> list[PathChoice]:
    """The choices of one rule; one for both families where they are alike."""
    rule = chain.rules[index]
    families = [
        family
        for family in ((chain.family,) if chain.family else (4, 6))
        if any(match.family in (0, family) for match in _matches(rule))
    ]
    make = _mark_choice if rule.effect.spread else _condition_choice
    found = [make(marks, chain, index, family, rules.get(family)) for family in families]
    out = [choice for choice in found if choice is not None]
    if len(out) == 2 and out[0] == out[1].model_copy(update={"family": 4}):
        return [out[0].model_copy(update={"family": 0})]
    return out


def _mark_choice(
    marks: Marks, chain: Chain, index: int, family: int, rules: RoutingRules | None
) -> PathChoice | None:
    """The choice of a rule that counts or hashes."""
    rule = chain.rules[index]
    effect = rule.effect
    spread, in_effect, reason = _judged(marks, chain, index, family, rules)
    changing = bool(effect.fields & CHANGING)
    choice = _choice(chain, rule, family, f"{effect.spread} mark in {chain.key}")
    if choice is None:
        return None
    fields = frozenset[HashField]()
    if spread is Spread.FLOW:
        fields = effect.fields or _FLOW_FIELDS
    return choice.model_copy(
        update={
            "spread": spread,
            "fields": fields,
            "in_effect": in_effect,
            "reason": reason,
            "trap": spread is Spread.FLOW and not changing,
        }
    )


def _condition_choice(
    marks: Marks, chain: Chain, index: int, family: int, rules: RoutingRules | None
) -> PathChoice | None:
    """The choice of a rule that marks some packets of a session and can leave others; None where it does not, where
    the connection keeps its mark, or where no routing rule reads it.
    """
    rule = chain.rules[index]
    spread, what = _condition(rule, marks.marks_packet(chain, rule))
    if not what:
        return None
    hooks = marks.hooks.get((chain.key, chain.family), frozenset())
    once, restored = marks.protection(chain, index)
    if once and restored and marks.saved & {chain.family, 0}:
        return None
    if not _before_routing(hooks) or not _may_route(rules, marks.set_of(chain, rule)):
        return None
    if spread is Spread.PER_PACKET and (once or restored) and marks.saved & {chain.family, 0}:
        spread = Spread.UNKNOWN  # a part of what keeps a connection's mark is there
    choice = _choice(chain, rule, family, f"mark by {what} in {chain.key}")
    if choice is None:
        return None
    reason = f"the mark depends on {what}"
    sure = rules is not None and spread is not Spread.UNKNOWN
    return choice.model_copy(
        update={
            "spread": spread,
            "fields": rule.effect.fields if spread is Spread.FLOW else frozenset(),
            "in_effect": True if sure else None,
            "reason": reason if rules is not None else _not_given(family),
        }
    )


def _condition(rule: Rule, direct: bool) -> tuple[Spread, str]:
    """How a rule with these conditions treats a session, and which condition it is; "" for none. `direct` says that
    it marks the packet.
    """
    if rule.effect.fields & CHANGING:
        return Spread.FLOW, ", ".join(sorted(field.value for field in rule.effect.fields))
    if direct and splits_session(rule):
        return Spread.PER_PACKET, "TCP flags or the connection's state"
    return Spread.ADAPTIVE, changes_with_time(rule) or ""


def _choice(chain: Chain, rule: Rule, family: int, statement: str) -> PathChoice | None:
    """What both kinds have in common; None where no TCP packet is meant."""
    prefixes = _prefixes(rule)
    if prefixes == ():
        return None
    interface = _ingress(rule)
    return PathChoice(
        stage=Stage.POLICY, scope=Scope.INGRESS if interface else Scope.DEVICE, spread=Spread.FLOW,
        statement=rule.text or statement, interface=interface, family=family, operational=True,
        prefixes=prefixes, where=Where(chain.file, rule.line),
    )  # fmt: skip


def _marks_packet(rule: Rule) -> bool:
    return rule.effect.sets_mark and not rule.effect.saves


def _matches(rule: Rule) -> list[Match]:
    return [match for entry in rule.entries for match in entry.matches] or list(ANY)


def _may_route(rules: RoutingRules | None, marks: frozenset[int | None]) -> bool:
    """Whether one of these marks is routed otherwise than none, or whether nothing says."""
    if rules is None:
        return True
    return any(
        mark is None or test.value is None or test.takes(mark) != test.takes(0)
        for mark in marks
        for test in rules.marks
    )


def _not_given(family: int) -> str:
    command = "ip -6 rule show" if family == 6 else "ip rule show"
    return f"`{command}` was not given: nothing shows that the mark routes"


def _judged(
    marks: Marks, chain: Chain, index: int, family: int, rules: RoutingRules | None
) -> tuple[Spread, bool | None, str]:
    """How a rule that counts or hashes spreads packets, whether it takes effect, and why."""
    hooks = marks.hooks.get((chain.key, chain.family), frozenset())
    effect = chain.rules[index].effect
    in_effect, reason = _in_effect(hooks, family, rules)
    if effect.spread == "hash" and not effect.fields & CHANGING:
        if effect.unread:
            return Spread.UNKNOWN, in_effect, f"a hash of {', '.join(sorted(effect.unread))}"
        return Spread.FLOW, True, "a hash of header fields, not a counter"
    if hooks and all(kind == "nat" for _, kind in hooks):
        return Spread.FLOW, True, "a nat chain sees only the first packet of a connection"
    once, restored = marks.protection(chain, index)
    if once and restored and marks.saved & {chain.family, 0}:
        return Spread.FLOW, True, "only new connections are counted; conntrack restores the mark"
    if once or restored:
        reason = "a mark by count with only a part of conntrack's save and restore"
        return Spread.UNKNOWN, None, reason
    return Spread.FLOW if effect.spread == "hash" else Spread.PER_PACKET, in_effect, reason


def _before_routing(hooks: frozenset[tuple[str, str]]) -> bool:
    return any(kind != "nat" and hook in _BEFORE_ROUTING for hook, kind in hooks)


def _in_effect(
    hooks: frozenset[tuple[str, str]], family: int, rules: RoutingRules | None
) -> tuple[bool | None, str]:
    """Whether a mark that is set from these hooks routes, and why not."""
    if not _before_routing(hooks):
        return (
            False,
            "the mark is set behind the routing decision, or in a chain that nothing calls",
        )
    if rules is None:
        return None, _not_given(family)
    if not rules.marks:
        return False, f"no `ip {'-6 ' if family == 6 else ''}rule` reads a mark"
    return True, ""


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
    matches = _matches(rule)
    if not any(_carries_tcp(match) for match in matches):
        return ()
    out: list[tuple[int, int, int]] = []
    for match in matches:
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
