"""Rules of `/etc/cumulus/acl/policy.d`: iptables words in sections, with variables and lists of chains and interfaces.

What the switch's hardware makes of them differs from the kernel: it has no connection tracking, no jumps and no
inverted matches; rules that name only an outgoing interface come after those that name an incoming one, and a rule
that accepts everything is ignored. Source: Cumulus Linux 5.9, "Access Control List Configuration" (traffic rules,
supported rule types)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.cumulus_linux.draft import Draft
from parsers.model.filters import (
    Action,
    Binding,
    Entry,
    Filter,
    InterfaceSpec,
    LaterFragments,
    Match,
)
from parsers.model.source import Sourced, Where
from parsers.netfilter_style.xt_rule import Parts, read_rule
from parsers.netfilter_style.xt_words import CONTINUE_TARGETS, words_of

_SECTION = re.compile(r"\[(iptables|ip6tables|ebtables)\]")
_VARIABLE = re.compile(r"([A-Za-z_]\w*)\s*=\s*(.*)")
_USED = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
CHAINS = {
    ("filter", "FORWARD"): 10, ("filter", "INPUT"): None, ("filter", "OUTPUT"): None,
    ("mangle", "PREROUTING"): 0, ("mangle", "POSTROUTING"): 20, ("mangle", "FORWARD"): 9,
    ("mangle", "INPUT"): None, ("mangle", "OUTPUT"): None, ("nat", "PREROUTING"): None,
    ("nat", "POSTROUTING"): None,
}  # fmt: skip
"""Chains, with the order in which a packet in transit meets them; None for those that it never meets or that
translate addresses."""
GO_ON = frozenset({"POLICE", "TRICOLORPOLICE", "SETCLASS"})
"""Targets after which the switch looks at the next rule."""
OWN = frozenset({"SPAN", "ERSPAN", "SETQOS", "DSCP", "TOS", "LOG", "ULOG", "NFLOG"}) | (
    CONTINUE_TARGETS - GO_ON
)
"""Targets of which the kernel and the hardware may differ in whether the list goes on."""
_OPTIONS = frozenset(
    {"--set-mode", "--set-rate", "--set-burst", "--set-class", "--set-dscp", "--set-cos", "--dport-span", "--src-ip",
     "--dst-ip", "--ttl", "--set-color-mode", "--set-cir", "--set-cbs", "--set-pir", "--set-ebs",
     "--set-conform-action-dscp",
     "--set-exceed-action-dscp", "--set-violate-action", "--set-violate-action-dscp", "--set-qos", "--set-dscp-class"}
)  # fmt: skip
NO_TRACKING = "the switch's hardware tracks no connections"


class Chain:
    """The rules of one chain of one family so far."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.rules: list[tuple[Entry, bool, bool]] = []
        self.doubt: str | None = None


