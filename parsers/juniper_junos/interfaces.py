"""`interfaces`: physical interfaces and their units, with what they do to packets in transit."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos import irrelevant
from parsers.juniper_junos.balancing import bundle_balancing
from parsers.juniper_junos.draft import Draft, Statements
from parsers.juniper_junos.families import Unit, unit_families
from parsers.juniper_junos.groups import shell_pattern
from parsers.juniper_junos.irrelevant import because
from parsers.juniper_junos.ports import (
    between,
    expanded,
    header_length,
    is_name,
    kind_of,
    tunnel_of,
)
from parsers.model.interfaces import Interface, InterfaceKind, Ptb
from parsers.model.source import Sourced, Where

RANGE_RANK = 100
"""An interface's own statements win over those of its interface range."""
PTB_DEFAULT = "Junos has no statement that stops Frag-Needed or Packet Too Big"


@dataclass
class Physical:
    """What a physical interface's own statements say."""

    name: str
    node: Node
    line: int
    enabled: bool = True
    description: str = ""
    mtu: Sourced[int] | None = None
    bundle: str | None = None
    not_understood: list[Where] = field(default_factory=list)


def read_interfaces(draft: Draft, node: Node) -> list[Interface]:
    """All interfaces: each physical one, followed by its units."""
    draft.use(node)
    _apply_ranges(draft, node)
    found: list[Interface] = []
    for child in list(node.children.values()):
        if child.word in _NOT_INTERFACES:
            draft.ignore_all(child)
        elif child.word != "interface-range":
            found.extend(_interface(draft, child))
    return found


_NOT_INTERFACES = because(
    "logging, or names for queueing",
    "traceoptions",
    "interface-set",
    "apply-macro",
    "stacked-interface-set",
)


def _apply_ranges(draft: Draft, node: Node) -> None:
    holder = node.children.get("interface-range")
    if holder is None:
        return
    draft.use(holder)
    for found in holder.children.values():
        draft.use_all(found)
        for name in _members(draft, node, found):
            target = node.child(name, found.line, RANGE_RANK)
            for child in found.children.values():
                if child.word not in ("member", "member-range"):
                    _graft(target, child)


def _members(draft: Draft, node: Node, found: Node) -> list[str]:
    names: list[str] = []
    for member in found.children["member"].children.values() if "member" in found.children else ():
        listed = expanded(member.word)
        if listed is None:
            pattern = shell_pattern(member.word)
            listed = [name for name in node.children if pattern.match(name)]
        names += listed
    if "member-range" in found.children:
        for first in found.children["member-range"].children.values():
            last = first.value("to")
            between_them = between(first.word, last.word) if last is not None else None
            if between_them is None:
                draft.miss(first, "interface", found.word)
            names += between_them or ()
    return names


def _graft(parent: Node, source: Node) -> None:
    """A copy of `source` below `parent`, weaker than what stands there."""
    target = parent.child(source.word, source.line, RANGE_RANK)
    for line in (source.end, *(source.more or ())):
        if line:
            target.ended(line)
    for child in source.children.values():
        _graft(target, child)


def _interface(draft: Draft, node: Node) -> list[Interface]:
    name, _, unit_name = node.word.partition(".")
    physical = Physical(name, node, node.end or node.line)
    if unit_name:
        draft.use(node)
        return [_unit(draft, physical, node, unit_name)]
    if not is_name(name):
        draft.miss(node, "interface", name)
        physical.not_understood.append(draft.where(_said(node)))
    if node.doubt:
        physical.not_understood.append(draft.where(node.doubt_line))

    def unit(draft: Draft, holder: Node) -> None:
        draft.use(holder)

    unknown = read(draft, node, {**_physical(physical), "unit": unit}, "interface", name)
    physical.not_understood += [draft.where(found.end or found.line) for found in unknown]
    holder = node.children.get("unit")
    named = list(holder.children.values()) if holder is not None else []
    units = [_unit(draft, physical, child, child.word) for child in named]
    kind = kind_of(name)
    own = Interface(
        name=name,
        kind=kind,
        where=draft.where(physical.line),
        enabled=physical.enabled,
        routed=False,
        description=physical.description,
        mtu=_physical_mtu(physical),
        bundle=physical.bundle,
        not_understood=tuple(physical.not_understood),
    )
    return [own, *units]


def _said(node: Node) -> int:
    """The first line of a statement at or below `node`."""
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node.end or node.line


