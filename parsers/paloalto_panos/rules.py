"""One security rule: when it applies, what it selects and what it does.

Sources: Palo Alto Networks, PAN-OS Administrator's Guide, "Components of a Security Policy Rule", "Security Policy
Actions" (a reset is sent only after a session has formed; `drop` may send ICMP 3/13 or ICMPv6 1/1) and "Security
Policy Rule" types (universal, intrazone, interzone).
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from parsers.hierarchy.tree import NO_CHILDREN, Node
from parsers.model.addresses import AddressSpec
from parsers.model.filters import Action, Entry, IcmpTest, Match, Symptom
from parsers.paloalto_panos.applications import Applications, Layer4, layer4, services_of
from parsers.paloalto_panos.draft import Draft, is_switch, leftovers, lift, lift_deep, said, word_of
from parsers.paloalto_panos.objects import Addresses, Scope, Service, perhaps, together
from parsers.paloalto_panos.reading import merge

ACTIONS = {
    "allow": Action.PERMIT,
    "deny": Action.DENY,
    "drop": Action.DENY,
    "reset-client": Action.DENY,
    "reset-server": Action.DENY,
    "reset-both": Action.DENY,
}
_RESETS = frozenset({"reset-client", "reset-server", "reset-both", "deny"})
"""Actions that may answer a session in progress with a reset; a session that has not begun gets none."""
NEUTRAL = frozenset(
    {
        "description", "tag", "group-tag", "log-start", "log-end", "log-setting", "uuid", "qos", "option",
        "disable-inspect", "policy-tag", "profile-setting", "disable-server-response-inspection", "audit-comment",
        "log-http-headers",
    }
)  # fmt: skip
"""Statements that label, log, mark or inspect: they select no packet."""
_NESTED = frozenset({"profile-setting", "option", "qos", "description", "audit-comment"})
"""Those that have statements of their own below them, or free text."""
_SWITCHES = frozenset({"negate-source", "negate-destination", "disabled"})
_SELECTING = frozenset(
    {
        "from", "to", "source", "destination", "application", "service", "action", "negate-source",
        "negate-destination", "rule-type", "disabled", "icmp-unreachable",
    }
)  # fmt: skip
_BEYOND = frozenset(
    {
        "source-user", "category", "hip-profiles", "source-hip", "destination-hip", "source-device",
        "destination-device", "source-imsi", "source-imei", "source-nw-slice", "nw-slice", "saas-user-list",
        "saas-tenant-list", "destination-user", "network-slice", "devices",
    }
)  # fmt: skip
"""Conditions on who sends, from what, or for which content; `any` is none."""
WORDS = NEUTRAL | _SELECTING | _BEYOND | {"schedule", "target"}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Layered(NamedTuple):
    """A side of a rule: addresses, and whether the list is turned round."""

    addresses: Addresses
    negated: bool
    mixed: bool

    def of(self, family: int, sure: bool) -> tuple[bool, AddressSpec | None]:
        """Whether any address of `family` is meant, and which; None is all."""
        found = self.addresses
        terms = tuple(t for t in (found.sure if sure else found.may) if t.family == family)
        if self.negated:
            if sure and found.doubt:
                return False, None
            if not sure and found.doubt:  # what is in the list for certain is out of the match
                terms = tuple(t for t in found.sure if t.family == family)
            if any(not t.care for t in terms):
                return False, None
            return True, AddressSpec(terms, negated=True) if terms else None
        if any(not t.care for t in terms):
            return True, None
        return bool(terms), AddressSpec(terms)


class SecurityRule:
    """A rule as the text has it; its entries are made when they are asked for."""

    def __init__(self, draft: Draft, node: Node, scope: Scope, subject: str) -> None:
        self.name = node.word
        self.scope = scope
        self.doubts: list[str] = [node.doubt] if node.doubt else []
        self.subject = subject
        self._read(draft, node)
        self.disabled = said(node, "disabled")
        self.kind = word_of(node, "rule-type") or "universal"
        if self.kind not in ("universal", "intrazone", "interzone"):
            self.doubts.append(f"rule-type {self.kind} is not understood")
        self.from_zones = self._zones(node, "from")
        self.to_zones = self._zones(node, "to", self.kind != "intrazone")
        self.source = self._side(node, "source")
        self.destination = self._side(node, "destination")
        self.applications = Applications(scope, self._names(node, "application"))
        self.services, self.default_ports = services_of(scope, self._names(node, "service"))
        self.action, self.symptom, self.late = self._action(node)
        action = node.children.get("action")
        decided = action.only() if action is not None else None
        self.line = node.end or (decided.last if decided is not None else 0) or node.line
        self._entries: dict[str | None, tuple[Entry, ...]] = {}

    def _read(self, draft: Draft, node: Node) -> None:
        _skip_uuid(node)
        for word in _NESTED & set(node.children):
            for value in node.children[word].children.values():
                lift_deep(node, value, WORDS)
        lift(node, WORDS)
        draft.use(node)
        for child in node.children.values():
            if child.word in NEUTRAL:
                draft.ignore_all(child)
                if child.word not in _NESTED:
                    self._leftovers(draft, child)
            elif child.word in WORDS:
                draft.use_all(child)
                self._condition(draft, child)
            else:
                draft.miss(child, "filter", self.subject)
                self.doubts.append(f"'{child.word}' is not understood")

    def _condition(self, draft: Draft, node: Node) -> None:
        """What a statement leaves in doubt: who sends, when, on which device, and words behind its values."""
        named = set(node.children)
        if node.doubt:
            self.doubts.append(node.doubt)
        if node.word in _SWITCHES and not is_switch(node):
            draft.miss(node, "filter", self.subject)
            self.doubts.append(f"{node.word} is neither yes nor no")
        if node.word == "target":
            if not named <= {"negate"}:
                self.doubts.append("the rule is for certain devices")
            return
        if node.word in _BEYOND and named and "any" not in named and named != {"none"}:
            self.doubts.append(f"'{node.word}' cannot be decided from a packet alone")
        elif node.word == "schedule" and named:
            self.doubts.append("the rule has a schedule")
        self._leftovers(draft, node)

    def _leftovers(self, draft: Draft, node: Node) -> None:
        for below in leftovers(node):
            draft.miss(below, "filter", self.subject)
            self.doubts.append(f"'{below.word}' behind {node.word} is not understood")

    def _names(self, node: Node, word: str) -> list[str]:
        holder = node.children.get(word)
        if holder is None or not holder.children:
            if not self.disabled:
                self.doubts.append(f"the rule has no {word}")
            return ["any"]
        return list(holder.children)

    def _zones(self, node: Node, word: str, needed: bool = True) -> frozenset[str]:
        if not needed and word not in node.children:
            return frozenset({"any"})
        return frozenset(self._names(node, word))

    def _side(self, node: Node, word: str) -> Layered:
        names = self._names(node, word)
        negated = said(node, f"negate-{word}")
        holder = node.children.get(f"negate-{word}")
        if holder is not None and not is_switch(holder):
            return Layered(perhaps(f"negate-{word} is neither yes nor no"), False, False)
        mixed = "any" in names and len(names) > 1
        if mixed and negated:
            self.doubts.append(f"{word} names any among others and is turned round")
            names = [name for name in names if name != "any"]
        return Layered(together([self.scope.address(name) for name in names]), negated, mixed)

    def _action(self, node: Node) -> tuple[Action, Symptom, Symptom]:
        word = word_of(node, "action")
        action = ACTIONS.get(word or "", Action.UNKNOWN)
        if action is Action.UNKNOWN and not self.disabled:
            self.doubts.append(f"action {word}" if word else "the rule has no action")
        symptom = Symptom.TIMEOUT
        if word == "drop" and said(node, "icmp-unreachable"):
            symptom = Symptom.ICMP_ERROR
        return action, symptom, Symptom.RESET if word in _RESETS else symptom

    def applies(self, source: str, destination: str, zones: Container[str] = ()) -> bool | None:
        """Whether the rule is for packets from one zone to another; None where it names a zone that is none of
        `zones` (all that there are; empty: not known)."""
        if self.disabled:
            return False
        same = source == destination
        if (self.kind == "intrazone" and not same) or (self.kind == "interzone" and same):
            return False
        found = [_among(self.from_zones, source, zones)]
        if self.kind != "intrazone":
            found.append(_among(self.to_zones, destination, zones))
        return False if False in found else None if None in found else True

    def named_from(self, source: str, zones: Container[str]) -> bool:
        """Whether the rule may be for packets from a zone."""
        return not self.disabled and _among(self.from_zones, source, zones) is not False

    def entries(self, known: str | None = None) -> tuple[Entry, ...]:
        """What the rule does: an entry for what it selects for certain, one for what it may select besides."""
        found = self._entries.get(known)
        if found is None:
            found = self._entries[known] = self._make(known)
        return found

    def _make(self, known: str | None) -> tuple[Entry, ...]:
        permits = self.action is Action.PERMIT
        four = layer4(self.applications, self.services, self.default_ports, permits, known)
        doubts = list(dict.fromkeys(self.doubts))
        made = []
        if not doubts:
            matches = self._matches(four, True)
            if matches:
                made.append(
                    Entry(self.line, self.action, matches, symptom=self.symptom, label=self.name)
                )
        reasons = [self.source.addresses.doubt, self.destination.addresses.doubt, four.doubt]
        doubts += [reason for reason in reasons if reason]
        if doubts:
            matches = self._matches(four, False)
            if matches:
                why = "; ".join(dict.fromkeys(doubts))
                made.append(
                    Entry(self.line, self.action, matches, why, symptom=self.late, label=self.name)
                )
        return tuple(made)

    def _matches(self, four: Layer4, sure: bool) -> tuple[Match, ...]:
        matches = []
        services = four.sure if sure else four.may
        whole = [self.source.of(f, sure) for f in (4, 6)] + [
            self.destination.of(f, sure) for f in (4, 6)
        ]
        if all(meant and spec is None for meant, spec in whole):
            return tuple(_match(0, None, None, service) for service in _packed(services))
        for at, family in enumerate((4, 6)):
            (has_source, source), (has_destination, destination) = whole[at], whole[at + 2]
            if has_source and has_destination:
                matches += [_match(family, source, destination, s) for s in _packed(services)]
        return tuple(matches)


def _among(names: frozenset[str], zone: str, zones: Container[str]) -> bool | None:
    """Whether a list of zones has one; None where a name in it is no zone."""
    if "any" in names or zone in names:
        return True
    return None if zones and any(name not in zones for name in names) else False


def _packed(services: tuple[Service, ...]) -> list[Service]:
    """The same with the destination ports of one protocol in one list."""
    if any(s == Service(None) for s in services):
        return [Service(None)]
    found: dict[tuple[object, ...], Service] = {}
    for service in services:
        key = (service.protocol, service.src_ports, service.icmp_type, service.dst_ports is None)
        known = found.get(key)
        if known is not None and service.dst_ports is not None:
            ports = tuple(dict.fromkeys((*(known.dst_ports or ()), *service.dst_ports)))
            service = service._replace(dst_ports=ports)
        found[key] = service
    return list(found.values())


def _match(
    family: int, source: AddressSpec | None, destination: AddressSpec | None, service: Service
) -> Match:
    number = service.protocol
    return Match(
        family=family,
        protocols=None if number is None else ((number, number),),
        src=source,
        dst=destination,
        src_ports=service.src_ports,
        dst_ports=service.dst_ports,
        icmp=None if service.icmp_type is None else (IcmpTest(service.icmp_type),),
    )


def _skip_uuid(node: Node) -> None:
    """Commands may carry the rule's identifier behind its name."""
    for word in [w for w in node.children if _UUID.fullmatch(w)]:
        below = node.children.pop(word)
        if node.children is NO_CHILDREN:
            node.children = {}
        merge(node, below)
