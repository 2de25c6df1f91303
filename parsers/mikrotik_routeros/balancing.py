"""How RouterOS chooses among several ways: ECMP, bonds, and mangle rules that mark by count or hash.

Sources: RouterOS manual, Routing Decision (version 7 hashes addresses, or ports too, as
`/ip settings ipv4-multipath-hash-policy` says; IPv6 with the flow label), Bonding, Mangle (`nth`,
`random`, `per-connection-classifier`); Linux kernel 3.3.5 of version 6 with its route cache.
"""

from __future__ import annotations

from parsers.mikrotik_routeros.draft import Bond, Draft
from parsers.mikrotik_routeros.ranges import address_range, terms_of
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.addresses import BITS
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Where

_L3 = frozenset({HashField.SRC, HashField.DST})
_L4 = _L3 | {HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
_L3_V6 = _L3 | {HashField.PROTOCOL, HashField.FLOW_LABEL}
_LABEL = "Linux senders change the flow label of a live session (net.ipv6.auto_flowlabels)"


def ecmp(draft: Draft) -> list[PathChoice]:
    """The choice among equal routes, by major version."""
    if draft.major == 7:
        return [_hashed(draft, 4), _hashed(draft, 6)]
    if draft.major == 6:
        return [_cached(draft)]
    return [
        PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.UNKNOWN, in_effect=None,
            statement="RouterOS version not known",
            reason="version 7 hashes, version 6 goes by its route cache; the header tells",
        )
    ]  # fmt: skip


def _hashed(draft: Draft, family: int) -> PathChoice:
    menu, name = ("ip settings", "ipv4-multipath-hash-policy")
    if family == 6:
        menu, name = ("ipv6 settings", "multipath-hash-policy")
    said = draft.settings.get(f"{menu} {name}")
    policy = said.value if said is not None else "l3"
    base = _L3 if family == 4 else _L3_V6
    fields = {"l3": base, "l3-inner": base, "l4": _L4}.get(policy)
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, family=family,
        spread=Spread.FLOW if fields is not None else Spread.UNKNOWN,
        fields=fields or frozenset(), where=said.where if said is not None else None,
        statement=f"{name}={policy}" + ("" if said is not None else " (default)"),
        reason=_LABEL if fields is _L3_V6 else "",
    )  # fmt: skip


def _cached(draft: Draft) -> PathChoice:
    said = draft.settings.get("ip settings route-cache")
    if said is not None and said.value == "no":
        return PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.UNKNOWN, in_effect=None,
            statement="route-cache=no", where=said.where,
            reason="without its route cache version 6 may choose a gateway for every packet",
        )  # fmt: skip
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.ADAPTIVE, statement="RouterOS 6",
        reason="the route cache holds a choice for a pair of addresses until the entry expires",
    )  # fmt: skip


_MODES = {
    "balance-rr": Spread.PER_PACKET, "balance-xor": Spread.FLOW, "802.3ad": Spread.FLOW,
    "balance-tlb": Spread.ADAPTIVE, "balance-alb": Spread.ADAPTIVE, "broadcast": Spread.UNKNOWN,
}  # fmt: skip
_POLICIES = {
    "layer-2": frozenset[HashField](), "layer-2-and-3": _L3, "encap-2-and-3": _L3,
    "layer-3-and-4": _L3 | {HashField.SRC_PORT, HashField.DST_PORT}, "encap-3-and-4": _L4,
}  # fmt: skip


def bond(found: Bond) -> PathChoice | None:
    """The choice among the members of a bond; None where one member carries all."""
    mode = found.mode or "balance-rr"
    if mode == "active-backup":
        return None
    spread = _MODES.get(mode, Spread.UNKNOWN)
    fields = frozenset[HashField]()
    if spread is Spread.FLOW:
        known = _POLICIES.get(found.policy or "layer-2")
        spread, fields = (spread, known) if known is not None else (Spread.UNKNOWN, fields)
    said = f"mode={mode}" if found.mode else "mode=balance-rr (default, exports leave it out)"
    policy = f" transmit-hash-policy={found.policy}" if found.policy else ""
    return PathChoice(
        stage=Stage.BUNDLE, scope=Scope.BUNDLE, interface=found.name, spread=spread, fields=fields,
        statement=f"bonding {found.name} {said}{policy}", where=found.where,
    )  # fmt: skip


