"""What the choice among equal paths depends on: policies exported to the forwarding table, hash keys,
dynamic load balancing, bundles.

Source: knowledge/load-balancing.md section 3. Without an exported policy with `load-balance` Junos installs
one next hop for a prefix. In a policy, `per-packet` is a per-flow hash in spite of its name on everything
after the Internet Processor I; on a bundle it is per packet.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos import irrelevant
from parsers.juniper_junos.draft import Draft, Statements
from parsers.juniper_junos.policy_options import BalancingTerm, balancing_terms, unknown_actions
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Where

LAYER_3 = frozenset({HashField.SRC, HashField.DST, HashField.PROTOCOL})
PORTS = frozenset({HashField.SRC_PORT, HashField.DST_PORT})
TRAPS = frozenset({"per-packet", "profile1", "profile2"})
"""Words that read like per packet in a policy and are a hash."""
NAME = "a hash in spite of its name"

_FLOW_FIELDS = {
    "per-packet": LAYER_3 | PORTS, "per-flow": LAYER_3 | PORTS, "profile1": LAYER_3 | PORTS,
    "profile2": LAYER_3 | PORTS, "consistent-hash": LAYER_3 | PORTS,
    "symmetric-consistent-hash": LAYER_3 | PORTS, "source-ip-only": frozenset({HashField.SRC}),
    "destination-ip-only": frozenset({HashField.DST}), "per-prefix": frozenset({HashField.DST}),
    "source-and-destination-ip-only": frozenset({HashField.SRC, HashField.DST}),
}  # fmt: skip


def _use(draft: Draft, node: Node) -> None:
    draft.use_all(node)


def read_balancing(draft: Draft, model: str | None) -> None:
    """The choices of the device: exported policies in order, then those that nothing exports."""
    exported = _exported(draft)
    for rank, name in enumerate(exported):
        _exported_policy(draft, name, exported[:rank], model)
    policies = draft.root.get("policy-options", "policy-statement")
    for name in policies.children if policies is not None else ():
        if name not in exported:
            for term in balancing_terms(draft, name) or ():
                if term.balance is not None:
                    reason = f"policy {name} is not exported to the forwarding table"
                    _choose(draft, term, False, reason, model)
    _hash_keys(draft, model)
    if not any(
        choice.in_effect and choice.stage is Stage.ECMP and choice.scope is Scope.DEVICE
        for choice in draft.choices
    ):
        draft.choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.DEVICE,
                spread=Spread.FLOW,
                statement="no load-balancing policy is exported to the forwarding table",
                fields=frozenset(),
                reason="Junos then installs one next hop for each prefix",
            )
        )


def _exported(draft: Draft) -> list[str]:
    node = draft.root.get("routing-options", "forwarding-table", "export")
    return list(node.children) if node is not None else []


def _exported_policy(draft: Draft, name: str, before: list[str], model: str | None) -> None:
    terms = balancing_terms(draft, name)
    for odd in unknown_actions(draft, name):
        draft.miss(odd)
    if terms is None:
        node = draft.root.get("routing-options", "forwarding-table", "export", name)
        if node is not None:
            draft.miss(node)
        draft.choices.append(
            _choice(
                draft.where(node.last) if node is not None else None,
                f"forwarding-table export {name}",
                Spread.UNKNOWN,
                in_effect=None,
                reason=f"policy {name} is not in the text",
            )
        )
        return
    blocked = _ended(draft, before)
    for term in terms:
        if term.balance is not None:
            in_effect: bool | None = blocked is None
            reason = blocked or ""
            if in_effect and term.other:
                in_effect = None
                reason = f"only for routes that match '{term.other}'"
            first = len(draft.choices)
            _choose(draft, term, in_effect, reason, model)
            if blocked is not None:  # no route of the service gets there
                draft.choices[first:] = [
                    choice.model_copy(update={"prefixes": (), "aimed": True})
                    for choice in draft.choices[first:]
                ]
        if blocked is None and term.final and term.prefixes is None and not term.other:
            blocked = f"an earlier term of policy {name} decides about every route"


def _ended(draft: Draft, names: list[str]) -> str | None:
    """Why no route reaches the policies after `names`."""
    for name in names:
        for term in balancing_terms(draft, name) or ():
            if term.final and term.prefixes is None and not term.other:
                return f"policy {name} before it {term.final}s every route"
    return None


def _choose(
    draft: Draft, term: BalancingTerm, in_effect: bool | None, reason: str, model: str | None
) -> None:
    assert term.balance is not None  # noqa: S101 - the callers asked
    for value in term.balance.children.values():
        draft.use_all(value)
        draft.choices.append(_policy_choice(draft, term, value, in_effect, reason, model))


def _policy_choice(
    draft: Draft,
    term: BalancingTerm,
    value: Node,
    in_effect: bool | None,
    reason: str,
    model: str | None,
) -> PathChoice:
    word = value.word
    fields: frozenset[HashField] = _FLOW_FIELDS.get(word, frozenset())
    spread = Spread.FLOW if fields else Spread.UNKNOWN
    if not fields and word not in ("random", "adaptive"):
        draft.miss(value)
    if word == "random":
        spread = Spread.PER_PACKET
        if in_effect and is_srx(draft, model):
            in_effect, reason = None, "SRX does not document 'random'"
    elif word == "adaptive":
        spread = Spread.ADAPTIVE
    trap = word in TRAPS and spread is Spread.FLOW
    return _choice(
        draft.where(value.last),
        f"policy-statement {term.policy} then load-balance {word}",
        spread,
        fields=fields,
        in_effect=in_effect,
        reason="; ".join(part for part in (NAME if trap else "", reason) if part),
        prefixes=term.prefixes,
        trap=trap,
    )


def is_srx(draft: Draft, model: str | None) -> bool:
    """Whether the device is a firewall that forwards by session."""
    if model is not None:
        return model.lower().startswith(("srx", "vsrx", "csrx"))
    security = draft.root.get("security")
    return security is not None and any(
        word in security.children for word in ("policies", "zones", "flow")
    )


def _choice(
    where: Where | None,
    statement: str,
    spread: Spread,
    *,
    fields: frozenset[HashField] = frozenset(),
    in_effect: bool | None = True,
    reason: str = "",
    prefixes: tuple[tuple[int, int, int], ...] | None = None,
    trap: bool = False,
    family: int = 0,
    stage: Stage = Stage.ECMP,
    interface: str | None = None,
) -> PathChoice:
    return PathChoice(
        stage=stage,
        scope=Scope.BUNDLE if interface is not None else Scope.DEVICE,
        spread=spread,
        statement=statement,
        fields=fields,
        interface=interface,
        family=family,
        in_effect=in_effect,
        reason=reason,
        prefixes=prefixes,
        trap=trap,
        where=where,
    )


_DYNAMIC = {
    "per-packet": Spread.PER_PACKET,
    "flowlet": Spread.FLOWLET,
    "assigned-flow": Spread.FLOW,
}
_DYNAMIC_OPTIONS = frozenset({"ether-type", "flowset-table-size", "sampling-rate", "reassignment"})


def _hash_keys(draft: Draft, model: str | None) -> None:
    options = draft.root.get("forwarding-options")
    if options is None:
        return
    enhanced = options.get("enhanced-hash-key")
    if enhanced is not None:
        _check_words(draft, enhanced, _ENHANCED_WORDS)
        _dynamic(
            draft, enhanced.get("ecmp-dlb"), "forwarding-options enhanced-hash-key ecmp-dlb", None
        )
        for word, family in (("inet", 4), ("inet6", 6)):
            keys = enhanced.get("family", word)
            if keys is not None:
                _enhanced(draft, keys, family)
    legacy = options.get("hash-key")
    if legacy is not None:
        _check_words(draft, legacy, _LEGACY_WORDS)
        for word, family in (("inet", 4), ("inet6", 6)):
            keys = legacy.get("family", word)
            if keys is not None:
                _legacy(draft, keys, family)


_FAMILY_WORDS = frozenset({"family", "inet", "inet6", "mpls", "multiservice", "any"})
_ENHANCED_WORDS = _FAMILY_WORDS | frozenset(
    {
        "assigned-flow", "conditional-match", "destination-address", "ecmp-dlb",
        "ecmp-resilient-hash", "ether-type", "fabric-load-balance", "flex-hashing", "flowlet",
        "gre", "gtp-tunnel-end-point-identifier", "gtp-tunnel-endpoint-identifier", "hash-mode",
        "hash-parameters", "hash-seed", "inactivity-interval", "inactivity-timer",
        "incoming-interface-index", "ipv4", "ipv6", "ipv6-flow-label", "l2tp-tunnel-session-identifier", "lag",
        "layer2", "layer2-header", "layer2-payload", "no-destination-port", "no-ether-type",
        "no-flow-label", "no-inner-payload", "no-ipv4-destination-address",
        "no-ipv4-source-address", "no-ipv6-destination-address", "no-ipv6-source-address",
        "no-l4-destination-port", "no-l4-source-port", "no-label", "no-mac-addresses",
        "no-next-header", "no-payload", "no-protocol", "no-source-port", "no-vlan-id",
        "no-incoming-port", "per-packet", "resilient-hash-seed", "reassignment", "sampling-rate",
        "services-loadbalancing", "session-id", "source-address", "source-mac", "destination-mac",
        "source-destination-only-load-balancing", "source-only", "destination-only", "symmetric",
        "symmetric-hash", "traffic-class", "type-of-service", "vxlan", "vxlan-vnid", "vlan-id",
        "flowset-table-size", "ecmp", "prob-of-reassignment", "quality-delta", "no-ttl",
    }
)  # fmt: skip
_LEGACY_WORDS = _FAMILY_WORDS | frozenset(
    {
        "destination-address", "destination-mac", "destination-port", "ether-pseudowire",
        "incoming-interface-index", "ip", "label-1", "label-2", "label-3", "layer-3",
        "layer-3-only", "layer-4", "no-incoming-port", "no-interface-index", "no-label-1-exp",
        "no-labels", "bottom-label-1", "bottom-label-2", "bottom-label-3", "payload", "port-data",
        "session-id", "source-address", "source-mac", "source-port", "symmetric-hash",
        "type-of-service", "disable", "ethernet-pseudowire", "complement", "inner-label",
        "outer-label", "all-labels", "no-payload",
    }
)  # fmt: skip


_SEED_WORDS = frozenset(
    {"hash-seed", "indexed-load-balance", "indexed-next-hop", "per-flow", "per-prefix"}
)


def read_seeds(draft: Draft, node: Node) -> None:
    """`forwarding-options load-balance`: the hash's seed and structure, which keep flows together."""
    _check_words(draft, node, _SEED_WORDS)


