"""The rulebases of one virtual system or device group, in the order in which packets meet them.

Source: Palo Alto Networks, Panorama Administrator's Guide, "Device Group Policies": pre-rules of `shared`, of the
ancestors and of the device group, then the firewall's own rules, then post-rules of the device group, of its
ancestors and of `shared`, then the default rules, of which the nearest override counts.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec
from parsers.model.filters import Action, Match, Ranges, Symptom
from parsers.model.source import Sourced
from parsers.paloalto_panos.draft import (
    Draft,
    Statements,
    because,
    ended_node,
    leftovers,
    lift,
    said,
    word_of,
)
from parsers.paloalto_panos.objects import PROTOCOLS, Addresses, Scope, ports, together
from parsers.paloalto_panos.rules import ACTIONS, NEUTRAL, SecurityRule

_OVERRIDE = frozenset(
    {"from", "to", "source", "destination", "negate-source", "negate-destination", "port", "protocol", "application",
     "disabled", "target"}
)  # fmt: skip


class Override(NamedTuple):
    """An application override: the packets that it takes out of App-ID, and as which application."""

    name: str
    line: int
    from_zones: frozenset[str]
    to_zones: frozenset[str]
    matches: tuple[Match, ...]
    application: str
    doubt: str | None


class Default(NamedTuple):
    """What the intrazone or interzone rule does; `line` is None where nothing overrides it."""

    action: Action
    line: int | None = None
    symptom: Symptom = Symptom.TIMEOUT


INTRAZONE, INTERZONE = Default(Action.PERMIT), Default(Action.DENY)


class Rulebase:
    """All rules of one virtual system or device group. `doubt` says why there may be others."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.rules: list[SecurityRule] = []
        self.overrides: list[Override] = []
        self.defaults: dict[str, Default] = {}
        self.doubt: str | None = None
        self.zones: Container[str] = ()
        """All zones that there are; empty where the text does not tell."""
        self._from: dict[str, list[SecurityRule]] = {}
        self.gap: int | None = None
        """Where rules stand that the text does not show: an index into `rules`."""

    def default(self, source: str, destination: str) -> Default:
        """What happens to packets that no rule is for."""
        if source == destination:
            return self.defaults.get("intrazone-default", INTRAZONE)
        return self.defaults.get("interzone-default", INTERZONE)

    def first_line(self, source: str, destination: str) -> int | None:
        """The line of the first rule for a pair of zones; None where only the default is."""
        if not self._from:
            self._from = self._index()
        found = self._from.get(source, self._from["any"])
        fitting = (r.line for r in found if r.applies(source, destination, self.zones) is not False)
        return next(fitting, None)

    def _index(self) -> dict[str, list[SecurityRule]]:
        """The rules that may be for packets from a zone, by zone; `any` has those for zones that none names."""
        rules = [rule for rule in self.rules if not rule.disabled]
        named = {zone for rule in rules for zone in rule.from_zones} | {"any"}
        found: dict[str, list[SecurityRule]] = {zone: [] for zone in named}
        for rule in rules:
            wide = rule.named_from("", self.zones)
            for zone in named if wide else rule.from_zones:
                found[zone].append(rule)
        return found

    def add(self, draft: Draft, node: Node, scope: Scope) -> None:
        """Reads one rulebase behind those that were read before."""
        if node.doubt:
            self.doubt = self.doubt or node.doubt
        table: Statements = {
            "security": lambda d, n: self._security(d, n, scope),
            "default-security-rules": self._defaults,
            "application-override": lambda d, n: self._application_overrides(d, n, scope),
            "nat": _nat,
            "pbf": _forwarding,
            "sdwan": _sdwan,
            "dos": _dos,
            "authentication": _authentication,
            "captive-portal": _authentication,
            "decryption": _decryption,
            **because("marks, copies or counts packets and lets them pass",
                      "qos", "tunnel-inspect", "network-packet-broker", "packet-broker"),
        }  # fmt: skip
        unknown = read(draft, node, table, "filter", self.subject)
        if unknown:
            self.doubt = self.doubt or f"'{unknown[0].word}' in the rulebase is not understood"

    def _security(self, draft: Draft, node: Node, scope: Scope) -> None:
        known = {rule.name for rule in self.rules}
        for rule in _rules(draft, node, self):
            made = SecurityRule(draft, rule, scope, self.subject)
            if made.name in known and not made.disabled:
                made.doubts.append(f"an earlier rule is called {made.name} too")
            self.rules.append(made)

    def _defaults(self, draft: Draft, node: Node) -> None:
        for rule in _rules(draft, node, self):
            lift(rule, ("action", "icmp-unreachable", *NEUTRAL))
            draft.use_all(rule)
            if rule.word not in ("intrazone-default", "interzone-default"):
                draft.miss(rule, "filter", self.subject)
                self.doubt = self.doubt or f"default rule {rule.word} is not understood"
                continue
            word = word_of(rule, "action")
            for child in rule.children.values():
                known = child.word in NEUTRAL or child.word in ("action", "icmp-unreachable")
                odd = [child] if not known else leftovers(child) if child.word == "action" else []
                for found in odd:
                    draft.miss(found, "filter", self.subject)
                    self.doubt = self.doubt or f"'{found.word}' of {rule.word} is not understood"
            if word is None:
                continue
            action = ACTIONS.get(word, Action.UNKNOWN)
            holder = rule.children["action"].only()
            line = rule.end or (holder.last if holder is not None else rule.line)
            error = word == "drop" and said(rule, "icmp-unreachable")
            symptom = Symptom.ICMP_ERROR if error else Symptom.TIMEOUT
            self.defaults.setdefault(rule.word, Default(action, line, symptom))  # the nearest first

    def _application_overrides(self, draft: Draft, node: Node, scope: Scope) -> None:
        for rule in _rules(draft, node, self):
            made = _override(draft, rule, scope)
            if made is not None:
                self.overrides.append(made)


