"""Chains become filters and bindings: who meets them, in which order, and what ends them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from parsers.linux.chains import Base, Chain, order_of
from parsers.linux.nft_ruleset import NftChain, Ruleset
from parsers.linux.xt_tables import Replay, chains_of
from parsers.model.device import Missing
from parsers.model.filters import (
    Action,
    Binding,
    Entry,
    Filter,
    LaterFragments,
    Match,
    State,
)
from parsers.model.source import Sourced, Where

FORWARD_HOOKS = frozenset({"prerouting", "forward", "postrouting"})
_NAT_PASSED = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="only the first packet of a connection meets a nat chain",
)
_POLICIES = {
    "ACCEPT": Action.PERMIT,
    "DROP": Action.DENY,
    "accept": Action.PERMIT,
    "drop": Action.DENY,
}


class Built(NamedTuple):
    """A filter with the chain it came from and, for a base chain, whether anything applies it."""

    filter: Filter
    chain: Chain
    inactive: str | None = None
    unordered: str | None = None


def iptables_filters(replay: Replay, family: int) -> list[Built]:
    """The filters of one family's iptables tables."""
    tables = replay.families[family]
    found = chains_of(replay, family)
    tracked = any(
        entry_state(entry) or rule.effect.nat
        for chain, *_ in found
        for rule in chain.rules
        for entry in rule.entries
    )
    untracked = LaterFragments.NEVER if replay.legacy else LaterFragments.UNKNOWN
    fragments = LaterFragments.WHOLE if tracked else untracked
    out = []
    for chain, state, table, name in found:
        doubt = state.unsure or tables.unsure
        if replay.mixed and doubt is None:
            doubt = "iptables-legacy tables are present too, and only one of the two was read"
        default = _POLICIES[state.policy] if state.policy else None
        names = (name,) if table == "filter" else (f"{table}/{name}",)
        out.append(
            Built(
                Filter(
                    chain.key,
                    family,
                    chain.file,
                    chain.line,
                    _entries(chain),
                    default,
                    names,
                    "iptables",
                    state.policy_line,
                    later_fragments=fragments,
                    stateful=table != "raw",
                    uncertain=doubt,
                ),
                chain,
            )
        )
    return _without_tracking(out)


def entry_state(entry: Entry) -> bool:
    """Whether the entry asks connection tracking for a state."""
    return any(match.states is not None for match in entry.matches)


def _entries(chain: Chain) -> tuple[Entry, ...]:
    entries = tuple(entry for rule in chain.rules for entry in rule.entries)
    if chain.base is not None and chain.base.kind == "nat":
        return (_NAT_PASSED, *entries)
    return entries


def nft_filters(ruleset: Ruleset) -> list[Built]:
    """The filters of an nft rule set."""
    found = ruleset.read()
    unread = []
    bases = [item.chain.base for item in found]
    if ruleset.doubts and not any(base and base.hook in FORWARD_HOOKS for base in bases):
        unread.append(_unread_ruleset(ruleset))
    tracked = any(
        entry_state(entry) or rule.effect.nat
        for item in found
        for rule in item.chain.rules
        for entry in rule.entries
    )
    fragments = LaterFragments.WHOLE if tracked else LaterFragments.UNKNOWN
    return unread + _without_tracking([_nft_filter(item, fragments) for item in found])


def _unread_ruleset(ruleset: Ruleset) -> Built:
    """What stands for a rule set of which no base chain could be read: it may do anything."""
    key, line = "nft/inet/unread/forward", ruleset.doubts[0]
    unread = Filter(
        key, 0, ruleset.file, line, (), Action.UNKNOWN, ("forward",), "nftables", stateful=True,
        uncertain=f"line {line} is not understood",
    )  # fmt: skip
    return Built(unread, Chain(key, 0, ruleset.file, line, (), Base("forward", 0)))


def _nft_filter(item: NftChain, fragments: LaterFragments) -> Built:
    chain, base = item.chain, item.chain.base
    raw = base is not None and (base.hook == "ingress" or base.priority <= -200)
    built = Filter(
        chain.key, chain.family, chain.file, chain.line, _entries(chain),
        _POLICIES.get(item.policy, Action.UNKNOWN) if base is not None else None,
        (item.name,), "nftables", item.policy_line,
        later_fragments=fragments, stateful=not raw, uncertain=item.doubt,
    )  # fmt: skip
    return Built(built, chain, "its table is dormant" if item.dormant else None)


