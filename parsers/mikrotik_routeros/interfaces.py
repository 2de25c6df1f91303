"""Interface menus: names, addresses, sizes, and which interfaces belong to bridges and bonds."""

from __future__ import annotations

import ipaddress
import re

from parsers.mikrotik_routeros.draft import Bond, Draft, Link
from parsers.mikrotik_routeros.interface_words import DECISIVE, KNOWN, RADIO
from parsers.mikrotik_routeros.lists import BUILT_IN
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.interfaces import InterfaceAddress, InterfaceKind
from parsers.model.source import TextFact

_FIND = re.compile(r"(?:where )?(?:default-)?name=\"?([^\"]+)\"?")

KINDS = {
    "interface ethernet": InterfaceKind.PHYSICAL,
    "interface bridge": InterfaceKind.VLAN,
    "interface vlan": InterfaceKind.SUBINTERFACE,
    "interface bonding": InterfaceKind.BUNDLE,
    "interface vrrp": InterfaceKind.OTHER,
    "interface macvlan": InterfaceKind.SUBINTERFACE,
    "interface macsec": InterfaceKind.PHYSICAL,
    "interface veth": InterfaceKind.OTHER,
    "interface wireless": InterfaceKind.PHYSICAL,
    "interface wifi": InterfaceKind.PHYSICAL,
    "interface wifiwave2": InterfaceKind.PHYSICAL,
    "interface w60g": InterfaceKind.PHYSICAL,
    "interface w60g station": InterfaceKind.PHYSICAL,
    "interface lte": InterfaceKind.OTHER,
    "interface ppp-client": InterfaceKind.DIALER,
    "interface mesh": InterfaceKind.VLAN,
    "interface vpls": InterfaceKind.OTHER,
    "interface virtual-ethernet": InterfaceKind.OTHER,
    "interface loopback": InterfaceKind.LOOPBACK,
    "caps-man interface": InterfaceKind.PHYSICAL,
}
"""Menus of interfaces that are no tunnels."""


def named_item(item: str | None) -> str | None:
    """The interface that `set ether1` or `set [ find default-name=ether1 ]` names."""
    if item is None or item.isdecimal():
        return None
    found = _FIND.fullmatch(item.strip())
    if found is not None:
        return found[1]
    return item if "=" not in item and " " not in item else None


def interface(draft: Draft, statement: Statement) -> Link | None:
    """One interface of any kind with what all kinds have; None if its name cannot be told."""
    old = named_item(statement.item)
    name = statement.words.get("name") or old
    if name is None:
        draft.miss(statement, "interface")
        return None
    if old is not None and old != name and old in draft.links:
        draft.links[name] = draft.links.pop(old)
        draft.links[name].name = name
    link = draft.link(name, statement)
    link.menu = statement.menu
    link.where = link.where or draft.where(statement)
    link.kind = KINDS.get(statement.menu, link.kind)
    link.description = statement.words.get("comment", link.description)
    if "disabled" in statement.words:
        link.enabled = not statement.disabled
    if "interface" in statement.words and statement.menu in _WITH_PARENT:
        link.parent = statement.words["interface"]
    if statement.words.get("master-port", "none") != "none":
        link.master = statement.words["master-port"]  # a switch group before version 6.41
    _mtu(draft, link, statement)
    check_words(draft, link, statement)
    return link


_WITH_PARENT = frozenset(("interface vlan", "interface vrrp", "interface macvlan"))


def _mtu(draft: Draft, link: Link, statement: Statement) -> None:
    value = statement.words.get("mtu")
    if value is None or value == "auto":
        return
    if value.isdecimal() and 0 < int(value) <= 65535:
        link.mtu = draft.number(int(value), statement)
    else:
        miss(draft, link, statement)


def miss(draft: Draft, link: Link, statement: Statement) -> None:
    """Records that a statement about an interface was not understood in all its parts."""
    draft.miss(statement, "interface", link.name)
    link.not_understood.append(draft.where(statement))


def check_words(draft: Draft, link: Link, statement: Statement) -> None:
    """Marks the statement used if all its properties are known; a radio has too many to list, and
    only those that look like a decisive one mistyped are taken for unknown there."""
    radio = RADIO.match(statement.menu) is not None
    flags = [flag for flag in statement.flags if not flag.startswith("!")]
    disabled = statement.words.get("disabled", "no")
    strange = statement.bad is not None or disabled not in ("yes", "no")
    if radio:
        strange = strange or any(
            _one_edit(word, known) for word in (*statement.words, *flags) for known in DECISIVE
        )
    else:
        strange = strange or bool(flags) or any(word not in KNOWN for word in statement.words)
    if strange:
        miss(draft, link, statement)
    elif draft.where(statement) not in link.not_understood:
        draft.use(statement)


