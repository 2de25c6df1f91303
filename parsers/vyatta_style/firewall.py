"""`firewall`: rule sets of both generations, where they are bound, and what holds for the whole device.

Before VyOS 1.4 and on EdgeOS a rule set is bound to an interface: `in` and `out` both stand in the forward hook,
`local` sees packets to the device (vyos-documentation, legacy "Firewall"). From 1.4 on `ipv4 forward filter` sees all
forwarded packets, `prerouting raw` all that come in, `input` and `output` those of the device itself.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Binding
from parsers.model.interfaces import MssClamp
from parsers.model.source import Sourced
from parsers.vyatta_style.draft import (
    Draft,
    Handler,
    Statements,
    because,
    said,
    several,
    single,
    tag_nodes,
    use_all,
)
from parsers.vyatta_style.groups import read_groups
from parsers.vyatta_style.rulesets import Kind, build, settled, undefined
from parsers.vyatta_style.zones import read_zone

RAW_ORDER, FORWARD_ORDER, ZONE_ORDER, OUTPUT_ORDER = 10, 20, 30, 20
"""The order of the hooks: raw, filter (priority 0), zones (priority 1)."""
_HOOKS = {
    "forward": ("forward", FORWARD_ORDER),
    "prerouting": ("forward", RAW_ORDER),
    "output": ("out", OUTPUT_ORDER),
    "input": (None, 0),
}
RULE_SET = "rule set"
MODERN_SET = f"{RULE_SET} of 1.4"


def _legacy(family: int) -> Handler:
    def sets(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in tag_nodes(node):
            kind = Kind(child.word, (child.word,), family, Action.DENY, RULE_SET, True)
            draft.filters[child.word, family] = build(draft, child, kind)

    return sets


def _modern(family: int) -> Handler:
    """`ipv4` or `ipv6` of the 1.4 firewall."""

    def hooks(draft: Draft, node: Node) -> None:
        draft.use(node)
        for hook in node.children.values():
            if hook.word == "name":
                draft.use(hook)
                for child in tag_nodes(hook):
                    kind = Kind(child.word, (child.word,), family, Action.DENY, MODERN_SET)
                    draft.filters[child.word, family] = build(draft, child, kind)
            elif hook.word in _HOOKS:
                draft.use(hook)
                for chain in hook.children.values():
                    _base(draft, hook.word, chain, family)
            else:
                draft.miss(hook, "filter", f"ipv{family}")
                _doubt(draft, f"'{hook.word}' below ipv{family}")

    return hooks


def _doubt(draft: Draft, what: str) -> None:
    """A word above the rule sets that is not understood: what it holds may belong to any of them."""
    draft.firewall_doubt = draft.firewall_doubt or f"{what} is not understood"


def _base(draft: Draft, hook: str, chain: Node, family: int) -> None:
    key = f"{hook} {chain.word}"
    if chain.word not in ("filter", "raw"):
        draft.miss(chain, "filter", key)
        _doubt(draft, f"'{chain.word}' below {hook}")
        return
    raw = chain.word == "raw"
    names = (key, f"{hook}-{chain.word}", f"ipv{family} {key}", *((hook,) if not raw else ()))
    kind = Kind(key, names, family, Action.PERMIT, "base chain", not raw, not raw)
    draft.filters[key, family] = build(draft, chain, kind)
    direction, order = _HOOKS[hook]
    if direction is not None:
        where = draft.where(said(chain))
        draft.bindings.append(Binding(key, family, None, direction, where, order))


def _state_policy(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        named = single(draft, child, "action")
        if child.word not in ("established", "related", "invalid") or (
            named is not None and named[0] not in ("accept", "drop", "reject")
        ):
            draft.miss(child, "filter", "state-policy")
            draft.state_doubt = f"state policy '{child.word}' is not understood"
            continue
        unknown = set(child.children) - {"action", "log", "log-level", "description"}
        if unknown:
            draft.miss(child, "filter", "state-policy")
            draft.state_doubt = f"state policy '{child.word}' is not understood"
            continue
        draft.use_all(child)
        if named is not None:
            draft.state_policy[child.word] = named
            draft.tracked = True


def _source_validation(family: int) -> Handler:
    def validation(draft: Draft, node: Node) -> None:
        value = node.only()
        if value is None or value.word not in ("strict", "loose", "disable"):
            draft.miss(node, "interface")
            return
        draft.use_all(node)
        if value.word != "disable":
            draft.urpf[family] = Sourced[str](value=value.word, where=draft.where(value.last))

    return validation


_SWITCHES = because(
    "a switch for packets to the device itself, for ICMP redirects, or for the kernel's own TCP",
    "all-ping", "broadcast-ping", "config-trap", "ipv6-receive-redirects", "ipv6-src-route",
    "ip-src-route", "log-martians", "receive-redirects", "send-redirects", "syn-cookies",
    "twa-hazards-protection", "directed-broadcast", "resolver-cache", "resolver-interval",
    "resolver-internal", "timeout", "conntrack-expect-table-size", "conntrack-hash-size",
    "conntrack-options", "conntrack-table-size", "conntrack-tcp-loose", "geoip",
)  # fmt: skip


def _bridged(draft: Draft, node: Node) -> None:
    """Rules for routed packets that see bridged ones as well."""
    draft.use_all(node)


_GLOBAL: Statements = {
    **_SWITCHES,
    "state-policy": _state_policy,
    "source-validation": _source_validation(4),
    "ipv6-source-validation": _source_validation(6),
    "apply-to-bridged-traffic": _bridged,
}


def _global_options(draft: Draft, node: Node) -> None:
    unknown = read(draft, node, _GLOBAL, "filter", "global-options")
    if unknown:
        _doubt(draft, f"'{unknown[0].word}' below global-options")


def _modify(family: int) -> Handler:
    """`modify NAME`: packets for other routing tables or load-balancing groups (EdgeOS); it can drop as well."""

    def sets(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in tag_nodes(node):
            routes, dropping = _modifies(draft, child)
            if routes:
                draft.policies[f"modify {child.word}"] = draft.where(said(child))
            if dropping:
                note = f"modify {child.word} has rules or a default that drop"
                draft.recognise("qos-drop", child, note)

    return sets


def _modifies(draft: Draft, node: Node) -> tuple[bool, bool]:
    draft.use_all(node)
    words = {found.word for found in node.walk()}
    drops = {"drop", "reject"} & words
    return bool(words & {"table", "lb-group", "mark", "vrf", "next-hop"}), bool(drops)


def _bound(draft: Draft, node: Node) -> None:
    """`interface eth0 in name X`: bindings of the 1.4 releases before the firewall's new form."""
    draft.use(node)
    for child in tag_nodes(node):
        draft.use(child)
        bind(draft, child, child.word)


