"""Zone protection profiles: what they do to packets that enter a zone.

Sources: Palo Alto Networks, PAN-OS Administrator's Guide, "Packet-Based Attack Protection" and Web Interface Help,
"Zone Protection Profiles" (tabs IP Drop, TCP Drop, ICMP Drop, IPv6 Drop, ICMPv6 Drop). A profile counts where its
zone is the zone of entry. "ICMP embedded with error message" drops the errors that quote another packet;
"Suppress ICMP NEEDFRAG" keeps the firewall from answering packets that exceed the MTU and may not be fragmented.
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.filters import Action, Binding, Entry, Filter, Fragments, IcmpTest, Match
from parsers.model.interfaces import Ptb
from parsers.model.source import Sourced
from parsers.paloalto_panos.draft import Draft, Zone, because, is_switch, said

_ERRORS = tuple(IcmpTest(kind) for kind in (3, 4, 5, 11, 12))
_RULE_NEEDED = {
    "dest-unreach": 1,
    "pkt-too-big": 2,
    "time-exceeded": 3,
    "param-problem": 4,
    "redirect": 137,
}
_KNOWN = frozenset(
    {"discard-icmp-error", "discard-ip-frag", "strict-ip-check", "discard-ip-spoof", "suppress-icmp-needfrag", "ipv6"}
)  # fmt: skip
_IRRELEVANT = because(
    "acts on rates, on options, on broken packets or on ICMP queries, not on whole TCP segments or errors about them",
    "asymmetric-path", "description", "discard-icmp-frag", "discard-icmp-large-packet", "discard-icmp-ping-zero-id",
    "discard-loose-source-routing", "discard-malformed-option", "discard-overlapping-tcp-segment-mismatch",
    "discard-record-route", "discard-security", "discard-stream-id", "discard-strict-source-routing",
    "discard-tcp-split-handshake", "discard-tcp-syn-with-data", "discard-tcp-synack-with-data", "discard-timestamp",
    "discard-unknown-option", "flood", "mismatched-overlapping-tcp-segment", "non-ip-protocol",
    "remove-tcp-timestamp", "scan", "scan-white-list", "split-handshake", "strip-mptcp-option",
    "strip-tcp-fast-open-and-data", "suppress-icmp-timeexceeded", "tcp-fast-open-and-data-strip",
    "tcp-reject-non-syn", "l2-sec-group-tag-protection", "sgt", "cloud-discard-ip-frag",
)  # fmt: skip
_IPV6_IRRELEVANT = because(
    "acts on extension headers and on malformed or unusual IPv6 packets",
    "anycast-source", "filter-ext-hdr", "icmpv6-too-big-small-mtu-discard", "ipv4-compatible-address",
    "needless-fragment-hdr", "options-invalid-ipv6-discard", "reserved-field-set-discard", "routing-header-0",
    "routing-header-1", "routing-header-3", "routing-header-4-252", "routing-header-253", "routing-header-254",
    "routing-header-255", "reject-unknown-option",
)  # fmt: skip


def read_protections(draft: Draft, node: Node) -> None:
    """The profiles below `network profiles`; what they do is worked out where a zone applies them."""
    draft.use(node)
    for profile in node.children.values():
        draft.protections[profile.word] = profile
        draft.use(profile)
        for child in profile.children.values():
            if child.word in _KNOWN:
                draft.use_all(child)
                if child.word != "ipv6" and not is_switch(child):
                    draft.miss(child)
            elif child.word in _IRRELEVANT:
                draft.ignore_all(child)
            else:
                draft.miss(child, "filter", profile.word)


def apply_protection(draft: Draft, zone: Zone, names: list[str]) -> None:
    """Binds the profile of a zone to its interfaces, and notes what it does to the firewall's own messages."""
    if zone.protection is None:
        return
    profile = draft.protections.get(zone.protection)
    key = f"zone-protection:{zone.protection}"
    if profile is None:
        found = Filter(key, 0, draft.file, None, (), Action.PERMIT, (zone.protection,), "zone-protection",
                       uncertain=f"zone protection profile {zone.protection} is not in the text")  # fmt: skip
    else:
        found = _filter(draft, key, profile)
    if not found.entries and not found.uncertain:
        _own_messages(draft, profile, names)
        return
    draft.filters[key, 0] = found
    for name in names:
        where = draft.where(zone.members.get(name) or zone.line)
        draft.bindings.append(Binding(key, 0, name, "in", where, order=-1))
    _own_messages(draft, profile, names)


def _filter(draft: Draft, key: str, profile: Node) -> Filter:
    entries = []
    uncertain = profile.doubt
    for child in profile.children.values():
        line = _line(child)
        if child.word == "discard-icmp-error" and said(profile, child.word):
            entries.append(Entry(line, Action.DENY, (Match(4, icmp=_ERRORS),), label=child.word))
        elif child.word == "discard-ip-frag" and said(profile, child.word):
            later = (Match(fragments=Fragments.LATER),)
            entries.append(Entry(line, Action.DENY, later, label=child.word))
        elif child.word == "ipv6":
            entries += _ipv6(draft, child, profile.word)
        elif child.word not in _KNOWN and child.word not in _IRRELEVANT:
            why = f"'{child.word}' is not understood"
            entries.append(Entry(line, Action.DENY, (Match(),), why, label=child.word))
    return Filter(
        key, 0, draft.file, profile.end or profile.line, tuple(entries), Action.PERMIT, (profile.word,),
        "zone-protection", uncertain=uncertain,
    )  # fmt: skip


def _ipv6(draft: Draft, node: Node, profile: str) -> list[Entry]:
    entries = []
    for child in node.children.values():
        if child.word == "ignore-inv-pkt":
            for kind in child.children.values():
                number = _RULE_NEEDED.get(kind.word)
                if "yes" in kind.children and number is not None:
                    why = f"ICMPv6 type {number} needs a rule of its own to pass"
                    match = Match(6, icmp=(IcmpTest(number),))
                    entries.append(Entry(_line(kind), Action.DENY, (match,), why, label=kind.word))
        elif child.word not in _IPV6_IRRELEVANT:
            draft.miss(child, "filter", profile)
            why = f"'ipv6 {child.word}' is not understood"
            entries.append(Entry(_line(child), Action.DENY, (Match(6),), why, label=child.word))
    return entries


def _line(node: Node) -> int:
    only = node.only()
    return (only.last if only is not None else 0) or node.end or node.line


def _own_messages(draft: Draft, profile: Node | None, names: list[str]) -> None:
    for name in names:
        interface = draft.interfaces.get(name)
        if interface is None or profile is None:
            continue
        changes: dict[str, object] = {}
        if said(profile, "suppress-icmp-needfrag"):
            where = draft.where(_line(profile.children["suppress-icmp-needfrag"]))
            why = "suppress-icmp-needfrag; no document tells of ICMPv6"
            changes["ptb"] = (
                Ptb(family=4, sends=False, where=where, reason="suppress-icmp-needfrag"),
                Ptb(family=6, sends=None, where=where, reason=why),
            )
        for word in ("strict-ip-check", "discard-ip-spoof"):
            if said(profile, word):
                where = draft.where(_line(profile.children[word]))
                changes["urpf"] = Sourced[str](value="strict", where=where, note=word)
        if changes:
            draft.interfaces[name] = interface.model_copy(update=changes)
