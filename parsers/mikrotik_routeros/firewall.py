"""Firewall rules become entries, chains become filters, built-in chains are bound.

A packet in transit meets raw prerouting, mangle prerouting, mangle forward, filter forward and mangle
postrouting, in this order. What no rule of a built-in chain decides is accepted; the end of another
chain returns to the rule behind the jump.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers.mikrotik_routeros.matchers import Context, read_matchers
from parsers.mikrotik_routeros.names import REJECT, near, symptom_of
from parsers.mikrotik_routeros.statements import Statement
from parsers.mikrotik_routeros.usual import entry_of
from parsers.model.filters import Action, Binding, Entry, Filter, LaterFragments, Match, Symptom
from parsers.model.source import Where

MENU = {4: "ip", 6: "ipv6"}
BUILT_IN = {
    "filter": ("input", "forward", "output"),
    "raw": ("prerouting", "output"),
    "mangle": ("prerouting", "input", "forward", "output", "postrouting"),
}
ORDER = {
    ("raw", "prerouting"): ("forward", 10), ("mangle", "prerouting"): ("forward", 20),
    ("mangle", "forward"): ("forward", 30), ("filter", "forward"): ("forward", 40),
    ("mangle", "postrouting"): ("forward", 50), ("mangle", "input"): ("in", 30),
    ("filter", "input"): ("in", 40), ("raw", "output"): ("out", 10),
    ("mangle", "output"): ("out", 20), ("filter", "output"): ("out", 40),
}  # fmt: skip
"""Where built-in chains are met: the direction of the binding, and its order."""

_PLAIN = {
    "accept": Action.PERMIT, "drop": Action.DENY, "reject": Action.DENY, "tarpit": Action.DENY,
    "return": Action.RETURN, "jump": Action.JUMP, "log": Action.CONTINUE,
    "passthrough": Action.CONTINUE, "add-src-to-address-list": Action.CONTINUE,
    "add-dst-to-address-list": Action.CONTINUE, "fasttrack-connection": Action.CONTINUE,
    "notrack": Action.CONTINUE,
}  # fmt: skip
_MANGLE = frozenset(
    (
        "sniff-tzsp", "sniff-pc", "mark-packet", "mark-connection", "change-mss", "change-dscp",
        "strip-ipv4-options", "change-ttl", "change-hop-limit", "mark-routing", "set-priority",
        "clear-df", "route",
    )
)  # fmt: skip
"""Actions of mangle rules that change or mark a packet; with `passthrough=no` its chain ends."""


class Read(NamedTuple):
    """A rule with its entries. `odd` names what was not understood of it."""

    statement: Statement
    entries: tuple[Entry, ...]
    odd: tuple[str, ...]


class Tables:
    """All rules of the firewall by family and table, as they stand in the text."""

    def __init__(self) -> None:
        self.rules: dict[tuple[int, str], list[Statement]] = {}
        self.doubt: dict[tuple[int, str], str] = {}

    def of(self, family: int, table: str) -> list[Statement]:
        """The rules of one table, in order."""
        return self.rules.get((family, table), [])

    def enabled(self, table: str) -> Iterator[tuple[int, Statement]]:
        """The family and statement of all readable rules of a table that are not disabled."""
        for family in (4, 6):
            for statement in self.of(family, table):
                if not statement.disabled and statement.bad is None:
                    yield family, statement


class Built(NamedTuple):
    """The filters and bindings of one table of one family, and the rules as they were read."""

    filters: tuple[Filter, ...]
    bindings: tuple[Binding, ...]
    rules: tuple[Read, ...]


class Setting(NamedTuple):
    """What holds for all tables: `untracked` says why states cannot be told, `inactive` why nothing is
    forwarded; `translated` is whether sources are translated."""

    file: str
    tracked: bool = True
    untracked: str | None = None
    inactive: str | None = None
    translated: bool = False


def build(tables: Tables, family: int, table: str, context: Context, setting: Setting) -> Built:
    """The filters of one table."""
    rules = [s for s in tables.of(family, table) if not s.disabled or s.bad or s.verb != "add"]
    read = [_read(statement, family, table, context) for statement in rules]
    chains: dict[str, list[Entry]] = {name: [] for name in BUILT_IN[table]}
    heads: dict[str, int] = {}
    for rule in read:
        chain = rule.statement.words.get("chain")
        if chain is not None and rule.statement.bad is None:
            chains.setdefault(chain, [])
            heads.setdefault(chain, rule.statement.first)
    read = [_resolved(rule, chains, table) for rule in read]
    for target in {e.target for r in read for e in r.entries if e.target is not None}:
        chains.setdefault(target, [])
    used = {*BUILT_IN[table], *(e.target for r in read for e in r.entries)}
    for rule in read:
        for chain in _chains_of(rule, chains, used):
            chains[chain].extend(rule.entries)
    filters = tuple(
        _filter(family, table, name, chains[name], heads.get(name), tables, setting)
        for name in chains
    )
    bindings = tuple(
        binding
        for name in BUILT_IN[table]
        for binding in _bindings(family, table, name, heads.get(name), setting)
    )
    return Built(filters, bindings, tuple(read))


def _chains_of(rule: Read, chains: dict[str, list[Entry]], used: set[str | None]) -> list[str]:
    """The chains that a rule may stand in: all of them where its own could not be read, or where a
    rule that is not understood names one that nothing leads to."""
    chain = rule.statement.words.get("chain")
    if rule.statement.bad is not None or chain is None or rule.statement.verb != "add":
        return list(chains)
    return list(chains) if rule.odd and chain not in used else [chain]


def _read(statement: Statement, family: int, table: str, context: Context) -> Read:
    line = statement.first
    if statement.bad is not None or statement.verb != "add" or "chain" not in statement.words:
        reason = statement.bad or (
            "a rule without a chain" if statement.verb == "add" else "rules are changed afterwards"
        )
        entry = Entry(line, Action.UNKNOWN, (Match(family=family),), reason)
        return Read(statement, (entry,), (reason,))
    usual = None if statement.flags else entry_of(statement.words, family, line)
    if usual is not None:
        return Read(statement, (usual,), ())
    return _any_rule(statement, family, table, context)


def _any_rule(statement: Statement, family: int, table: str, context: Context) -> Read:
    """A rule with all that may stand in one."""
    line = statement.first
    conditions = read_matchers(statement.words, family, context)
    for flag in statement.flags:
        if not flag.startswith("!"):
            conditions.misread(f"{flag} is not understood")
    if statement.words.get("disabled", "no") != "no":
        conditions.misread("neither enabled nor disabled")
    if "place-before" in statement.words or "copy-from" in statement.words:
        conditions.misread("a place or copy that depends on other rules")
    action = _action(statement.words, table)
    odd = list(conditions.odd)
    if action is Action.UNKNOWN or (odd and "action" not in statement.words):
        action = Action.UNKNOWN
        odd.append(f"action {statement.words.get('action', 'not readable')}")
    label = statement.words.get("comment")
    target = statement.words.get("jump-target") if action is Action.JUMP else None
    reject_with = statement.words.get("reject-with", "icmp-network-unreachable")
    symptom = symptom_of(statement.words.get("action", ""), reject_with)
    if symptom is Symptom.ICMP_ERROR and "reject-with" in statement.words:
        odd += [] if reject_with in REJECT[family] else [f"reject-with={reject_with}"]
    entries = []
    if conditions.doubts or action is Action.UNKNOWN:
        sure, may = conditions.sure.matches(), conditions.may.matches()
        doubt = "; ".join((*conditions.doubts, *odd)) or "its action is not known"
        if sure and action is not Action.UNKNOWN:
            entries.append(Entry(line, action, sure, None, target, symptom, label))
        if may:
            entries.append(Entry(line, action, may, doubt, target, symptom, label))
    else:
        sure = conditions.sure.matches()
        if sure:
            entries.append(Entry(line, action, sure, None, target, symptom, label))
    return Read(statement, tuple(entries), tuple(dict.fromkeys(odd)))


def _action(words: dict[str, str], table: str) -> Action:
    """What a rule does; without `action` it accepts."""
    name = words.get("action", "accept")
    if name == "jump" and not words.get("jump-target"):
        return Action.UNKNOWN
    if table == "mangle" and name in _MANGLE:
        ends = words.get("passthrough") == "no" and name.startswith(("mark-", "change-"))
        return Action.PERMIT if ends else Action.CONTINUE
    return _PLAIN.get(name, Action.UNKNOWN)


def _resolved(rule: Read, chains: dict[str, list[Entry]], table: str) -> Read:
    """The rule, with a doubt where the chain that it names is likely another one, mistyped: nothing
    jumps to it, or nothing is in it, and its name is one letter away from one that there is."""
    words = rule.statement.words
    target = words.get("jump-target")
    if target is not None and words.get("action") == "jump" and rule.entries:
        known = set(chains)
        other = target not in known and near(target, known)
        if other or target in BUILT_IN[table]:
            why = f"chain {target} does not exist" if other else f"a jump to {target}"
            entries = tuple(
                e._replace(action=Action.UNKNOWN, target=None, uncertain=e.uncertain or why)
                for e in rule.entries
            )
            return rule._replace(entries=entries, odd=(*rule.odd, why))
    return rule


def mistyped(built: Built, table: str) -> list[Statement]:
    """The rules of chains that nothing jumps to and whose name is one letter away from a chain in use."""
    targets = {e.target for r in built.rules for e in r.entries if e.target is not None}
    used = targets | set(BUILT_IN[table])
    out = []
    for rule in built.rules:
        chain = rule.statement.words.get("chain")
        if rule.statement.bad is not None or chain is None or chain in used:
            continue
        if near(chain, used):
            out.append(rule.statement)
    return out


def key_of(family: int, table: str, chain: str) -> str:
    """The key of a chain's filter."""
    return f"{MENU[family]}/{table}/{chain}"