def bind(draft: Draft, node: Node, interface: str) -> list[Node]:
    """`in`, `out` and `local` of an interface; gives the statements that are not understood."""
    unknown = []
    draft.use(node)
    for direction in node.children.values():
        if direction.word not in ("in", "out", "local"):
            unknown.append(direction)
            continue
        draft.use(direction)
        for child in direction.children.values():
            value = child.only()
            if child.word in ("modify", "ipv6-modify") and value is not None:
                draft.use_all(child)
                draft.named.append(
                    (interface, 0, direction.word, f"modify {value.word}", value.last)
                )
            elif child.word in ("name", "ipv6-name") and value is not None and not several(child):
                draft.use_all(child)
                family = 4 if child.word == "name" else 6
                draft.named.append((interface, family, direction.word, value.word, value.last))
            else:
                unknown.append(child)
    for child in unknown:
        draft.miss(child, "interface", interface)
    return unknown


def _options(draft: Draft, node: Node) -> None:
    """`options interface X adjust-mss N` (VyOS 1.2, 1.3) and `options mss-clamp` (EdgeOS)."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "interface":
            draft.use(child)
            for named in child.children.values():
                _interface_options(draft, named)
        elif child.word in ("mss-clamp", "mss-clamp6"):
            _mss_clamp(draft, child, 4 if child.word == "mss-clamp" else 6)
        else:
            draft.miss(child, "interface")


def _interface_options(draft: Draft, node: Node) -> None:
    draft.use(node)
    off = "disable" in node.children
    for child in node.children.values():
        value = child.only()
        family = {"adjust-mss": 4, "adjust-mss6": 6}.get(child.word)
        if child.word == "disable":
            draft.use_all(child)
            continue
        clamp = clamp_of(draft, family, value, "out") if family and value is not None else None
        if clamp is None or several(child):
            draft.miss(child, "interface", node.word)
            continue
        draft.use_all(child)
        known = draft.interfaces.get(node.word)
        if known is not None and not off:
            draft.change(node.word, clamps=(*known.clamps, clamp))


def clamp_of(draft: Draft, family: int, value: Node, direction: str) -> MssClamp | None:
    """The clamp to a number or to the path MTU; None if `value` is neither."""
    size = int(value.word) if value.word.isdecimal() else None
    if (size is None and value.word != "clamp-mss-to-pmtu") or value.children:
        return None
    return MssClamp(family=family, value=size, direction=direction, where=draft.where(value.last))


def _mss_clamp(draft: Draft, node: Node, family: int) -> None:
    known = {"interface-type", "mss"}
    value = node.value("mss")
    types = node.children.get("interface-type")
    clamp = clamp_of(draft, family, value, "both") if value is not None else None
    if clamp is None or not known.issuperset(node.children):
        draft.miss(node, "interface")
        return
    draft.use_all(node)
    words = set(types.children) if types is not None else set()
    if not words:
        note = (
            f"{node.word} without an interface type: which interfaces it acts on is not documented"
        )
        draft.recognise("mss-clamp", node.children["mss"], note)
    if "all" in words:
        draft.clamps.append(clamp)
        return
    for name, interface in list(draft.interfaces.items()):
        if any(name.startswith(word) for word in words):
            draft.change(name, clamps=(*interface.clamps, clamp))


def _flowtable(draft: Draft, node: Node) -> None:
    draft.use_all(node)


def _bridge(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    if any(found.word == "rule" for found in node.walk()):
        note = "rules on bridged frames, which see packets inside a bridge"
        first = next(found for found in node.walk() if found.end)
        draft.recognise("l2-filter", first, note)


def _zones(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in tag_nodes(node):
        read_zone(draft, child)


_FIREWALL: Statements = {
    **_GLOBAL,
    "name": _legacy(4),
    "ipv6-name": _legacy(6),
    "ipv4": _modern(4),
    "ipv6": _modern(6),
    "modify": _modify(4),
    "ipv6-modify": _modify(6),
    "global-options": _global_options,
    "interface": _bound,
    "options": _options,
    "flowtable": _flowtable,
    "bridge": _bridge,
    "zone": _zones,
    "group": use_all,
}


def read_firewall(draft: Draft, node: Node) -> None:
    """All of `firewall` below `node`."""
    groups = node.children.get("group")
    if groups is not None:
        read_groups(draft, groups)
    for word in ("ipv4", "ipv6"):
        raw = node.get(word, "prerouting")
        if raw is not None:
            # what `notrack` leaves out of connection tracking must be known before the rules with states
            for found in raw.walk():
                if found.word == "notrack":
                    draft.untracked = draft.where(found.last)
    table = {word: handler for word, handler in _FIREWALL.items() if word != "group"}
    holder = Node("", 0)
    holder.end, holder.more = node.end, node.more
    holder.children = {w: c for w, c in node.children.items() if w != "group"}
    unknown = read(draft, holder, table, "filter", "firewall")
    if unknown:
        _doubt(draft, f"'{unknown[0].word}' below firewall")


def _unused_and_actionless(draft: Draft) -> None:
    """A rule without action in a set that nothing names is no text that a device prints: its statements may belong
    to another set."""
    used = {(name, family) for _, family, _, name, _ in draft.named}
    used |= {(e.target, f.family) for f in draft.filters.values() for e in f.entries if e.target}
    for zone in draft.zones.values():
        for sets in (*zone.sources.values(), zone.inside):
            used |= {(named[0], family) for family, named in sets.items()}
    for key, rule in draft.actionless.items():
        if key not in used:
            _doubt(draft, f"rule {rule} of {key[0]}, which has no action and is used nowhere,")


def finish_filters(draft: Draft) -> None:
    """What needs all of the configuration: bindings of interfaces, undefined sets, the state policy."""
    for interface, family, direction, name, line in draft.named:
        where = draft.where(line)
        if family == 0:
            if direction != "local":
                policy = Sourced[str](value=name, where=where)
                draft.change(interface, policy_route=policy)
            continue
        if (name, family) not in draft.filters:
            draft.filters[name, family] = undefined(draft, name, family, name, RULE_SET)
        if direction != "local":
            draft.bindings.append(Binding(name, family, interface, direction, where, FORWARD_ORDER))
    _unused_and_actionless(draft)
    for key, found in draft.filters.items():
        first = found.kind == "base chain" or (found.kind == RULE_SET and not draft.dialect.modern)
        draft.filters[key] = settled(draft, found, first and found.stateful)
    for found in list(draft.filters.values()):
        for entry in found.entries:
            target = entry.target
            if target is not None and (target, found.family) not in draft.filters:
                made = undefined(draft, target, found.family, target, RULE_SET)
                draft.filters[target, found.family] = made
