"""The `match` of an access list entry, of both models: fields directly below it (to 24.3.1), or in `ipv4`, `ipv6` and
`transport` (from 24.3.2 on).

Source: Nokia SR Linux YANG `srl_nokia-acl` 22.6 to 25.7: masks have a one for each bit that does not count; a
fragment is a packet with an offset or with more to come.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers.hierarchy.tree import Node
from parsers.model.addresses import FULL, AddressSpec, AddressTerm
from parsers.model.filters import Fragments, Range, Ranges
from parsers.nokia_srl.draft import Draft
from parsers.nokia_srl.names import icmp_type, port, protocol
from parsers.nokia_style.flag_expression import flag_tests
from parsers.nokia_style.matching import Conditions
from parsers.nokia_style.statements import number_of, prefix, word

Reader = Callable[[Draft, Conditions, Node], None]


def read_conditions(draft: Draft, node: Node | None, family: int, subject: str) -> Conditions:
    """The conditions of an entry; without any it matches every packet."""
    found = Conditions(family, subject)
    if node is not None:
        _fields(draft, found, node)
        _fragments(found, node, node.children.get("ipv4"))
    return found


def _fields(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        reader = CONDITIONS.get(child.word)
        if reader is not None:
            reader(draft, found, child)
        elif child.word in UNDECIDED:
            draft.use_all(child)
            found.doubt(f"'{child.word}' cannot be decided from a packet alone")
        else:
            _missed(draft, found, child, f"'{child.word}' is not understood")


def _missed(draft: Draft, found: Conditions, node: Node, reason: str) -> None:
    draft.miss(node, "filter", found.subject)
    found.doubt(reason)


def _of_family(family: int) -> Reader:
    def fields(draft: Draft, found: Conditions, node: Node) -> None:
        if found.family != family:
            _missed(draft, found, node, f"'{node.word}' in a filter of the other family")
        else:
            _fields(draft, found, node)

    return fields


def _protocol(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    parts = protocol(value.word) if value is not None else None
    if parts is None:
        _missed(draft, found, node, f"'{node.word}' without a known protocol")
    else:
        draft.use_all(node)
        found.protocols = parts


def _addresses(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        setattr(found, side, _spec(draft, found, node))

    return read


def _spec(draft: Draft, found: Conditions, node: Node) -> AddressSpec | None:
    """The addresses of one side; None where they are not known."""
    name = node.value("prefix-list")
    if name is not None and len(node.children) == 1:
        known = draft.prefix_lists.get((name.word, found.family))
        if known is None:
            _missed(draft, found, node, f"prefix list {name.word} is not defined")
            return None
        draft.use_all(node)
        if known.doubt is not None:
            found.doubt(f"prefix list {name.word}: {known.doubt}")
            return None
        return AddressSpec(tuple(known.terms))
    text, mask = word(node, "prefix"), word(node, "mask")
    term = prefix(text) if text is not None else _masked(word(node, "address"), mask)
    odd = set(node.children) - {"prefix", "address", "mask"}
    if term is None or term.family != found.family or odd or len(node.children) > 2:
        _missed(draft, found, node, f"'{node.word}' without an address of this family")
        return None
    draft.use_all(node)
    return AddressSpec((term,))


def _masked(text: str | None, mask: str | None) -> AddressTerm | None:
    """An address with a mask whose ones do not count."""
    if text is None or mask is None:
        return None
    value, free = prefix(text), prefix(mask)
    if value is None or free is None or value.family != free.family or "/" in text or "/" in mask:
        return None
    care = FULL[value.family] ^ free.value
    return AddressTerm(value.family, value.value & care, care)


def _ports(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        parts = _compared(node)
        if parts is None:
            _missed(draft, found, node, f"'{node.word}' without a port or range")
        else:
            draft.use_all(node)
            setattr(found, side, parts)

    return read


def _compared(node: Node) -> Ranges | None:
    """The ports of `operator` with `value`, or of `range`; None where a half is missing or is no port."""
    held = node.children.get("range")
    if held is not None:
        start, end = word(held, "start"), word(held, "end")
        first = held.value("start")
        if end is None and first is not None:
            end = word(first, "end")
        low, high = port(start or ""), port(end or "")
        if low is None or high is None or low > high or set(node.children) - {"range"}:
            return None
        return ((low, high),)
    value = port(word(node, "value") or "")
    operator = word(node, "operator") or "eq"
    if operator == "eq" and value is None:
        operator_node = node.value("operator")
        value = port(word(operator_node, "value") or "") if operator_node is not None else None
    if value is None or set(node.children) - {"operator", "value"}:
        return None
    found: dict[str, Range] = {"eq": (value, value), "le": (0, value), "ge": (value, 65535)}
    return (found[operator],) if operator in found else None


def _icmp(family: int) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        kind = word(node, "type")
        number = icmp_type(kind, family) if kind is not None else None
        holder = node.children.get("code")
        codes = (
            [number_of(child.word, 0, 255) for child in holder.children.values()] if holder else []
        )
        known = [(code, code) for code in codes if code is not None]
        odd = set(node.children) - {"type", "code"}
        if number is None or len(known) != len(codes) or odd or family != found.family:
            _missed(draft, found, node, f"'{node.word}' without a known type and code")
            return
        draft.use_all(node)
        found.icmp_types = ((number, number),)
        if known:
            found.icmp_codes = tuple(sorted(known))

    return read


def _flags(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    tests = flag_tests(value.word) if value is not None else None
    if tests is None or len(node.children) > 1:
        _missed(draft, found, node, f"'{node.word}' with an expression that is not understood")
    else:
        draft.use_all(node)
        found.flags = tests


def _fragment(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    if value is None or value.word not in ("true", "false"):
        _missed(draft, found, node, f"'{node.word}' with a word that is not known")
    else:
        draft.use_all(node)


def _fragments(found: Conditions, *places: Node | None) -> None:
    """`fragment` and `first-fragment` together; a packet that is no later fragment is taken to be whole."""
    for node in places:
        fragment, first = word(node, "fragment"), word(node, "first-fragment")
        if first == "true":
            found.only_first = True
        elif fragment == "true":
            found.fragments = Fragments.LATER
        elif fragment == "false":
            found.fragments = Fragments.NOT_LATER
        elif first == "false":
            found.doubt("'first-fragment false' alone")


CONDITIONS: dict[str, Reader] = {
    "ipv4": _of_family(4),
    "ipv6": _of_family(6),
    "transport": _fields,
    "protocol": _protocol,
    "next-header": _protocol,
    "source-ip": _addresses("src"),
    "destination-ip": _addresses("dst"),
    "source-port": _ports("src_ports"),
    "destination-port": _ports("dst_ports"),
    "icmp": _icmp(4),
    "icmp6": _icmp(6),
    "tcp-flags": _flags,
    "fragment": _fragment,
    "first-fragment": _fragment,
}
"""Match criteria that the model can hold."""

UNDECIDED = frozenset(
    {"dscp-set", "dscp", "ttl", "hop-limit", "ip-option-present", "network-instance", "l2", "source-mac",
     "destination-mac", "ethertype", "vlan", "packet-length", "source-tag-set", "destination-tag-set", "gbp"}
)  # fmt: skip
"""Match criteria on what the model's packets leave open."""
