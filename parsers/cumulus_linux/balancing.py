"""Path choice: a hash of addresses, protocol and ports chooses among equal paths and among a bond's members.

The IPv6 flow label is in the hash by default in 5.10's manual, and not by the NVUE reference, whose defaults are
those of custom hashing; so without a statement its part is not decided. Sources: Cumulus Linux 5.10, "Equal Cost
Multipath Load Sharing"; NVUE reference, "System Forwarding"; Cumulus Linux 5.10, "Bonding - Link Aggregation"."""

from __future__ import annotations

from parsers.cumulus_linux.draft import Draft, Facts, Port, first_line
from parsers.cumulus_linux.interfaces import OFF, value_of
from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Where

FIELDS = {
    "source-ip": HashField.SRC,
    "destination-ip": HashField.DST,
    "ip-protocol": HashField.PROTOCOL,
    "source-port": HashField.SRC_PORT,
    "destination-port": HashField.DST_PORT,
    "ipv6-label": HashField.FLOW_LABEL,
    "ingress-interface": HashField.INGRESS,
}
OTHERS = frozenset(
    {"gtp-teid", "profile", "inner-ip-protocol", "inner-source-ip", "inner-destination-ip", "inner-source-port",
     "inner-destination-port", "inner-ipv6-label", "source-mac", "destination-mac", "ether-type", "vlan"}
)  # fmt: skip
_DEFAULT = frozenset(FIELDS.values()) - {HashField.FLOW_LABEL, HashField.INGRESS}
LABEL = "the 5.10 manual has the flow label in the hash by default, the NVUE reference has not"


def read_forwarding(draft: Draft, node: Node) -> None:
    """`system forwarding`: what goes into the hashes."""
    draft.use(node)
    for child in node.children.values():
        if child.word == "ecmp-hash":
            _hash(draft, child)
        elif child.word == "lag-hash":
            for found in child.walk():
                draft.use(found)
        elif child.word in ("hash-seed", "host-route-preference", "profile", "programming"):
            draft.ignore_all(child)
        elif child.word in ("ecmp-resilience", "ecmp-weight-normalisation", "packet-trim"):
            draft.use_all(child)
        else:
            draft.miss(child)
            _unknown(draft, child)


def _hash(draft: Draft, node: Node) -> None:
    draft.use(node)
    for child in node.children.values():
        if child.word in FIELDS:
            draft.use_all(child)
            where = draft.where(first_line(child))
            chosen = draft.facts.hash_off if value_of(child) in OFF else draft.facts.hash_on
            chosen[child.word] = where
        elif child.word in OTHERS:
            draft.use_all(child)
        else:
            draft.miss(child)
            _unknown(draft, child)


def _unknown(draft: Draft, node: Node) -> None:
    draft.facts.choices.append(
        PathChoice(
            stage=Stage.ECMP, scope=Scope.DEVICE, spread=Spread.UNKNOWN, in_effect=None,
            statement=f"system forwarding {node.word}", where=draft.where(first_line(node)),
            reason="no document read says what the statement does",
        )
    )  # fmt: skip


def choices_of(facts: Facts, ports: list[Port]) -> list[PathChoice]:
    """All choices of the switch: its ECMP hash, its bonds, and what statements said."""
    found = [_adapted(facts, choice) for choice in facts.choices]
    fields = set(_DEFAULT)
    for word in facts.hash_on:
        fields.add(FIELDS[word])
    for word in facts.hash_off:
        fields.discard(FIELDS[word])
    label = HashField.FLOW_LABEL
    stated = [*facts.hash_on.values(), *facts.hash_off.values()]
    where = stated[0] if stated else None
    statement = "system forwarding ecmp-hash" if stated else "ECMP hash"
    found.append(_ecmp(4, fields - {label}, statement, where))
    if "ipv6-label" in facts.hash_on:
        found.append(_ecmp(6, fields, f"{statement} ipv6-label", facts.hash_on["ipv6-label"]))
    elif "ipv6-label" in facts.hash_off:
        found.append(_ecmp(6, fields, statement, where))
    else:
        choice = _ecmp(6, fields | {label}, statement, where)
        found.append(choice.model_copy(update={"in_effect": None, "reason": LABEL}))
    return found + [_bond(port) for port in ports if port.members or port.mode is not None]


def _ecmp(family: int, fields: set[HashField], statement: str, where: Where | None) -> PathChoice:
    return PathChoice(
        stage=Stage.ECMP, scope=Scope.DEVICE, family=family, spread=Spread.FLOW,
        fields=frozenset(fields), statement=statement, where=where,
    )  # fmt: skip


def _adapted(facts: Facts, choice: PathChoice) -> PathChoice:
    """Under a profile of the user's own, adaptive routing may move TCP too."""
    if choice.trap and facts.custom_profile is not None:
        reason = "profile-custom decides which packets adaptive routing moves"
        return choice.model_copy(update={"in_effect": None, "trap": False, "reason": reason})
    return choice


_MODES = {
    "lacp": Spread.FLOW, "802.3ad": Spread.FLOW, "static": Spread.FLOW, "balance-xor": Spread.FLOW,
    "balance-rr": Spread.PER_PACKET, "active-backup": Spread.FLOW,
}  # fmt: skip


def _bond(port: Port) -> PathChoice:
    mode = port.mode.value if port.mode is not None else "802.3ad"
    spread = _MODES.get(mode, Spread.UNKNOWN)
    return PathChoice(
        stage=Stage.BUNDLE, scope=Scope.BUNDLE, interface=port.name, spread=spread,
        fields=_DEFAULT if spread is Spread.FLOW else frozenset(), statement=f"bond mode {mode}",
        reason="" if spread is not Spread.UNKNOWN else "a mode that the switch does not document",
        where=port.mode.where if port.mode is not None else port.where,
    )  # fmt: skip
