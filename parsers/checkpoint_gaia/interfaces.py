"""`set interface`, `add interface`, bonding and bridging groups, tunnels.

Source: Gaia Administration Guide (Network Interfaces), and the list that `show commands` prints.
A handler gives False where it does not understand the command.
"""

from __future__ import annotations

import ipaddress

from parsers.checkpoint_gaia.draft import Bond, Draft, Link
from parsers.model.interfaces import InterfaceAddress, InterfaceKind, Tunnel
from parsers.model.source import TextFact

Words = list[str]

_HARMLESS = frozenset(
    ("auto-negotiation", "duplex", "link-speed", "lro", "mac-addr", "multi-queue", "rx-ringsize",
     "tx-ringsize", "comments", "lldp", "fail-open", "fec")
)  # fmt: skip


def interface(draft: Draft, words: Words, line: int) -> bool:
    """`set interface NAME …`."""
    if len(words) < 3:
        return False
    link = draft.link(words[0], line)
    done = _attribute(draft, link, words[1], words[2:], line)
    if not done:
        link.not_understood.append(draft.where(line))
    return done


def _attribute(draft: Draft, link: Link, name: str, values: Words, line: int) -> bool:
    value = values[0]
    if name == "comments":
        link.description = " ".join(values).strip("\"'")
        return True
    if name in ("ipv4-address", "ipv6-address"):
        return _address(draft, link, name, values, line)
    if len(values) != 1:
        return False
    if name == "state" and value in ("on", "off"):
        link.enabled = value == "on"
    elif name == "mtu" and value.isdecimal() and 0 < int(value) <= 65535:
        link.mtu = draft.number(int(value), line)
    elif name == "ipv6-autoconfig" and value in ("on", "off", "yes", "no"):
        if value in ("on", "yes"):
            link.dynamic = TextFact(value="autoconfig", where=draft.where(line))
    elif name == "monitor-mode" and value in ("on", "off"):
        if value == "on":
            link.kind = InterfaceKind.OTHER
            draft.note("l2-filter", line, f"{link.name}: monitor mode")
    else:
        return name in _HARMLESS
    return True


def _address(draft: Draft, link: Link, name: str, values: Words, line: int) -> bool:
    if len(values) != 3 or values[1] not in ("mask-length", "subnet-mask"):
        return False
    try:
        found = ipaddress.ip_interface(f"{values[0]}/{values[2]}")
    except ValueError:
        return False
    if found.version != (6 if name == "ipv6-address" else 4):
        return False
    link.addresses = [a for a in link.addresses if a.family != found.version]
    _append(draft, link, found, line)
    return True


def _append(
    draft: Draft,
    link: Link,
    found: ipaddress.IPv4Interface | ipaddress.IPv6Interface,
    line: int,
) -> None:
    length = found.network.prefixlen
    link.addresses.append(InterfaceAddress(found.version, int(found.ip), length, draft.where(line)))


def add_interface(draft: Draft, words: Words, line: int) -> bool:
    """`add interface NAME vlan|alias|loopback|6in4 …`."""
    if len(words) < 3:
        return False
    name, what, value = words[:3]
    if what == "vlan" and value.isdecimal() and 1 <= int(value) <= 4094 and len(words) == 3:
        draft.link(f"{name}.{value}", line)
        return True
    if what in ("alias", "loopback") and len(words) == 3:
        try:
            found = ipaddress.ip_interface(value)
        except ValueError:
            return False
        _append(draft, draft.link(name, line), found, line)
        return True
    if what == "6in4" and "remote" in words:
        link = draft.link(f"sit_6in4_{value}", line)
        link.kind = InterfaceKind.TUNNEL
        remote = words[words.index("remote") + 1 :]
        link.tunnel = Tunnel(
            mode="6in4", overhead=20, source=name, destination=remote[0] if remote else None,
            where=draft.where(line),
        )  # fmt: skip
        return True
    return False


_BOND_TIMERS = frozenset(
    ("primary", "mii-interval", "up-delay", "down-delay", "lacp-rate", "min-links", "arp-polling",
     "abxor-threshold")
)  # fmt: skip