def _rules(draft: Draft, node: Node, rulebase: Rulebase | None = None) -> list[Node]:
    """The rules below `security rules` and its like."""
    draft.use(node)
    found: list[Node] = []
    for child in node.children.values():
        if child.word == "rules":
            draft.use(child)
            found += child.children.values()
            if child.doubt and rulebase is not None:
                rulebase.doubt = rulebase.doubt or child.doubt
        else:
            draft.miss(child, "filter", rulebase.subject if rulebase else None)
            if rulebase is not None:
                rulebase.doubt = rulebase.doubt or f"'{child.word}' beside rules is not understood"
    return found


def _override(draft: Draft, node: Node, scope: Scope) -> Override | None:
    lift(node, (*_OVERRIDE, *NEUTRAL))
    draft.use(node)
    doubts = [node.doubt] if node.doubt else []
    for child in node.children.values():
        if child.word in NEUTRAL:
            draft.ignore_all(child)
        elif child.word in _OVERRIDE:
            draft.use_all(child)
            for below in leftovers(child) if child.word != "target" else ():
                draft.miss(below, "filter", node.word)
                doubts.append(f"'{below.word}' behind {child.word} is not understood")
        else:
            draft.miss(child, "filter", node.word)
            doubts.append(f"'{child.word}' is not understood")
    application = word_of(node, "application")
    if said(node, "disabled"):
        return None
    if "target" in node.children and not set(node.children["target"].children) <= {"negate"}:
        doubts.append("the override is for certain devices")
    if application is None:
        if {"from", "to", "port", "protocol"} & set(node.children):
            draft.miss(node, "filter", node.word)
        return None
    protocol = PROTOCOLS.get(word_of(node, "protocol") or "")
    ranges = ports(word_of(node, "port") or "")
    if protocol is None or ranges is None:
        doubts.append("its protocol or port is not understood")
    sides = [_addresses(node, side, scope) for side in ("source", "destination")]
    doubts += [side.doubt for side, _ in sides if side.doubt]
    matches = _override_matches(sides, protocol, ranges)
    zones = [frozenset(_names(node, word)) for word in ("from", "to")]
    line = node.end or max(
        (c.last for c in node.children["application"].children.values()), default=node.line
    )
    return Override(
        node.word, line, zones[0], zones[1], matches, application, "; ".join(doubts[:3]) or None
    )


def _override_matches(
    sides: list[tuple[Addresses, bool]], protocol: int | None, ranges: Ranges | None
) -> tuple[Match, ...]:
    found = []
    for family in (4, 6):
        specs: list[AddressSpec | None] = []
        for addresses, negated in sides:
            terms = tuple(t for t in addresses.may if t.family == family)
            if negated:
                excluded = tuple(t for t in addresses.sure if t.family == family)
                specs.append(AddressSpec(excluded, negated=True) if excluded else None)
            else:
                specs.append(None if any(not t.care for t in terms) else AddressSpec(terms))
        if any(spec is not None and not spec.terms for spec in specs):
            continue
        protocols = None if protocol is None else ((protocol, protocol),)
        found.append(
            Match(family, protocols, specs[0], specs[1], None, ranges if protocol else None)
        )
    return tuple(found)


