"""`load-balancing wan` (VyOS): rules that send sessions, or single packets, out through several interfaces."""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.addresses import int_range_terms
from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.model.filters import Ranges
from parsers.vyatta_style import values
from parsers.vyatta_style.balancing import L4, version
from parsers.vyatta_style.draft import Draft, Hop, said, tag_nodes

WAN_DISTANCE = 250
"""Behind every default route that the text shows: the balancer's own tables are asked by rules, not by distance."""
TOP = (1 << 32) - 1
KNOB = "per-packet-balancing"
SETTLE = "sudo nft list table ip vyos_wanloadbalance"


def read_load_balancing(draft: Draft, node: Node) -> None:
    """`load-balancing`: `wan` moves packets, the proxies are services of the device."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "wan":
            _wan(draft, child)
        elif child.word in ("reverse-proxy", "haproxy"):
            draft.ignore_all(child)
        else:
            draft.miss(child)


def _wan(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    rules = sorted(
        (rule for rule in tag_nodes(node.children.get("rule")) if rule.word.isdecimal()),
        key=lambda rule: int(rule.word),
    )
    taken: list[tuple[str, Ranges]] = []
    for rule in rules:
        _rule(draft, rule, taken)
    flushing = node.children.get("flush-connections")
    if flushing is not None:
        draft.choices.append(
            PathChoice(
                stage=Stage.POLICY, scope=Scope.DEVICE, family=4, spread=Spread.RELEASED,
                statement="flush-connections", where=draft.where(said(flushing)),
                reason="the session table is flushed when a WAN changes its state",
            )
        )  # fmt: skip
    if rules:
        draft.recognise(
            "policy-route", rules[0], "load-balancing wan sends sessions out by its own tables"
        )
    _ways(draft, node, rules)


def _ways(draft: Draft, node: Node, rules: list[Node]) -> None:
    """The default routes that the balancer keeps for its interfaces."""
    health = node.children.get("interface-health")
    used = {name for rule in rules for name in _interfaces(rule)}
    for name in sorted(used):
        where = health.children.get(name) if health is not None else None
        hop = where.value("nexthop") if where is not None else None
        address = hop.word if hop is not None and values.addresses(hop.word) is not None else None
        line = hop.last if hop is not None else said(node)
        draft.hops.append(
            Hop(
                4, 0, 0, "default", "load-balancing wan", line, WAN_DISTANCE, name, address,
                conditional=f"the health of {name}",
            )
        )  # fmt: skip


def _interfaces(rule: Node) -> list[str]:
    if "exclude" in rule.children:
        return []
    return [child.word for child in tag_nodes(rule.children.get("interface"))]


def _rule(draft: Draft, rule: Node, taken: list[tuple[str, Ranges]]) -> None:
    inbound = rule.value("inbound-interface")
    name = inbound.word if inbound is not None else "any"
    destination = rule.get("destination")
    target = destination.value("address") if destination is not None else None
    covered = _covered(target.word if target is not None else None)
    before = values.merged([r for other, ranges in taken if other == name for r in ranges])
    left = values.intersection(covered, values.complement(before, TOP))
    knob = rule.children.get(KNOB)
    ways = _interfaces(rule)
    if len(ways) > 1 and "failover" not in rule.children and _takes_tcp(rule):
        _choice(draft, rule, knob, name, left)
    if not _narrowed(rule):
        taken.append((name, covered))


def _covered(text: str | None) -> Ranges:
    """The destinations that an `address` names."""
    found = values.addresses(text) if text is not None else None
    if found is None or found.family != 4:
        return ((0, TOP),)
    ranges = values.merged([(t.value, t.value | (TOP ^ t.care)) for t in found.terms])
    return values.complement(ranges, TOP) if found.negated else ranges


def _narrowed(rule: Node) -> bool:
    """Whether a rule takes only some of the packets to its destinations."""
    destination = rule.get("destination")
    if destination is not None and set(destination.children) - {"address"}:
        return True
    protocol = rule.value("protocol")
    partial = protocol is not None and protocol.word not in ("all", "tcp", "tcp_udp")
    return partial or bool({"source", "limit"} & set(rule.children))


def _takes_tcp(rule: Node) -> bool:
    protocol = rule.value("protocol")
    found = values.protocols(protocol.word) if protocol is not None else None
    return found is None or bool(values.intersection(found, ((6, 6),)))


def _choice(draft: Draft, rule: Node, knob: Node | None, inbound: str, left: Ranges) -> None:
    everywhere = inbound in ("any", "") or inbound.endswith(("+", "*"))
    known = version(draft.release)
    doubtful = knob is not None and known is not None and known >= (1, 5)
    reason = "from 1.5 on the rules that the device makes may still test for new connections"
    prefixes = None
    if left != ((0, TOP),):
        terms = [t for low, high in left for t in int_range_terms(4, low, high)]
        prefixes = tuple((4, t.value, t.care.bit_count()) for t in terms)
    draft.choices.append(
        PathChoice(
            stage=Stage.POLICY,
            scope=Scope.DEVICE if everywhere else Scope.INGRESS,
            spread=Spread.PER_PACKET if knob is not None else Spread.FLOW,
            statement=f"load-balancing wan rule {rule.word}",
            fields=frozenset() if knob is not None else L4,
            interface=None if everywhere else inbound,
            family=4,
            in_effect=None if doubtful else True,
            reason=reason if doubtful else "",
            prefixes=prefixes,
            keeps=knob is None,
            settle="" if knob is None else SETTLE,
            where=draft.where(said(knob) if knob is not None else said(rule)),
        )
    )
