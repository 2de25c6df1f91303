"""Reading the statements of address books."""

from __future__ import annotations

from parsers.hierarchy.tree import Node
from parsers.juniper_junos.addressbook import EVERY, Addresses, Book, Books
from parsers.juniper_junos.draft import Draft
from parsers.juniper_junos.names import prefix
from parsers.model.addresses import AddressTerm, range_terms


def read_book(draft: Draft, books: Books, node: Node, name: str) -> None:
    """One address book, below `node`."""
    book = books.books.setdefault(name, Book())
    draft.use(node)
    for child in node.children.values():
        if child.word == "address":
            draft.use(child)
            for found in child.children.values():
                book.addresses[found.word] = _address(draft, found)
        elif child.word == "address-set":
            draft.use(child)
            for found in child.children.values():
                book.sets[found.word] = _set(draft, found)
        elif child.word == "attach":
            draft.use_all(child)
            zones = child.get("zone")
            for zone in zones.children if zones is not None else ():
                books.zones[zone] = name
        elif child.word == "description":
            draft.ignore_all(child)
        else:
            draft.miss(child, "filter", name)


def _set(draft: Draft, node: Node) -> list[str]:
    draft.use(node)
    members: list[str] = []
    for child in node.children.values():
        if child.word in ("address", "address-set"):
            draft.use_all(child)
            members += child.children
        elif child.word == "description":
            draft.ignore_all(child)
        else:
            draft.miss(child, "filter", node.word)
            members.append("")
    return members


def _address(draft: Draft, node: Node) -> Addresses:
    draft.use(node)
    terms: list[AddressTerm] = []
    doubt = None
    for child in node.children.values():
        if child.word == "description":
            draft.ignore_all(child)
            continue
        found = _terms(child)
        if found is None:
            doubt = (
                f"address {node.word}: '{child.word}' is resolved by the device or not understood"
            )
            if child.word == "dns-name":
                draft.use_all(child)
            else:
                draft.miss(child, "filter", node.word)
            terms += EVERY["any"].terms
        else:
            draft.use_all(child)
            terms += found
    return Addresses(tuple(terms), doubt)


def _terms(node: Node) -> tuple[AddressTerm, ...] | None:
    value = node.only()
    if node.word == "wildcard-address" and value is not None:
        found = prefix(value.word)
        return None if found is None else (found,)
    if node.word == "range-address" and value is not None:
        last = value.value("to")
        try:
            return range_terms(value.word, last.word) if last is not None else None
        except ValueError:
            return None
    if node.word == "ip-prefix" and value is not None:
        found = prefix(value.word)
        return None if found is None else (found,)
    found = prefix(node.word)
    if found is None:
        return None
    return (found,)