def _check_words(draft: Draft, node: Node, known: frozenset[str]) -> None:
    """Marks the statements below `node`; numbers and words of `known` are understood."""
    draft.use_all(node)
    for found in node.walk():
        number = found.word.isdecimal() and not found.children
        if found is not node and found.word not in known and not number:
            draft.miss(found)


def _enhanced(draft: Draft, keys: Node, family: int) -> None:
    fields = set(LAYER_3 | PORTS)
    for word, field in (
        ("no-source-port", HashField.SRC_PORT),
        ("no-destination-port", HashField.DST_PORT),
    ):
        if word in keys.children:
            fields.discard(field)
    for word, field in (
        ("incoming-interface-index", HashField.INGRESS),
        ("type-of-service", HashField.DSCP),
        ("traffic-class", HashField.DSCP),
    ):
        if word in keys.children:
            fields.add(field)
    if family == 6 and "no-flow-label" not in keys.children:
        fields.add(HashField.FLOW_LABEL)
    draft.choices.append(
        _choice(
            draft.where(_line(keys)),
            f"forwarding-options enhanced-hash-key family {keys.word}"
            + (" ipv6-flow-label" if "ipv6-flow-label" in keys.children else ""),
            Spread.FLOW,
            fields=frozenset(fields),
            family=family,
        )
    )


