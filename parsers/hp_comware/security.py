"""Security policies, object policies and zone pairs of Comware.

Sources: H3C security command references (V7): `security-policy`, `object-policy`, `zone-pair security`, `security-zone
intra-zone default permit`; H3C SecPath FAQ: without a policy packets between zones are dropped, object policies lose
effect once there is a security policy. In both kinds of policy the order of the text is the order of matching.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.hp_comware.objects import NAME, address_terms, host, service_match
from parsers.ledger import Ledger
from parsers.model.addresses import AddressTerm
from parsers.model.filters import Action, Entry
from parsers.model.source import TextFact
from parsers.reader import Statement, Table
from parsers.vrp_style.draft import Draft
from parsers.vrp_style.groups import Group, Groups
from parsers.vrp_style.terms import NotUnderstood, between
from parsers.vrp_style.walk import ANYTHING, ignored
from parsers.vrp_style.zone_policies import SERVICES, PolicyRule, Side

Found = re.Match[str]
BUILT_IN = frozenset({"any", "local", "trust", "dmz", "untrust", "management"})
"""Zones that firewalls have from the start, and the word for all."""
ACTIONS = {"pass": Action.PERMIT, "drop": Action.DENY, "permit": Action.PERMIT, "deny": Action.DENY}


class ZoneRule(PolicyRule):
    """A rule with the names of groups that are read after the whole text. `number` is its identity."""

    def __init__(self, name: str, line: int, family: int) -> None:
        super().__init__(name, line, family)
        self.groups: list[tuple[Side, str]] = []
        self.service_names: list[str] = []
        self.made: tuple[Entry, ...] | None = None
        self.resolved = False

    def resolve(self, groups: Groups) -> None:
        """Puts the members of the groups in their place, once for a rule of both families."""
        if self.resolved:
            return
        self.resolved = True
        for side, name in self.groups:
            side.add_group(groups.find(groups.networks, name))
        for name in self.service_names:
            known = groups.services.get(groups.key(name))
            if known is None and name.lower() in SERVICES:
                known = Group(SERVICES[name.lower()])
            self.add_services(known or Group((), f"{name} is not defined in the text"))

    def all_entries(self, default: Action) -> tuple[Entry, ...]:
        """The entries, made once for all pairs of zones."""
        if self.made is None:
            self.made = self.entries(default)
        return self.made


class ZonePair(NamedTuple):
    """`zone-pair security source A destination B`; the names are in lower case, `any` is all zones."""

    source: str
    destination: str
    line: int
    filters: list[tuple[str, int, int]]
    policies: list[tuple[str, int, int]]


class ComwareDraft(Draft):
    """The draft of a Comware configuration."""

    def __init__(self, file: str, lines: list[str], ledger: Ledger) -> None:
        super().__init__(file, lines, ledger)
        self.zone_names = set(BUILT_IN)
        self.members: dict[str, tuple[str, int]] = {}
        self.zone: str | None = None
        self.pairs: list[ZonePair] = []
        self.object_policies: dict[tuple[str, int], list[ZoneRule]] = {}
        self.object_policy: list[ZoneRule] = []
        self.policy_lines: dict[int, int] = {}
        self.rules: dict[int, list[ZoneRule]] = {4: [], 6: []}
        self.policy_doubts: dict[int, str] = {}
        self.policy_family = 4
        self.rule: ZoneRule | None = None


# -- zones -------------------------------------------------------------------------------------


def zone(state: ComwareDraft, match: Found, line: int) -> None:
    """`security-zone name Z`, `zone name Z id N` on V5 firewalls."""
    name = match["name"].strip('"')
    state.zone_names.add(name.lower())
    state.zone = name
    state.subject = f"zone {name}"


def member(state: ComwareDraft, match: Found, line: int) -> None:
    """`import interface IF`: the interface may be described further down."""
    if state.zone is not None:
        state.members[match["name"].replace(" ", "").lower()] = (state.zone, line)


def other_member(state: ComwareDraft, match: Found, line: int) -> None:
    """`import vlan`, `import ip`, `import interface IF vlan N`: members that are no routed interfaces."""
    state.recognised.append(TextFact(value="zone-policy", where=state.where(line), note=match[0]))


def join_zones(state: ComwareDraft) -> None:
    """Puts interfaces into the zones that name them."""
    known = {name.lower(): one for name, one in state.interfaces.items()}
    for key, (name, line) in state.members.items():
        interface = known.get(key)
        if interface is not None:
            interface.zone = TextFact(value=name, where=state.where(line))


ZONE: Table[ComwareDraft] = Table(
    (
        Statement(r"import interface (?P<name>\S+(?: [\d/.:]+)?)", member, topic="zones"),
        Statement(r"import (?:interface .* vlan|vlan|ip|ipv6|service-chain) .*", other_member),
        *ignored(
            "text and older settings", "description", "priority", "share", "attack-defense", "quit"
        ),
    ),
    missed="filter",
)


# -- zone pairs and object policies ------------------------------------------------------------


def zone_pair(state: ComwareDraft, match: Found, line: int) -> None:
    """`zone-pair security source A destination B`."""
    source, destination = match["source"].lower(), match["destination"].lower()
    state.pairs.append(ZonePair(source, destination, line, [], []))
    state.subject = f"{match['source']}:{match['destination']}"


def pair_filter(state: ComwareDraft, match: Found, line: int) -> None:
    """`packet-filter [ipv6] N|name X`."""
    if state.pairs:
        family = 6 if match["ipv6"] else 4
        state.pairs[-1].filters.append((match["name"], family, line))


def pair_policy(state: ComwareDraft, match: Found, line: int) -> None:
    """`object-policy apply ip|ipv6 P`."""
    if state.pairs:
        family = 6 if match["family"] == "ipv6" else 4
        state.pairs[-1].policies.append((match["name"].lower(), family, line))


def object_policy(state: ComwareDraft, match: Found, line: int) -> None:
    """`object-policy ip|ipv6 P`."""
    family = 6 if match["family"] == "ipv6" else 4
    key = (match["name"].lower(), family)
    state.object_policy = state.object_policies.setdefault(key, [])
    state.policy_family = family
    state.subject = match["name"]


def object_rule(state: ComwareDraft, match: Found, line: int) -> bool | None:
    """`rule [ID] pass|drop|inspect P [source-ip G] [destination-ip G] [service G] [vrf V] [time-range T]
    [disable] [counting] [logging]`."""
    rule = ZoneRule(match["number"] or "", line, state.policy_family)
    rule.action = ACTIONS.get(match["action"].split()[0], Action.PERMIT)
    state.object_policy.append(rule)
    words = iter(match["rest"].split())
    for word in words:
        if word in ("counting", "logging"):
            continue
        if word == "disable":
            rule.disabled = True
        elif word in ("source-ip", "destination-ip"):
            side = rule.src if word[0] == "s" else rule.dst
            _object_group(rule, side, next(words, ""))
        elif word == "service":
            rule.service_named = True
            rule.service_names.append(next(words, ""))
        elif word in (
            "vrf",
            "time-range",
            "application",
            "app-group",
            "track",
            "user",
            "user-group",
        ):
            rule.doubt = f"'{word} {next(words, '')}' cannot be decided from a packet alone"
        else:
            rule.doubt = f"{word!r} is not understood"
            return False
    return None


def _object_group(rule: ZoneRule, side: Side, name: str) -> None:
    if name.lower() == "any":
        side.any = True
        return
    side.named = True
    rule.groups.append((side, name))


def odd_object_line(state: ComwareDraft, match: Found, line: int) -> bool:
    """A line of an object policy that is not understood."""
    rule = ZoneRule("", line, state.policy_family)
    rule.action, rule.doubt = Action.UNKNOWN, f"{match[0]!r} is not understood"
    state.object_policy.append(rule)
    return False


OBJECT_POLICY: Table[ComwareDraft] = Table(
    (
        *ignored("text, speed", "description", "accelerate"),
        Statement(r"rule \d+ comment .*", reason="text"),
        Statement(
            r"rule(?: (?P<number>\d+))? (?P<action>pass|drop|inspect \S+)(?P<rest>(?: .*)?)",
            object_rule,
            topic="zones",
        ),
        Statement(ANYTHING, odd_object_line),
    ),
    missed="filter",
)
ZONE_PAIR: Table[ComwareDraft] = Table(
    (
        Statement(
            r"packet-filter (?P<ipv6>ipv6 )?(?:name )?(?P<name>\S+)", pair_filter, topic="zones"
        ),
        Statement(
            r"object-policy apply (?P<family>ip|ipv6) (?P<name>\S+)", pair_policy, topic="zones"
        ),
        *ignored(
            "inspection of permitted sessions", "aspf", "description", "undo aspf", "app-profile"
        ),
    ),
    missed="filter",
)


# -- the security policy -----------------------------------------------------------------------


def security_policy(state: ComwareDraft, match: Found, line: int) -> None:
    """`security-policy ip|ipv6`; without a word (V9) it is for both."""
    state.policy_family = {"ip": 4, "ipv6": 6}.get(match["family"] or "", 0)
    for family in (state.policy_family,) if state.policy_family else (4, 6):
        state.policy_lines.setdefault(family, line)
    state.subject = "security-policy"


def open_rule(state: ComwareDraft, match: Found, line: int) -> None:
    """`rule [ID] [name N]`."""
    name = (match["name"] or match["number"] or "").strip('"')
    rule = ZoneRule(name, line, state.policy_family)
    state.rule = rule
    for family in (state.policy_family,) if state.policy_family else (4, 6):
        state.rules[family].append(rule)


def odd_policy_line(state: ComwareDraft, match: Found, line: int) -> bool:
    """A line beside the rules that is not understood: it may turn the whole policy round."""
    for family in (state.policy_family,) if state.policy_family else (4, 6):
        state.policy_doubts[family] = f"{match[0]!r} beside the rules of the security policy"
    return False


def _rule(state: ComwareDraft) -> ZoneRule:
    if state.rule is None:
        raise LookupError("no rule is open")
    return state.rule


def rule_zone(state: ComwareDraft, match: Found, line: int) -> None:
    """`source-zone Z`, `destination-zone Z`: each line adds one."""
    rule = _rule(state)
    if match["name"].lower() != "any":
        names = rule.sources if match["side"] == "source" else rule.destinations
        names.add(match["name"].strip('"').lower())


def rule_address(state: ComwareDraft, match: Found, line: int) -> bool | None:
    """`source-ip G`, `source-ip-host A`, `source-ip-subnet A M`, `source-ip-range A B`."""
    rule = _rule(state)
    side = rule.src if match["side"] == "source" else rule.dst
    tokens = match["what"].split()
    if match["form"] == "" and len(tokens) == 1:
        _object_group(rule, side, tokens[0].strip('"'))
        return None
    side.named = True
    try:
        side.add(_addresses(match["form"], tokens))
    except NotUnderstood:
        side.doubt = f"'{match[0]}' is not understood"
        return False
    return None


def _addresses(form: str, tokens: list[str]) -> tuple[AddressTerm, ...]:
    if form == "-host" and len(tokens) == 1:
        return (host(tokens[0]),)
    if form == "-subnet":
        return address_terms(["subnet", *tokens])
    if form == "-range" and len(tokens) == 2:
        return between(*tokens)
    raise NotUnderstood(" ".join(tokens))


def rule_service(state: ComwareDraft, match: Found, line: int) -> None:
    """`service G`: a group or a predefined service."""
    rule = _rule(state)
    rule.service_named = True
    rule.service_names.append(match["name"].strip('"'))


def rule_port(state: ComwareDraft, match: Found, line: int) -> bool | None:
    """`service-port tcp [source …] [destination …]`, `service-port icmp T C`."""
    rule = _rule(state)
    rule.service_named = True
    try:
        rule.services.append(service_match(match["what"].split()))
    except (NotUnderstood, IndexError):
        rule.service_doubt = f"'{match[0]}' is not understood"
        return False
    return None


def rule_action(state: ComwareDraft, match: Found, line: int) -> None:
    """`action pass|drop`."""
    rule = _rule(state)
    rule.action, rule.action_line = ACTIONS[match["action"]], line


def rule_disable(state: ComwareDraft, match: Found, line: int) -> None:
    """`disable`."""
    _rule(state).disabled = True


def rule_undecided(state: ComwareDraft, match: Found, line: int) -> None:
    """A condition that no packet alone decides."""
    rule = _rule(state)
    rule.doubt = rule.doubt or f"'{match[0]}' cannot be decided from a packet alone"


def odd_rule_line(state: ComwareDraft, match: Found, line: int) -> bool:
    """A line of a rule that is not understood."""
    _rule(state).doubt = f"{match[0]!r} is not understood"
    return False


RULE: Table[ComwareDraft] = Table(
    (
        Statement(rf"(?P<side>source|destination)-zone {NAME}", rule_zone, topic="zones"),
        Statement(r"(?P<side>source|destination)-ip(?P<form>|-host|-subnet|-range) (?P<what>\S.*)", rule_address),
        Statement(rf"service {NAME}", rule_service),
        Statement(r"service-port (?P<what>\S.*)", rule_port),
        Statement(r"action (?P<action>pass|drop)", rule_action),
        Statement(r"disable", rule_disable),
        Statement(
            r"(?:application|app-group|user|user-group|terminal|terminal-group|time-range|vrf|track|url-category"
            r"|source-mac|source-location|destination-location|tenant|ip-reputation|service-chain)(?: .*)?",
            rule_undecided,
        ),
        *ignored(
            "records, inspects what is permitted, or times the session",
            "description", "logging", "counting", "profile", "session", "parent-group", "rule-hit", "tag",
        ),
        Statement(ANYTHING, odd_rule_line),
    ),
    missed="filter",
)  # fmt: skip
SECURITY_POLICY: Table[ComwareDraft] = Table(
    (
        Statement(
            r"rule(?: (?P<number>\d+))?(?: name (?P<name>\S+|\".*\"))?", open_rule, table=RULE, topic="zones"
        ),
        *ignored("records, speeds up and groups rules", "description", "accelerate", "undo accelerate", "group",
                 "default rule logging", "log", "config-logging"),
        Statement(ANYTHING, odd_policy_line),
    ),
    missed="filter",
)  # fmt: skip
STATEMENTS: tuple[Statement, ...] = (
    Statement(rf"security-zone name {NAME}", zone, table=ZONE, topic="zones"),
    Statement(r"zone name (?P<name>\S+)(?: id \d+)?", zone, table=ZONE),
    Statement(
        r"zone-pair security source (?P<source>\S+) destination (?P<destination>\S+)", zone_pair, table=ZONE_PAIR
    ),
    Statement(r"object-policy (?P<family>ip|ipv6) (?P<name>\S+)", object_policy, table=OBJECT_POLICY),
    Statement(r"security-policy(?: (?P<family>ip|ipv6))?", security_policy, table=SECURITY_POLICY),
)  # fmt: skip
