"""Zones: which interfaces are in them, and the protection profile at their entrance."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.paloalto_panos.draft import Draft, Statements, Zone, because, lift, word_of

KINDS = ("layer3", "layer2", "virtual-wire", "tap", "tunnel", "external")
_NETWORK = frozenset(
    {*KINDS, "zone-protection-profile", "log-setting", "enable-packet-buffer-protection", "net-inspection",
     "pre-nat", "enable-user-identification"}
)  # fmt: skip
_ZONE = because(
    "who is identified and how: no packet is dropped by it",
    "user-acl", "enable-user-identification", "enable-device-identification", "device-acl", "pre-nat-identification",
    "description", "id", "uuid", "enable-packet-buffer-protection",
)  # fmt: skip


def read_zones(draft: Draft, node: Node, zones: dict[str, Zone]) -> None:
    """All zones of a virtual system or shared gateway into `zones`."""
    draft.use(node)
    for child in node.children.values():
        zones[child.word] = _zone(draft, child)


def _zone(draft: Draft, node: Node) -> Zone:
    zone = Zone(node.word, node.end or node.line)
    lift(node, ("network", *_ZONE))

    def network(draft: Draft, holder: Node) -> None:
        lift(holder, _NETWORK)
        draft.use(holder)
        for child in holder.children.values():
            if child.word in KINDS:
                draft.use_all(child)
                zone.kind = child.word
                for member in child.children.values():
                    zone.members[member.word] = member.end or member.line
            elif child.word == "zone-protection-profile":
                draft.use_all(child)
            elif child.word in _NETWORK:
                draft.ignore_all(child)
            else:
                draft.miss(child)
                zone.doubt = f"'{child.word}' of zone {zone.name} is not understood"
        zone.protection = word_of(holder, "zone-protection-profile")

    table: Statements = {"network": network, **_ZONE}
    if read(draft, node, table):
        zone.doubt = f"a statement of zone {zone.name} is not understood"
    if node.doubt:
        zone.doubt = node.doubt
    if zone.protection is not None and not zone.kind:
        draft.miss(node)  # the interfaces of the zone are missing, or its name is another one's
    return zone
