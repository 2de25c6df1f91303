"""`net packet-filter`: rules on every packet that comes in, before the firewall and all listeners.

Source: tmsh reference, "net packet-filter" (rules in the order of their numbers; accept, discard and reject end the
walk, continue goes on; a rule without expression matches all), TMOS concepts, "Packet filters" (trusted sources go
first; existing connections are not asked again unless that is switched on; disabled as shipped).
"""

from __future__ import annotations

from parsers.f5_tmsh.draft import Draft, Handler, PacketRule, said, value
from parsers.f5_tmsh.expression import important_icmp, matches_of
from parsers.f5_tmsh.irrelevant import because
from parsers.f5_tmsh.names import address_terms, short
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    InterfaceSpec,
    LaterFragments,
    Match,
    Symptom,
)

KEY, CHAIN = "packet-filter", "chain:packet-filter"
ACTIONS = {
    "accept": Action.RETURN,
    "discard": Action.DENY,
    "reject": Action.DENY,
    "continue": Action.CONTINUE,
}
ON = frozenset({"enable", "enabled", "true"})
OFF = frozenset({"disable", "disabled", "false"})
NOT_SHOWN = (
    "whether packet filters are switched on is in 'sys db packetfilter', which is not in the text"
)


def read_packet_filters(draft: Draft, node: Node) -> None:
    """`net packet-filter R { order N action A rule "…" vlan V }`."""
    draft.use(node)
    for holder in node.children.values():
        rule = PacketRule(short(holder.word), holder.end or holder.line, matches=(Match(),))
        for missed in read(draft, holder, _statements(rule), "filter", KEY):
            rule.matches, rule.doubt = (Match(),), f"{missed.word!r} is not understood"
        rule.doubt = rule.doubt or holder.doubt
        if "rule" not in holder.children:
            rule.doubt = rule.doubt or "the rule has no expression"
        draft.packet_rules.append(rule)


def _statements(rule: PacketRule) -> dict[str, Handler | str]:
    def order(draft: Draft, node: Node) -> None:
        word = value(draft, node, "filter", KEY) or ""
        rule.order = int(word) if word.isdecimal() else None

    def action(draft: Draft, node: Node) -> None:
        rule.action = value(draft, node, "filter", KEY) or ""

    def vlan(draft: Draft, node: Node) -> None:
        word = value(draft, node, "filter", KEY)
        rule.vlan = None if word in (None, "none") else short(word or "")

    def expression(draft: Draft, node: Node) -> None:
        word = value(draft, node, "filter", KEY)
        if word is None:
            rule.doubt = "the expression is not understood"
            return
        rule.matches, doubt = matches_of(word)
        rule.line = said(node)
        if doubt:
            rule.doubt = doubt
            draft.miss(node, "filter", KEY)

    return {
        "order": order,
        "action": action,
        "vlan": vlan,
        "rule": expression,
        **because("logs, rates and names", "logging", "rate-class", "app-service", "description"),
    }


def read_trusted(draft: Draft, node: Node) -> None:
    """`net packet-filter-trusted { ip-addresses { … } vlans { … } mac-addresses { … } }`: never filtered."""
    draft.use_all(node)
    line = node.end or node.line
    addresses = node.children.get("ip-addresses")
    for word in addresses.children if addresses is not None else ():
        try:
            terms = address_terms(word)
        except ValueError:
            draft.trusted.append(Entry(line, Action.RETURN, (Match(),), f"{word!r} is no address"))
            continue
        matches = tuple(Match(term.family, src=AddressSpec((term,))) for term in terms)
        draft.trusted.append(Entry(line, Action.RETURN, matches, label="trusted"))
    vlans = node.children.get("vlans")
    if vlans is not None and vlans.children:
        names = InterfaceSpec(tuple(short(word) for word in vlans.children))
        draft.trusted.append(
            Entry(line, Action.RETURN, (Match(in_interfaces=names),), label="trusted")
        )
    if "mac-addresses" in node.children:
        why = "trusted MAC addresses are not in the packet"
        draft.trusted.append(Entry(line, Action.RETURN, (Match(),), why, label="trusted"))


def packet_filter(draft: Draft) -> Filter | None:
    """The rules as a chain that returns to its caller for what they accept; None where they are switched off."""
    switch = draft.db.get("packetfilter", ("", 0))[0]
    if switch in OFF or (not draft.packet_rules and switch not in ON):
        return None
    doubt = None if switch in ON else NOT_SHOWN
    entries = list(draft.trusted)
    if draft.db.get("packetfilter.allowimportanticmp", ("enable", 0))[0] not in OFF:
        entries.append(Entry(None, Action.RETURN, tuple(important_icmp()), label="important ICMP"))
    orders = [rule.order for rule in draft.packet_rules]
    for rule in sorted(draft.packet_rules, key=lambda rule: (rule.order is None, rule.order or 0)):
        why = rule.doubt or doubt
        if rule.order is None or orders.count(rule.order) > 1:
            why = why or "the rule's order is missing or not its own"
        entries.append(_entry(rule, why))
    last, line = draft.db.get("packetfilter.defaultaction", ("accept", 0))
    if last in ("discard", "reject"):
        entries.append(Entry(line, Action.DENY, (Match(),), doubt, label="unhandled packets"))
    elif last != "accept":
        entries.append(Entry(line, Action.UNKNOWN, (Match(),), f"default action {last!r}"))
    return Filter(
        key=CHAIN,
        family=0,
        file=draft.file,
        line=min((rule.line for rule in draft.packet_rules), default=None),
        entries=tuple(entries),
        default=None,
        kind="packet-filter",
        later_fragments=LaterFragments.UNKNOWN,
        stateful=True,
    )


def _entry(rule: PacketRule, why: str | None) -> Entry:
    action = ACTIONS.get(rule.action, Action.UNKNOWN)
    if action is Action.UNKNOWN:
        why = why or f"action {rule.action!r}"
    matches = rule.matches
    if rule.vlan is not None:
        names = InterfaceSpec((rule.vlan,))
        matches = tuple(match._replace(in_interfaces=names) for match in matches)
    symptom = Symptom.ICMP_ERROR if rule.action == "reject" else Symptom.TIMEOUT
    return Entry(rule.line, action, matches, why, symptom=symptom, label=rule.name)


def filters_established(draft: Draft) -> bool:
    """Whether packets of existing connections are asked too."""
    return draft.db.get("packetfilter.established", ("disable", 0))[0] in ON
