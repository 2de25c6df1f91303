"""From the lines of one text to a draft: CONFIG_DB, a file for `acl-loader`, FRR's configuration, or JSON with FRR
behind it."""

from __future__ import annotations

import re

from parsers.dell_sonic import irrelevant
from parsers.dell_sonic.acls import read_rules, read_tables, read_types
from parsers.dell_sonic.balancing import NAMERS, read_adaptive, read_hash
from parsers.dell_sonic.draft import Draft, Facts, Handler
from parsers.dell_sonic.interfaces import (
    read_interfaces,
    read_management_vrf,
    read_members,
    read_metadata,
    read_ports,
    read_vrfs,
)
from parsers.dell_sonic.openconfig import is_openconfig, read_sets
from parsers.dell_sonic.routes import process, read_statics
from parsers.frr_style.frr import FrrState, read_frr
from parsers.hierarchy.interpret import read
from parsers.hierarchy.json_tree import read_json
from parsers.hierarchy.tree import Node
from parsers.ledger import Ledger
from parsers.model.source import Sourced
from parsers.platform import Text

_FRR = re.compile(
    r"frr (?:version|defaults)\b.*|router (?:bgp|ospf|ospf6|isis)\b.*|line vty|(?:ip|ipv6) (?:route|prefix-list) .*"
    r"|route-map \S+ .*|service integrated-vtysh-config|Building configuration\.*|Current configuration:|agentx"
)
FIRST = (
    "DEVICE_METADATA",
    "MGMT_VRF_CONFIG",
    "ACL_TABLE_TYPE",
    "ACL_TABLE",
    "PORT",
    "PORTCHANNEL",
    "VLAN",
)
"""Tables that others refer to."""


def read_text(facts: Facts, text: Text) -> Draft:
    """Reads one configuration text into the facts; gives its draft, whose ledger is settled."""
    root = Node("", 0)
    draft = Draft(text.file, text.lines, Ledger(len(text.lines)), root, facts=facts)
    first = next((i for i, line in enumerate(text.lines, 1) if line.strip()), 0)
    if first and text.lines[first - 1].strip()[0] in "{[":
        last = read_json(root, text.lines, draft.ledger, first)
        for number in range(1, first):
            draft.ledger.ignore(number)
        _interpret(draft, root)
        if any(line.strip() for line in text.lines[last:]):
            _frr(draft, last + 1)
    elif any(_FRR.fullmatch(line.strip()) for line in text.lines):
        _frr(draft, 1)
    else:
        _unread(draft)
    for line, topic, subject in draft.missed:
        draft.ledger.miss(line, topic, subject)
    return draft


def _unread(draft: Draft) -> None:
    """A text of another form (the `sonic-cli`'s): nothing in it is known."""
    for number, line in enumerate(draft.lines, 1):
        if line.strip():
            draft.missed.append((number, "other", None))
        else:
            draft.ledger.ignore(number)
    if draft.missed:
        where = draft.where(draft.missed[0][0])
        draft.facts.doubt = draft.facts.doubt or ("a form of configuration that is not read", where)


def _interpret(draft: Draft, root: Node) -> None:
    if root.doubt is not None:
        line = root.doubt_line or 1
        draft.facts.doubt = draft.facts.doubt or (root.doubt, draft.where(line))
        draft.missed.append((line, "other", None))
    first, rest = Node("", 0), Node("", 0)
    first.children = {word: root.children[word] for word in FIRST if word in root.children}
    rest.children = {w: c for w, c in root.children.items() if w not in FIRST}
    draft.facts.database |= any(word in TOP for word in root.children)
    sets = rest
    if not draft.facts.database and is_openconfig(root):
        read_sets(draft, root)
        return
    read(draft, first, TOP)
    others = {w: c for w, c in sets.children.items() if w not in _SETS and ":" not in w}
    for word, child in sets.children.items():
        if word not in others:
            holder = Node("", 0)
            holder.children = {word: child}
            read_sets(draft, holder)
    rest.children = others
    read(draft, rest, TOP, other=_table)
    read_adaptive(draft, root)


_SETS = frozenset({"acl", "acl-sets", "acl-set"})


def _table(draft: Draft, node: Node) -> None:
    """A table that nobody listed here: it may do anything, so nobody may think that it is understood."""
    if node.word.startswith(_FAMILIES) or not node.children:
        draft.ignore_all(node)
    else:
        draft.miss(node)


_FAMILIES = (
    "DASH_", "TAM_", "SNMP_", "DHCP", "SYSLOG_", "MUX_", "IFA_", "PTP_", "WATERMARK", "BUFFER_", "STP_",
    "MCLAG_", "EVPN_", "UDLD_", "IGMP_", "PIM_", "ISIS_", "GNMI",
    "TELEMETRY", "LDAP", "RADIUS", "TACPLUS", "SFLOW",
)  # fmt: skip
"""Beginnings of tables of which every member is about services, queues, neighbours or tunnels between switches."""


def _note(value: str, text: str) -> Handler:
    def note(draft: Draft, node: Node) -> None:
        if node.children:
            draft.note(value, node, text)
        else:
            draft.use(node)

    return note