def _without_tracking(found: list[Built]) -> list[Built]:
    """States cannot be told for packets that a rule takes out of connection tracking."""
    chain = next(
        (
            built.chain.key
            for built in found
            for rule in built.chain.rules
            if rule.effect.notrack
            and _before_tracking(built.chain.base)
            and any(map(_may_be_session, rule.entries))
        ),
        None,
    )
    if chain is None:
        return found
    reason = f"{chain} takes packets out of connection tracking"
    out = []
    for built in found:
        entries = tuple(
            entry._replace(uncertain=entry.uncertain or reason) if entry_state(entry) else entry
            for entry in built.filter.entries
        )
        out.append(built._replace(filter=built.filter._replace(entries=entries)))
    return out


def _before_tracking(base: Base | None) -> bool:
    """Whether a chain can run before connection tracking (priority -200, NF_IP_PRI_CONNTRACK)."""
    return base is None or base.hook == "ingress" or base.priority < -200


def _may_be_session(entry: Entry) -> bool:
    return any(
        match.protocols is None
        or any(low <= wanted <= high for low, high in match.protocols for wanted in (1, 6, 58))
        for match in entry.matches
    )


def bindings_of(
    found: Iterable[Built], forwards: dict[int, bool | None], host: bool
) -> list[Binding]:
    """The bindings of all base chains. `forwards` says by family whether the system forwards."""
    built = list(found)
    translating = any(
        rule.effect.nat in ("SNAT", "MASQUERADE", "snat", "masquerade")
        for one in built
        for rule in one.chain.rules
    )
    out: list[Binding] = []
    for one in built:
        base = one.chain.base
        if base is not None:
            out += _bound(one, base, forwards, host, translating)
    return sorted(out, key=lambda binding: binding.order)


def _bound(
    one: Built, base: Base, forwards: dict[int, bool | None], host: bool, translating: bool
) -> list[Binding]:
    chain = one.chain
    where = Where(chain.file, chain.line) if chain.line else None
    order = order_of(base)
    if base.hook in ("ingress", "egress"):
        direction = "in" if base.hook == "ingress" else "out"
        return [
            Binding(chain.key, chain.family, device, direction, where, order, one.inactive)
            for device in base.devices or (None,)
        ]
    directions = []
    if base.hook in FORWARD_HOOKS:
        directions.append("forward")
    if base.hook == "input" or (host and base.hook == "prerouting"):
        directions.append("in")
    if base.hook == "output" or (host and base.hook == "postrouting"):
        directions.append("out")
    families = [chain.family] if chain.family else [4, 6]
    off = None
    if all(forwards.get(family) is False for family in families):
        off = "forwarding is off"
    elif host:
        off = "all rules are about the system's own packets, and nothing shows that it forwards"
    before_reversal = translating and base.hook == "prerouting" and base.priority < -100
    return [
        Binding(
            chain.key, chain.family, None, direction, where, order,
            one.inactive or (off if direction == "forward" else None),
            before_reversal and direction == "forward",
        )
        for direction in directions
    ]  # fmt: skip


def only_host_rules(found: Iterable[Built]) -> bool:
    """Whether rules exist, and all of them are about the system's own packets."""
    own = transit = False
    for one in found:
        if one.chain.base is None:
            continue
        if one.chain.base.hook in ("input", "output"):
            own = own or bool(one.chain.rules)
        elif one.chain.base.kind != "nat":
            transit = transit or bool(one.chain.rules)
    return own and not transit


def missing_filters(nft: bool, families: set[int]) -> list[Missing]:
    """The filter listings that were not collected: nft's lists everything, iptables has one program
    for each of its `families`. Absence of a listing does not mean that everything passes.
    """
    if nft:
        return []
    if not families:
        return [Missing(topic="filters", command="nft list ruleset")]
    programs = {4: "iptables-save", 6: "ip6tables-save"}
    return [
        Missing(topic="filters", command=programs[family], family=family)
        for family in (4, 6)
        if family not in families
    ]


def notes(found: Iterable[Built]) -> list[Sourced[str]]:
    """What was seen and is not modelled: NAT, and base chains whose order the text leaves open."""
    out = []
    seen: dict[tuple[str, int, int], Built] = {}
    for one in found:
        chain = one.chain
        nat = next((rule for rule in chain.rules if rule.effect.nat), None)
        if nat is not None:
            out.append(Sourced(value="nat", where=Where(chain.file, nat.line), note=chain.key))
        base = chain.base
        if base is None or one.inactive or chain.key.startswith("iptables/"):
            continue
        for family in (chain.family,) if chain.family else (4, 6):
            place = (base.hook, base.priority, family)
            other = seen.setdefault(place, one)
            if other is not one and base.hook != "ingress":
                where = Where(chain.file, chain.line or 1)
                both = f"{other.chain.key} and {chain.key}"
                note = f"{both} have one hook and priority: their order is open"
                if not any(old.note == note for old in out):
                    out.append(Sourced(value="chain-order", where=where, note=note))
    return out