def _addresses(node: Node, word: str, scope: Scope) -> tuple[Addresses, bool]:  # fmt: skip
    names = _names(node, word)
    return together([scope.address(name) for name in names]), said(node, f"negate-{word}")


def _names(node: Node, word: str) -> list[str]:
    holder = node.children.get(word)
    return list(holder.children) if holder is not None and holder.children else ["any"]


def _nat(draft: Draft, node: Node) -> None:
    """Policies see the addresses before translation and the zone after it, so no filter changes; which
    interfaces are on which side of source translation shows where clients are."""
    for rule in _rules(draft, node):
        lift(rule, _NAT)
        draft.use_all(rule)
        if said(rule, "disabled"):
            continue
        translates = [w for w in ("source-translation", "destination-translation") if rule.get(w)]
        if not translates:
            continue
        draft.recognise("nat", ended_node(rule), f"rule {rule.word} translates addresses")
        if "source-translation" not in translates:
            continue
        for side, word in (("inside", "from"), ("outside", "to")):
            for zone in rule.children[word].children.values() if word in rule.children else ():
                known = draft.nat.get(zone.word)
                if zone.word != "any" and (known is None or side == "outside"):
                    where = draft.where(ended_node(rule).end or rule.line)
                    draft.nat[zone.word] = Sourced[str](value=side, where=where)


_NAT = (
    "from", "to", "source", "destination", "service", "source-translation", "destination-translation", "nat-type",
    "to-interface", "disabled", "active-active-device-binding", "dynamic-destination-translation", "target", *NEUTRAL,
)  # fmt: skip
_PBF = ("from", "source", "destination", "application", "service", "action", "enforce-symmetric-return", "disabled",
        "source-user", "schedule", "negate-source", "negate-destination", "target", *NEUTRAL)  # fmt: skip


def _forwarding(draft: Draft, node: Node) -> None:
    """Policy based forwarding sends packets another way than the routes, or drops them."""
    for rule in _rules(draft, node):
        lift(rule, _PBF)
        draft.use_all(rule)
        if said(rule, "disabled") or rule.get("action", "no-pbf") is not None:
            continue
        end = ended_node(rule)
        fact = Sourced[str](value=f"rule {rule.word}", where=draft.where(end.end or rule.line))
        names = rule.children.get("from")
        for kind in names.children.values() if names is not None else ():
            for name in kind.children.values():
                draft.diverted[f"{kind.word} {name.word}"] = fact
        if rule.get("action", "discard") is not None:
            draft.recognise(
                "inspection", end, f"policy based forwarding rule {rule.word} discards packets"
            )
        else:
            draft.recognise(
                "policy-route", end, f"rule {rule.word} forwards packets past the routes"
            )


def _sdwan(draft: Draft, node: Node) -> None:
    for rule in _rules(draft, node):
        draft.use_all(rule)
        if not said(rule, "disabled"):
            draft.recognise(
                "policy-route", ended_node(rule), f"SD-WAN rule {rule.word} chooses the path"
            )


def _dos(draft: Draft, node: Node) -> None:
    """DoS protection limits rates; only `action deny` drops packets for what they are."""
    for rule in _rules(draft, node):
        draft.use_all(rule)
        if not said(rule, "disabled") and rule.get("action", "deny") is not None:
            draft.recognise(
                "inspection", ended_node(rule), f"DoS protection rule {rule.word} denies packets"
            )


def _authentication(draft: Draft, node: Node) -> None:
    for rule in _rules(draft, node):
        draft.use_all(rule)
        off = rule.get("action", "no-captive-portal") or rule.get(
            "action", "no-captive-portal-redirect"
        )
        if not said(rule, "disabled") and off is None:
            note = f"authentication rule {rule.word} asks users to log in first"
            draft.recognise("inspection", ended_node(rule), note)


def _decryption(draft: Draft, node: Node) -> None:
    for rule in _rules(draft, node):
        draft.use_all(rule)
        if not said(rule, "disabled") and rule.get("action", "no-decrypt") is None:
            draft.recognise("decryption", ended_node(rule), f"rule {rule.word} decrypts sessions")
