"""Interfaces from `ip address show`, `ip -d link` and their JSON forms (ip-link(8))."""

from __future__ import annotations

import itertools
import re
from typing import Any

from parsers.frr_style.addresses import interface_address
from parsers.ledger import Ledger
from parsers.linux.json_lines import listed
from parsers.model.interfaces import (
    Interface,
    InterfaceAddress,
    InterfaceKind,
    Tunnel,
)
from parsers.model.source import Sourced, Where

_HEAD = re.compile(r"\d+:\s+(\S+?)(?:@(\S+?))?:\s+<([^>]*)>\s*(.*)")
_ADDRESS = re.compile(r"(inet6?)\s+(\S+)(?:\s+peer\s+(\S+))?(.*)")
_DETAIL_KINDS = frozenset(
    [
        "vlan",
        "bond",
        "bridge",
        "vrf",
        "vxlan",
        "gre",
        "gretap",
        "ip6gre",
        "ip6gretap",
        "ipip",
        "sit",
        "ip6tnl",
        "vti",
        "vti6",
        "xfrm",
        "wireguard",
        "dummy",
        "veth",
        "tun",
        "macvlan",
        "ipvlan",
        "ppp",
        "team",
        "openvswitch",
        "geneve",
        "l2tpeth",
        "ifb",
        "erspan",
    ]
)
_IRRELEVANT = re.compile(
    r"(?:valid_lft|link/|altname|RX:|TX:|vf \d|permaddr|bridge_slave|bond_slave|vrf_slave"
    r"|parentbus|\d+ +\d+)"
)
_TUNNELS = {
    "gre": ("gre", 24), "gretap": ("gre", 38), "ip6gre": ("gre-ipv6", 44), "ipip": ("ipip", 20),
    "sit": ("6in4", 20), "ip6tnl": ("other", 40), "tunnel6": ("other", 40), "vti": ("ipsec", None),
    "vti6": ("ipsec", None), "xfrm": ("ipsec", None), "vxlan": ("vxlan", 50),
    "wireguard": ("wireguard", None), "ip6gretap": ("other", None), "geneve": ("other", None),
    "l2tpeth": ("l2tp", None), "erspan": ("other", None), "gre6": ("gre-ipv6", 44),
}  # fmt: skip
"""Mode and bytes of encapsulation without options (RFC 2784, 2003, 4213, 7348)."""


class Link:
    """One interface while the texts about it are read."""

    def __init__(self, name: str, where: Where) -> None:
        self.name = name
        self.where = where
        self.parent: str | None = None
        self.flags: frozenset[str] = frozenset()
        self.mtu: Sourced[int] | None = None
        self.master: str | None = None
        self.qdisc: Sourced[str] | None = None
        self.link_type = ""
        self.detail = ""
        self.bond_mode: Sourced[str] | None = None
        self.bond_policy: str | None = None
        self.addresses: list[InterfaceAddress] = []
        self.dynamic: Sourced[str] | None = None
        self.pmtudisc = True
        self.ends: tuple[str | None, str | None] = (None, None)
        self.description = ""
        self.not_understood: list[Where] = []
        self.vrf: str | None = None


class Links:
    """All interfaces, in the order of their first mention."""

    def __init__(self) -> None:
        self.by_name: dict[str, Link] = {}

    def link(self, name: str, where: Where) -> Link:
        """The interface called `name`, made if this is its first mention."""
        if name not in self.by_name:
            self.by_name[name] = Link(name, where)
        return self.by_name[name]

    def read_text(self, file: str, lines: list[str], ledger: Ledger) -> None:
        """Reads `ip address show` or `ip -d link`."""
        current: Link | None = None
        for number, raw in enumerate(lines, 1):
            line = raw.strip()
            where = Where(file, number)
            head = _HEAD.match(line)
            if head is not None:
                current = self.link(head.group(1), where)
                _head(current, head, where)
                ledger.use(number)
            elif not line:
                ledger.ignore(number)
            elif current is not None:
                _below(current, line, where, ledger)
            else:
                ledger.miss(number, "interface", None)

    def read_json(self, file: str, lines: list[str], ledger: Ledger) -> None:
        """Reads `ip -j address` or `ip -j -d link`."""
        found = listed(lines)
        if found is None:
            for number in range(1, len(lines) + 1):
                ledger.miss(number, "interface", None)
            return
        ledger.use_range(1, len(lines))
        for body, line, _last in found:
            if isinstance(body, dict) and isinstance(body.get("ifname"), str):
                _from_json(self.link(body["ifname"], Where(file, line)), body, Where(file, line))


