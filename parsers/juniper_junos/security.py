"""`security` apart from the policies: zones, address books, NAT, the session module's MSS clamps.

Sources: knowledge/filters.md 1.6 and 3.3 (stateless output filters of an SRX see translated sources),
knowledge/pmtud.md B.4 (`flow tcp-mss`).
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.juniper_junos import irrelevant
from parsers.juniper_junos.booklines import read_book
from parsers.juniper_junos.draft import Draft, Statements
from parsers.model.interfaces import MssClamp
from parsers.model.source import Sourced


def read_security(draft: Draft, node: Node) -> None:
    """All of `security` but `policies`, which `policies` reads once the zones are known."""
    for word in ("address-book", "zones"):
        child = node.children.get(word)
        if child is not None:
            (_address_books if word == "address-book" else _zones)(draft, child)
    read(draft, node, _SECURITY)


def _done(draft: Draft, node: Node) -> None:
    """Read before the others."""


def _address_books(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        read_book(draft, draft.books, child, child.word)


def _zones(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        if child.word == "security-zone":
            draft.use(child)
            for zone in child.children.values():
                _zone(draft, zone)
        elif child.word == "functional-zone":
            draft.ignore_all(child)
        elif child.word != "apply-macro":
            draft.miss(child)


def _zone(draft: Draft, node: Node) -> None:
    draft.zone_names[node.word] = node.line

    def interfaces(draft: Draft, holder: Node) -> None:
        draft.use_all(holder)
        for child in holder.children.values():
            name = child.word if "." in child.word or child.word == "all" else f"{child.word}.0"
            where = draft.where(child.end or child.line)
            draft.zones[name] = Sourced[str](value=node.word, where=where)

    def book(draft: Draft, holder: Node) -> None:
        draft.books.zones.setdefault(node.word, f"zone {node.word}")
        read_book(draft, draft.books, holder, draft.books.zones[node.word])

    read(
        draft,
        node,
        {
            "interfaces": interfaces,
            "address-book": book,
            **irrelevant.ZONE,
        },
        "filter",
        node.word,
    )


def _nat(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    draft.recognise("nat", _ended(node), "addresses are translated")
    sources = node.get("source", "rule-set")
    for rules in sources.children.values() if sources is not None else ():
        _nat_side(draft, rules.children.get("from"), "inside")
        _nat_side(draft, rules.children.get("to"), "outside")


def _nat_side(draft: Draft, node: Node | None, side: str) -> None:
    """The interfaces on one side of source translation; the outside wins over the inside."""
    if node is None:
        return
    names: list[tuple[str, Node]] = []
    for child in node.children.values():
        for value in child.children.values():
            if child.word == "zone":
                names += [(n, value) for n, zone in draft.zones.items() if zone.value == value.word]
            elif child.word == "interface":
                names.append((value.word, value))
    for name, said in names:
        known = draft.nat.get(name)
        if known is None or (side == "outside" and known.value == "inside"):
            where = draft.where(_ended(said).end or said.line)
            draft.nat[name] = Sourced[str](value=side, where=where)


def _ended(node: Node) -> Node:
    while not node.end and node.children:
        node = next(iter(node.children.values()))
    return node


def _flow(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    clamps = node.get("tcp-mss")
    for child in clamps.children.values() if clamps is not None else ():
        value = child.value("mss")
        if value is None or not value.word.isdecimal():
            draft.miss(child)
            continue
        where = draft.where(value.last)
        size = int(value.word)
        if child.word == "all-tcp":
            draft.clamps.append(MssClamp(family=4, value=size, where=where))
        elif child.word == "ipsec-vpn":
            draft.tunnel_clamps.append(("st", MssClamp(family=4, value=size, where=where)))
        elif child.word in ("gre-in", "gre-out"):
            direction = "in" if child.word == "gre-in" else "out"
            clamp = MssClamp(family=4, value=size, direction=direction, where=where)
            draft.tunnel_clamps.append(("gr", clamp))
        else:
            draft.miss(child)


def _forwarding(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    for family in ("mpls", "inet6"):
        mode = node.get("family", family)
        value = mode.value("mode") if mode is not None else None
        if value is not None and value.word == "packet-based":
            draft.packet_mode.add(0 if family == "mpls" else 6)
            draft.recognise("packet-mode", value, f"family {family} is forwarded without sessions")
        if family == "inet6" and value is not None and value.word == "drop":
            draft.recognise("no-routing", value, "IPv6 packets are dropped (mode drop)")


def _ipsec(draft: Draft, node: Node) -> None:
    """Encryption; `df-bit clear` lets the outer packets be fragmented."""
    draft.ignore_all(node)
    for vpn in node.children["vpn"].children.values() if "vpn" in node.children else ():
        value = vpn.value("df-bit")
        if value is not None and value.word == "clear":
            draft.use(value)
            interface = vpn.value("bind-interface")
            name = interface.word if interface is not None else vpn.word
            draft.df_cleared.append(
                Sourced[str](value=f"{name} df-bit clear", where=draft.where(value.last))
            )


_SECURITY: Statements = {
    "zones": _done,
    "address-book": _done,
    "policies": _done,
    "nat": _nat,
    "flow": _flow,
    "forwarding-options": _forwarding,
    "ipsec": _ipsec,
    **irrelevant.SECURITY,
}  # fmt: skip
