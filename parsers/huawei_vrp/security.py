"""Security policies of USG firewalls.

Sources: Huawei, "Default Policy and Matching Conditions" (rules from top to bottom, the last one denies all traffic
between zones) and "Methods for Configuring Security Policies" (an implicit deny at the end); USG command
reference, `source-address`, `service protocol` (rule view).
"""

from __future__ import annotations

import re

from parsers.huawei_vrp.objects import address_terms, service_matches
from parsers.ledger import Ledger
from parsers.model.filters import Action, Entry
from parsers.reader import Statement, Table
from parsers.vrp_style.draft import Draft
from parsers.vrp_style.groups import Group, Groups
from parsers.vrp_style.terms import NotUnderstood
from parsers.vrp_style.walk import ANYTHING, ignored
from parsers.vrp_style.zone_policies import SERVICES, PolicyRule, Side

Found = re.Match[str]
ACTIONS = {"permit": Action.PERMIT, "deny": Action.DENY}


class SecurityRule(PolicyRule):
    """A rule with the names of sets that are read after the whole text."""

    def __init__(self, name: str, line: int) -> None:
        super().__init__(name, line)
        self.sets: list[tuple[Side, str]] = []
        self.service_names: list[str] = []
        self.made: tuple[Entry, ...] | None = None

    def all_entries(self) -> tuple[Entry, ...]:
        """The entries, made once for all pairs of zones; a rule without action decides nothing known."""
        if self.made is None:
            self.made = self.entries(Action.UNKNOWN)
        return self.made

    def resolve(self, groups: Groups) -> None:
        """Puts the members of the sets in their place."""
        for side, name in self.sets:
            side.add_group(groups.find(groups.networks, name))
        for name in self.service_names:
            known = groups.services.get(name)
            if known is None and name.lower() in SERVICES:
                known = Group(SERVICES[name.lower()])
            self.add_services(known or Group((), f"{name} is not defined in the text"))


class SecurityPolicy:
    """The `security-policy` of a firewall."""

    def __init__(self) -> None:
        self.line: int | None = None
        self.rules: list[SecurityRule] = []
        self.default = Action.DENY
        self.default_line: int | None = None
        self.intrazone: int | None = None
        self.doubt: str | None = None


class Zones:
    """What the zones of a device have said: their priorities, policies of pairs of zones (older firewalls
    and AR routers), and the security policy."""

    def __init__(self) -> None:
        self.names = {"local", "trust", "dmz", "untrust"}
        self.priorities: dict[str, int] = {}
        self.zone: str | None = None
        self.policy = SecurityPolicy()
        self.rule: SecurityRule | None = None
        self.pairs: dict[tuple[str, str], list[SecurityRule]] = {}
        self.pair: list[SecurityRule] = []
        self.pair_lines: dict[tuple[str, str], int] = {}
        self.filters: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        self.enabled: set[frozenset[str]] = set()
        self.interzone: tuple[str, str] = ("", "")
        self.defaults: dict[tuple[str, str], tuple[Action, int]] = {}
        self.default_all: tuple[Action, int] | None = None
        self.doubts: list[str] = []
        self.local: list[int] = []


class VrpDraft(Draft):
    """The draft of a VRP configuration."""

    def __init__(self, file: str, lines: list[str], ledger: Ledger) -> None:
        super().__init__(file, lines, ledger)
        self.zones = Zones()


def security_policy(state: VrpDraft, match: Found, line: int) -> None:
    """`security-policy`."""
    state.zones.policy.line = line
    state.subject = "security-policy"


def default_action(state: VrpDraft, match: Found, line: int) -> None:
    """`default action permit|deny`."""
    state.zones.policy.default = ACTIONS[match["action"]]
    state.zones.policy.default_line = line


def intrazone(state: VrpDraft, match: Found, line: int) -> None:
    """`default packet-filter intrazone enable`: the default action holds inside a zone too."""
    state.zones.policy.intrazone = line


def open_rule(state: VrpDraft, match: Found, line: int) -> None:
    """`rule name R`."""
    rule = SecurityRule(match["name"].strip('"'), line)
    state.zones.policy.rules.append(rule)
    state.zones.rule = rule


def odd_policy_line(state: VrpDraft, match: Found, line: int) -> bool:
    """A line beside the rules that is not understood: it may turn the whole policy round."""
    state.zones.policy.doubt = f"{match[0]!r} beside the rules of the security policy"
    return False


def _rule(state: VrpDraft) -> SecurityRule:
    rule = state.zones.rule
    if rule is None:
        raise LookupError("no rule is open")
    return rule