def _head(link: Link, head: re.Match[str], where: Where) -> None:
    link.parent = head.group(2) if head.group(2) not in (None, "NONE") else link.parent
    link.flags = frozenset(head.group(3).split(","))
    words = head.group(4).split()
    for word, value in itertools.pairwise(words):
        if word == "mtu" and value.isdecimal():
            link.mtu = Sourced(value=int(value), where=where)
        elif word == "master":
            link.master = value
        elif word == "qdisc":
            link.qdisc = Sourced(value=value, where=where)


def _below(link: Link, line: str, where: Where, ledger: Ledger) -> None:
    number = where.line
    address = _ADDRESS.match(line)
    if address is not None:
        if _add_address(link, address, where):
            ledger.use(number)
        else:
            link.not_understood.append(where)
            ledger.miss(number, "interface", link.name)
        return
    words = line.split()
    first = words[0]
    if first.startswith("link/"):
        link.link_type = first[5:]
        if len(words) > 1 and link.link_type in _TUNNELS:
            _ends(link, words)
        ledger.use(number)
    elif first in _DETAIL_KINDS:
        _detail(link, first, words, where)
        ledger.use(number)
    elif first == "alias":
        link.description = line[6:].strip()
        ledger.use(number)
    elif _IRRELEVANT.match(line):
        ledger.ignore(number)
    else:
        # details such as queue lengths: nothing in ip-link(8) below the head line changes an MTU
        ledger.ignore(number)


def _add_address(link: Link, match: re.Match[str], where: Where) -> bool:
    family = 6 if match.group(1) == "inet6" else 4
    text = match.group(2)
    try:
        found = interface_address(text, where)
    except ValueError:
        return False
    if found.family != family:
        return False
    rest = match.group(4).split()
    if "tentative" not in rest or "dadfailed" not in rest:
        _address(link, found)
    if "dynamic" in rest and family == 4:
        link.dynamic = Sourced(value="dhcp", where=where)
    return True


def _address(link: Link, address: InterfaceAddress) -> None:
    if not any(old[:3] == address[:3] for old in link.addresses):
        link.addresses.append(address)


def _ends(link: Link, words: list[str]) -> None:
    source = words[1] if words[1].strip("0.:") else None
    far = words[words.index("peer") + 1] if "peer" in words[:-1] else None
    link.ends = (source, far)


def _detail(link: Link, kind: str, words: list[str], where: Where) -> None:
    link.detail = kind
    pairs = dict(itertools.pairwise(words))
    if kind == "bond":
        if "mode" in pairs:
            link.bond_mode = Sourced(value=pairs["mode"], where=where)
        link.bond_policy = pairs.get("xmit_hash_policy", link.bond_policy)
    if "nopmtudisc" in words:
        link.pmtudisc = False
    remote, local = pairs.get("remote"), pairs.get("local")
    if remote or local:
        link.ends = (local if local != "any" else None, remote if remote != "any" else None)


def _from_json(link: Link, body: dict[str, Any], where: Where) -> None:
    if isinstance(body.get("link"), str):
        link.parent = body["link"]
    flags = body.get("flags")
    if isinstance(flags, list):
        link.flags = frozenset(map(str, flags))
    if isinstance(body.get("mtu"), int):
        link.mtu = Sourced(value=body["mtu"], where=where)
    if isinstance(body.get("master"), str):
        link.master = body["master"]
    if isinstance(body.get("qdisc"), str):
        link.qdisc = Sourced(value=body["qdisc"], where=where)
    link.link_type = str(body.get("link_type", link.link_type))
    link.description = str(body.get("ifalias", link.description))
    info = body.get("linkinfo")
    if isinstance(info, dict):
        _json_info(link, info, where)
    for address in body.get("addr_info") or ():
        if isinstance(address, dict) and "local" in address:
            _json_address(link, address, where)


