"""`ltm virtual` and what it names: pools, virtual addresses, traffic matching criteria, address translation."""

from __future__ import annotations

from parsers.f5_tmsh.draft import (
    Criteria,
    Draft,
    Fast,
    Handler,
    Pool,
    Virtual,
    reference,
    said,
    says_nothing,
    value,
)
from parsers.f5_tmsh.irrelevant import POOL, VIRTUAL, because
from parsers.f5_tmsh.names import WILDCARDS, address_terms, short, split_domain
from parsers.f5_tmsh.rules import read_rules
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import Action, Entry, InterfaceSpec, Match
from parsers.model.source import Sourced

_KINDS = ("ip-forward", "l2-forward", "reject", "internal", "dhcp-relay", "stateless")
_PLAIN = "named for people, or kept for the configuration itself"


def read_virtuals(draft: Draft, node: Node) -> None:
    """`ltm virtual NAME { … }`."""
    draft.use(node)
    for holder in node.children.values():
        name = short(holder.word)
        found = Virtual(name, holder.end or holder.line)
        for missed in read(draft, holder, _VirtualReader(found).table(), "filter", name):
            found.doubts.append(f"{missed.word!r} is not understood")
        if holder.doubt:
            found.doubts.append(holder.doubt)
        if holder.more:
            found.doubts.append("the virtual server stands there twice")
        draft.virtuals[name] = found


class _VirtualReader:
    """The statements of one virtual server."""

    def __init__(self, found: Virtual) -> None:
        self.found = found

    def table(self) -> dict[str, Handler | str]:
        """The statements by their first word."""
        return {
            "destination": self.text,
            "mask": self.text,
            "source": self.text,
            "ip-protocol": self.text,
            "traffic-matching-criteria": self.text,
            **dict.fromkeys(_KINDS, self.kind),
            "disabled": self.switch,
            "enabled": self.switch,
            "translate-address": self.translate,
            "fw-enforced-policy": self.policy,
            "fw-rules": self.inline,
            **dict.fromkeys(
                ("vlans", "profiles", "rules", "policies", "related-rules"), self.names
            ),
            "vlans-enabled": self.vlans_enabled,
            "vlans-disabled": self.vlans_enabled,
            "pool": self.pool,
            **dict.fromkeys(_UNDECIDED, self.undecided),
            "source-address-translation": self.translation,
            "snat": self.old_snat,
            "snatpool": self.old_snat,
            **VIRTUAL,
        }

    def text(self, draft: Draft, node: Node) -> None:
        """A statement with one value."""
        text = value(draft, node, "filter", self.found.name)
        if text is None:
            self.found.doubts.append(f"{node.word} is not understood")
            return
        if text == "none":
            return
        setattr(self.found, _FIELDS.get(node.word, node.word), text)
        if len(node.children) > 1:
            self.found.doubts.append(f"{node.word} stands there twice")

    def kind(self, draft: Draft, node: Node) -> None:
        """`ip-forward`, `l2-forward`, `reject`, …"""
        draft.use_all(node)
        self.found.kind = node.word
        self.found.kind_line = said(node)
        self.found.kinds.add(node.word)

    def switch(self, draft: Draft, node: Node) -> None:
        """`disabled`."""
        draft.use_all(node)
        self.found.enabled = node.word == "enabled"

    def translate(self, draft: Draft, node: Node) -> None:
        """`translate-address enabled|disabled`."""
        word = value(draft, node, "filter", self.found.name)
        self.found.translate_address = word != "disabled"

    def policy(self, draft: Draft, node: Node) -> None:
        """`fw-enforced-policy P`."""
        self.found.policy = reference(draft, node, "filter", self.found.name)

    def inline(self, draft: Draft, node: Node) -> None:
        """`fw-rules { … }`, as releases before 11.6 print them."""
        self.found.rules = read_rules(draft, node, self.found.name, self.found.name)

    def names(self, draft: Draft, node: Node) -> None:
        """Lists of names; programs and policies may decide about the packet."""
        draft.use_all(node)
        words = [short(word) for word in node.children if word != "none"]
        if node.word == "vlans":
            self.found.vlans += words
        elif node.word == "profiles":
            self.found.profiles += words
        elif words:
            self.found.doubts.append(f"{node.word} {', '.join(words)} may decide otherwise")

    def vlans_enabled(self, draft: Draft, node: Node) -> None:
        """`vlans-enabled`: only on the VLANs named; `vlans-disabled`: on all others."""
        draft.use_all(node)
        self.found.vlans_enabled = node.word == "vlans-enabled"

    def pool(self, draft: Draft, node: Node) -> None:
        """`pool P`."""
        self.found.pool = reference(draft, node, "filter", self.found.name)

    def undecided(self, draft: Draft, node: Node) -> None:
        """What may drop or move the packet by more than its header."""
        draft.use_all(node)
        if node.children and not says_nothing(node):
            self.found.doubts.append(f"{node.word} may decide otherwise")

    def translation(self, draft: Draft, node: Node) -> None:
        """`source-address-translation { type automap|snat|lsn pool P }`."""
        draft.use_all(node)
        kind = node.value("type")
        if kind is not None and kind.word != "none":
            self.found.translation = draft.where(kind.last)

    def old_snat(self, draft: Draft, node: Node) -> None:
        """`snat automap`, `snatpool P`, as releases before 11.3 print them."""
        draft.use_all(node)
        only = node.only()
        if only is not None and only.word != "none":
            self.found.translation = draft.where(only.last)


