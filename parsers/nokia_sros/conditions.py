"""The `match` of a filter entry: which packets it matches, in words of the model.

Both command lines are read: `dst-port eq 443` and `dst-port { eq 443 }`, `icmp-type 3` and `icmp { type 3 }`,
`tcp-syn true` and `tcp-flags { syn true }`.

Source: Nokia SR OS 22.7, Router Configuration Guide, "IPv4/IPv6 filter policy entry match criteria"; YANG
`nokia-conf-filter` 26.3.
"""

from __future__ import annotations

from collections.abc import Callable

from parsers.hierarchy.tree import Node
from parsers.model.addresses import AddressSpec, AddressTerm, netmask_term
from parsers.model.filters import ESTABLISHED_FLAGS, FlagTest, Fragments, Ranges, TcpFlag
from parsers.nokia_sros.draft import Draft, NumberList
from parsers.nokia_sros.lists import ranges_of
from parsers.nokia_sros.names import icmp_type, protocol
from parsers.nokia_style.matching import Conditions
from parsers.nokia_style.statements import number_of, prefix

Reader = Callable[[Draft, Conditions, Node], None]
FULL_6 = (1 << 128) - 1


def read_conditions(draft: Draft, node: Node | None, family: int, subject: str) -> Conditions:
    """The conditions of an entry; without any it matches every packet."""
    found = Conditions(family, subject)
    if node is None:
        return found
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
    return found


def _missed(draft: Draft, found: Conditions, node: Node, reason: str) -> None:
    draft.miss(node, "filter", found.subject)
    found.doubt(reason)