def _filter(
    family: int,
    table: str,
    name: str,
    entries: list[Entry],
    head: int | None,
    tables: Tables,
    setting: Setting,
) -> Filter:
    if setting.untracked is not None:
        entries = [_without_states(entry, setting.untracked) for entry in entries]
    entries = [
        e._replace(target=key_of(family, table, e.target)) if e.target is not None else e
        for e in entries
    ]
    built_in = name in BUILT_IN[table]
    names: tuple[str, ...] = (name,) if table == "filter" else (f"{table}/{name}", name)
    if built_in and table != "filter" and ORDER[table, name][0] == "forward" != name:
        names += ("forward",)  # what a user calls forward is all that a forwarded packet meets
    fragments = LaterFragments.NEVER
    if table != "raw" and setting.tracked:
        fragments = LaterFragments.WHOLE
    return Filter(
        key_of(family, table, name), family, setting.file, head, tuple(entries),
        Action.PERMIT if built_in else None, names, "routeros",
        later_fragments=fragments, stateful=table != "raw",
        defined=built_in or head is not None,
        uncertain=tables.doubt.get((family, table)),
    )  # fmt: skip


def _without_states(entry: Entry, reason: str) -> Entry:
    if any(match.states is not None for match in entry.matches):
        return entry._replace(uncertain=entry.uncertain or reason)
    return entry


def _bindings(
    family: int, table: str, name: str, head: int | None, setting: Setting
) -> Iterator[Binding]:
    direction, order = ORDER[table, name]
    where = Where(setting.file, head) if head is not None else None
    translated = table == "raw" and name == "prerouting" and setting.translated
    inactive = setting.inactive if direction == "forward" else None
    key = key_of(family, table, name)
    yield Binding(key, family, None, direction, where, order, inactive, translated)
    if (table, name) == ("mangle", "postrouting"):
        yield Binding(key, family, None, "out", where, order)
