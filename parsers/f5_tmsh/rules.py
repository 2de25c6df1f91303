"""Rules of the network firewall (AFM): policies, rule lists, and rules written where they are enforced.

Source: tmsh reference, "security firewall policy" and "rule-list"; AFM guide, "About network firewall policies": the
first rule that matches decides in its context; `accept` hands the packet to the next context, `accept-decisively`
ends the firewall's work, `drop` and `reject` are final.
"""

from __future__ import annotations

from parsers.f5_tmsh.draft import Draft, Handler, Rules
from parsers.f5_tmsh.names import protocol_number, short
from parsers.f5_tmsh.rule_words import SHOWN, Rule, RuleReader, icmp_test
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Entry, IcmpTest, InterfaceSpec, Match, Symptom

ACTIONS = {
    "accept": (Action.RETURN, Symptom.TIMEOUT),
    "accept-decisively": (Action.PERMIT, Symptom.TIMEOUT),
    "drop": (Action.DENY, Symptom.TIMEOUT),
    "reject": (Action.DENY, Symptom.ICMP_ERROR),
}
ICMP = {4: 1, 6: 58}


def read_rules(draft: Draft, node: Node, name: str, subject: str) -> Rules:
    """The rules of a `rules { … }` block, in its order."""
    rules = Rules(name, node.line)
    draft.use(node)
    for child in node.children.values():
        rules.entries += _rule(draft, child, subject)
    rules.doubt = node.doubt
    return rules


def _rule(draft: Draft, node: Node, subject: str) -> list[Entry]:
    rule = Rule(node.word, node.end or node.line)
    for missed in read(draft, node, RuleReader(rule, subject).table(), "filter", subject):
        rule.doubts.append(f"{missed.word!r} is not understood")
        rule.wide = True
    if node.more is not None:
        rule.doubts.append("the rule stands there twice")
        rule.wide = True
    if node.doubt:
        rule.doubts.append(node.doubt)
        rule.wide = True
    if not rule.enabled:
        return []
    if rule.rule_list is not None:
        return _listed(draft, rule)
    return _entries(rule)


def _listed(draft: Draft, rule: Rule) -> list[Entry]:
    """The rules of a rule list stand in place of the rule that names it."""
    found = draft.rule_lists.get(rule.rule_list or "")
    why = "; ".join(rule.doubts) or None
    if found is None:
        why = f"rule list {rule.rule_list} is not defined"
        return [Entry(rule.line, Action.UNKNOWN, (Match(),), why, label=rule.name)]
    why = why or found.doubt
    return [
        entry._replace(uncertain=entry.uncertain or why, label=f"{rule.name}/{entry.label}")
        for entry in found.entries
    ]


def _entries(rule: Rule) -> list[Entry]:
    action, symptom = ACTIONS.get(rule.action or "", (Action.UNKNOWN, Symptom.TIMEOUT))
    if action is Action.UNKNOWN:
        rule.doubts.append(f"the action {rule.action or 'is missing'}")
    if symptom is Symptom.ICMP_ERROR and rule.protocol in ("tcp", "6"):
        symptom = Symptom.RESET
    partial = rule.source.doubts + rule.destination.doubts
    rule.doubts += rule.source.hidden + rule.destination.hidden
    if rule.icmp and protocol_number(rule.protocol or "any") not in ICMP.values():
        rule.doubts.append("ICMP types without the protocol ICMP")
    made = []
    if not rule.doubts:
        certain = tuple(_matches(rule))
        if certain:
            made.append(Entry(rule.line, action, certain, symptom=symptom, label=rule.name))
    if rule.doubts or partial:
        if rule.wide:
            rule.source.wide_addresses = rule.source.wide_ports = True
            rule.destination.wide_addresses = rule.destination.wide_ports = True
            rule.icmp = []
        for side in (rule.source, rule.destination):
            side.wide_addresses = side.wide_addresses or bool(side.doubts)
            side.wide_ports = side.wide_ports or bool(side.doubts)
        why = "; ".join(dict.fromkeys(rule.doubts + partial))
        made.append(
            Entry(rule.line, action, tuple(_matches(rule)), why, symptom=symptom, label=rule.name)
        )
    return made


def _matches(rule: Rule) -> list[Match]:
    protocol = None if rule.protocol in (None, "any") else protocol_number(rule.protocol or "")
    vlans = rule.source.vlans
    found = []
    for family in (4, 6):
        if protocol == ICMP[10 - family]:
            continue
        any_src, src = rule.source.of(family)
        any_dst, dst = rule.destination.of(family)
        if not any_src or not any_dst:
            continue
        tests = _icmp(rule.icmp) if protocol == ICMP[family] else None
        found.append(
            Match(
                family=family,
                protocols=None if protocol is None else ((protocol, protocol),),
                src=src,
                dst=dst,
                src_ports=rule.source.ports,
                dst_ports=rule.destination.ports,
                icmp=tests,
                in_interfaces=InterfaceSpec(tuple(vlans)) if vlans else None,
            )
        )
    return found


def _icmp(words: list[str]) -> tuple[IcmpTest, ...] | None:
    tests = tuple(test for word in words if (test := icmp_test(word)) is not None)
    return tests or None


def read_rule_list(draft: Draft, node: Node) -> None:
    """`security firewall rule-list NAME { rules { … } }`."""
    _named_rules(draft, node, draft.rule_lists, "rule list")


def read_policy(draft: Draft, node: Node) -> None:
    """`security firewall policy NAME { rules { … } }`."""
    _named_rules(draft, node, draft.policies, "policy")


def _named_rules(draft: Draft, node: Node, into: dict[str, Rules], kind: str) -> None:
    draft.use(node)
    for holder in node.children.values():
        name = short(holder.word)
        rules = Rules(name, holder.line)

        def inner(draft: Draft, child: Node, rules: Rules = rules, name: str = name) -> None:
            found = read_rules(draft, child, name, name)
            rules.entries += found.entries
            rules.doubt = rules.doubt or found.doubt

        table: dict[str, Handler | str] = {
            "rules": inner, "description": SHOWN, "app-service": SHOWN, "traffic-group": SHOWN,
        }  # fmt: skip
        for missed in read(draft, holder, table, "filter", name):
            rules.doubt = f"{missed.word!r} in {kind} {name} is not understood"
        rules.doubt = rules.doubt or holder.doubt
        into[name] = rules
