"""One nft rule: expressions from left to right become entries (nft(8), "Statements")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from parsers.linux.chains import NO_EFFECT, Effect, Rule
from parsers.linux.nft_terms import Sets, condition, element_value
from parsers.linux.session_fields import CHANGING, looked_at
from parsers.model.filters import Action, Entry, FlagTest, Match, State, Symptom
from parsers.netfilter_style.conditions import ANY, Condition, conjoin
from parsers.netfilter_style.loopback import loopback_by_address

_VERDICTS = {
    "accept": Action.PERMIT,
    "drop": Action.DENY,
    "return": Action.RETURN,
    "continue": Action.CONTINUE,
}
_NAT = frozenset({"snat", "dnat", "masquerade", "redirect"})
_NO_CONDITION = frozenset(
    {"counter", "log", "notrack", "flow", "ct helper", "ct timeout", "ct expectation", "reset",
     "dup", "tproxy", "last", "comment", "secmark", "mangle"}
)  # fmt: skip
_RATES = frozenset({"limit", "quota", "ct count", "connlimit", "meter"})
_SPREADS = {"numgen": "numgen", "jhash": "hash", "symhash": "hash"}
_DF = 0x4000
"""The bit of the IPv4 fragment word that forbids to fragment (RFC 791, section 3.1)."""


class RuleReader:
    """The state while the expressions of one rule are read."""

    __slots__ = (
        "alive", "doubts", "effect", "entries", "family", "line", "matches", "prefix", "sets",
    )  # fmt: skip

    def __init__(self, line: int, prefix: str, family: int, sets: Sets) -> None:
        self.line = line
        self.family = family
        self.prefix = prefix
        self.sets = sets
        self.matches: tuple[Match, ...] = ANY
        self.doubts: list[str] = []
        self.entries: list[Entry] = []
        self.effect = NO_EFFECT
        self.alive = True

    def doubt(self, reason: str) -> None:
        """Notes that the conditions read are only a superset, and why."""
        if reason not in self.doubts:
            self.doubts.append(reason)

    def need(self, found: Condition) -> None:
        """Adds a condition."""
        self.matches, uncertain = conjoin(self.matches, found)
        for reason in (found.uncertain, uncertain):
            if reason:
                self.doubt(reason)

    def end(
        self, action: Action, target: str | None = None, symptom: Symptom = Symptom.TIMEOUT
    ) -> None:
        """Ends the rule with a verdict."""
        self.emit(action, self.matches, target, symptom)
        self.alive = False

    def emit(
        self, action: Action, matches: tuple[Match, ...], target: str | None, symptom: Symptom
    ) -> None:
        """Adds an entry for the packets of `matches`."""
        uncertain = "; ".join(self.doubts) or None
        matches = loopback_by_address(matches, self.family)
        if target is not None:
            target = self.prefix + target
        self.entries.append(Entry(self.line, action, matches, uncertain, target, symptom))


def read_rule(
    body: dict[str, Any],
    line: int,
    prefix: str,
    family: int,
    sets: Sets,
    chains: frozenset[str],
) -> Rule:
    """The rule whose expressions `body` holds, in a table of `family` (0 for both); `prefix` goes
    before the names of target chains.
    """
    reader = RuleReader(line, prefix, family, sets)
    for expression in body.get("expr", ()):
        if not reader.alive:
            break
        read_expression(reader, expression, chains)
    if reader.alive:
        reader.end(Action.CONTINUE)
    effect = reader.effect
    if effect.sets_mark or any(e.target is not None for e in reader.entries):
        effect = _on_conditions(effect, body.get("expr", ()))
    if effect is not NO_EFFECT or any(e.target is not None for e in reader.entries):
        effect = _with_conditions(effect, reader)
    return Rule(line, tuple(reader.entries), effect)


def read_expression(reader: RuleReader, expression: Any, chains: frozenset[str]) -> None:
    """Takes in the next expression of a rule."""
    if not isinstance(expression, dict) or len(expression) != 1:
        _unknown(reader, "an expression")
        return
    ((kind, body),) = expression.items()
    if kind == "match" and isinstance(body, dict):
        _match(reader, body)
    elif kind in _VERDICTS:
        reader.end(_VERDICTS[kind])
    elif kind in ("jump", "goto"):
        _jump(reader, kind, body, chains)
    elif kind == "vmap" and isinstance(body, dict):
        _verdict_map(reader, body, chains)
    elif kind == "reject":
        reader.end(Action.DENY, symptom=_reject_symptom(body))
    elif kind in _RATES:
        reader.doubt(kind)
    elif kind in _NAT:
        reader.effect = reader.effect._replace(nat=kind)
        reader.end(Action.PERMIT)
    elif kind == "set" and isinstance(body, dict):
        if body.get("stmt"):
            reader.doubt("a rate per element")
    elif kind in _NO_CONDITION:
        _effect(reader, kind, body)
    else:
        _unknown(reader, str(body) if kind == "unknown" else kind)


def _unknown(reader: RuleReader, what: str) -> None:
    reader.doubt(f"{what} is not understood")
    reader.end(Action.UNKNOWN)


def _match(reader: RuleReader, body: dict[str, Any]) -> None:
    left, op, right = body.get("left"), str(body.get("op")), body.get("right")
    if left in ({"meta": {"key": "mark"}}, {"ct": {"key": "mark"}}) and right == 0:
        zero, nonzero = op == "==", op == "!="
        reader.effect = reader.effect._replace(zero_mark=zero, nonzero_mark=nonzero)
    reader.need(condition(left, op, right, reader.sets))


def _jump(reader: RuleReader, kind: str, body: Any, chains: frozenset[str]) -> None:
    target = body.get("target") if isinstance(body, dict) else None
    if not isinstance(target, str) or target not in chains:
        _unknown(reader, f"{kind} {target}")
        return
    reader.end(Action.JUMP if kind == "jump" else Action.GOTO, target)


def _reject_symptom(body: Any) -> Symptom:
    kind = body.get("type") if isinstance(body, dict) else None
    return Symptom.RESET if kind == "tcp reset" else Symptom.ICMP_ERROR


def _verdict_map(reader: RuleReader, body: dict[str, Any], chains: frozenset[str]) -> None:
    """A verdict map: the elements exclude each other, and no element ends the rule unmatched."""
    key, data = body.get("key"), body.get("data")
    if _spread(key) is not None:
        reader.effect = _spreading(reader.effect, key)._replace(sets_mark=True)
    elements, doubt = _map_elements(data, reader.sets)
    if doubt is not None:
        _unknown(reader, doubt)
        return
    groups: dict[tuple[str, str | None], list[Any]] = {}
    catch_all: tuple[str, str | None] | None = None
    for element in elements:
        pair = _pair(element)
        if pair is None:
            _unknown(reader, "an element of a verdict map")
            return
        if pair[0] == "*":
            catch_all = pair[1]
        else:
            groups.setdefault(pair[1], []).append(pair[0])
    before, doubts = reader.matches, list(reader.doubts)
    for verdict, keys in groups.items():
        reader.matches, reader.doubts = before, list(doubts)
        reader.need(condition(key, "==", {"set": keys}, reader.sets))
        _emit_verdict(reader, verdict, chains)
    reader.matches, reader.doubts = before, doubts
    if catch_all is not None:
        _emit_verdict(reader, catch_all, chains)
    reader.alive = False


def _map_elements(data: Any, sets: Sets) -> tuple[tuple[Any, ...], str | None]:
    if isinstance(data, str) and data.startswith("@"):
        named = sets.get(data[1:])
        if named is None:
            return (), f"map {data} is not defined and"
        return named.elements, f"map {data} {named.doubt} and" if named.doubt else None
    if isinstance(data, dict) and isinstance(data.get("set"), list):
        return tuple(data["set"]), None
    return (), "a verdict map"


def _pair(element: Any) -> tuple[Any, tuple[str, str | None]] | None:
    if not isinstance(element, list) or len(element) != 2 or not isinstance(element[1], dict):
        return None
    ((kind, body),) = element[1].items()
    target = body.get("target") if isinstance(body, dict) else None
    return element_value(element[0]), (kind, target)


def _emit_verdict(
    reader: RuleReader, verdict: tuple[str, str | None], chains: frozenset[str]
) -> None:
    kind, target = verdict
    if kind in _VERDICTS:
        reader.emit(_VERDICTS[kind], reader.matches, None, Symptom.TIMEOUT)
    elif kind in ("jump", "goto") and target in chains:
        action = Action.JUMP if kind == "jump" else Action.GOTO
        reader.emit(action, reader.matches, target, Symptom.TIMEOUT)
    else:
        reader.doubt(f"{kind} {target or ''}".strip() + " is not understood")
        reader.emit(Action.UNKNOWN, reader.matches, None, Symptom.TIMEOUT)


def _on_conditions(effect: Effect, expressions: Iterable[Any]) -> Effect:
    """The effect of a rule that marks, with what its conditions count (`numgen inc mod 2 == 0` is true for every
    second packet) or look at.
    """
    for expression in expressions:
        if not isinstance(expression, dict):
            continue
        for kind, side in (("match", "left"), ("vmap", "key")):
            body = expression.get(kind)
            if isinstance(body, dict):
                effect = _spreading(effect, body.get(side))
    return effect


def _spreading(effect: Effect, expression: Any) -> Effect:
    """The effect with what an expression counts or hashes, if it does."""
    spread = _spread(expression)
    found = looked_at(expression)
    if spread is None:
        return effect._replace(fields=effect.fields | (found.fields & CHANGING))
    if spread != "hash":
        return effect._replace(spread=spread)
    return effect._replace(
        spread=spread, fields=effect.fields | found.fields, unread=effect.unread | found.others
    )


def _effect(reader: RuleReader, kind: str, body: Any) -> None:
    if kind == "notrack":
        reader.effect = reader.effect._replace(notrack=True)
    if kind != "mangle" or not isinstance(body, dict):
        return
    key, value = body.get("key"), body.get("value")
    effect = reader.effect
    if key == {"tcp option": {"name": "maxseg", "field": "size"}}:
        if value == {"rt": {"key": "mtu"}}:
            effect = effect._replace(mss=0)
        elif isinstance(value, int):
            effect = effect._replace(mss=value)
    elif key == {"meta": {"key": "mark"}}:
        restores = value == {"ct": {"key": "mark"}}
        effect = effect._replace(restores=True) if restores else _marking(effect, value)
    elif key == {"ct": {"key": "mark"}}:
        if value == {"meta": {"key": "mark"}}:
            effect = effect._replace(saves=True)
        else:
            effect = _marking(effect, value)._replace(saves=True)
    elif key == {"payload": {"protocol": "ip", "field": "frag-off"}}:
        effect = effect._replace(clears_df=_clears_df(value))
    reader.effect = effect


def _marking(effect: Effect, value: Any) -> Effect:
    number = value if isinstance(value, int) else None
    return _spreading(effect, value)._replace(sets_mark=True, mark=number)


def _clears_df(value: Any) -> bool:
    """Whether what is written into the IPv4 fragment word has no DF, or keeps all but DF."""
    if isinstance(value, dict) and isinstance(value.get("&"), list):
        value = value["&"][-1]
    return isinstance(value, int) and not value & _DF


def _spread(value: Any) -> str | None:
    while isinstance(value, dict) and len(value) == 1:
        ((kind, body),) = value.items()
        if kind in _SPREADS:
            return _SPREADS[kind]
        if kind == "map" and isinstance(body, dict):
            value = body.get("key")
        elif kind in ("|", "&", "^", "<<", ">>") and isinstance(body, list) and body:
            value = next((part for part in body if _spread(part)), None)
        else:
            return None
    return None


def _with_conditions(effect: Effect, reader: RuleReader) -> Effect:
    matches = reader.matches
    plain = all(
        match._replace(
            family=0, protocols=None, flags=None, in_interfaces=None, out_interfaces=None
        )
        == Match()
        and _takes(match.flags, 2)
        for match in matches
    )
    return effect._replace(
        new_only=bool(matches) and all(m.states == frozenset({State.NEW}) for m in matches),
        limited=not plain or bool(reader.doubts),
        mss_syn_ack=any(_takes(match.flags, 18) for match in matches),
    )


def _takes(tests: tuple[FlagTest, ...] | None, flags: int) -> bool:
    return tests is None or any(flags & test.mask == test.value for test in tests)
