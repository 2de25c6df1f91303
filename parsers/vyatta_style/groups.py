"""`firewall group`: lists of addresses, networks, ports and interfaces that rules name.

Sources: vyos-documentation, "Firewall groups"; vyatta-cfg-firewall `templates/firewall/group` (1.3, EdgeOS); vyos-1x
`nftables-defines.j2` (`include` nests, an empty set matches nothing).
"""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.vyatta_style.draft import Draft, Group, tag_nodes
from parsers.vyatta_style.values import addresses, merged, port

_DEEPEST = 16
KINDS: dict[str, tuple[str, int]] = {
    "address-group": ("address", 4),
    "network-group": ("address", 4),
    "ipv6-address-group": ("address", 6),
    "ipv6-network-group": ("address", 6),
    "port-group": ("port", 0),
    "interface-group": ("interface", 0),
    "mac-group": ("opaque", 0),
    "domain-group": ("opaque", 0),
    "remote-group": ("opaque", 0),
    "dynamic-group": ("opaque", 0),
}
"""The statements below `firewall group`: what the members are, and their family."""
_OPAQUE = {
    "mac-group": "MAC addresses cannot be decided from a packet",
    "domain-group": "names are resolved on the device",
    "remote-group": "the list is loaded from elsewhere",
    "dynamic-group": "rules fill the group",
}
_MEMBERS = frozenset({"address", "network", "port", "interface", "ipv6-address", "ipv6-network"})
_BUILT_IN = ("ADDRv4_", "NETv4_", "ADDRv6_", "NETv6_")
"""Groups that EdgeOS makes of every interface's addresses and networks."""


def read_groups(draft: Draft, node: Node) -> None:
    """All groups, into the draft by (statement, name)."""
    draft.use(node)
    for kind in node.children.values():
        if kind.word not in KINDS:
            draft.miss(kind, "filter", "group")
            continue
        draft.use(kind)
        for child in tag_nodes(kind):
            draft.groups[kind.word, child.word] = _group(draft, child, kind.word)


def _group(draft: Draft, node: Node, word: str) -> Group:
    kind, family = KINDS[word]
    group = Group(node.word, kind, family)
    if kind == "opaque":
        draft.use_all(node)
        group.doubt = _OPAQUE[word]
        return group
    draft.use(node)
    group.doubt = node.doubt
    for child in node.children.values():
        if child.word == "description":
            draft.ignore_all(child)
        elif child.word == "include":
            draft.use_all(child)
            group.includes += list(child.children)
        elif child.word in _MEMBERS:
            draft.use(child)
            for member in child.children.values():
                if member.children or not _take(group, member.word):
                    draft.miss(member, "filter", f"group {node.word}")
                    group.doubt = group.doubt or f"member '{member.word}' is not understood"
                else:
                    draft.use(member)
        else:
            draft.miss(child, "filter", f"group {node.word}")
            group.doubt = group.doubt or f"'{child.word}' is not understood"
    return group


def _take(group: Group, text: str) -> bool:
    """Adds a member; gives whether it is one."""
    if group.kind == "interface":
        group.names.append(text)
        return not text.startswith("!")
    if group.kind == "port":
        found = port(text)
        if found is not None:
            group.ports.append(found)
        return found is not None
    named = addresses(text)
    if named is None or named.negated or named.family != group.family:
        return False
    group.terms.extend(named.terms)
    return True


def find(draft: Draft, kinds: tuple[str, ...], name: str) -> Group:
    """The group `name` with all that it includes; one that is not there has a doubt."""
    for kind in kinds:
        if (kind, name) in draft.groups:
            return _whole(draft, kind, name, 0)
    built_in = _built_in(draft, name) if draft.dialect.edgeos else None
    if built_in is not None:
        return built_in
    kind, family = KINDS[kinds[0]]
    return Group(name, kind, family, doubt=f"group {name} is not defined")


def _whole(draft: Draft, kind: str, name: str, depth: int) -> Group:
    own = draft.groups[kind, name]
    if not own.includes:
        return own
    whole = Group(name, own.kind, own.family, list(own.terms), list(own.ports), list(own.names))
    whole.doubt = own.doubt
    for other in own.includes:
        if depth >= _DEEPEST:
            whole.doubt = whole.doubt or f"groups include each other without end at {name}"
            break
        if (kind, other) not in draft.groups:
            whole.doubt = whole.doubt or f"group {other}, which {name} includes, is not defined"
            continue
        inner = _whole(draft, kind, other, depth + 1)
        whole.terms += inner.terms
        whole.ports += inner.ports
        whole.names += inner.names
        whole.doubt = whole.doubt or inner.doubt
    whole.ports = list(merged(whole.ports))
    return whole


def _built_in(draft: Draft, name: str) -> Group | None:
    prefix = next((word for word in _BUILT_IN if name.startswith(word)), None)
    if prefix is None:
        return None
    family = 6 if "v6" in prefix else 4
    group = Group(name, "address", family)
    interface = draft.interfaces.get(name.removeprefix(prefix))
    if interface is None or interface.dynamic_address is not None:
        group.doubt = f"{name} holds addresses that the text does not show"
        return group
    for address in interface.addresses:
        if address.family == family:
            bits = 32 if family == 4 else 128
            length = address.length if prefix.startswith("NET") else bits
            care = ((1 << bits) - 1) ^ ((1 << (bits - length)) - 1)
            group.terms.append(AddressTerm(family, address.value & care, care))
    return group