def _json_info(link: Link, info: dict[str, Any], where: Where) -> None:
    link.detail = str(info.get("info_kind", link.detail))
    data = info.get("info_data")
    if not isinstance(data, dict):
        return
    if link.detail == "bond" and "mode" in data:
        link.bond_mode = Sourced(value=str(data["mode"]), where=where)
        link.bond_policy = str(data.get("xmit_hash_policy", link.bond_policy))
    if data.get("pmtudisc") is False:
        link.pmtudisc = False
    local, remote = data.get("local"), data.get("remote")
    link.ends = (
        local if isinstance(local, str) and local != "any" else None,
        remote if isinstance(remote, str) and remote != "any" else None,
    )


def _json_address(link: Link, address: dict[str, Any], where: Where) -> None:
    family = 6 if address.get("family") == "inet6" else 4
    try:
        length = address.get("prefixlen", 32 if family == 4 else 128)
        found = interface_address(f"{address['local']}/{length}", where)
    except ValueError:
        link.not_understood.append(where)
        return
    _address(link, found)
    if address.get("dynamic") and family == 4:
        link.dynamic = Sourced(value="dhcp", where=where)


def kind_of(link: Link) -> InterfaceKind:
    """The kind of an interface, from its details where they were printed, else from its flags."""
    if "LOOPBACK" in link.flags or link.name == "lo":
        return InterfaceKind.LOOPBACK
    if link.detail == "vlan" or (link.parent and "." in link.name and not link.detail):
        return InterfaceKind.SUBINTERFACE
    if link.detail in ("bond", "team") or is_bond(link):
        return InterfaceKind.BUNDLE
    if link.detail == "bridge":
        return InterfaceKind.VLAN
    if link.detail in _TUNNELS or link.link_type in _TUNNELS:
        return InterfaceKind.TUNNEL
    if link.detail == "ppp" or link.link_type == "ppp":
        return InterfaceKind.DIALER
    if link.link_type == "none" or link.detail == "tun":
        return InterfaceKind.TUNNEL
    if link.detail in ("dummy", "vrf", "ifb") or is_vrf(link):
        return InterfaceKind.OTHER
    return InterfaceKind.PHYSICAL


def is_vrf(link: Link) -> bool:
    """Whether the device is a VRF: the kernel gives those NOARP and MASTER and no BROADCAST."""
    if link.detail:
        return link.detail == "vrf"
    return {"NOARP", "MASTER"} <= link.flags and "BROADCAST" not in link.flags


def is_bond(link: Link) -> bool:
    """Whether the device is a bond."""
    if link.detail:
        return link.detail == "bond"
    return link.bond_mode is not None or {"BROADCAST", "MASTER"} <= link.flags


def _tunnel(link: Link) -> Tunnel | None:
    mode = _TUNNELS.get(link.detail) or _TUNNELS.get(link.link_type)
    if mode is None:
        if link.link_type == "ppp" or link.detail == "ppp":
            mode = ("pppoe", None)
        elif link.link_type == "none" or link.detail == "tun":
            mode = ("other", None)
        else:
            return None
    return Tunnel(
        mode=mode[0],
        overhead=mode[1],
        source=link.ends[0],
        destination=link.ends[1],
        path_mtu_discovery=link.pmtudisc and mode[0] in ("gre", "ipip", "6in4"),
        where=link.where,
    )


def interface_of(link: Link, links: Links) -> Interface:
    """The interface as the model wants it."""
    master = links.by_name.get(link.master) if link.master else None
    bundle = (
        link.master
        if link.master and ("SLAVE" in link.flags or (master and is_bond(master)))
        else None
    )
    vrf = link.vrf or "default"
    port = False
    if link.master and not bundle:
        if master is not None and is_vrf(master):
            vrf = link.master
        else:
            port = True
    return Interface(
        name=link.name,
        kind=kind_of(link),
        where=link.where,
        enabled="UP" in link.flags or not link.flags,
        routed=not (port or bundle),
        vrf=vrf,
        description=link.description,
        addresses=tuple(link.addresses),
        dynamic_address=link.dynamic,
        mtu=link.mtu,
        tunnel=_tunnel(link),
        bundle=bundle,
        parent=link.parent,
        not_understood=tuple(link.not_understood),
    )