def _one_edit(word: str, known: str) -> bool:
    """Whether `word` is `known` with one character more."""
    return len(word) == len(known) + 1 and any(
        word[:i] + word[i + 1 :] == known for i in range(len(word))
    )


def bonding(draft: Draft, statement: Statement) -> None:
    """A bond with its members."""
    link = interface(draft, statement)
    if link is None:
        return
    words = statement.words
    for name in words.get("slaves", "").split(","):
        if name:
            draft.link(name, statement).bundle = link.name
    if not statement.disabled:
        where = draft.where(statement)
        draft.bonds.append(
            Bond(link.name, words.get("mode"), words.get("transmit-hash-policy"), where)
        )


def bridge_port(draft: Draft, statement: Statement) -> None:
    """An interface that belongs to a bridge: packets of the router arrive on the bridge."""
    name, bridge = statement.words.get("interface"), statement.words.get("bridge")
    if statement.verb != "add" or statement.bad or not name or not bridge:
        draft.miss(statement, "interface", bridge)
        return
    draft.use(statement)
    if statement.disabled or name == "all" or name.startswith("*"):
        return
    if name in draft.interface_lists.defined:
        for member in draft.interface_lists.members.get(name, ()):
            draft.link(member, statement).master = bridge
    else:
        draft.link(name, statement).master = bridge


def address(draft: Draft, statement: Statement) -> None:
    """An address of an interface. Without a length IPv4 addresses are hosts; `network` tells the far end
    of a point-to-point address."""
    words = statement.words
    name, text = words.get("interface"), words.get("address")
    if statement.verb != "add" or statement.bad or not name or not text:
        draft.miss(statement, "interface", name)
        if name:
            draft.link(name, statement).not_understood.append(draft.where(statement))
        return
    family = 6 if statement.menu.startswith("ipv6") else 4
    link = draft.link(name, statement)
    if family == 6 and "from-pool" in words:
        link.dynamic = TextFact(value="pool", where=draft.where(statement))
        draft.use(statement)
        return
    known = _ADDRESS_WORDS.issuperset(words) and all(f[0] == "!" for f in statement.flags)
    try:
        plain, _, length = text.partition("/")
        if length and not length.isdecimal():
            length = str(ipaddress.ip_network(f"0.0.0.0/{length}").prefixlen)
        found = ipaddress.ip_interface(f"{plain}/{length}" if length else plain)
    except ValueError:
        known = False
    if not known or found.version != family:
        miss(draft, link, statement)
        return
    draft.use(statement)
    if not statement.disabled:
        prefix = found.network.prefixlen
        if family == 4 and prefix == 32 and words.get("network", plain) != plain:
            _far_end(link, words["network"], draft, statement)
        if family == 6 and not length:
            prefix = 64
        link.addresses.append(
            InterfaceAddress(family, int(found.ip), prefix, draft.where(statement))
        )


_ADDRESS_WORDS = frozenset(
    ("address", "network", "interface", "comment", "disabled", "broadcast", "netmask",
     "actual-interface", "advertise", "eui-64", "no-dad", "auto-link-local", "from-pool", "vrf")
)  # fmt: skip


def _far_end(link: Link, network: str, draft: Draft, statement: Statement) -> None:
    """`address=192.0.2.1 network=192.0.2.9` reaches the far end through the interface."""
    try:
        value = int(ipaddress.IPv4Address(network))
    except ValueError:
        miss(draft, link, statement)
        return
    link.addresses.append(InterfaceAddress(4, value, 32, draft.where(statement)))


def interface_list(draft: Draft, statement: Statement) -> None:
    """`/interface list`: a name, and lists that it includes and excludes."""
    lists = draft.interface_lists
    name = statement.words.get("name") or named_item(statement.item)
    known = {"name", "include", "exclude", "comment"}.issuperset(statement.words)
    if statement.bad or name is None or not known:
        draft.miss(statement, "other")
        if name is not None:
            lists.open[name] = f"interface list {name} is not understood"
        return
    draft.use(statement)
    lists.defined.add(name)
    for word, found in (("include", lists.include), ("exclude", lists.exclude)):
        others = [other for other in statement.words.get(word, "").split(",") if other]
        if others:
            found[name] = others


def list_member(draft: Draft, statement: Statement) -> None:
    """`/interface list member`."""
    words = statement.words
    name, member = words.get("list"), words.get("interface")
    known = {"list", "interface", "comment", "disabled", "dynamic"}.issuperset(words)
    if statement.verb != "add" or statement.bad or not name or not member or not known:
        draft.miss(statement, "other")
        for one in (name,) if name else tuple(draft.interface_lists.defined):
            draft.interface_lists.open[one] = f"a member of {one} is not understood"
        return
    lists = draft.interface_lists
    if lists.defined and name not in lists.defined | BUILT_IN:
        draft.miss(statement, "other")
        return
    draft.use(statement)
    if not statement.disabled:
        lists.members.setdefault(name, []).append(member)