class Policy:
    """Reads the lines of all rule files in one text, in their order."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.section = ""
        self.variables: dict[str, str] = {}
        self.chains: dict[tuple[int, str, str], Chain] = {}

    def read(self, numbers: Iterable[int]) -> None:
        """Reads the lines `numbers`."""
        for number in numbers:
            text = self.draft.lines[number - 1].strip()
            section = _SECTION.fullmatch(text)
            variable = _VARIABLE.fullmatch(text)
            if section is not None:
                self.section = section[1]
                self.draft.ledger.use(number)
            elif variable is not None and not text.startswith("-"):
                self.variables[variable[1]] = self._expanded(variable[2].strip().strip("\"'"))
                self.draft.ledger.use(number)
            elif text.startswith("include "):
                self._include(number, text)
            elif self.section == "ebtables":
                self._frames(number, text)
            elif not (self.section and self._rule(text, number)):
                self._missed(number)

    def _include(self, number: int, text: str) -> None:
        self.draft.ledger.use(number)
        self.draft.facts.included.append(text.partition(" ")[2].strip())

    def _expanded(self, text: str) -> str:
        return _USED.sub(lambda m: self.variables.get(m[1] or m[2], m[0]), text)

    def _missed(self, number: int) -> None:
        """A line that may be any rule: every chain of its family may have it."""
        self.draft.missed.append((number, "filter", None))
        families = {"iptables": (4,), "ip6tables": (6,)}.get(self.section, (4, 6))
        reason = f"line {number} is not understood"
        for family in families:
            chain = self._chain(family, "filter", "FORWARD", number)
            chain.rules.append((Entry(number, Action.UNKNOWN, (Match(),), reason), True, False))

    def _chain(self, family: int, table: str, name: str, number: int) -> Chain:
        return self.chains.setdefault((family, table, name), Chain(number))

    def _frames(self, number: int, text: str) -> None:
        """Rules on frames: one that drops may drop packets of a routed VLAN too."""
        self.draft.ledger.use(number)
        if not text.startswith("-A INPUT") and " ACCEPT" not in text:
            where = Where(self.draft.file, number)
            note = f"ebtables {text[:60]}"
            self.draft.facts.recognised.append(
                Sourced[str](value="l2-filter", where=where, note=note)
            )

    def _rule(self, text: str, number: int) -> bool:
        words = words_of(_joined(self._expanded(text)))
        family = 6 if self.section == "ip6tables" else 4
        if words is None or ("$" in text and _USED.search(self._expanded(text))):
            return False
        table = "filter"
        if words[:1] == ["-t"] and len(words) > 2:
            table, words = words[1], words[2:]
        if len(words) < 3 or words[0] not in ("-A", "--append", "-I", "--insert"):
            return False
        names = words[1].split(",")
        if any((table, name) not in CHAINS for name in names):
            return False
        parts = read_rule(_without_own(words), 2, family)
        if parts.lost and parts.target is None:
            return False
        entry = _entry(parts, number)
        self.draft.ledger.use(number)
        if table == "nat" or (parts.target or "") in ("SNAT", "DNAT", "MASQUERADE", "REDIRECT"):
            where = Where(self.draft.file, number)
            self.draft.facts.recognised.append(
                Sourced[str](value="nat", where=where, note=text[:60])
            )
        match = parts.matches[0] if parts.matches else Match()
        held = (entry, match.in_interfaces is not None, match.out_interfaces is not None)
        for name in names:
            chain = self._chain(family, table, name, number)
            chain.rules.insert(0 if words[0] in ("-I", "--insert") else len(chain.rules), held)
        return True

    def finish(self) -> None:
        """Makes filters of the chains and binds those that packets in transit meet."""
        for (family, table, name), chain in self.chains.items():
            order = CHAINS[table, name]
            key = f"iptables/{table}/{name}"
            if table == "nat":
                continue
            self.draft.facts.filters[key, family] = Filter(
                key, family, self.draft.file, chain.line, tuple(_ordered(chain)), Action.PERMIT,
                (name if table == "filter" else f"{table}/{name}",), "iptables",
                later_fragments=LaterFragments.UNKNOWN, uncertain=chain.doubt,
            )  # fmt: skip
            if order is not None:
                where = Where(self.draft.file, chain.line)
                self.draft.facts.bindings.append(
                    Binding(key, family, None, "forward", where, order)
                )


def _joined(text: str) -> str:
    """Lists with blanks behind their commas are one word (`INPUT, FORWARD`)."""
    return re.sub(r",\s+", ",", text)


def _without_own(words: list[str]) -> list[str]:
    """The rule without the options of the switch's own targets, which say what is done and not to which packets."""
    out: list[str] = []
    skip = False
    own = any(w in GO_ON or w in OWN for w in words)
    for word in words:
        if skip and not word.startswith("-"):
            skip = False
            continue
        skip = False
        if own and word in _OPTIONS:
            skip = True
            continue
        out.append(word)
    return out


def _entry(parts: Parts, number: int) -> Entry:
    matches = tuple(_listed(match) for match in parts.matches)
    doubts = [parts.uncertain] if parts.uncertain else []
    if any(match.states is not None for match in matches):
        matches = tuple(match._replace(states=None) for match in matches)
        doubts.append(NO_TRACKING)
    target = parts.target or ""
    if target in ("ACCEPT", "DROP"):
        action = Action.PERMIT if target == "ACCEPT" else Action.DENY
    elif target in GO_ON:
        action = Action.CONTINUE
    else:
        action = Action.UNKNOWN
        doubts.append(f"target {target or 'missing'}")
    return Entry(number, action, matches, "; ".join(doubts) or None)


def _listed(match: Match) -> Match:
    """Lists of interfaces in one option stand for each of them."""
    return match._replace(
        in_interfaces=_names(match.in_interfaces), out_interfaces=_names(match.out_interfaces)
    )


def _names(spec: InterfaceSpec | None) -> InterfaceSpec | None:
    if spec is None or not any("," in name for name in spec.names):
        return spec
    names = [part for name in spec.names for part in name.split(",")]
    return InterfaceSpec(tuple(n[:-1] + "*" if n.endswith("+") else n for n in names), spec.negated)


def _ordered(chain: Chain) -> list[Entry]:
    """The rules as the hardware looks at them: those with an outgoing interface alone come last."""
    first: list[Entry] = []
    last: list[Entry] = []
    for entry, has_in, has_out in chain.rules:
        if has_out and not has_in:
            last.append(entry)
        elif not has_in and last:
            reason = "its place among rules that name interfaces is not documented"
            first.append(entry._replace(uncertain=entry.uncertain or reason))
        else:
            first.append(entry)
    found = [*first, *last]
    for place, entry in enumerate(found[:-1]):
        if entry.action is Action.PERMIT and entry.matches == (Match(),) and not entry.uncertain:
            found[place] = entry._replace(
                action=Action.UNKNOWN, uncertain="the switch ignores a rule that accepts everything"
            )
    return found