def bonding(draft: Draft, words: Words, line: int) -> bool:
    """`add|set bonding group N …`: `bondN`, in round-robin mode unless another is set."""
    if len(words) < 2 or words[0] != "group" or not words[1].isdecimal():
        return False
    name = f"bond{words[1]}"
    draft.link(name, line)
    bond = draft.bonds.setdefault(name, Bond(name, draft.where(line)))
    rest = words[2:]
    if not rest:
        return True
    if len(rest) != 2:
        return _several(draft, bond, rest, line)
    what, value = rest
    if what == "interface":
        draft.link(value, line).bundle = name
    elif what == "mode":
        bond.mode = TextFact(value=value, where=draft.where(line))
    elif what == "xmit-hash-policy":
        bond.policy = value
    else:
        return what in _BOND_TIMERS
    return True


def _several(draft: Draft, bond: Bond, rest: Words, line: int) -> bool:
    """Some releases print `mode 8023AD xmit-hash-policy layer3+4` on one line."""
    if len(rest) % 2:
        return False
    for what, value in zip(rest[::2], rest[1::2], strict=True):
        if what == "mode":
            bond.mode = TextFact(value=value, where=draft.where(line))
        elif what == "xmit-hash-policy":
            bond.policy = value
        elif what not in _BOND_TIMERS:
            return False
    return True


def bridging(draft: Draft, words: Words, line: int) -> bool:
    """`add bridging group N interface X`: `brN`; what is bridged is inspected, and not judged here."""
    if len(words) < 2 or words[0] != "group" or not words[1].isdecimal():
        return False
    name = f"br{words[1]}"
    draft.link(name, line).kind = InterfaceKind.VLAN
    if len(words) == 4 and words[2] == "interface":
        draft.link(words[3], line).bridge = name
        return True
    return len(words) == 2 or words[2] in ("fail-open-interfaces", "comments")


def vpn(draft: Draft, words: Words, line: int) -> bool:
    """`add vpn tunnel N type numbered|unnumbered …`: the route-based VPN interface `vpntN`."""
    if len(words) < 4 or words[0] != "tunnel" or not words[1].isdecimal():
        return False
    link = draft.link(f"vpnt{words[1]}", line)
    link.kind = InterfaceKind.TUNNEL
    named = dict(zip(words[2::2], words[3::2], strict=False))
    link.tunnel = Tunnel(
        mode="ipsec", overhead=None, source=named.get("dev"), destination=named.get("peer"),
        where=draft.where(line),
    )  # fmt: skip
    for word in ("local", "remote"):
        if word in named:
            try:
                found = ipaddress.ip_interface(named[word])
            except ValueError:
                return False
            _append(draft, link, found, line)
    return {"type", "local", "remote", "peer", "dev"}.issuperset(named)


def pppoe(draft: Draft, words: Words, line: int) -> bool:
    """`add|set pppoe client id N …`: the dial-up interface `pppoeN`."""
    if len(words) < 4 or words[:2] != ["client", "id"] or not words[2].isdecimal():
        return False
    link = draft.link(f"pppoe{words[2]}", line)
    link.kind = InterfaceKind.DIALER
    named = dict(zip(words[3::2], words[4::2], strict=False))
    link.tunnel = Tunnel(
        mode="pppoe", overhead=8, source=named.get("interface"), where=draft.where(line)
    )
    link.dynamic = TextFact(value="pppoe", where=draft.where(line))
    if named.get("use-peer-as-default-gateway") in ("on", "yes", "true"):
        draft.source("pppoe", line)
    return True


def gre(draft: Draft, words: Words, line: int) -> bool:
    """`add gre id N …`: the interface `greN`."""
    if len(words) < 2 or words[0] != "id" or not words[1].isdecimal():
        return False
    link = draft.link(f"gre{words[1]}", line)
    link.kind = InterfaceKind.TUNNEL
    named = dict(zip(words[2::2], words[3::2], strict=False))
    link.tunnel = Tunnel(
        mode="gre", overhead=24, source=named.get("local"), destination=named.get("remote"),
        where=draft.where(line),
    )  # fmt: skip
    return {"remote", "local", "ttl", "peer-address", "local-address"}.issuperset(named)


def dhcp(draft: Draft, words: Words, line: int) -> bool:
    """`add dhcp client interface X`: an address and routes that are not in the text."""
    if words[:2] == ["client", "interface"] and len(words) >= 3:
        draft.link(words[2], line).dynamic = TextFact(value="dhcp", where=draft.where(line))
        draft.source("dhcp", line)
        return True
    return words[:1] == ["server"] or words[:1] == ["client"]