def _physical_mtu(physical: Physical) -> Sourced[int] | None:
    if physical.mtu is None:
        return None
    length, note = header_length(physical.name, physical.node, Node("", 0))
    return Sourced[int](value=physical.mtu.value - length, where=physical.mtu.where, note=note)


def _physical(physical: Physical) -> Statements:
    def description(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.only()
        physical.description = value.word if value is not None else ""

    def disable(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        physical.enabled = False

    def mtu(draft: Draft, node: Node) -> None:
        physical.mtu = number(draft, node, physical.name, physical.not_understood)

    def member(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        for word in ("802.3ad", "redundant-parent"):
            value = node.value(word)
            if value is not None:
                physical.bundle = value.word

    def bundle(draft: Draft, node: Node) -> None:
        unknown = bundle_balancing(draft, node, physical.name)
        physical.not_understood += [draft.where(_said(found)) for found in unknown]

    def tagging(draft: Draft, node: Node) -> None:
        draft.use_all(node)

    return {
        **irrelevant.PHYSICAL,
        "description": description,
        "disable": disable,
        "mtu": mtu,
        "gigether-options": member,
        "ether-options": member,
        "fastether-options": member,
        "aggregated-ether-options": bundle,
        "vlan-tagging": tagging,
        "flexible-vlan-tagging": tagging,
        "stacked-vlan-tagging": tagging,
        "encapsulation": tagging,
    }


def number(
    draft: Draft, node: Node, subject: str, not_understood: list[Where]
) -> Sourced[int] | None:
    """The number of a statement such as `mtu 9192`; a value that is none stays unread."""
    value = node.only()
    if value is None or not value.word.isdecimal() or value.children:
        draft.miss(node, "interface", subject)
        not_understood.append(draft.where(value.end if value else node.line))
        return None
    draft.use_all(node)
    return Sourced[int](value=int(value.word), where=draft.where(value.last))


def _unit(draft: Draft, physical: Physical, node: Node, unit_name: str) -> Interface:
    name = f"{physical.name}.{unit_name}"
    unit = Unit(name, draft.where(node.end or node.line))
    if not unit_name.isdecimal():
        draft.miss(node, "interface", name)
        unit.not_understood.append(draft.where(_said(node)))
    if node.doubt:
        unit.not_understood.append(draft.where(node.doubt_line))
    unknown = read(
        draft, node, {**_unit_statements(unit), "family": unit_families(unit)}, "interface", name
    )
    unit.not_understood += [draft.where(found.end or found.line) for found in unknown]
    unit.not_understood += physical.not_understood
    kind = kind_of(physical.name)
    tunnel = tunnel_of(physical.name, node, unit.where)
    if kind in (InterfaceKind.PHYSICAL, InterfaceKind.BUNDLE):
        kind = InterfaceKind.SUBINTERFACE
    mtu = None
    if physical.mtu is not None:
        length, note = header_length(physical.name, physical.node, node)
        mtu = Sourced[int](value=physical.mtu.value - length, where=physical.mtu.where, note=note)
    routed = bool(unit.families & {"inet", "inet6"})
    return Interface(
        name=name,
        kind=kind,
        where=unit.where,
        enabled=unit.enabled and physical.enabled,
        routed=routed,
        vrf=draft.vrfs.get(name, "default"),
        description=unit.description or physical.description,
        addresses=tuple(unit.addresses),
        dynamic_address=unit.dynamic,
        mtu=mtu,
        ip_mtu=unit.mtus.get(4),
        ipv6_mtu=unit.mtus.get(6),
        clamps=tuple(unit.clamps),
        ptb=tuple(Ptb(family=f, sends=True, reason=PTB_DEFAULT) for f in (4, 6)) if routed else (),
        tunnel=tunnel,
        parent=physical.name,
        zone=draft.zones.get(name) or draft.zones.get("all"),
        nat=draft.nat.get(name),
        policy_route=unit.policy_route,
        urpf=unit.urpf,
        not_understood=tuple(unit.not_understood),
    )


def _unit_statements(unit: Unit) -> Statements:
    def description(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.only()
        unit.description = value.word if value is not None else ""

    def disable(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        unit.enabled = False

    def clear_df(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        draft.df_cleared.append(
            Sourced[str](value=f"{unit.name} clear-dont-fragment-bit", where=draft.where(node.last))
        )

    def tunnel(draft: Draft, node: Node) -> None:
        draft.use_all(node)

    return {
        **irrelevant.UNIT,
        "description": description,
        "disable": disable,
        "clear-dont-fragment-bit": clear_df,
        "tunnel": tunnel,
        "filter": unit.filters(0),
    }
