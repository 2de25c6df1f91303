"""`security firewall address-list|port-list`, `net address-list|port-list`: named lists, which may nest."""

from __future__ import annotations

from parsers.f5_tmsh.draft import AddressList, Draft, Handler, PortList
from parsers.f5_tmsh.names import address_terms, port_range, short
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressTerm
from parsers.model.filters import Range

NESTING = 32
"""Deeper nesting is taken as not understood; the system refuses circles."""
_NAMES = "named for people"


def read_address_list(draft: Draft, node: Node) -> None:
    """`… address-list NAME { addresses { … } address-lists { … } fqdns { … } geo { … } }`."""
    draft.use(node)
    for holder in node.children.values():
        found = draft.address_lists.setdefault(short(holder.word), AddressList())
        unknown = read(draft, holder, _addresses(found), "filter", short(holder.word))
        for missed in unknown:
            found.doubt = found.doubt or f"{missed.word!r} in address list {short(holder.word)}"
        if holder.doubt:
            found.doubt = found.doubt or holder.doubt


def _addresses(found: AddressList) -> dict[str, Handler | str]:
    def addresses(draft: Draft, node: Node) -> None:
        doubt = take_addresses(draft, node, found.terms)
        found.doubt = found.doubt or doubt

    def nested(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        found.nested += [short(word) for word in node.children]

    def undecided(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        found.doubt = found.doubt or f"{node.word} cannot be decided from the text"

    return {
        "addresses": addresses,
        "address-lists": nested,
        "fqdns": undecided,
        "geo": undecided,
        "description": _NAMES,
        "app-service": _NAMES,
        "traffic-group": _NAMES,
    }


def take_addresses(draft: Draft, node: Node, terms: list[AddressTerm]) -> str | None:
    """Adds the members of an `addresses { … }` block to `terms`; gives why there may be others."""
    draft.use(node)
    doubt = None
    for child in node.children.values():
        try:
            _alone(child)
            terms.extend(address_terms(child.word))
        except ValueError:
            draft.miss(child, "filter")
            doubt = f"{child.word!r} is no address"
        else:
            draft.use_all(child)
    return doubt or node.doubt


def _has_more(member: Node) -> bool:
    """Whether more stands at a member than what people write about it."""
    return any(word not in ("description", "app-service") for word in member.children)


def _alone(member: Node) -> None:
    if _has_more(member):
        raise ValueError(member.word)


def read_port_list(draft: Draft, node: Node) -> None:
    """`… port-list NAME { ports { … } port-lists { … } }`."""
    draft.use(node)
    for holder in node.children.values():
        found = draft.port_lists.setdefault(short(holder.word), PortList())
        unknown = read(draft, holder, _ports(found), "filter", short(holder.word))
        for missed in unknown:
            found.doubt = found.doubt or f"{missed.word!r} in port list {short(holder.word)}"
        if holder.doubt:
            found.doubt = found.doubt or holder.doubt


def _ports(found: PortList) -> dict[str, Handler | str]:
    def ports(draft: Draft, node: Node) -> None:
        doubt = take_ports(draft, node, found.ranges)
        found.doubt = found.doubt or doubt

    def nested(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        found.nested += [short(word) for word in node.children]

    return {"ports": ports, "port-lists": nested, "description": _NAMES, "app-service": _NAMES}


def take_ports(draft: Draft, node: Node, ranges: list[Range]) -> str | None:
    """Adds the members of a `ports { … }` block to `ranges`; gives why there may be others."""
    draft.use(node)
    doubt = None
    for child in node.children.values():
        found = None if _has_more(child) else port_range(child.word)
        if found is None:
            draft.miss(child, "filter")
            doubt = f"{child.word!r} is no port"
        elif child.word == "0":
            draft.use_all(child)
            doubt = "no document says whether port 0 stands for all ports here"
        else:
            draft.use_all(child)
            ranges.append(found)
    return doubt or node.doubt


def addresses_of(draft: Draft, name: str, path: tuple[str, ...] = ()) -> AddressList:
    """An address list with those nested in it; a circle or a missing list becomes a doubt."""
    own = draft.address_lists.get(name)
    if own is None:
        return AddressList(doubt=f"address list {name} is not defined")
    if name in path or len(path) > NESTING:
        return AddressList(doubt=f"address list {name} is nested in itself or too deep")
    whole = AddressList(list(own.terms), [], own.doubt)
    for inner in own.nested:
        found = addresses_of(draft, inner, (*path, name))
        whole.terms += found.terms
        whole.doubt = whole.doubt or found.doubt
    if not whole.terms and not own.nested and whole.doubt is None:
        whole.doubt = f"address list {name} has no members in the text"
    return whole


def ports_of(draft: Draft, name: str, path: tuple[str, ...] = ()) -> PortList:
    """A port list with those nested in it; a circle or a missing list becomes a doubt."""
    own = draft.port_lists.get(name)
    if own is None:
        return PortList(doubt=f"port list {name} is not defined")
    if name in path or len(path) > NESTING:
        return PortList(doubt=f"port list {name} is nested in itself or too deep")
    whole = PortList(list(own.ranges), [], own.doubt)
    for inner in own.nested:
        found = ports_of(draft, inner, (*path, name))
        whole.ranges += found.ranges
        whole.doubt = whole.doubt or found.doubt
    if not whole.ranges and not own.nested and whole.doubt is None:
        whole.doubt = f"port list {name} has no members in the text"
    return whole
