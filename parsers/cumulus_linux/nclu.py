"""NCLU (`net add ...`, Cumulus Linux 3 and 4) in the words of NVUE, so that one interpreter reads both.

Source: Cumulus Linux 4.3, "Network Command Line Utility - NCLU", "Netfilter - ACLs", "Routing"; `net show
configuration commands`."""

from __future__ import annotations

import re

from parsers.cumulus_linux import nclu_acl
from parsers.cumulus_linux.commands import unset, without_prompt
from parsers.cumulus_linux.draft import Draft
from parsers.frr_style.frr import read_frr, static_route
from parsers.hierarchy.setform import shell_words
from parsers.hierarchy.tree import Node, add
from parsers.ledger import Ledger
from parsers.model.source import Sourced, Where
from parsers.switch_style.ranges import names_of

_QUIET = frozenset({"commit", "pending", "show", "help", "example"})
_KINDS = {
    "interface": "",
    "int": "",
    "bond": "",
    "loopback": "",
    "bridge": "",
    "vxlan": "",
    "vlan": "vlan",
}
_PROCESSES = {
    "bgp": "bgp",
    "ospf": "ospf",
    "ospf6": "ospf",
    "rip": "rip",
    "eigrp": "eigrp",
    "isis": "isis",
}
_NOTHING = frozenset(
    {"dns", "time", "snmp-server", "syslog", "dhcp", "dot1x", "ptp", "lldp", "clag", "evpn", "pim", "igmp",
     "msdp", "netq",
     "bfd", "control-plane", "control-plane-all", "debug", "rsyslog", "mpls", "ldp", "system", "username",
     "banner", "stp",
     "vrrp", "tacacs", "radius", "pbr-map", "ssh", "mgmt", "nexthop-group", "lag", "rpki", "license", "storm-control"}
)  # fmt: skip
"""Parts that no verdict depends on: services of the switch, and how routing processes and bridges talk to others."""
_PRINTF = re.compile(r"printf '(.*)' >> /etc/frr/frr\.conf")


def read_nclu(draft: Draft, root: Node) -> None:
    """Carries out the commands of a text on `root`; routes and routing processes go to the facts."""
    for number, raw in enumerate(draft.lines, 1):
        line = without_prompt(raw.strip())
        if not line or line[0] == "#":
            draft.ledger.ignore(number)
            continue
        words = shell_words(line)
        if words[0] == "sudo" or words[:1] == ["printf"]:
            _appended(draft, line, number)
        elif words[0] != "net" or len(words) < 2:
            continue
        elif words[1] in _QUIET:
            draft.ledger.ignore(number)
        elif words[1:] == ["del", "all"]:
            draft.ledger.ignore(number)
            root.children = {}
        elif words[1] in ("add", "del") and len(words) > 2:
            _command(draft, root, words[1], words[2:], number)


def _command(draft: Draft, root: Node, verb: str, words: list[str], number: int) -> None:
    if words[0] == "routing":
        _routing(draft, verb, words[1:], number)
        return
    if words[0] in _PROCESSES and verb == "add":
        draft.ledger.use(number)
        source = Sourced[str](value=_PROCESSES[words[0]], where=Where(draft.file, number))
        if all(known.value != source.value for known in draft.facts.sources):
            draft.facts.sources.append(source)
        return
    if words[0] == "nat" and verb == "add":
        draft.ledger.use(number)
        note = " ".join(words)[:80]
        where = Where(draft.file, number)
        draft.facts.recognised.append(Sourced[str](value="nat", where=where, note=note))
        return
    paths = _translated(words, draft.facts.highest)
    if paths is None:
        topic = "interface" if words[0] in _KINDS else "filter" if words[0] == "acl" else "other"
        draft.missed.append((number, topic, words[1] if len(words) > 1 else None))
        for path in nclu_acl.doubted(words) if words[0] == "acl" else ():
            add(root, path, number).doubted(f"line {number} is not understood", number)
        _missed_in(draft, words, number)
    elif not paths:
        draft.ledger.ignore(number)
    elif verb == "add":
        for path in paths:
            add(root, path, number)
    else:
        draft.ledger.use(number)
        for path in paths:
            unset(root, path, number, draft.ledger)


def _missed_in(draft: Draft, words: list[str], number: int) -> None:
    if words[0] in _KINDS and len(words) > 1:
        where = Where(draft.file, number)
        for name in names_of(_KINDS[words[0]] + words[1]):
            draft.facts.port(name, where).not_understood.append(where)


def _routing(draft: Draft, verb: str, words: list[str], number: int) -> None:
    """`routing route P GATEWAY|INTERFACE|Null0 [distance] [vrf V]`; the rest is about routing processes."""
    if words[:1] != ["route"]:
        draft.ledger.ignore(number)
        return
    route = static_route(words[1:], number, "default") if len(words) > 2 else None
    if route is None:
        draft.missed.append((number, "route", None))
        draft.facts.routes_doubt.append(Where(draft.file, number))
        return
    draft.ledger.use(number)
    if verb == "add":
        draft.facts.routes.append(route)
    else:
        kept = [r for r in draft.facts.routes if r._replace(line=0) != route._replace(line=0)]
        draft.facts.routes = kept


