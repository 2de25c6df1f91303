"""Reads the objects of a place: addresses, groups, services, applications, lists and regions."""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.filters import Ranges
from parsers.paloalto_panos.draft import Draft, Handler, Statements, leftovers, lift
from parsers.paloalto_panos.objects import (
    ANY_SERVICE,
    PROTOCOLS,
    Addresses,
    Place,
    Service,
    Services,
    exactly,
    literal,
    netmask,
    perhaps,
    ports,
    wildcard,
)

_NEUTRAL = frozenset(
    {"description", "tag", "disable-override", "override", "uuid", "color", "comments"}
)
"""Statements of an object that do not select packets."""
_KINDS = ("ip-netmask", "ip-range", "ip-wildcard", "fqdn")
_FORMS = {"ip-netmask": netmask, "ip-range": literal, "ip-wildcard": wildcard}


def object_statements(place: Place) -> Statements:
    """The statements that define objects of `place`."""
    return {
        "address": _each(place, _address),
        "address-group": _each(place, _address_group),
        "service": _each(place, _service),
        "service-group": _each(place, _service_group),
        "application": _each(place, _application),
        "application-group": _each(place, _application_group),
        "application-filter": _each(place, _application_filter),
        "external-list": _each(place, _opaque("the entries of external list {} are not in the text")),
        "region": _each(place, _opaque("region {} is decided by the device's own lists")),
    }  # fmt: skip


