"""SRX security policies as filters between zones.

Sources: Juniper, "Understanding Security Policy Rules" and "Security Policies Overview": the policies of the
zone pair in order, then global policies, then the default policy, which denies unless `permit-all` is set;
traffic inside one zone needs a policy too, and an interface in no zone forwards nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.hierarchy.tree import Node
from parsers.juniper_junos.application_table import Meaning
from parsers.juniper_junos.applications import meaning_of
from parsers.juniper_junos.draft import Draft
from parsers.model.addresses import AddressSpec, AddressTerm
from parsers.model.filters import (
    Action,
    Entry,
    Filter,
    IcmpTest,
    LaterFragments,
    Match,
    State,
    Symptom,
)
from parsers.model.interfaces import Interface, InterfaceKind
from parsers.model.source import Sourced

DEVICE = "junos-host"
GLOBAL_ZONE = "junos-global"
_ACTIONS = {
    "permit": (Action.PERMIT, Symptom.TIMEOUT),
    "deny": (Action.DENY, Symptom.TIMEOUT),
    "reject": (Action.DENY, Symptom.RESET),
}
_NO_CONDITIONS = frozenset({"tunnel", "services-offload", "tcp-options", "apply-macro"})
"""What may stand below `permit` without making the permit depend on more than the packet."""
_NEUTRAL = frozenset({"description", "scheduler-name-off", "report-skip", "apply-macro"})
_UNDECIDED = frozenset(
    {
        "source-identity", "dynamic-application", "url-category", "source-end-user-profile",
        "destination-identity", "source-l3vpn-vrf-group", "destination-l3vpn-vrf-group",
    }
)  # fmt: skip
_OPEN = frozenset({"any", "none"})
"""Values of undecided conditions that do not restrict anything."""


def zone_policies(draft: Draft, interfaces: list[Interface]) -> dict[tuple[str, int], Filter]:
    """A filter for every ordered pair of zones. Packet mode forwards without them."""
    security = draft.root.get("security")
    if security is None or 0 in draft.packet_mode:
        return {}
    node = security.get("policies")
    reader = _Policies(draft)
    if node is not None:
        reader.read(node)
    zones = dict.fromkeys([*draft.zone_names, *(z for pair in reader.pairs for z in pair)])
    zones.pop(DEVICE, None)
    if not zones:
        return {}
    homeless = any(_is_homeless(interface) for interface in interfaces)
    found = {}
    for source in [*zones, *([""] if homeless else [])]:
        for destination in [*zones, *([""] if homeless else [])]:
            made = reader.filter(source, destination)
            found[made.key, 0] = made
    return found


def note_ipv6_mode(draft: Draft, interfaces: list[Interface]) -> None:
    """Notes IPv6 on a firewall that does not say how it forwards IPv6: `drop` is the documented default of
    many releases (Juniper, CLI reference, "mode (Forwarding-Options)")."""
    security = draft.root.get("security")
    if security is None or "zones" not in security.children:
        return
    if security.get("forwarding-options", "family", "inet6") is not None:
        return
    for interface in interfaces:
        for address in interface.addresses:
            if address.family == 6 and interface.zone is not None and address.value >> 118 != 0x3FA:
                note = "IPv6, which many releases drop unless 'family inet6 mode flow-based' is set"
                draft.recognised.append(
                    Sourced[str](value="no-routing", where=address.where, note=note)
                )
                return


def _is_homeless(interface: Interface) -> bool:
    return (
        interface.routed
        and interface.zone is None
        and interface.kind not in (InterfaceKind.LOOPBACK, InterfaceKind.MANAGEMENT)
    )


SESSION = Entry(
    None,
    Action.PERMIT,
    (Match(states=frozenset({State.ESTABLISHED, State.RELATED})),),
    label="session",
)
"""Packets of a session that a policy permitted are not asked again, nor are ICMP errors that quote one."""


class _Policies:
    """The policies read so far: of zone pairs, and global ones with the pairs that they are for."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.pairs: dict[tuple[str, str], tuple[int, list[Entry], str | None]] = {}
        self.everywhere: list[tuple[frozenset[str], frozenset[str], Entry]] = []
        self.default = Action.DENY
        self.default_line: int | None = None
        self.doubt: str | None = None

    def read(self, node: Node) -> None:
        draft = self.draft
        draft.use(node)
        self.doubt = node.doubt
        for child in node.children.values():
            if child.word == "from-zone":
                self._from_zone(child)
            elif child.word == "global":
                self._global(child)
            elif child.word == "default-policy":
                self._default(child)
            elif child.word in ("policy-rematch", "policy-stats", "traceoptions", "pre-id-default-policy",
                                "unified-policy", "stateful-debug", "no-policy-cache"):  # fmt: skip
                draft.ignore_all(child)
            elif child.word != "apply-macro":
                draft.miss(child, "filter", "policies")
                self.doubt = self.doubt or f"'{child.word}' below policies"

    def filter(self, source: str, destination: str) -> Filter:
        """The policies from one zone to another."""
        line, entries, doubt = self.pairs.get((source, destination), (None, [], None))
        last = [
            entry
            for sources, destinations, entry in self.everywhere
            if (not sources or source in sources)
            and (not destinations or destination in destinations)
        ]
        inside = bool(source and destination)
        return Filter(
            key=f"policy:{source}:{destination}",
            family=0,
            file=self.draft.file,
            line=line,
            entries=(SESSION, *entries, *last) if inside else (),
            default=self.default if inside else Action.DENY,
            names=(f"{source}:{destination}",),
            kind="zone-policy",
            default_line=self.default_line if inside else None,
            later_fragments=LaterFragments.WHOLE,
            stateful=True,
            uncertain=doubt or self.doubt,
        )

    def _default(self, node: Node) -> None:
        value = node.only()
        if value is not None and value.word in ("permit-all", "deny-all"):
            self.draft.use_all(node)
            self.default = Action.PERMIT if value.word == "permit-all" else Action.DENY
            self.default_line = value.last
        else:
            self.draft.miss(node, "filter", "policies")
            self.default = Action.UNKNOWN

    def _from_zone(self, node: Node) -> None:
        """`from-zone A to-zone B policy P`: the words stand one below the other."""
        draft = self.draft
        draft.use(node)
        for source in node.children.values():
            draft.use(source)
            for child in source.children.values():
                if child.word != "to-zone":
                    draft.miss(child)
                    continue
                draft.use(child)
                for destination in child.children.values():
                    self._pair(source.word, destination)

    def _pair(self, source: str, node: Node) -> None:
        draft = self.draft
        destination = node.word
        if DEVICE in (source, destination):
            draft.ignore_all(node)  # packets of the device itself, not transit
            return
        draft.use(node)
        doubt = node.doubt
        is_global = source == destination == GLOBAL_ZONE
        entries: list[Entry] = []
        for child in node.children.values():
            if child.word != "policy":
                draft.miss(child, "filter", f"{source}:{destination}")
                doubt = doubt or f"'{child.word}' beside policies"
                continue
            draft.use(child)
            if len({policy.rank for policy in child.children.values()}) > 1:
                doubt = doubt or "policies from a group among others: their order is not documented"
            for policy in child.children.values():
                near, far = (None, None) if is_global else (source, destination)
                entries.append(self._entry(policy, near, far, f"{source}:{destination}"))
        if is_global:
            self.everywhere += [(frozenset(), frozenset(), entry) for entry in entries]
        else:
            line, known, known_doubt = self.pairs.get((source, destination), (node.line, [], None))
            self.pairs[source, destination] = (line, known + entries, known_doubt or doubt)

    def _global(self, node: Node) -> None:
        draft = self.draft
        draft.use(node)
        for child in node.children.values():
            if child.word != "policy":
                draft.miss(child, "filter", "global")
                self.doubt = self.doubt or f"'{child.word}' in global policies"
                continue
            draft.use(child)
            for policy in child.children.values():
                sources = _zones_of(policy, "from-zone")
                destinations = _zones_of(policy, "to-zone")
                self.everywhere.append(
                    (sources, destinations, self._entry(policy, None, None, "global"))
                )

    def _entry(
        self, node: Node, source: str | None, destination: str | None, subject: str
    ) -> Entry:
        draft = self.draft
        draft.use(node)
        match = node.children.get("match")
        then = node.children.get("then")
        doubts: list[str] = [node.doubt] if node.doubt else []
        for child in node.children.values():
            if child.word == "scheduler-name":
                draft.use_all(child)
                doubts.append("the policy has a schedule")
            elif child.word in _NEUTRAL:
                draft.ignore_all(child)
            elif child.word not in ("match", "then"):
                draft.miss(child, "filter", subject)
                doubts.append(f"'{child.word}' is not understood")
        matches = self._matches(match, source, destination, subject, doubts)
        action, symptom, line = self._action(then, subject, doubts)
        return Entry(
            node.end or line or node.line,
            action,
            matches,
            "; ".join(dict.fromkeys(doubts)) or None,
            symptom=symptom,
            label=node.word,
        )

    def _action(
        self, node: Node | None, subject: str, doubts: list[str]
    ) -> tuple[Action, Symptom, int | None]:
        draft = self.draft
        if node is None:
            return Action.UNKNOWN, Symptom.TIMEOUT, None
        draft.use(node)
        decisive: Node | None = None
        for child in node.children.values():
            if child.word in _ACTIONS:
                draft.use_all(child)
                if decisive is None or (-child.rank, child.last) >= (-decisive.rank, decisive.last):
                    decisive = child
            elif child.word in ("count", "log", "apply-macro"):
                draft.ignore_all(child)
            else:
                draft.miss(child, "filter", subject)
                doubts.append(f"'{child.word}' is not understood")
        if decisive is None:
            return Action.UNKNOWN, Symptom.TIMEOUT, None
        action, symptom = _ACTIONS[decisive.word]
        doubts.extend(
            f"'{word}' is not decided by the packet alone"
            for word in decisive.children
            if word not in _NO_CONDITIONS
        )
        return action, symptom, decisive.end or decisive.line

    def _matches(
        self,
        node: Node | None,
        source: str | None,
        destination: str | None,
        subject: str,
        doubts: list[str],
    ) -> tuple[Match, ...]:
        draft = self.draft
        if node is None:
            doubts.append("the policy has no match")
            return (Match(),)
        draft.use(node)
        for child in node.children.values():
            if child.word in _UNDECIDED:
                draft.use_all(child)
                if not _OPEN.issuperset(child.children):
                    doubts.append(f"'{child.word}' cannot be decided from a packet alone")
            elif child.word in _KNOWN:
                draft.use_all(child)
            else:
                draft.miss(child, "filter", subject)
                doubts.append(f"'{child.word}' is not understood")
        src = self._side(node, "source-address", source, doubts)
        dst = self._side(node, "destination-address", destination, doubts)
        meanings = self._applications(node, doubts)
        return tuple(_cross(src, dst, meanings))

    def _side(self, node: Node, word: str, zone: str | None, doubts: list[str]) -> _Side:
        holder = node.children.get(word)
        if holder is None or not holder.children:
            doubts.append(f"the policy has no {word}")
            return _Side((AddressTerm(4, 0, 0), AddressTerm(6, 0, 0)), False)
        terms: list[AddressTerm] = []
        for name in holder.children:
            found = self.draft.books.find(zone, name)
            terms += found.terms
            if found.doubt:
                doubts.append(found.doubt)
        return _Side(tuple(terms), f"{word}-excluded" in node.children)

    def _applications(self, node: Node, doubts: list[str]) -> list[Meaning]:
        holder = node.children.get("application")
        if holder is None or not holder.children:
            if "dynamic-application" not in node.children:
                doubts.append("the policy has no application")
            return [meaning_of(self.draft, "any")]
        meanings = [meaning_of(self.draft, name) for name in holder.children]
        doubts += [meaning.doubt for meaning in meanings if meaning.doubt]
        return meanings


