"""Interfaces: addresses, sizes, virtual domain, VRF, and what they do to packets in transit.

Sources: Fortinet, CLI reference, `system interface` (`status` is up where nothing sets it; `mtu` counts only with
`mtu-override enable` and is bytes of IP; `secondaryip` counts only with `secondary-IP enable`); Administration Guide,
"Interface MTU packet size" (a VLAN has the size of its parent).
"""

from __future__ import annotations

import ipaddress

from parsers.fortinet.addresses import subnet_of
from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.interface_keys import IGNORED, IPV6_IGNORED
from parsers.fortinet.scopes import ROOT, Scope
from parsers.model.interfaces import (
    Interface,
    InterfaceAddress,
    InterfaceKind,
    MssClamp,
    Tunnel,
)
from parsers.model.source import IntFact, TextFact

TABLE = "system interface"
KINDS = {
    "physical": InterfaceKind.PHYSICAL, "vlan": InterfaceKind.SUBINTERFACE, "emac-vlan": InterfaceKind.SUBINTERFACE,
    "aggregate": InterfaceKind.BUNDLE, "redundant": InterfaceKind.BUNDLE, "tunnel": InterfaceKind.TUNNEL,
    "loopback": InterfaceKind.LOOPBACK, "switch": InterfaceKind.VLAN, "hard-switch": InterfaceKind.VLAN,
    "vap-switch": InterfaceKind.VLAN, "switch-vlan": InterfaceKind.VLAN, "hw-switch": InterfaceKind.VLAN,
    "vdom-link": InterfaceKind.PHYSICAL, "wireless": InterfaceKind.OTHER, "wl-mesh": InterfaceKind.OTHER,
    "fext-wan": InterfaceKind.OTHER, "vxlan": InterfaceKind.OTHER, "geneve": InterfaceKind.OTHER,
    "lan-extension": InterfaceKind.OTHER, "hdlc": InterfaceKind.OTHER, "switch-fabric": InterfaceKind.OTHER,
    "ssl": InterfaceKind.TUNNEL, "modem": InterfaceKind.DIALER, "": InterfaceKind.PHYSICAL,
}  # fmt: skip
_READ = frozenset(
    {
        "vdom", "vrf", "ip", "type", "status", "mode", "mtu", "mtu-override", "tcp-mss", "vlanid", "interface",
        "member", "secondary-IP", "src-check", "remote-ip", "defaultgw", "algorithm", "drop-fragment", "security-mode",
        "drop-overlapped-fragment", "ips-sniffer-mode", "ipmac", "wccp", "scan-botnet-connections",
        "endpoint-compliance", "preserve-session-route", "dedicated-to", "l2forward", "forward-domain", "aggregate",
        "redundant-interface", "name",
    }
)  # fmt: skip
_IPV6_READ = ("ip6-address", "ip6-mode", "ip6-subnet")
_DROPS = {
    "drop-fragment": "fragments are dropped",
    "security-mode": "users sign in on a page",
    "ips-sniffer-mode": "the interface listens and does not forward",
    "ipmac": "addresses are bound to MAC addresses",
    "wccp": "web sessions are redirected to a cache",
    "scan-botnet-connections": "addresses on a list of the device are blocked",
    "endpoint-compliance": "endpoints that do not comply are blocked",
}
"""Keys that can deny or redirect packets, where their value is none of `_HARMLESS`."""
_HARMLESS = frozenset({"", "disable", "none", "monitor"})
_SECONDARY = ("ip", "secip-relay-ip")
_SECONDARY_IGNORED = {
    "allowaccess": "services of the device itself", "detectserver": "how a failure is seen",
    "detectprotocol": "how a failure is seen", "gwdetect": "how a failure is seen", "ha-priority": "the cluster",
    "ping-serv-status": "how a failure is seen", "uuid": "a name",
}  # fmt: skip
_FIRST, _LAST = 68, 65535
"""The least and the largest size of an IPv4 packet that a link must and can take (RFC 791)."""


def read_interfaces(draft: Draft, table: Block | None, scopes: tuple[Scope, ...]) -> None:
    """All interfaces of the device."""
    by_name = {scope.name: scope for scope in scopes}
    bundles: dict[str, str] = {}
    for entry in draft.rows(table, "interface") if table is not None else ():
        interface = _interface(draft, entry, by_name, bundles)
        if interface is not None:
            draft.interfaces[interface.name] = interface
    for member, bundle in bundles.items():
        known = draft.interfaces.get(member)
        if known is not None:
            draft.interfaces[member] = known.model_copy(update={"bundle": bundle})