def _each(place: Place, handler: object) -> Handler:
    def entries(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            assert callable(handler)  # noqa: S101 - one of the functions below
            handler(draft, place, child)

    return entries


def _rest(draft: Draft, node: Node, known: frozenset[str]) -> str | None:
    """Takes what every object may have; gives the doubt that other statements leave."""
    doubt = node.doubt
    for child in node.children.values():
        if child.word in _NEUTRAL:
            draft.ignore_all(child)
            continue
        simple = child.word not in ("protocol", "dynamic")
        odd = [child] if child.word not in known else leftovers(child) if simple else []
        for found in odd:
            draft.use_all(child)
            draft.miss(found, "filter", node.word)
            doubt = doubt or f"'{found.word}' in {node.word} is not understood"
    return doubt


def _address(draft: Draft, place: Place, node: Node) -> None:
    lift(node, (*_KINDS, *_NEUTRAL))
    draft.use(node)
    doubt = _rest(draft, node, frozenset(_KINDS))
    kinds = [node.children[kind] for kind in _KINDS if kind in node.children]
    tags = node.children.get("tag")
    if tags is not None:
        place.tags[node.word] = set(tags.children)
    if not kinds:
        place.addresses[node.word] = perhaps(doubt or f"address {node.word} has no value")
        return
    last = max(kinds, key=lambda kind: max((v.last for v in kind.children.values()), default=0))
    draft.use_all(*kinds)
    value = last.only()
    if value is not None and last.word == "ip-netmask":
        place.masks[node.word] = draft.references.get(value.word, value.word)
    place.addresses[node.word] = _value(draft, node, last, value, doubt)


def _value(
    draft: Draft, node: Node, kind: Node, value: Node | None, doubt: str | None
) -> Addresses:
    if value is None or kind.word == "fqdn":
        said = value.word if value is not None else "nothing"
        return perhaps(f"address {node.word} is the name {said}, which resolves differently")
    word = draft.references.get(value.word, value.word)
    terms = _FORMS[kind.word](word)
    if terms is None:
        draft.miss(value, "filter", node.word)
        return perhaps(f"'{kind.word} {value.word}' of address {node.word} is not understood")
    if doubt:
        return Addresses((), (*terms, *perhaps(doubt).may), doubt)
    return exactly(terms)


def _address_group(draft: Draft, place: Place, node: Node) -> None:
    lift(node, ("static", "dynamic", *_NEUTRAL))
    draft.use(node)
    doubt = _rest(draft, node, frozenset({"static", "dynamic"}))
    static, dynamic = node.children.get("static"), node.children.get("dynamic")
    members = place.address_groups.setdefault(node.word, [])
    if static is not None:
        draft.use_all(static)
        members += static.children
        doubt = doubt or static.doubt
    if dynamic is not None:
        draft.use_all(dynamic)
        found = dynamic.value("filter")
        place.dynamic[node.word] = found.word if found is not None else ""
    if doubt:
        place.dynamic.setdefault(node.word, "")


def _service(draft: Draft, place: Place, node: Node) -> None:
    lift(node, ("protocol", "port", "source-port", *_NEUTRAL), frozenset({"protocol"}))
    protocol = node.children.get("protocol")
    for name in list(protocol.children.values()) if protocol is not None else []:
        lift(name, ("port", "source-port", "override", *_NEUTRAL), frozenset({"override"}))
    draft.use(node)
    doubt = _rest(draft, node, frozenset({"protocol", "port", "source-port"}))
    found: list[Service] = list(ANY_SERVICE) if doubt else []
    if protocol is not None and len(protocol.children) > 1:
        doubt = doubt or f"service {node.word} has several protocols, of which a device keeps one"
    if protocol is not None:
        draft.use(protocol)
        for name in protocol.children.values():
            made = _of_protocol(draft, node, name)
            doubt = doubt or made.doubt
            found += made.sure or made.may
    if not found:
        place.services[node.word] = Services(
            (), ANY_SERVICE, doubt or f"service {node.word} has no protocol"
        )
    elif doubt:
        place.services[node.word] = Services((), tuple(found), doubt)
    else:
        place.services[node.word] = Services(tuple(found), tuple(found))


def _of_protocol(draft: Draft, service: Node, node: Node) -> Services:
    number = PROTOCOLS.get(node.word)
    if number is None:
        draft.miss(node, "filter", service.word)
        return Services((), ANY_SERVICE, f"protocol {node.word} of service {service.word}")
    draft.use(node)
    doubt = _rest(draft, node, frozenset({"port", "source-port"}))
    sides: dict[str, Ranges | None] = {}
    for word in ("port", "source-port"):
        holders = [
            h for h in (node.children.get(word), service.children.get(word)) if h is not None
        ]
        for holder in holders:
            draft.use_all(holder)
        values = [value for holder in holders if (value := holder.only()) is not None]
        sides[word] = None
        for value in values:
            part = ports(value.word)
            if part is None:
                draft.miss(value, "filter", service.word)
                doubt = doubt or f"port {value.word} of service {service.word}"
            else:
                sides[word] = (*(sides[word] or ()), *part)
    if sides["port"] is None and not doubt:
        doubt = f"service {service.word} has no port"
    one = (Service(number, sides["port"], sides["source-port"]),)
    return Services((), (Service(number),), doubt) if doubt else Services(one, one)


def _members(draft: Draft, node: Node) -> list[str]:
    draft.use(node)
    lift(node, ("members", *_NEUTRAL))
    doubt = _rest(draft, node, frozenset({"members"}))
    holder = node.children.get("members")
    names: list[str] = []
    if holder is not None:
        draft.use_all(holder)
        names += holder.children
        doubt = doubt or holder.doubt
    return [*names, f"(of {node.word}: {doubt})"] if doubt else names


def _service_group(draft: Draft, place: Place, node: Node) -> None:
    place.service_groups[node.word] = _members(draft, node)


def _application_group(draft: Draft, place: Place, node: Node) -> None:
    place.application_groups[node.word] = _members(draft, node)


def _application_filter(draft: Draft, place: Place, node: Node) -> None:
    draft.use_all(node)
    place.application_filters[node.word] = f"application filter {node.word}"


def _application(draft: Draft, place: Place, node: Node) -> None:
    """A custom application: its default ports count for `application-default`, its signatures cannot be read."""
    draft.use_all(node)
    found: list[Service] = []
    default = node.get("default", "port")
    for value in default.children.values() if default is not None else ():
        protocol, _, numbers = value.word.partition("/")
        ranges = None if numbers == "dynamic" else ports(numbers)
        number = PROTOCOLS.get(protocol)
        if number is None or (ranges is None and numbers != "dynamic"):
            place.applications[node.word] = None
            return
        found.append(Service(number, ranges))
    place.applications[node.word] = Services(tuple(found), tuple(found)) if found else None


def _opaque(reason: str) -> object:
    def opaque(draft: Draft, place: Place, node: Node) -> None:
        draft.use_all(node)
        place.opaque[node.word] = reason.format(node.word)

    return opaque


def read_objects(draft: Draft, place: Place, node: Node) -> None:
    """Reads the objects below `node` and nothing else there."""
    table = object_statements(place)
    holder = Node("", 0)
    holder.children = {word: child for word, child in node.children.items() if word in table}
    read(draft, holder, table, "filter")