_KNOWN = frozenset(
    {
        "source-address", "destination-address", "application", "from-zone", "to-zone",
        "source-address-excluded", "destination-address-excluded",
    }
)  # fmt: skip


class _Side:
    """The addresses of one side of a policy; `excluded` turns the list round."""

    def __init__(self, terms: tuple[AddressTerm, ...], excluded: bool) -> None:
        self.terms = terms
        self.excluded = excluded

    def of(self, family: int) -> tuple[bool, AddressSpec | None]:
        """Whether any address of `family` matches, and which; None is all."""
        terms = tuple(term for term in self.terms if term.family == family)
        if self.excluded:
            return True, AddressSpec(terms, negated=True) if terms else None
        if any(not term.care for term in terms):
            return True, None
        return bool(terms), AddressSpec(terms)


def _zones_of(policy: Node, word: str) -> frozenset[str]:
    holder = policy.get("match", word)
    names = frozenset(holder.children) if holder is not None else frozenset()
    return frozenset() if "any" in names else names


def _cross(src: _Side, dst: _Side, meanings: list[Meaning]) -> Iterator[Match]:
    for family in (4, 6):
        any_src, src_spec = src.of(family)
        any_dst, dst_spec = dst.of(family)
        if not any_src or not any_dst:
            continue
        for meaning in meanings:
            for one in meaning.alternatives:
                if one.protocol == (58 if family == 4 else 1):
                    continue
                icmp: tuple[IcmpTest, ...] | None = one.icmp
                yield Match(
                    family=family,
                    protocols=None if one.protocol is None else ((one.protocol, one.protocol),),
                    src=src_spec,
                    dst=dst_spec,
                    src_ports=one.src_ports,
                    dst_ports=one.dst_ports,
                    icmp=icmp,
                )