def zones_of(state: VrpDraft, match: Found, line: int) -> None:
    """`source-zone A B …`, `destination-zone …`."""
    rule = _rule(state)
    names = set(match["names"].split())
    if "any" not in names:
        (rule.sources if match["side"] == "source" else rule.destinations).update(names)


def addresses(state: VrpDraft, match: Found, line: int) -> bool | None:
    """`source-address …`, `destination-address …`: addresses, a range, sets."""
    rule = _rule(state)
    side = rule.src if match["side"] == "source" else rule.dst
    tokens = match["what"].partition(" description ")[0].split()
    if tokens == ["any"]:
        side.any = True
        return None
    if tokens[0] == "address-set" and len(tokens) > 1:
        rule.sets.extend((side, name) for name in tokens[1:])
        return None
    side.named = True
    try:
        side.add(address_terms(tokens))
    except NotUnderstood:
        known = tokens[0] in (
            "geo-location",
            "geo-location-set",
            "domain-set",
            "region",
            "region-set",
        )
        known = known or re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){2}", tokens[0]) is not None
        side.doubt = f"'{match[0]}' cannot be decided from the text"
        return None if known else False
    return None


def exclude(state: VrpDraft, match: Found, line: int) -> None:
    """`source-address-exclude …`: leaves addresses out, which is not modelled."""
    _rule(state).doubt = f"'{match[0]}' leaves addresses out"


def service(state: VrpDraft, match: Found, line: int) -> bool | None:
    """`service NAME …`, `service protocol P …`, `service any`."""
    rule = _rule(state)
    tokens = match["what"].split()
    rule.service_named = True
    if tokens[0] != "protocol":
        names = tokens[1:] if tokens[0] == "service-set" else tokens
        rule.service_names.extend(names)
        return None
    try:
        rule.services.extend(service_matches(tokens))
    except NotUnderstood:
        rule.service_doubt = f"'{match[0]}' is not understood"
        return False
    return None


def action(state: VrpDraft, match: Found, line: int) -> None:
    """`action permit|deny`."""
    rule = _rule(state)
    rule.action = ACTIONS[match["action"]]
    rule.action_line = line


def disable(state: VrpDraft, match: Found, line: int) -> None:
    """`disable`: the rule is not in force."""
    _rule(state).disabled = match[0] == "disable"


def undecided(state: VrpDraft, match: Found, line: int) -> None:
    """A condition that no packet alone decides: application, user, URL category, schedule, …"""
    rule = _rule(state)
    if match["value"].strip() not in ("any", "any any"):
        rule.doubt = rule.doubt or f"'{match[0]}' cannot be decided from a packet alone"


def odd_line(state: VrpDraft, match: Found, line: int) -> bool:
    """A line of a rule that is not understood."""
    _rule(state).doubt = f"{match[0]!r} is not understood"
    return False


RULE: Table[VrpDraft] = Table(
    (
        Statement(r"(?P<side>source|destination)-zone (?P<names>.+)", zones_of, topic="zones"),
        Statement(r"(?P<side>source|destination)-address (?P<what>\S.*)", addresses),
        Statement(r"(?:source|destination)-address-exclude .*", exclude),
        Statement(r"service (?P<what>\S.*)", service),
        Statement(r"action (?P<action>permit|deny)", action),
        Statement(r"disable|enable", disable),
        Statement(
            r"(?:application|app|user|url|time-range|schedule|device-classification|device|terminal|access-authentication"
            r"|vlan-id|dscp|category|tag|tunnel|content|identity|access-type|source-user|source-region|destination-region)"
            r"(?P<value>(?: .*)?)",
            undecided,
        ),
        *ignored(
            "records, inspects what is permitted, or times the session",
            "description", "profile", "policy logging", "session logging", "traffic logging", "logging", "log",
            "session aging-time", "long-link", "parent-group", "session", "counting", "statistics",
        ),
        Statement(r"undo (?:policy|session|traffic) logging", reason="records"),
        Statement(ANYTHING, odd_line),
    ),
    missed="filter",
)  # fmt: skip
SECURITY_POLICY: Table[VrpDraft] = Table(
    (
        Statement(r"rule name (?P<name>\S+|\".*\")", open_rule, table=RULE, topic="zones"),
        Statement(r"default action (?P<action>permit|deny)", default_action),
        Statement(r"default packet-filter intrazone enable", intrazone),
        *ignored("records and speeds up", "default policy logging", "default session logging", "group name",
                 "accelerate", "policy accelerate", "default traffic logging", "rule group"),
        Statement(ANYTHING, odd_policy_line),
    ),
    missed="filter",
)  # fmt: skip
