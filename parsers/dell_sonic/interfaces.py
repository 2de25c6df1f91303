"""Ports, bundles, VLANs and their addresses.

A row of an INTERFACE table is called `NAME` (it routes, and has a VRF) or `NAME|ADDRESS/LENGTH`. `mtu` is the size
of an IP packet; what the hardware adds for headers is not in it. Sources: SONiC "Configuration Database Manual"
(Port, Port Channel, VLAN, L3 Interfaces, Management Interface); sonic-swss `portsorch.cpp`."""

from __future__ import annotations

from parsers.dell_sonic import irrelevant
from parsers.dell_sonic.draft import Draft, Handler, Port, first_line
from parsers.frr_style.addresses import interface_address
from parsers.hierarchy.tree import Node
from parsers.model.interfaces import InterfaceKind
from parsers.model.source import Sourced

KINDS = (
    ("Ethernet", InterfaceKind.PHYSICAL),
    ("Eth", InterfaceKind.PHYSICAL),
    ("PortChannel", InterfaceKind.BUNDLE),
    ("Vlan", InterfaceKind.VLAN),
    ("Loopback", InterfaceKind.LOOPBACK),
    ("eth", InterfaceKind.MANAGEMENT),
    ("Management", InterfaceKind.MANAGEMENT),
)


def kind_of(name: str) -> InterfaceKind:
    """The kind of an interface, by its name."""
    if "." in name or (name.startswith(("Eth", "Po")) and name.count(".") == 1):
        return InterfaceKind.SUBINTERFACE
    for start, kind in KINDS:
        if name.startswith(start):
            return kind
    return InterfaceKind.OTHER


def _doubt(draft: Draft, node: Node, port: Port) -> None:
    for inner in node.walk():
        if inner.doubt is not None:
            draft.miss_in(inner, port)
            return


def read_ports(draft: Draft, node: Node) -> None:
    """PORT, PORTCHANNEL, VLAN, MGMT_PORT: one row for each interface."""
    draft.use(node)
    for child in node.children.values():
        port = draft.facts.port(child.word, draft.where(first_line(child)))
        draft.use(child)
        _doubt(draft, child, port)
        for part in child.children.values():
            _field(draft, port, part)


def _field(draft: Draft, port: Port, node: Node) -> None:
    value = node.only()
    text = value.word if value is not None else ""
    word = node.word.rstrip("@")
    if word == "mtu":
        if text.isascii() and text.isdigit() and 68 <= int(text) <= 65535 and value is not None:
            draft.use_all(node)
            port.mtu = Sourced[int](value=int(text), where=draft.where(value.last))
        else:
            draft.miss_in(node, port)
    elif word == "admin_status":
        draft.use_all(node)
        port.enabled = text.lower() != "down"
    elif word == "description":
        draft.use_all(node)
        port.description = text
    elif word == "members":
        draft.use_all(node)
        for child in node.children.values():
            port.members += [name for name in child.word.split(",") if name]
    elif word in irrelevant.PORT:
        draft.ignore_all(node)
    else:
        draft.miss_in(node, port)


def read_members(draft: Draft, node: Node) -> None:
    """PORTCHANNEL_MEMBER, VLAN_MEMBER: rows are called `UPPER|LOWER`."""
    draft.use(node)
    for child in node.children.values():
        upper, bar, lower = child.word.partition("|")
        if not bar:
            draft.miss(child, "interface", upper)
            continue
        where = draft.where(child.line)
        strange = [name for name in (upper, lower) if name not in draft.facts.ports]
        draft.facts.strangers += [(name, where) for name in strange]
        port = draft.facts.port(upper, where)
        draft.facts.port(lower, where)
        port.members.append(lower)
        draft.use_all(child)


def read_interfaces(management: bool = False) -> Handler:
    """The handler of an INTERFACE table."""

    def interfaces(draft: Draft, node: Node) -> None:
        draft.use(node)
        for child in node.children.values():
            _row(draft, child, management)

    return interfaces


def _row(draft: Draft, node: Node, management: bool) -> None:
    name, bar, address = node.word.partition("|")
    where = draft.where(first_line(node))
    port = draft.facts.port(name, where)
    port.routed = True
    draft.use(node)
    _doubt(draft, node, port)
    if bar:
        try:
            found = interface_address(address, where)
        except ValueError:
            draft.miss_in(node, port)
            return
        if found not in port.addresses:
            port.addresses.append(found)
    for part in node.children.values():
        _attribute(draft, port, part)
    if management and draft.facts.management_vrf:
        port.vrf = "mgmt"


def _attribute(draft: Draft, port: Port, node: Node) -> None:
    value = node.only()
    text = value.word if value is not None else ""
    if node.word in ("vrf_name", "vnet_name"):
        draft.use_all(node)
        port.vrf = text or None
    elif node.word in ("admin_status", "mtu", "description"):
        _field(draft, port, node)
    elif node.word == "vlan":
        draft.use_all(node)
    elif node.word in irrelevant.INTERFACE:
        draft.ignore_all(node)
    else:
        draft.miss_in(node, port)


def read_vrfs(draft: Draft, node: Node) -> None:
    """VRF: names; interfaces say which they are in."""
    draft.use_all(node)


def read_management_vrf(draft: Draft, node: Node) -> None:
    """MGMT_VRF_CONFIG: whether the management port has a VRF of its own."""
    draft.use_all(node)
    draft.facts.management_vrf = any(
        found.word == "true" for found in node.walk() if not found.children
    )


def read_metadata(draft: Draft, node: Node) -> None:
    """DEVICE_METADATA: the switch's name and hardware; the rest is about its services."""
    for row in node.children.values():
        for part in row.children.values():
            value = part.only()
            text = value.word if value is not None else ""
            if part.word == "hostname":
                draft.facts.name = text
            elif part.word == "hwsku":
                draft.facts.model = text
            if part.word in ("hwsku", "platform"):
                maker = ("mellanox", "mlnx", "msn", "nvidia", "sn2", "sn3", "sn4", "sn5")
                found = any(word in text.lower() for word in maker)
                draft.facts.nvidia = draft.facts.nvidia or found
            if part.word in ("hostname", "hwsku", "platform"):
                draft.use_all(part)
    draft.ignore_all(node)