_FIELDS = {"ip-protocol": "protocol", "traffic-matching-criteria": "criteria"}
_UNDECIDED = (
    "ip-intelligence-policy", "service-policy", "security-nat-policy",
    "per-flow-request-access-policy", "auth", "nat64", "transparent-nexthop", "bot-defense-profile",
    "splitsession-client",
)  # fmt: skip


def read_virtual_addresses(draft: Draft, node: Node) -> None:
    """`ltm virtual-address A { address … mask … }`: the mask where the virtual server has none."""
    draft.use_all(node)
    for holder in node.children.values():
        address, mask = holder.value("address"), holder.value("mask")
        text = short(address.word if address is not None else holder.word)
        text = WILDCARDS.get(text, text)
        if mask is not None:
            draft.virtual_masks[text] = mask.word
        state = holder.value("enabled")
        if state is not None and state.word == "no":
            draft.virtual_off.add(text)


def read_pools(draft: Draft, node: Node) -> None:
    """`ltm pool P { members { … } load-balancing-mode … }`."""
    draft.use(node)
    for holder in node.children.values():
        pool = Pool(holder.end or holder.line)
        read(draft, holder, _pool(pool), "route", short(holder.word))
        draft.pools[short(holder.word)] = pool


def _pool(pool: Pool) -> dict[str, Handler | str]:
    def members(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        for child in node.children.values():
            if child.word == "none":
                continue
            address = child.value("address")
            state = child.value("session")
            if state is not None and state.word == "user-disabled":
                continue
            text = address.word if address is not None else short(child.word).rpartition(":")[0]
            pool.members.append(text)

    def mode(draft: Draft, node: Node) -> None:
        word = value(draft, node, "route")
        if word is not None:
            pool.mode, pool.mode_line = word, said(node)

    return {"members": members, "load-balancing-mode": mode, **POOL}


def read_criteria(draft: Draft, node: Node) -> None:
    """`ltm traffic-matching-criteria C { … }`: lists of addresses and ports for one virtual server."""
    draft.use(node)
    for holder in node.children.values():
        found = Criteria(holder.end or holder.line)
        for missed in read(draft, holder, _criteria(found), "filter", short(holder.word)):
            found.doubt = f"{missed.word!r} is not understood"
        found.doubt = found.doubt or holder.doubt
        draft.criteria[short(holder.word)] = found


def _criteria(found: Criteria) -> dict[str, Handler | str]:
    def words(into: list[str]) -> Handler:
        def handle(draft: Draft, node: Node) -> None:
            draft.use_all(node)
            into.extend(short(word) for word in node.children if word != "none")

        return handle

    def protocol(draft: Draft, node: Node) -> None:
        found.protocol = value(draft, node, "filter") or "any"

    def domain(draft: Draft, node: Node) -> None:
        found.domain = value(draft, node, "filter")

    def source_port(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        only = node.only()
        if only is not None and only.word not in ("any", "0", "none"):
            found.source_ports = True

    return {
        "destination-address-inline": words(found.destinations),
        "destination-address-list": words(found.destination_lists),
        "source-address-inline": words(found.sources),
        "source-address-list": words(found.source_lists),
        "destination-port-inline": words(found.ports),
        "destination-port-list": words(found.port_lists),
        "source-port-inline": source_port,
        "source-port-list": source_port,
        "protocol": protocol,
        "route-domain": domain,
        **because(_PLAIN, "description", "app-service"),
    }


def read_snats(draft: Draft, node: Node) -> None:
    """`ltm snat S { origins { … } … }`: packets from the origins are accepted and translated, whatever their
    destination (a listener of its own, behind virtual servers)."""
    draft.use_all(node)
    for holder in node.children.values():
        origins: list[AddressTerm] = []
        doubt = holder.doubt
        for word in holder.children["origins"].children if "origins" in holder.children else ():
            try:
                origins.extend(address_terms(word))
            except ValueError:
                doubt = f"{word!r} is no address"
        vlans = (
            tuple(short(word) for word in holder.children["vlans"].children)
            if "vlans" in holder.children
            else ()
        )
        _listener(draft, holder, origins, vlans, "vlans-enabled" in holder.children, doubt)


def read_nats(draft: Draft, node: Node) -> None:
    """`ltm nat N { originating-address A translation-address B }`: one address for another, both ways."""
    draft.use_all(node)
    for holder in node.children.values():
        origin = holder.value("originating-address")
        doubt = holder.doubt
        try:
            terms = list(address_terms(origin.word)) if origin is not None else []
        except ValueError:
            terms, doubt = [], f"{origin.word if origin else ''!r} is no address"
        if "disabled" not in holder.children:
            vlans = (
                tuple(short(w) for w in holder.children["vlans"].children)
                if "vlans" in holder.children
                else ()
            )
            _listener(draft, holder, terms, vlans, "vlans-enabled" in holder.children, doubt)


def _listener(
    draft: Draft,
    node: Node,
    origins: list[AddressTerm],
    vlans: tuple[str, ...],
    enabled: bool,
    doubt: str | None,
) -> None:
    line = node.end or node.line
    inside = InterfaceSpec(vlans, negated=not enabled) if vlans else None
    matches = tuple(
        Match(
            family=family,
            src=AddressSpec(tuple(t for t in origins if t.family == family)),
            in_interfaces=inside,
        )
        for family in (4, 6)
        if any(term.family == family for term in origins)
    )
    if doubt:
        matches = (Match(),)
    if matches:
        draft.snats.append(Entry(line, Action.PERMIT, matches, doubt, label=short(node.word)))
    draft.recognised.append(
        Sourced[str](value="nat", where=draft.where(line), note=f"{short(node.word)} translates")
    )


def read_fastl4(draft: Draft, node: Node) -> None:
    """`ltm profile fastl4 P { defaults-from … mss-override N ip-df-mode … }`."""
    draft.use_all(node)
    for holder in node.children.values():
        found = Fast()
        parent, mss, mode = (
            holder.value("defaults-from"),
            holder.value("mss-override"),
            holder.value("ip-df-mode"),
        )
        found.parent = short(parent.word) if parent is not None else None
        if mss is not None and mss.word.isdecimal() and 0 <= int(mss.word) <= 9162:
            found.mss = (int(mss.word), mss.last)
        elif mss is not None:
            draft.miss(holder.children["mss-override"], "interface", short(holder.word))
        if mode is not None:
            found.df = (mode.word, mode.last)
        draft.fast[short(holder.word)] = found


def plain_address(text: str) -> str:
    """A member's address without its route domain."""
    return split_domain(text)[0]
