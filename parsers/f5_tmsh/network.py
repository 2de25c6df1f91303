"""`net interface|trunk|vlan|vlan-group|self|tunnels|route-domain`: ports, and what addresses stand on."""

from __future__ import annotations

import ipaddress

from parsers.f5_tmsh import irrelevant
from parsers.f5_tmsh.draft import Draft, Handler, Vlan, reference, said, value
from parsers.f5_tmsh.names import base, short, split_domain, vrf_of
from parsers.f5_tmsh.rules import read_rules
from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.interfaces import Interface, InterfaceAddress, InterfaceKind, Ptb, Tunnel
from parsers.model.source import Sourced

PTB_REASON = (
    "the traffic processor answers packets that exceed a VLAN's MTU (F5 bug tracker, ID 658036)"
)
PTB = tuple(Ptb(family=family, sends=True, reason=PTB_REASON) for family in (4, 6))
MTU_RANGE = (576, 9198)
OVERHEAD = {
    "gre": ("gre", 24), "ip4ip4": ("ipip", 20), "ipip": ("ipip", 20), "ip6ip4": ("6in4", 20), "ip4ip6": ("other", 40),
    "ip6ip6": ("other", 40), "vxlan": ("vxlan", 50), "ipsec": ("ipsec", None), "geneve": ("other", None),
}  # fmt: skip
"""Bytes that tunnel profiles add over IPv4 (RFC 2784, 2003, 7348); names are those of the profiles supplied."""
HASHES = {
    "src-dst-ipport": frozenset(
        {HashField.SRC, HashField.DST, HashField.SRC_PORT, HashField.DST_PORT}
    ),
    "dst-mac": frozenset[HashField](),
    "src-dst-mac": frozenset[HashField](),
}
"""`distribution-hash` of a trunk; MAC addresses do not change within a session."""


def read_interfaces(draft: Draft, node: Node) -> None:
    """`net interface N { … }`: a port; addresses stand on VLANs."""
    draft.use(node)
    for holder in node.children.values():
        state = {"enabled": True}

        def off(draft: Draft, child: Node, state: dict[str, bool] = state) -> None:
            draft.use_all(child)
            state["enabled"] = child.word == "enabled"

        table: dict[str, Handler | str] = {"disabled": off, "enabled": off, **irrelevant.INTERFACE}
        unknown = read(draft, holder, table, "interface", holder.word)
        draft.interfaces[holder.word] = Interface(
            name=holder.word,
            where=draft.where(holder.end or holder.line),
            enabled=state["enabled"],
            routed=False,
            kind=InterfaceKind.MANAGEMENT if holder.word == "mgmt" else InterfaceKind.PHYSICAL,
            not_understood=tuple(draft.where(said(missed)) for missed in unknown),
        )


def read_trunks(draft: Draft, node: Node) -> None:
    """`net trunk T { interfaces { … } distribution-hash … }`."""
    draft.use(node)
    for holder in node.children.values():
        name = short(holder.word)
        members: list[str] = []
        hashed: list[tuple[str, int]] = []

        def interfaces(draft: Draft, child: Node, members: list[str] = members) -> None:
            draft.use_all(child)
            members.extend(word for word in child.children if word != "none")

        def distribution(draft: Draft, child: Node, hashed: list[tuple[str, int]] = hashed) -> None:
            word = value(draft, child, "interface")
            hashed.append((word or "", said(child)))

        table: dict[str, Handler | str] = {
            "interfaces": interfaces,
            "distribution-hash": distribution,
            **irrelevant.TRUNK,
        }
        unknown = read(draft, holder, table, "interface", name)
        draft.trunks[name] = members
        draft.interfaces[name] = Interface(
            name=name,
            kind=InterfaceKind.BUNDLE,
            where=draft.where(holder.end or holder.line),
            routed=False,
            not_understood=tuple(draft.where(said(missed)) for missed in unknown),
        )
        draft.choices.append(_trunk_choice(draft, name, hashed))


def _trunk_choice(draft: Draft, name: str, hashed: list[tuple[str, int]]) -> PathChoice:
    word, line = hashed[-1] if hashed else ("src-dst-ipport", 0)
    fields = HASHES.get(word)
    return PathChoice(
        stage=Stage.BUNDLE,
        scope=Scope.BUNDLE,
        spread=Spread.FLOW if fields is not None else Spread.UNKNOWN,
        statement=f"distribution-hash {word}",
        fields=fields or frozenset(),
        interface=name,
        in_effect=True if fields is not None else None,
        reason="the default"
        if not line
        else ""
        if fields is not None
        else "no document says what the hash is",
        where=draft.where(line) if line else None,
    )


