"""Tunnels (IPsec, GRE, IPIP, 6in4, VXLAN), aggregates of them, and what other tables say about interfaces.

Sources: Fortinet, CLI reference, `vpn ipsec phase1-interface`, `system gre-tunnel`, `ipip-tunnel`, `sit-tunnel`,
`vxlan`, `ipsec-aggregate` (round-robin where nothing sets `algorithm`; knowledge, load balancing, 13.1).
"""

from __future__ import annotations

from parsers.fortinet.blocks import Block
from parsers.fortinet.draft import Draft, Settings
from parsers.fortinet.scopes import Scope
from parsers.model.balancing import HashField, PathChoice, Spread, Stage
from parsers.model.balancing import Scope as Reach
from parsers.model.interfaces import Interface, InterfaceKind, Tunnel

_KINDS = {
    "vpn ipsec phase1-interface": ("ipsec", None),
    "vpn ipsec manualkey-interface": ("ipsec", None),
    "system gre-tunnel": ("gre", 24),
    "system ipip-tunnel": ("ipip", 20),
    "system sit-tunnel": ("6in4", 20),
    "system ipv6-tunnel": ("other", 40),
    "system vxlan": ("vxlan", 50),
    "system geneve": ("other", 50),
    "system vne-tunnel": ("other", None),
}
"""Table, mode and bytes of overhead."""
_PER_PACKET = frozenset({"round-robin", "weighted-round-robin", ""})
_FLOW = {
    "L3": frozenset({HashField.SRC, HashField.DST}),
    "L4": frozenset({HashField.SRC, HashField.DST, HashField.SRC_PORT, HashField.DST_PORT}),
    "redundant": frozenset[HashField](),
}
_AGGREGATE = ("member", "algorithm")


def read_tunnels(draft: Draft, scopes: tuple[Scope, ...], device: Block) -> None:
    """Adds what the tunnel tables say to the interfaces that they make."""
    peers: dict[str, str] = {}
    for block in dict.fromkeys([device, *(scope.own for scope in scopes)]):
        for name, (mode, overhead) in _KINDS.items():
            table = block.tables.get(name)
            if table is None:
                continue
            draft.use_all(table)
            for entry in table.entries.values():
                _tunnel(draft, entry, mode, overhead, peers)
    for block in dict.fromkeys([device, *(scope.own for scope in scopes)]):
        table = block.tables.get("system ipsec-aggregate")
        if table is not None:
            _aggregates(draft, table, peers)


def _tunnel(
    draft: Draft, entry: Block, mode: str, overhead: int | None, peers: dict[str, str]
) -> None:
    values = Settings(entry.settings(), {})
    for line in entry.bad:
        draft.miss_line(line, "interface", entry.name)
    remote = values.get("remote-gw").text or values.get("destination").text
    peers[entry.name] = remote
    tunnel = Tunnel(
        mode="gre-ipv6" if mode == "gre" and values.get("ip-version").text == "6" else mode,
        overhead=44 if mode == "gre" and values.get("ip-version").text == "6" else overhead,
        source=values.get("interface").text or values.get("local-gw").text or None,
        destination=remote or None,
        where=draft.where(entry.line),
    )
    known = draft.interfaces.get(entry.name)
    if known is None:
        known = Interface(name=entry.name, kind=InterfaceKind.TUNNEL, where=draft.where(entry.line))
    draft.interfaces[entry.name] = known.model_copy(
        update={"tunnel": tunnel, "kind": InterfaceKind.TUNNEL}
    )


def _aggregates(draft: Draft, table: Block, peers: dict[str, str]) -> None:
    """Bundles of tunnels; without an algorithm the packets of a session take them in turn."""
    for entry in draft.rows(table, "interface"):
        values = draft.take(entry, _AGGREGATE, {}, "interface", entry.name)
        algorithm = values.get("algorithm")
        members = values.get("member").values
        for member in members:
            known = draft.interfaces.get(member)
            if known is not None:
                draft.interfaces[member] = known.model_copy(update={"bundle": entry.name})
        known = draft.interfaces.get(entry.name) or Interface(
            name=entry.name, where=draft.where(entry.line)
        )
        draft.interfaces[entry.name] = known.model_copy(
            update={"kind": InterfaceKind.TUNNEL, "tunnel": _carrier(draft, members)}
        )
        far = {peers.get(member, "") for member in members}
        spread = Spread.PER_PACKET if algorithm.text in _PER_PACKET else Spread.FLOW
        if spread is Spread.FLOW and algorithm.text not in _FLOW:
            spread = Spread.UNKNOWN
        draft.choices.append(
            PathChoice(
                stage=Stage.TUNNEL,
                scope=Reach.BUNDLE,
                spread=spread,
                statement=f"algorithm {algorithm.text or 'round-robin (default)'}",
                fields=_FLOW.get(algorithm.text, frozenset()),
                interface=entry.name,
                remerge=True if len(far) == 1 and "" not in far else None,
                reason="this algorithm is not known" if spread is Spread.UNKNOWN else "",
                where=draft.where(algorithm.line or entry.line),
            )
        )


def _carrier(draft: Draft, members: tuple[str, ...]) -> Tunnel | None:
    """The tunnel that stands for an aggregate: that of its first member."""
    for member in members:
        known = draft.interfaces.get(member)
        if known is not None and known.tunnel is not None:
            return known.tunnel
    return None