def _appended(draft: Draft, line: str, number: int) -> None:
    """`sudo sh -c "printf '...' >> /etc/frr/frr.conf"`: what NCLU could not say itself."""
    found = _PRINTF.search(line)
    if found is None:
        return
    lines = found[1].replace("\\n", "\n").split("\n")
    ledger = Ledger(len(lines))
    state = read_frr(draft.file, lines, ledger)
    if next(ledger.unread(), None) is not None or state.interfaces or state.notes:
        draft.missed.append((number, "route", None))
        draft.facts.routes_doubt.append(Where(draft.file, number))
        return
    draft.ledger.use(number)
    draft.facts.routes += [route._replace(line=number) for route in state.routes]
    where = Where(draft.file, number)
    draft.facts.sources += [source.model_copy(update={"where": where}) for source in state.sources]


def _translated(words: list[str], highest: dict[tuple[str, str], int]) -> list[list[str]] | None:
    """The NVUE statements of a command: none where it is irrelevant, None where it is not understood."""
    kind = words[0]
    if kind == "hostname" and len(words) == 2:
        return [["system", "hostname", words[1]]]
    if kind == "acl":
        return nclu_acl.rule(highest, words[1:])
    if kind == "vrf" and len(words) > 1:
        return _vrf(words[1], words[2:])
    if kind in _NOTHING:
        return []
    if kind not in _KINDS or len(words) < 2:
        return None
    found: list[list[str]] = []
    for name in names_of(_KINDS[kind] + words[1]):
        if kind == "bridge" and words[2:3] == ["ports"] and len(words) == 4:
            found += [["interface", port, "bridge", "domain", name] for port in names_of(words[3])]
            continue
        below = attribute(words[2:], kind)
        if below is None:
            return None
        start = ["interface", name]
        if kind == "vxlan":
            found.append([*start, "type", "vxlan"])
        found += [[*start, *path] for path in below] if below else []
        if not words[2:]:
            found.append(start)
    return found


def _vrf(name: str, words: list[str]) -> list[list[str]] | None:
    if not words or words[0] in ("vrf-table", "vni", "table"):
        return [["vrf", name, "table", words[-1] if words else "auto"]]
    if words[:2] in (["ip", "address"], ["ipv6", "address"]) and len(words) == 3:
        return [["vrf", name, "loopback", "ip", "address", words[2]]]
    return [] if words[0] in ("post-up", "pre-up", "alias") else None


_ONE = {
    ("ip", "address"): ("ip", "address"), ("ipv6", "address"): ("ip", "address"),
    ("ip", "gateway"): ("ip", "gateway"), ("ipv6", "gateway"): ("ip", "gateway"),
    ("ip", "forward"): ("ip", "ipv4", "forward"), ("ipv6", "forward"): ("ip", "ipv6", "forward"),
    ("bond", "mode"): ("bond", "mode"),
    ("bridge", "access"): ("bridge", "domain", "bridge", "access"),
    ("bridge", "pvid"): ("bridge", "domain", "bridge", "untagged"),
    ("bridge", "vids"): ("bridge", "domain", "bridge", "vlan"),
    ("ip", "vrf"): ("ip", "vrf"),
}  # fmt: skip
"""Two words with one value."""
_WORD = {
    "mtu": ("link", "mtu"), "vrf": ("ip", "vrf"), "alias": ("description",),
    "pbr-policy": ("router", "pbr", "map"), "vlan-raw-device": ("base-interface",),
}  # fmt: skip
"""One word with one value."""
_SILENT = frozenset(
    {"clag", "stp", "ospf", "ospf6", "evpn", "pim", "igmp", "lldp", "vxlan", "vlan-id", "hwaddress",
     "storm-control", "dot1x",
     "isolated", "mpls", "bgp", "eigrp", "bfd", "breakout", "ptm-enable", "vrrp", "ptp", "ipv6nd", "es-id",
     "es-sys-mac",
     "evpn-mh", "bond-lacp", "port-security", "dhcp-helper", "vids", "pvid", "vlan-aware", "multicast", "access",
     "arp"}
)  # fmt: skip
"""Attributes that no verdict depends on: protocols of bridges, pairs and neighbours."""


def attribute(words: list[str], kind: str) -> list[list[str]] | None:
    """The statements below an interface that `words` say."""
    if not words:
        return []
    pair = (words[0], words[1]) if len(words) > 1 else (words[0], "")
    if pair in _ONE and len(words) == 3:
        path = _ONE[pair]
        return [[*path, value] for value in _values(pair, words[2])]
    if words[0] in _WORD and (len(words) == 2 or words[0] == "alias"):
        return [[*_WORD[words[0]], " ".join(words[1:])]]
    if pair in (("ip", "address-virtual"), ("ipv6", "address-virtual")) and len(words) > 3:
        return [["ip", "vrr", "address", value] for value in words[3:]]
    if pair == ("bond", "slaves") and len(words) == 3:
        return [["bond", "member", name] for name in names_of(words[2])]
    if words == ["link", "down"]:
        return [["link", "state", "down"]]
    if words[0] == "acl" and len(words) == 4 and words[3] in ("inbound", "outbound"):
        return [[f"acl-{words[1]}", words[2], words[3]]] if words[1] in nclu_acl.KINDS else None
    quiet = words[0] in ("bond", "bridge", "link") or pair in _SILENT_PAIRS
    return [] if words[0] in _SILENT or (quiet and pair not in _ONE) else None


_SILENT_PAIRS = frozenset(
    {("ip", "igmp"), ("ip", "pim"), ("ip", "ospf"), ("ipv6", "nd"), ("ipv6", "ospf6"), ("ip", "neighbor"),
     ("ip", "vrrp")}
)  # fmt: skip


def _values(pair: tuple[str, str], text: str) -> list[str]:
    return text.split(",") if pair == ("bridge", "vids") else [text]