def _protocol(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    parts = protocol(value.word) if value is not None else None
    if parts is None:
        _missed(draft, found, node, f"'{node.word}' without a known protocol")
    else:
        draft.use_all(node)
        found.protocols = parts


def _protocol_list(draft: Draft, found: Conditions, node: Node) -> None:
    found.protocols = _listed(draft, found, node, draft.protocol_lists)


def _listed(
    draft: Draft, found: Conditions, node: Node, lists: dict[str, NumberList]
) -> Ranges | None:
    """The numbers of the list that `node` names; None where they are not known."""
    name = node.only()
    known = lists.get(name.word) if name is not None else None
    if known is None:
        _missed(draft, found, node, f"{node.word} {name.word if name else ''} is not defined")
        return None
    draft.use_all(node)
    if known.doubt is not None:
        found.doubt(f"{node.word} {name.word if name else ''}: {known.doubt}")
        return None
    return known.parts


def _addresses(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        spec = _spec(draft, found, node)
        setattr(found, side, spec)

    return read


def _spec(draft: Draft, found: Conditions, node: Node) -> AddressSpec | None:
    """The addresses of one side; None where they are not known."""
    chosen = node.children.get("ip-prefix-list") or node.children.get("ipv6-prefix-list")
    plain = node.children.get("address")
    if chosen is not None and (plain is None or node.only() is chosen):
        return _prefix_list(draft, found, node, chosen)
    mask = node.value("mask")
    value = plain.only() if plain is not None else node.only()
    if value is not None and mask is None and value.only() is not None:
        mask = value.children.get("mask") or value
        mask = mask.only()
    term = None if value is None else _term(value.word, mask.word if mask is not None else None)
    if term is None or term.family != found.family:
        _missed(draft, found, node, f"'{node.word}' without an address of this family and its mask")
        return None
    draft.use_all(node)
    return AddressSpec((term,))


def _term(text: str, mask: str | None) -> AddressTerm | None:
    """An address with a length, or with a mask whose ones must match; None if neither is said."""
    host, slash, _ = text.partition("/")
    if slash or mask is None:
        return prefix(text) if slash else None
    if number_of(mask, 0, 128) is not None and ":" not in mask and "." not in mask:
        return prefix(f"{host}/{mask}")
    if ":" in host:
        value, care = prefix(host), prefix(mask)
        if value is None or care is None or care.family != 6 or value.family != 6:
            return None
        return AddressTerm(6, value.value & care.value, care.value)
    try:
        return netmask_term(host, mask)
    except ValueError:
        return None


def _prefix_list(draft: Draft, found: Conditions, node: Node, holder: Node) -> AddressSpec | None:
    name = holder.only()
    known = draft.prefix_lists.get((name.word, found.family)) if name is not None else None
    if known is None:
        _missed(draft, found, node, f"prefix list {name.word if name else ''} is not defined")
        return None
    draft.use_all(node)
    if known.doubt is not None:
        found.doubt(f"prefix list {name.word if name else ''}: {known.doubt}")
        return None
    return AddressSpec(tuple(known.terms), tuple(known.excepts))


def _ports(side: str) -> Reader:
    def read(draft: Draft, found: Conditions, node: Node) -> None:
        newest = node.only()
        if newest is not None and newest.word == "port-list":
            setattr(found, side, _listed(draft, found, newest, draft.port_lists))
            draft.use(node)
            return
        parts = _compared(newest) if newest is not None else None
        if parts is None:
            _missed(draft, found, node, f"'{node.word}' without a port or range")
        else:
            draft.use_all(node)
            setattr(found, side, parts)

    return read


def _compared(node: Node) -> Ranges | None:
    """The ports of `eq N`, `lt N`, `gt N`, `range A B`, or of a bare number; None if it is none of them."""
    if node.word == "range":
        found = ranges_of(node)
        return tuple(found) if found is not None and len(found) == 1 else None
    bare = number_of(node.word, 0, 65535)
    if bare is not None:
        mask = node.only()
        whole = mask is None or number_of(mask.word, 0, 65535) == 65535
        return ((bare, bare),) if whole else None
    value = node.only()
    number = number_of(value.word, 0, 65535) if value is not None else None
    if number is None or (value is not None and value.children):
        return None
    if node.word == "eq":
        return ((number, number),)
    if node.word == "lt" and number > 0:
        return ((0, number - 1),)
    if node.word == "gt" and number < 65535:
        return ((number + 1, 65535),)
    return None


def _icmp_type(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    parts = icmp_type(value.word, found.family) if value is not None else None
    if parts is None:
        _missed(draft, found, node, f"'{node.word}' without a known type")
    else:
        draft.use_all(node)
        found.icmp_types = parts


def _icmp_code(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    code = number_of(value.word, 0, 255) if value is not None else None
    if code is None:
        _missed(draft, found, node, f"'{node.word}' without a known code")
    else:
        draft.use_all(node)
        found.icmp_codes = ((code, code),)


def _icmp(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        if child.word == "type":
            _icmp_type(draft, found, child)
        elif child.word == "code":
            _icmp_code(draft, found, child)
        else:
            _missed(draft, found, child, f"'{child.word}' is not understood")


def _fragment(draft: Draft, found: Conditions, node: Node) -> None:
    value = node.only()
    word = value.word if value is not None else ""
    if word in ("true", "non-first-only"):
        found.fragments = Fragments.LATER
    elif word == "false":
        found.fragments = Fragments.NOT_LATER
    elif word == "first-only":
        found.only_first = True
    elif word != "off":
        _missed(draft, found, node, "'fragment' with a word that is not known")
        return
    draft.use_all(node)


_FLAGS = {
    "ack": TcpFlag.ACK, "syn": TcpFlag.SYN, "fin": TcpFlag.FIN, "rst": TcpFlag.RST,
    "psh": TcpFlag.PSH, "urg": TcpFlag.URG, "ece": TcpFlag.ECE, "cwr": TcpFlag.CWR,
}  # fmt: skip


def _flag(draft: Draft, found: Conditions, node: Node) -> None:
    """`tcp-syn true` of the classic CLI, `syn true` below `tcp-flags`."""
    flag = _FLAGS.get(node.word.removeprefix("tcp-"))
    value = node.only()
    if flag is None or value is None or value.word not in ("true", "false"):
        _missed(draft, found, node, f"'{node.word}' is not understood")
        return
    draft.use_all(node)
    bits = int(flag)
    before = found.flags[0] if found.flags else FlagTest(0, 0)
    wanted = bits if value.word == "true" else 0
    found.flags = (FlagTest(before.mask | bits, before.value & ~bits | wanted),)


def _flags(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        _flag(draft, found, child)


def _established(draft: Draft, found: Conditions, node: Node) -> None:
    draft.use_all(node)
    if found.flags is not None:
        found.doubt("'tcp-established' beside single flags")
    found.flags = ESTABLISHED_FLAGS


CONDITIONS: dict[str, Reader] = {
    "protocol": _protocol,
    "next-header": _protocol,
    "protocol-list": _protocol_list,
    "next-header-list": _protocol_list,
    "src-ip": _addresses("src"),
    "dst-ip": _addresses("dst"),
    "ip": _addresses("either"),
    "src-port": _ports("src_ports"),
    "dst-port": _ports("dst_ports"),
    "port": _ports("either_ports"),
    "icmp": _icmp,
    "icmp-type": _icmp_type,
    "icmp-code": _icmp_code,
    "fragment": _fragment,
    "tcp-established": _established,
    "tcp-flags": _flags,
    **dict.fromkeys((f"tcp-{name}" for name in _FLAGS), _flag),
}
"""Match criteria that the model can hold."""

UNDECIDED = frozenset(
    {
        "ah-ext-hdr", "ah-extension-header", "destination-class", "dscp", "esp-ext-hdr",
        "esp-extension-header", "extension-header", "flow-label", "hop-by-hop-opt", "hop-limit",
        "ip-option", "multiple-option", "option-present", "packet-length", "routing-type0",
        "src-mac", "src-route-option", "tcp-ns", "ttl", "router", "router-instance", "mac",
        "frame-type", "l4-pattern", "payload-length",
    }
)  # fmt: skip
"""Match criteria on what the model's packets leave open."""
