"""How packets are spread: kernel multipath, bonds, WAN load balancing, load-balancing groups.

Sources: vyos-documentation "WAN load balancing" (per flow unless `per-packet-balancing`), "Bonding", `system ip
multipath`; vyatta-wanloadbalance (with the knob the rule loses its test for new connections), vyos-1x
`python/vyos/wanloadbalance.py` (from 1.5 on the generated rule keeps that test).
"""

from __future__ import annotations

import re

from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.vyatta_style.draft import Draft, said

L3 = frozenset({HashField.SRC, HashField.DST})
L4 = L3 | {HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
L3_V6 = L3 | {HashField.PROTOCOL, HashField.FLOW_LABEL}
_HASH = {"layer2": frozenset[HashField](), "layer2+3": L3, "layer3+4": L4, "encap2+3": L3, "encap3+4": L4}  # fmt: skip
_SPREADS = {
    "round-robin": Spread.PER_PACKET,
    "802.3ad": Spread.FLOW,
    "xor-hash": Spread.FLOW,
    "transmit-load-balance": Spread.ADAPTIVE,
    "adaptive-load-balance": Spread.ADAPTIVE,
    "broadcast": Spread.UNKNOWN,
}
_NO_CHOICE = "active-backup"
_MAJOR = re.compile(r"v?(\d+)\.(\d+)")


def bond_choice(draft: Draft, node: Node, name: str) -> None:
    """The mode of a bond; 802.3ad where nothing says so."""
    mode = node.value("mode")
    word = mode.word if mode is not None else "802.3ad"
    if word == _NO_CHOICE:
        return
    policy = node.value("hash-policy")
    spread = _SPREADS.get(word, Spread.UNKNOWN)
    fields = _HASH.get(policy.word if policy is not None else "layer2", frozenset())
    reason = "every packet leaves through all members" if word == "broadcast" else ""
    draft.choices.append(
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=spread,
            statement=f"mode {word}",
            fields=fields if spread is Spread.FLOW else frozenset(),
            interface=name,
            reason=reason or ("" if word in _SPREADS else "the bond mode is not known"),
            where=draft.where(mode.last) if mode is not None else None,
        )
    )


def version(release: str | None) -> tuple[int, int] | None:
    """Major and minor of `1.4.0`, `v1.9.7+hotfix.4…`, `1.5-rolling-2024…`."""
    found = _MAJOR.match(release or "")
    return (int(found[1]), int(found[2])) if found else None


def kernel_choices(draft: Draft) -> list[PathChoice]:
    """How the kernel chooses among equal next hops, for IPv4 and IPv6."""
    return [_ipv4(draft), _ecmp(draft, 6)]


def _ecmp(draft: Draft, family: int) -> PathChoice:
    where = draft.l4_hash.get(family)
    fields = L4 if where is not None else (L3 if family == 4 else L3_V6)
    statement = (
        "layer4-hashing" if where is not None else f"IPv{family} multipath hash of addresses"
    )
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, family=family, spread=Spread.FLOW,
        statement=statement, fields=fields, where=where,
    )  # fmt: skip


def _ipv4(draft: Draft) -> PathChoice:
    """Kernels 3.6 to 4.3 choose an IPv4 next hop per packet: VyOS before 1.2 and EdgeOS 1.x have one."""
    if 4 in draft.l4_hash:
        return _ecmp(draft, 4)
    known = version(draft.release)
    old = (2, 0) if draft.dialect.edgeos else (1, 2)
    if known is None and not draft.dialect.edgeos:
        return _ecmp(draft, 4)
    if known is None:
        return PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, family=4, spread=Spread.UNKNOWN,
            statement="release not known", in_effect=None, settle="show version",
            reason="EdgeOS 1.x has a 3.10 kernel, which chooses an IPv4 next hop per packet; later "
            "releases hash: `show version` settles it",
        )  # fmt: skip
    if known < old:
        return PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, family=4, spread=Spread.PER_PACKET,
            statement=f"release {draft.release}", reason="its kernel chooses an IPv4 next hop per packet",
        )  # fmt: skip
    return _ecmp(draft, 4)


def lb_groups(draft: Draft, node: Node) -> None:
    """`load-balance group G` (EdgeOS): a firewall rule sends sessions to it, and each session stays on its way."""
    draft.use_all(node)
    holder = node.children.get("group")
    for group in holder.children.values() if holder is not None else ():
        ways = group.children.get("interface")
        active = [
            way
            for way in (ways.children.values() if ways is not None else ())
            if "failover-only" not in way.children
        ]
        flushing = group.value("flush-on-active")
        if flushing is not None and flushing.word == "enable":
            draft.choices.append(
                PathChoice(
                    stage=Stage.POLICY, scope=Scope.DEVICE, family=4, spread=Spread.RELEASED,
                    statement=f"group {group.word} flush-on-active",
                    reason="live sessions lose their way when a WAN comes back",
                    where=draft.where(flushing.last),
                )
            )  # fmt: skip
        if len(active) > 1:
            draft.choices.append(
                PathChoice(
                    stage=Stage.POLICY, scope=Scope.DEVICE, family=4, spread=Spread.FLOW,
                    statement=f"load-balance group {group.word}", fields=L4, keeps=True,
                    where=draft.where(said(group)),
                )
            )  # fmt: skip
