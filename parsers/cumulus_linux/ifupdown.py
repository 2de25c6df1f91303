"""`/etc/network/interfaces` (ifupdown2) in the words of NVUE, so that one interpreter reads both.

Source: interfaces(5) and ifupdown-addons-interfaces(5) of ifupdown2; Cumulus Linux 4.3, "Interface Configuration".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Network

from parsers.cumulus_linux.draft import Draft
from parsers.hierarchy.tree import Node, add
from parsers.model.addresses import prefix_term
from parsers.model.routes import NextHop, Route
from parsers.model.source import Where
from parsers.switch_style.ranges import names_of

_IFACE = re.compile(r"iface\s+(\S+)(?:\s+(inet6?))?(?:\s+(\w+))?(?:\s+inherits\s+\S+)?")
_NAME = re.compile(r"[A-Za-z][\w.:-]*", re.ASCII)
_METHODS = frozenset({"static", "manual", "loopback", "dhcp", "auto", "tunnel", "ppp"})
_ROUTE = re.compile(
    r"(?:/sbin/)?ip (?:-[46] )?route (?:add|replace) (\S+) via (\S+)(?: dev (\S+))?(?: vrf (\S+))?(?: \|\| true)?"
)
_QUIET_COMMAND = re.compile(
    r"(?:sudo )?(?:/sbin/|/usr/sbin/|/bin/)?(?:echo|sleep|logger|ethtool|true|ip (?:-[46] )?neigh"
    r"|sysctl -w net\.ipv[46]\.neigh)\b.*"
)
VALUES = {
    "mtu": ("link", "mtu"), "vrf": ("ip", "vrf"), "alias": ("description",), "gateway": ("ip", "gateway"),
    "vlan-raw-device": ("base-interface",), "bond-mode": ("bond", "mode"),
    "ip-forward": ("ip", "ipv4", "forward"), "ip6-forward": ("ip", "ipv6", "forward"),
    "bridge-access": ("bridge", "domain", "bridge", "access"),
    "bridge-pvid": ("bridge", "domain", "bridge", "untagged"),
    "tunnel-mode": ("tunnel", "mode"), "tunnel-local": ("tunnel", "source-ip"),
    "tunnel-endpoint": ("tunnel", "dest-ip"), "vrf-table": ("table",),
}  # fmt: skip
"""Attributes with one value."""
SILENT = (
    "bond-", "bridge-", "clagd-", "clag-", "link-", "mstpctl-", "vxlan-", "vlan-id", "vlan-protocol",
    "vlan-aware", "hwaddress",
    "es-", "address-virtual-ipv6-addrgen", "ipv6-addrgen", "mpls-enable", "hw-", "vrrp", "description",
    "vlan-bridge-binding",
    "arp-", "ip-mtu-disc", "ptm-enable", "storm-control", "broadcast", "network", "scope", "pointopoint",
    "metric", "preferred-lifetime",
    "dad-attempts", "accept-ra", "autoconf", "multicast", "tunnel-ttl", "tunnel-tos", "tunnel-physdev",
    "dhcp-wait", "mgmt-",
    "accept_ra", "requires", "netns", "dns-", "wait-delay", "privext", "bondmiimon", "request_prefix", "vrf-slave",
)  # fmt: skip
"""Beginnings of attributes that no verdict depends on: links, bridges, tunnels between switches, names."""
DOWN = ("down", "post-down", "pre-down")
UP = ("up", "post-up", "pre-up")


class Stanza:
    """The `iface` block that is open."""

    def __init__(self, name: str, where: Where) -> None:
        self.name = name
        self.where = where
        self.bare: tuple[str, int] | None = None


def read_interfaces_file(draft: Draft, root: Node, numbers: Iterable[int]) -> None:
    """Adds the statements of the lines `numbers` to `root`."""
    stanza: Stanza | None = None
    started: dict[str, int] = {}
    for number in numbers:
        text = draft.lines[number - 1].strip()
        word, _, rest = text.partition(" ")
        found = _IFACE.fullmatch(text)
        known = found is not None and (found[3] is None or found[3] in _METHODS)
        if found is not None and known and _NAME.fullmatch(found[1]):
            _bare(root, stanza)
            stanza = Stanza(found[1], Where(draft.file, number))
            _open(root, found, number)
        elif word in ("auto", "no-auto-down") or word.startswith("allow-"):
            draft.ledger.ignore(number)
            for name in rest.split():
                started.setdefault(name, number)
        elif word in ("source", "source-directory"):
            draft.ledger.use(number)
            draft.facts.included.append(rest.strip())
        elif stanza is None or not _attribute(draft, root, stanza, word, rest.strip(), number):
            _missed(draft, stanza, number)
    _bare(root, stanza)
    _without_stanza(draft, root, started)


def _without_stanza(draft: Draft, root: Node, started: dict[str, int]) -> None:
    """Interfaces that are brought up and described nowhere: the text lacks them, or a name is damaged."""
    holder = root.children.get("interface")
    described = set(holder.children) if holder is not None else set()
    for name, number in started.items():
        if name not in described and _NAME.fullmatch(name):
            where = Where(draft.file, number)
            draft.missed.append((number, "interface", name))
            draft.facts.port(name, where).not_understood.append(where)


def _missed(draft: Draft, stanza: Stanza | None, number: int) -> None:
    draft.missed.append((number, "interface", stanza.name if stanza is not None else None))
    if stanza is not None:
        port = draft.facts.port(stanza.name, stanza.where)
        port.not_understood.append(Where(draft.file, number))


def _open(root: Node, found: re.Match[str], number: int) -> None:
    start = ["interface", found[1]]
    add(root, start, number)
    if found[3] in ("dhcp", "auto"):
        add(root, [*start, "ip", "address", "dhcp"], number)


def _bare(root: Node, stanza: Stanza | None) -> None:
    """An address that no netmask followed is one of a host."""
    if stanza is not None and stanza.bare is not None:
        text, number = stanza.bare
        add(root, ["interface", stanza.name, "ip", "address", text], number)
        stanza.bare = None


def _attribute(
    draft: Draft, root: Node, stanza: Stanza, word: str, value: str, number: int
) -> bool:
    if word in UP:
        return _command(draft, value, number)
    if word in DOWN or (word == "link-down" and value == "no"):
        draft.ledger.ignore(number)
        return True
    values = value.split()
    if not values:
        return False
    start = ["interface", stanza.name]
    if word == "address":
        _bare(root, stanza)
        if "/" not in value:
            stanza.bare = (values[0], number)
            return True
    elif word == "netmask":
        return _netmask(draft, root, stanza, values[0], number)
    elif word == "bridge-ports":
        draft.ledger.use(number)
    paths = _paths(stanza, word, value, values)
    for path in paths:
        add(root, path, number)
    if not paths and word != "bridge-ports":
        if not word.startswith(SILENT):
            return False
        draft.ledger.ignore(number)
        if word == "vxlan-id":
            add(root, [*start, "type", "vxlan"], number)
    return True


def _paths(stanza: Stanza, word: str, value: str, values: list[str]) -> list[list[str]]:
    """The NVUE statements that an attribute says; none for those that say nothing here."""
    start = ["interface", stanza.name]
    if word == "link-down":
        return [[*start, "link", "state", "down"]]
    if word == "address":
        return [[*start, "ip", "address", values[0]]]
    if word == "vrf-table":
        return [["vrf", stanza.name, "table", values[0]]]
    if word == "address-virtual":
        return [[*start, "ip", "vrr", "address", one] for one in values[1:]]
    if word in ("bond-slaves", "bond-members", "bond-ports"):
        return [[*start, "bond", "member", one] for one in _listed(values)]
    if word == "bridge-ports":
        return [["interface", one, "bridge", "domain", stanza.name] for one in _listed(values)]
    if word == "bridge-vids":
        return [[*start, "bridge", "domain", "bridge", "vlan", one] for one in values]
    if word in VALUES:
        return [[*start, *VALUES[word], value if word == "alias" else values[0]]]
    return []


def _listed(values: list[str]) -> list[str]:
    """`swp1 swp2`, `glob swp1-4`; `none` and `regex` name nothing that is known here."""
    names = [value for value in values if value not in ("glob", "none")]
    return [name for value in names for name in names_of(value)]


def _netmask(draft: Draft, root: Node, stanza: Stanza, mask: str, number: int) -> bool:
    if stanza.bare is None:
        return False
    text, line = stanza.bare
    try:
        length = int(mask) if mask.isdigit() else IPv4Network(f"0.0.0.0/{mask}").prefixlen
    except ValueError:
        return False
    stanza.bare = None
    draft.ledger.use(number)
    add(root, ["interface", stanza.name, "ip", "address", f"{text}/{length}"], line)
    return True


def _command(draft: Draft, command: str, number: int) -> bool:
    """What is run when the interface comes up: routes are read, and what only prints or tunes is irrelevant."""
    if _QUIET_COMMAND.fullmatch(command):
        draft.ledger.ignore(number)
        return True
    found = _ROUTE.fullmatch(command)
    if found is None:
        return False
    destination = found[1] if found[1] != "default" else "::/0" if ":" in found[2] else "0.0.0.0/0"
    try:
        term = prefix_term(destination)
        prefix_term(found[2])
    except ValueError:
        draft.facts.routes_doubt.append(Where(draft.file, number))
        return False
    length = bin(term.care).count("1")
    hop = NextHop(found[3], found[2])
    draft.ledger.use(number)
    draft.facts.routes.append(
        Route(
            term.family,
            term.value,
            length,
            found[4] or "default",
            "static",
            (hop,),
            number,
            distance=0,
        )
    )
    return True