def _interface(
    draft: Draft, entry: Block, scopes: dict[str, Scope], bundles: dict[str, str]
) -> Interface | None:
    name = entry.name
    if not name or name[0] == "\0":
        draft.miss(entry, "interface")
        return None
    values = draft.take(
        entry, _READ, IGNORED, "interface", name, tables=("secondaryip", "ipv6", "vrrp", "tagging")
    )
    doubtful = list(values.unknown.values())
    for inner in ("vrrp", "tagging"):
        if inner in entry.tables:
            draft.ignore_all(entry.tables[inner])
    addresses, dynamic = _addresses(draft, entry, values, doubtful)
    kind = _kind(draft, values, name, doubtful)
    if values.get("status").text not in ("", "up", "down"):
        doubtful.append(_missed(draft, values, "status", name))
    if entry.doubt:
        doubtful.append(entry.line)
    scope = _scope(draft, values, scopes, doubtful)
    if kind is InterfaceKind.BUNDLE:
        for member in values.get("member").values:
            bundles.setdefault(member, name)
    _note_drops(draft, name, values)
    if values.on("preserve-session-route"):
        draft.keeping.add(name)
    if values.get("src-check").text == "disable":
        draft.unchecked.add(name)
    parent = values.get("interface").text if kind is InterfaceKind.SUBINTERFACE else ""
    return Interface(
        name=name,
        kind=kind,
        where=draft.where(entry.line),
        enabled=values.get("status").text != "down",
        vrf=scope.vrf_of(values.get("vrf").text),
        addresses=tuple(addresses),
        dynamic_address=dynamic,
        mtu=_mtu(draft, values, name, doubtful),
        clamps=_clamps(draft, values, name, doubtful),
        tunnel=_pppoe(draft, values),
        parent=parent or None,
        not_understood=tuple(draft.where(line) for line in doubtful),
    )


def _scope(draft: Draft, values: Settings, scopes: dict[str, Scope], doubtful: list[int]) -> Scope:
    """The virtual domain of an interface."""
    scope = scopes.get(values.get("vdom").text or ROOT)
    if scope is None and values.has("vdom"):
        line = values.get("vdom").line
        draft.miss_line(line)
        doubtful.append(line)
    elif len(scopes) > 1 and not values.has("vdom"):
        for line in values.unknown.values():
            draft.miss_line(line)  # its domain may stand there
    return scope if scope is not None else next(iter(scopes.values()))


def _kind(draft: Draft, values: Settings, name: str, doubtful: list[int]) -> InterfaceKind:
    """What an interface is; a VLAN number without a type makes a VLAN."""
    if values.get("dedicated-to").text == "management":
        return InterfaceKind.MANAGEMENT
    if values.get("mode").text == "pppoe":
        return InterfaceKind.DIALER
    if not values.has("type") and values.has("vlanid"):
        return InterfaceKind.SUBINTERFACE
    kind = KINDS.get(values.get("type").text)
    if kind is None:
        doubtful.append(_missed(draft, values, "type", name))
        return InterfaceKind.OTHER
    return kind


def _missed(draft: Draft, values: Settings, key: str, name: str) -> int:
    """The line of a value that is not understood."""
    line = values.get(key).line
    draft.miss_line(line, "interface", name)
    return line


def _note_drops(draft: Draft, name: str, values: Settings) -> None:
    for key, what in _DROPS.items():
        found = values.get(key)
        if found.text not in _HARMLESS:
            draft.recognise("inspect", found.line, f"{name}: {what}")