def _legacy(draft: Draft, keys: Node, family: int) -> None:
    fields = set(LAYER_3)
    if "layer-4" in keys.children:
        fields |= {*PORTS, HashField.INGRESS, HashField.DSCP}
    draft.choices.append(
        _choice(
            draft.where(_line(keys)),
            f"forwarding-options hash-key family {keys.word}",
            Spread.FLOW,
            fields=frozenset(fields),
            family=family,
        )
    )


def _line(node: Node) -> int:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


def _dynamic(draft: Draft, node: Node | None, statement: str, bundle: str | None) -> None:
    """Dynamic load balancing: `per-packet`, `flowlet` or `assigned-flow`."""
    if node is None:
        return
    for word in node.children.keys() - _DYNAMIC.keys() - _DYNAMIC_OPTIONS:
        where, reason = draft.where(_line(node.children[word])), "the mode is not known"
        draft.choices.append(
            _choice(where, f"{statement} {word}", Spread.UNKNOWN, in_effect=None, reason=reason)
        )
    for word, spread in _DYNAMIC.items():
        child = node.children.get(word)
        if child is not None:
            draft.choices.append(
                _choice(
                    draft.where(_line(child)),
                    f"{statement} {word}",
                    spread,
                    fields=LAYER_3 | PORTS if spread is Spread.FLOW else frozenset(),
                    stage=Stage.BUNDLE if bundle is not None else Stage.ECMP,
                    interface=bundle,
                )
            )


_BUNDLE_WORDS = frozenset(
    {
        "adaptive", "assigned-flow", "bps", "flowlet", "inactivity-interval", "per-packet", "pps",
        "scan-interval", "tolerance", "flowset-table-size", "reassignment", "ether-type", "ipv4",
        "ipv6",
    }
)  # fmt: skip
_BUNDLE: Statements = {
    "load-balance": lambda draft, node: _check_words(draft, node, _BUNDLE_WORDS),
    "dlb": lambda draft, node: _check_words(draft, node, _BUNDLE_WORDS),
    **irrelevant.BUNDLE,
}  # fmt: skip


def bundle_balancing(draft: Draft, node: Node, name: str) -> list[Node]:
    """`aggregated-ether-options` of bundle `name`; gives what is not understood there."""
    unknown = read(draft, node, _BUNDLE, "interface", name)
    balance = node.get("load-balance")
    for word, spread in (("per-packet", Spread.PER_PACKET), ("adaptive", Spread.ADAPTIVE)):
        child = balance.children.get(word) if balance is not None else None
        if child is not None:
            draft.choices.append(
                _choice(
                    draft.where(_line(child)),
                    f"{name} aggregated-ether-options load-balance {word}",
                    spread,
                    stage=Stage.BUNDLE,
                    interface=name,
                )
            )
    _dynamic(draft, node.get("dlb"), f"{name} aggregated-ether-options dlb", name)
    return unknown


FORWARDING_TABLE: Statements = {
    "export": _use,
    **irrelevant.FORWARDING_TABLE,
}  # fmt: skip
"""`routing-options forwarding-table`."""