_CLASSIFIER = {
    "src-address": {HashField.SRC}, "dst-address": {HashField.DST}, "both-addresses": _L3,
    "src-port": {HashField.SRC_PORT}, "dst-port": {HashField.DST_PORT},
    "both-ports": {HashField.SRC_PORT, HashField.DST_PORT},
    "src-address-and-port": {HashField.SRC, HashField.SRC_PORT},
    "dst-address-and-port": {HashField.DST, HashField.DST_PORT},
    "both-addresses-and-ports": _L3 | {HashField.SRC_PORT, HashField.DST_PORT},
}  # fmt: skip


def marks(draft: Draft) -> list[PathChoice]:
    """The mangle rules that choose a routing table by count, chance or hash."""
    rules = list(draft.tables.enabled("mangle"))
    routed = {
        statement.words.get("connection-mark", "")
        for _, statement in rules
        if statement.words.get("action") == "mark-routing"
    }
    out = []
    for family, statement in rules:
        words = statement.words
        if words.get("action") not in ("mark-routing", "mark-connection", "jump", "route"):
            continue
        if words.get("protocol", "tcp") not in ("tcp", "6"):
            continue
        choice = None
        if "nth" in words or "random" in words:
            choice = _counted(draft, family, statement, routed)
        elif "per-connection-classifier" in words:
            choice = _classified(draft, family, statement)
        if choice is not None:
            out.append(choice)
    return out


def _counted(
    draft: Draft, family: int, statement: Statement, routed: set[str]
) -> PathChoice | None:
    words = statement.words
    once = words.get("connection-state") == "new" or words.get("connection-mark") == "no-mark"
    action = words["action"]
    spread, reason = Spread.PER_PACKET, ""
    effect: bool | None = True
    if action == "mark-connection" and once:
        spread, reason = Spread.FLOW, "only the first packet of a connection is counted"
    elif action == "mark-connection":
        used = words.get("new-connection-mark", "") in routed
        effect = True if used else None
        reason = "" if used else "no rule in this text routes by that connection mark"
    elif action == "mark-routing" and not once:
        mark = words.get("new-routing-mark", "")
        tabled = any(found.vrf == mark for found in draft.routes) or any(
            mark in (r.words.get("routing-mark"), r.words.get("table")) for r in draft.rules
        )
        effect = True if tabled else None
        reason = "" if tabled else f"no route of table {mark} is in this text"
    else:
        spread, effect = Spread.UNKNOWN, None
        reason = "counted, and which packets of a connection follow is not worked out"
    return _policy(draft, family, statement, spread, effect, reason)


def _classified(draft: Draft, family: int, statement: Statement) -> PathChoice:
    text = statement.words["per-connection-classifier"].partition(":")[0]
    fields = _CLASSIFIER.get(text)
    if fields is None:
        reason = "a classifier that the manual does not have"
        return _policy(draft, family, statement, Spread.UNKNOWN, None, reason)
    found = _policy(draft, family, statement, Spread.FLOW, True, "a hash of header fields")
    return found.model_copy(update={"fields": frozenset(fields), "trap": False})


def _policy(
    draft: Draft,
    family: int,
    statement: Statement,
    spread: Spread,
    effect: bool | None,
    reason: str,
) -> PathChoice:
    words = statement.words
    name = words.get("in-interface", "")
    interface = name if name and name[0] != "!" and name in draft.links else None
    said = " ".join(
        f"{word}={words[word]}"
        for word in ("action", "nth", "random", "per-connection-classifier")
        if word in words
    )
    return PathChoice(
        stage=Stage.POLICY, scope=Scope.INGRESS if interface else Scope.DEVICE, spread=spread,
        statement=f"mangle {said}", interface=interface, family=family, in_effect=effect,
        fields=_L3 if spread is Spread.FLOW else frozenset(), reason=reason,
        trap=spread is Spread.FLOW, prefixes=_prefixes(draft, family, words), aimed=True,
        where=Where(draft.file, statement.first),
    )  # fmt: skip


def _prefixes(
    draft: Draft, family: int, words: dict[str, str]
) -> tuple[tuple[int, int, int], ...] | None:
    """The destinations that a rule is limited to, None for all: a list that is open limits nothing."""
    name, text = words.get("dst-address-list", "!"), words.get("dst-address", "!")
    if name[:1] != "!":
        found = draft.address_lists.find(family, name)
        if found.open is not None:
            return None
        ranges = found.ranges
    elif text[:1] != "!":
        try:
            ranges = (address_range(text, family),)
        except ValueError:
            return None
    else:
        return None
    return tuple(
        (family, term.value, term.care.bit_count()) for term in terms_of(ranges, family)
    ) or ((family, 0, BITS[family]),)