def _addresses(
    draft: Draft, entry: Block, values: Settings, doubtful: list[int]
) -> tuple[list[InterfaceAddress], TextFact | None]:
    name = entry.name
    found: list[InterfaceAddress] = []
    mode = values.get("mode")
    dynamic = None
    if mode.text in ("dhcp", "pppoe"):
        dynamic = TextFact(value=mode.text, where=draft.where(mode.line))
        if values.on("defaultgw", default=True):
            draft.sources.append(TextFact(value="dhcp", where=draft.where(mode.line)))
    else:
        _add_address(draft, values, "ip", name, found, doubtful)
    inner = entry.tables.get("secondaryip")
    for row in draft.rows(inner, "interface", name) if inner is not None else ():
        own = draft.take(row, _SECONDARY, _SECONDARY_IGNORED, "interface", name)
        doubtful.extend(own.unknown.values())
        if values.on("secondary-IP"):
            _add_address(draft, own, "ip", name, found, doubtful)
    six = entry.tables.get("ipv6")
    if six is not None:
        said = _ipv6(draft, six, name, found, doubtful)
        dynamic = dynamic or said
    return found, dynamic


def _add_address(
    draft: Draft,
    values: Settings,
    key: str,
    name: str,
    found: list[InterfaceAddress],
    doubtful: list[int],
) -> None:
    said = values.get(key)
    if not said.values:
        return
    try:
        term = subnet_of(said.values)
        address = ipaddress.IPv4Address(said.values[0].partition("/")[0])
    except ValueError:
        doubtful.append(_missed(draft, values, key, name))
        return
    if int(address):
        length = term.care.bit_count()
        found.append(InterfaceAddress(4, int(address), length, draft.where(said.line)))


def _ipv6(
    draft: Draft, block: Block, name: str, found: list[InterfaceAddress], doubtful: list[int]
) -> TextFact | None:
    values = draft.take(
        block, _IPV6_READ, IPV6_IGNORED, "interface", name, tables=("ip6-extra-addr",)
    )
    doubtful.extend(values.unknown.values())
    said = [(values.get("ip6-address").text, values.get("ip6-address").line)]
    extra = block.tables.get("ip6-extra-addr")
    for row in draft.rows(extra, "interface", name) if extra is not None else ():
        own = draft.take(row, (), {}, "interface", name)
        doubtful.extend(own.unknown.values())
        said.append((row.name, row.line))
    for text, line in said:
        if not text:
            continue
        try:
            parsed = ipaddress.IPv6Interface(text)
        except ValueError:
            draft.miss_line(line, "interface", name)
            doubtful.append(line)
            continue
        if int(parsed):
            length = parsed.network.prefixlen
            found.append(InterfaceAddress(6, int(parsed), length, draft.where(line)))
    mode = values.get("ip6-mode")
    if mode.text in ("", "static"):
        return None
    draft.sources.append(TextFact(value="dhcp", where=draft.where(mode.line)))
    return TextFact(value=f"IPv6 {mode.text}", where=draft.where(mode.line))


def _mtu(draft: Draft, values: Settings, name: str, doubtful: list[int]) -> IntFact | None:
    size = _size(draft, values, "mtu", name, doubtful)
    if size is None or not values.on("mtu-override"):
        return None
    return IntFact(value=size, where=draft.where(values.get("mtu").line))


def _clamps(draft: Draft, values: Settings, name: str, doubtful: list[int]) -> tuple[MssClamp, ...]:
    """`tcp-mss` of an interface lowers the MSS of the SYN and SYN-ACK that come in there, from release 7.0.1 on
    also of those that go out (Technical Tip 221376, "Behavior of TCP-MSS setting under system interface")."""
    size = _size(draft, values, "tcp-mss", name, doubtful)
    if not size:
        return ()
    release = tuple(int(part) for part in (draft.version or "0").split("."))
    direction = "both" if release >= (7, 0, 1) else "in"
    where = draft.where(values.get("tcp-mss").line)
    return tuple(
        MssClamp(family=family, value=size, direction=direction, where=where) for family in (4, 6)
    )


def _size(draft: Draft, values: Settings, key: str, name: str, doubtful: list[int]) -> int | None:
    said = values.get(key)
    if not said.values:
        return None
    text = said.text
    if not (text.isascii() and text.isdecimal()) or int(text) > _LAST:
        doubtful.append(_missed(draft, values, key, name))
        return None
    size = int(text)
    if key == "mtu" and size < _FIRST:
        doubtful.append(_missed(draft, values, key, name))
        return None
    return size


def _pppoe(draft: Draft, values: Settings) -> Tunnel | None:
    mode = values.get("mode")
    if mode.text != "pppoe":
        return None
    return Tunnel(mode="pppoe", overhead=8, where=draft.where(mode.line))