def read_vlans(draft: Draft, node: Node) -> None:
    """`net vlan V { interfaces { … } mtu N … }` and `net vlan-group G { members { … } … }`."""
    draft.use(node)
    for holder in node.children.values():
        vlan = draft.vlans.setdefault(
            short(holder.word), Vlan(short(holder.word), holder.end or holder.line)
        )
        unknown = read(draft, holder, {**_vlan(vlan), **irrelevant.VLAN}, "interface", vlan.name)
        vlan.not_understood += [draft.where(said(missed)) for missed in unknown]
        if holder.doubt:
            vlan.not_understood.append(draft.where(holder.doubt_line))


def _vlan(vlan: Vlan) -> dict[str, Handler | str]:
    def mtu(draft: Draft, node: Node) -> None:
        word = value(draft, node, "interface", vlan.name) or ""
        if word.isdecimal() and MTU_RANGE[0] <= int(word) <= MTU_RANGE[1]:
            vlan.mtu = Sourced[int](value=int(word), where=draft.where(said(node)))
        elif word != "0":
            draft.miss(node, "interface", vlan.name)
            vlan.not_understood.append(draft.where(said(node)))

    def members(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        vlan.members += [short(word) for word in node.children if word != "none"]

    def description(draft: Draft, node: Node) -> None:
        vlan.description = value(draft, node, "interface") or ""

    return {"mtu": mtu, "interfaces": members, "members": members, "description": description}


def finish_vlans(draft: Draft) -> None:
    """VLANs, their groups and tunnels as interfaces; `parent` is the trunk or port where there is only one."""
    for vlan in draft.vlans.values():
        known = draft.interfaces.get(vlan.name)
        ports = [draft.interfaces[name] for name in vlan.members if name in draft.interfaces]
        enabled = not (
            len(ports) == len(vlan.members) and ports and not any(port.enabled for port in ports)
        )
        changes: dict[str, object] = {
            "vrf": vrf_of(draft.domains.get(vlan.name)),
            "mtu": vlan.mtu,
            "description": vlan.description,
            "parent": vlan.members[0] if len(vlan.members) == 1 else None,
            "enabled": enabled,
            "ptb": PTB,
            "not_understood": (*(known.not_understood if known else ()), *vlan.not_understood),
        }
        own = known or Interface(
            name=vlan.name, kind=InterfaceKind.VLAN, where=draft.where(vlan.line)
        )
        draft.interfaces[vlan.name] = own.model_copy(update=changes)
    _doubt_strangers(draft)
    for name, members in draft.trunks.items():
        for member in members:
            port = draft.interfaces.get(member)
            if port is None:
                port = Interface(name=member, where=draft.interfaces[name].where, routed=False)
            draft.interfaces[member] = port.model_copy(update={"bundle": name})


def _doubt_strangers(draft: Draft) -> None:
    """Addresses on a VLAN that the text lacks, beside VLANs that it has: what the missing one says is not known."""
    for name, interface in list(draft.interfaces.items()):
        if interface.addresses and name not in draft.vlans and draft.vlans:
            places = tuple(address.where for address in interface.addresses)
            changes = {"not_understood": (*interface.not_understood, *places)}
            draft.interfaces[name] = interface.model_copy(update=changes)
            for place in places:
                draft.missed.append((place.line, "interface", name))


def read_selves(draft: Draft, node: Node) -> None:
    """`net self S { address A/LEN vlan V … }`: an address of a VLAN or tunnel. `allow-service` and the firewall
    rules of a self address are about packets to the box."""
    draft.use(node)
    for holder in node.children.values():
        address, vlan = holder.children.get("address"), holder.children.get("vlan")
        table: dict[str, Handler | str] = {"address": _keep, "vlan": _keep, **irrelevant.SELF}
        name = short(holder.word)
        missed = read(draft, holder, table, "interface", name)
        where = draft.where(said(address) if address is not None else holder.end or holder.line)
        standing = vlan.only() if vlan is not None else None
        if standing is None:
            continue
        on = short(standing.word)
        target = draft.interfaces.get(on) or Interface(
            name=on, kind=InterfaceKind.VLAN, where=where, ptb=PTB
        )
        found = _address(draft, address, on)
        extra = tuple(draft.where(said(child)) for child in missed)
        if found is None:
            extra = (*extra, where)
            draft.interfaces[on] = target.model_copy(
                update={"not_understood": (*target.not_understood, *extra)}
            )
            continue
        draft.interfaces[on] = target.model_copy(
            update={
                "addresses": (*target.addresses, found),
                "not_understood": (*target.not_understood, *extra),
                "vrf": target.vrf,
            }
        )


def _keep(draft: Draft, node: Node) -> None:
    draft.use_all(node)


def _address(draft: Draft, node: Node | None, vlan: str) -> InterfaceAddress | None:
    only = node.only() if node is not None else None
    if only is None:
        return None
    text, domain = split_domain(only.word)
    try:
        found = ipaddress.ip_interface(text)
    except ValueError:
        draft.miss(only, "interface", vlan)
        return None
    if domain is not None and vlan not in draft.domains:
        draft.domains[vlan] = domain
    return InterfaceAddress(
        found.version, int(found.ip), found.network.prefixlen, draft.where(only.last)
    )


def read_tunnels(draft: Draft, node: Node) -> None:
    """`net tunnels tunnel T { local-address A remote-address B profile P mtu N }`; profiles stand beside it."""
    draft.use(node)
    kinds = {
        short(name.word): kind.word
        for kind in node.children.values()
        for name in kind.children.values()
    }
    for child in node.children.values():
        if child.word != "tunnel":
            draft.ignore_all(child)
            continue
        draft.use(child)
        for holder in child.children.values():
            _tunnel(draft, holder, kinds)


def _tunnel(draft: Draft, node: Node, kinds: dict[str, str]) -> None:
    name = short(node.word)
    vlan = draft.vlans.setdefault(name, Vlan(name, node.end or node.line))
    table: dict[str, Handler | str] = {
        **_vlan(vlan),
        **dict.fromkeys(("local-address", "remote-address", "profile", "use-pmtu"), _keep),
        **irrelevant.TUNNEL,
    }
    unknown = read(draft, node, table, "interface", name)
    vlan.not_understood += [draft.where(said(missed)) for missed in unknown]

    def word(key: str) -> str | None:
        found = node.value(key)
        return None if found is None else split_domain(found.word)[0]

    profile = base(word("profile") or "")
    mode, overhead = OVERHEAD.get(profile) or OVERHEAD.get(kinds.get(profile, ""), ("other", None))
    draft.interfaces[name] = Interface(
        name=name,
        kind=InterfaceKind.TUNNEL,
        where=draft.where(vlan.line),
        tunnel=Tunnel(
            mode=mode,
            overhead=overhead,
            source=word("local-address"),
            destination=word("remote-address"),
            path_mtu_discovery=word("use-pmtu") != "disabled",
            where=draft.where(vlan.line),
        ),
    )


def read_domains(draft: Draft, node: Node) -> None:
    """`net route-domain D { id N vlans { … } fw-enforced-policy P }`: tables of their own."""
    draft.use(node)
    for holder in node.children.values():
        number = holder.value("id")
        domain = number.word if number is not None else base(holder.word)

        def vlans(draft: Draft, child: Node, domain: str = domain) -> None:
            draft.use_all(child)
            for name in child.children:
                draft.domains[short(name)] = domain

        def policy(draft: Draft, child: Node, domain: str = domain) -> None:
            name = reference(draft, child, "filter")
            if name is not None:
                draft.domain_rules[domain] = name

        def inline(draft: Draft, child: Node, domain: str = domain) -> None:
            draft.domain_rules[domain] = read_rules(
                draft, child, f"route-domain {domain}", f"route-domain {domain}"
            )

        def strict(draft: Draft, child: Node, domain: str = domain) -> None:
            draft.use_all(child)

        def inspected(draft: Draft, child: Node) -> None:
            draft.use_all(child)
            draft.recognise("inspection", child, f"{child.word} of a route domain")

        table: dict[str, Handler | str] = {
            "id": _keep,
            "vlans": vlans,
            "fw-enforced-policy": policy,
            "fw-rules": inline,
            "strict": strict,
            "parent": strict,
            "ip-intelligence-policy": inspected,
            "service-policy": inspected,
            "security-nat-policy": inspected,
            **irrelevant.DOMAIN,
        }
        read(draft, holder, table)