def _taken(draft: Draft, node: Node) -> None:
    """Tables that `read_adaptive` reads together."""
    draft.use_all(node)


def _policies(draft: Draft, node: Node) -> None:
    """PBH_*: which fields are hashed for some packets; a hash all the same."""
    draft.use_all(node)


def _raw(draft: Draft, node: Node) -> None:
    """`bgpraw`: FRR's running configuration as one string, in the output of `show runningconfiguration all`."""
    draft.use(node)
    value = node.only()
    if value is None:
        return
    draft.use(value)
    lines = value.word.split("\n")
    state = read_frr(draft.file, lines, Ledger(len(lines)))
    line = value.end or value.line
    where = draft.where(line)
    facts = draft.facts
    facts.routes += [route._replace(line=line) for route in state.routes]
    facts.routes_doubt += [where for _ in state.missed_routes[:1]]
    known = {source.value for source in facts.sources}
    facts.sources += [
        Sourced[str](value=s.value, where=where) for s in state.sources if s.value not in known
    ]
    facts.recognised += [note.model_copy(update={"where": where}) for note in state.notes]


TOP: dict[str, Handler | str] = {
    **irrelevant.TOP,
    "DEVICE_METADATA": read_metadata,
    "MGMT_VRF_CONFIG": read_management_vrf,
    "ACL_TABLE": read_tables,
    "ACL_RULE": read_rules,
    "ACL_TABLE_TYPE": read_types,
    **dict.fromkeys(("PORT", "PORTCHANNEL", "VLAN"), read_ports),
    **dict.fromkeys(("PORTCHANNEL_MEMBER", "VLAN_MEMBER"), read_members),
    **dict.fromkeys(
        ("INTERFACE", "PORTCHANNEL_INTERFACE", "VLAN_INTERFACE", "LOOPBACK_INTERFACE",
         "VLAN_SUB_INTERFACE", "BACKEND_INTERFACE"), read_interfaces()),
    "LOOPBACK": read_ports,
    "MGMT_INTERFACE": read_interfaces(management=True),
    "VRF": read_vrfs,
    "STATIC_ROUTE": read_statics,
    **dict.fromkeys(
        ("BGP_NEIGHBOR", "BGP_PEER_RANGE", "BGP_GLOBALS", "BGP_INTERNAL_NEIGHBOR", "BGP_VOQ_CHASSIS_NEIGHBOR",
         "BGP_NEIGHBOR_DYNAMIC"), process("bgp")),
    "OSPFV2_ROUTER": process("ospf"),
    "ISIS_GLOBAL": process("isis"),
    **dict.fromkeys(("VNET", "VNET_ROUTE", "VNET_ROUTE_TUNNEL"), process("vnet")),
    **dict.fromkeys(
        ("NAT_POOL", "NAT_BINDINGS", "STATIC_NAT", "STATIC_NAPT", "NAT_TWICE_POOL"), _note("nat", "NAT tables")),
    "NAT_GLOBAL": _taken,
    **dict.fromkeys(
        ("PBR_GROUPS", "POLICY_TABLE", "CLASSIFIER_TABLE", "POLICY_SECTIONS_TABLE", "POLICY_BINDING_TABLE"),
        _note("policy-route", "flow based services")),
    "SWITCH_HASH": read_hash,
    **dict.fromkeys((*NAMERS, "ARS_OBJECT", "ARS_PORTCHANNEL"), _taken),
    **dict.fromkeys(("PBH_TABLE", "PBH_RULE", "PBH_HASH", "PBH_HASH_FIELD"), _policies),
    "bgpraw": _raw,
}  # fmt: skip
"""The tables of CONFIG_DB."""


def _frr(draft: Draft, first: int) -> None:
    """Reads FRR's configuration from line `first` on, with all before blanked so that line numbers stay."""
    lines = ["" if n < first else line for n, line in enumerate(draft.lines, 1)]
    ledger = Ledger(len(lines))
    state = read_frr(draft.file, lines, ledger)
    for number in range(first, len(lines) + 1):
        draft.ledger.status[number] = ledger.status[number]
        if number in ledger.topics:
            draft.missed.append((number, *ledger.topics[number]))
    _merged(draft.facts, state)


def _merged(facts: Facts, state: FrrState) -> None:
    facts.name = facts.name or state.hostname
    facts.version = facts.version or (f"FRR {state.version}" if state.version else None)
    facts.routes += state.routes
    facts.routes_doubt += state.missed_routes
    known = {source.value for source in facts.sources}
    facts.sources += [source for source in state.sources if source.value not in known]
    facts.recognised += state.notes
    for found in state.interfaces.values():
        port = facts.port(found.name, found.where)
        port.vrf = found.vrf or port.vrf
        port.enabled = port.enabled and not found.shutdown
        port.not_understood += found.not_understood
        seen = {address[:3] for address in port.addresses}
        fresh = [address for address in found.addresses if address[:3] not in seen]
        port.addresses += fresh
        port.routed = port.routed or bool(fresh)
