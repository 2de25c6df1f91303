"""The file that `acl-loader` loads: sets of entries in the words of the OpenConfig ACL model.

`{"acl": {"acl-sets": {"acl-set": {NAME: {"acl-entries": {"acl-entry": {"1": {...}}}}}}}}`, where lists may stand for
the objects that are named by their keys. Dashes and blanks in the name of a set become underscores, letters
capitals. Source: sonic-utilities `acl_loader/main.py` (convert_rules and what it calls); openconfig-acl.yang."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.dell_sonic.acls import entry_of
from parsers.dell_sonic.draft import Draft, Loaded, first_line, value_of
from parsers.dell_sonic.fields import FIELDS, Conditions, number
from parsers.hierarchy.tree import Node
from parsers.model.filters import ESTABLISHED_FLAGS, Action, Entry, FlagTest, TcpFlag

ACTIONS = {"ACCEPT": Action.PERMIT, "DROP": Action.DENY, "REJECT": Action.DENY}
TYPES = {"ACL_IPV4": 4, "ACL_IPV6": 6, "ACL_MIXED": 0, "ACL_L2": 0}
PROTOCOLS = {
    "IP_TCP": "6", "IP_UDP": "17", "IP_ICMP": "1", "IP_ICMPV6": "58", "IP_IGMP": "2", "IP_GRE": "47",
    "IP_AUTH": "51", "IP_PIM": "103",
    "IP_L2TP": "115", "IP_RSVP": "46",
}  # fmt: skip
ETHER_TYPES = {"ETHERTYPE_IPV4": "0x0800", "ETHERTYPE_IPV6": "0x86dd"}
QUIET = frozenset({"sequence-id", "description", "name"})
UNDECIDED = frozenset({"dscp", "dscp-set", "hop-limit", "vlan-id", "source-mac", "destination-mac"})
ANY = frozenset({"", "any", "null"})


def bare(word: str) -> str:
    """A name without the module in front of it (RFC 7951)."""
    return word.rpartition(":")[2]


def _named(node: Node) -> dict[str, Node]:
    return {bare(child.word): child for child in node.children.values()}


def sets_of(node: Node) -> Iterator[Node]:
    """The sets below `acl`, `acl-sets` or `acl-set`, or in a bare list of them."""
    for name, child in _named(node).items():
        if name in ("acl", "acl-sets", "acl-set"):
            yield from sets_of(child)
        elif "acl-entries" in _named(child) or "config" in _named(child):
            yield child


def is_openconfig(root: Node) -> bool:
    """Whether a tree is a file for `acl-loader`."""
    return any(True for _ in sets_of(root))


def read_sets(draft: Draft, node: Node) -> None:
    """All sets below `node`."""
    for found in sets_of(node):
        _set(draft, found)


def _name(node: Node) -> str:
    parts = _named(node)
    name = value_of(node, "name") or value_of(parts.get("config"), "name")
    if name is None:
        name = node.word
    return bare(name).replace(" ", "_").replace("-", "_").upper()


def _set(draft: Draft, node: Node) -> None:
    parts = _named(node)
    kind = value_of(node, "type") or value_of(parts.get("config"), "type") or ""
    family = TYPES.get(bare(kind), 0)
    found = Loaded(_name(node), draft.where(first_line(node)), family, doubt=node.doubt)
    draft.use(node)
    for name, part in parts.items():
        if name == "acl-entries":
            _entries(draft, part, found)
        elif name in ("config", "name", "type", "state"):
            draft.use_all(part)
        else:
            _missed(draft, part, found)
    draft.facts.loaded[found.name] = found


def _missed(draft: Draft, node: Node, held: Loaded) -> None:
    draft.miss(node, "filter", held.name)
    held.doubt = held.doubt or f"'{node.word}' is not understood"


def _entries(draft: Draft, node: Node, held: Loaded) -> None:
    draft.use(node)
    rows: list[tuple[int, Entry]] = []
    for name, holder in _named(node).items():
        if name != "acl-entry":
            _missed(draft, holder, held)
            continue
        draft.use(holder)
        rows += [_entry(draft, child, held) for child in holder.children.values()]
    numbers = [number for number, _ in rows]
    if len(set(numbers)) < len(numbers):
        held.doubt = held.doubt or "two entries have one number"
    held.entries = [entry for _, entry in sorted(rows, key=lambda row: row[0])]


def _entry(draft: Draft, node: Node, held: Loaded) -> tuple[int, Entry]:
    draft.use(node)
    parts = _named(node)
    text = value_of(node, "sequence-id") or value_of(parts.get("config"), "sequence-id")
    place = number(text if text is not None else node.word, 1 << 32)
    found = Conditions()
    action, line = Action.UNKNOWN, 0
    ordered = sorted(parts.items(), key=lambda pair: pair[0] == "icmp")
    for name, part in ordered:
        if name == "actions":
            action, line = _actions(draft, part, held)
        elif name in ("config", "sequence-id", "state"):
            draft.use_all(part)
        elif name in ("ip", "ipv4", "ipv6", "l2", "transport", "icmp"):
            if name in ("ipv4", "ipv6"):
                found.of_family(int(name[-1]))
            _part(draft, found, part, held)
        else:
            draft.miss(part, "filter", held.name)
            found.doubt(f"'{part.word}' is not understood")
    if place is None:
        found.doubt("an entry without a number")
    if found.protocol == ((1, 1),) and _family(draft, found, held) == 6:
        found.protocol = ((58, 58),)  # acl-loader takes ICMP in an IPv6 table for ICMPv6
    for inner in node.walk():
        if inner.doubt is not None:
            found.doubt(inner.doubt)
            action = Action.UNKNOWN
    name = f"RULE_{place}" if place is not None else "RULE"
    return place or 0, entry_of(found, action, line or first_line(node), name)


def _family(draft: Draft, found: Conditions, held: Loaded) -> int:
    """The family of an entry: its own, that of its set, or that of the table of this name."""
    table = draft.facts.tables.get(held.name)
    of_table = 6 if table is not None and table.kind == "L3V6" else 4
    icmp6 = found.protocol == ((58, 58),)
    return found.family or held.family or (6 if icmp6 else of_table)


def _actions(draft: Draft, node: Node, held: Loaded) -> tuple[Action, int]:
    config = _named(node).get("config", node)
    action, line = Action.UNKNOWN, first_line(node)
    draft.use(node)
    draft.use(config)
    for child in config.children.values():
        value = child.only()
        if bare(child.word) == "forwarding-action" and value is not None:
            draft.use_all(child)
            action, line = ACTIONS.get(bare(value.word), Action.UNKNOWN), value.last
        elif bare(child.word) == "log-action":
            draft.ignore_all(child)
        else:
            _missed(draft, child, held)
    return action, line


def _part(draft: Draft, found: Conditions, node: Node, held: Loaded) -> None:
    draft.use(node)
    config = _named(node).get("config", node)
    draft.use(config)
    for child in config.children.values():
        word, value = bare(child.word), child.only()
        text = value.word if value is not None else ""
        if word in QUIET or text in ANY:
            draft.use_all(child)
        elif word in UNDECIDED:
            draft.use_all(child)
            found.doubt(f"'{word}' cannot be decided from a packet alone")
        elif bare(node.word) == "icmp" and word in ("type", "code"):
            six = "V6" if _family(draft, found, held) == 6 else ""
            if FIELDS[f"ICMP{six}_{word.upper()}"](found, text):
                draft.use_all(child)
            else:
                draft.miss(child, "filter", held.name)
                found.doubt(f"'{child.word}' is not understood")
        elif not _field(found, word, text, child):
            draft.miss(child, "filter", held.name)
            found.doubt(f"'{child.word}' is not understood")
        else:
            draft.use_all(child)


def _field(found: Conditions, word: str, text: str, node: Node) -> bool:
    if word == "protocol":
        return FIELDS["IP_PROTOCOL"](found, PROTOCOLS.get(bare(text), text))
    if word in _ADDRESSES:
        return _address(found, _ADDRESSES[word], text)
    if word in ("source-port", "destination-port"):
        side = "SRC" if word == "source-port" else "DST"
        ranged = "_RANGE" if ".." in text or "-" in text else ""
        return FIELDS[f"L4_{side}_PORT{ranged}"](found, text)
    if word == "tcp-flags":
        return _tcp_flags(found, node)
    if word == "tcp-session-established" or (
        word == "builtin-detail" and bare(text) == "TCP_ESTABLISHED"
    ):
        if text != "false":
            found.flags = ESTABLISHED_FLAGS
        return True
    if word in ("detail-mode", "explicit-detail-match-mode"):
        return bare(text) in ("BUILTIN", "EXPLICIT")
    if word == "ethertype":
        return FIELDS["ETHER_TYPE"](found, ETHER_TYPES.get(bare(text), text))
    return False


_ADDRESSES = {
    "source-ip-address": "src", "source-address": "src", "destination-ip-address": "dst",
    "destination-address": "dst",
}  # fmt: skip


def _address(found: Conditions, side: str, text: str) -> bool:
    word = "SRC" if side == "src" else "DST"
    return FIELDS[f"{word}_IPV6" if ":" in text else f"{word}_IP"](found, text)


def _tcp_flags(found: Conditions, node: Node) -> bool:
    """All flags that are named must be set (`0xNN/0xNN`)."""
    bits = 0
    for child in node.children.values():
        name = bare(child.word).removeprefix("TCP_")
        if name not in TcpFlag.__members__:
            return False
        bits |= int(TcpFlag[name])
    if bits:
        found.flags = (FlagTest(bits, bits),)
    return True
