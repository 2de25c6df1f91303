"""Statements about how flows are spread over equal-cost paths.

No statement of SR OS 26.3 spreads packet by packet; "per-packet hashing" in its manuals is a hash of each packet's
header. Source: Nokia SR OS, Interface and Router Configuration Guides, "Per-flow hashing", "LAG and ECMP hashing",
"IPv6 flow label load balancing" (the hash of packets received on the interface takes in the label); YANG 26.3.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.source import Sourced
from parsers.nokia_sros.draft import Draft, Handler, Statements, use
from parsers.nokia_style.statements import said

ADDRESSES = frozenset({HashField.SRC, HashField.DST})
PORTS = frozenset({HashField.SRC_PORT, HashField.DST_PORT})
ONE_WAY = "'ecmp' is not above 1: the router uses one of the equal paths"
_NEUTRAL = (
    "ip-load-balancing", "egr-ip-load-balancing", "lsr-load-balancing", "spi-load-balancing",
    "teid-load-balancing", "system-ip-load-balancing", "service-id-lag-hashing",
    "mc-enh-load-balancing", "per-link-hash", "lag-per-link-hash", "hash-polynomial",
    "ingress-hash", "evpn-unequal-ecmp", "no", "symmetric-hashing", "non-symmetric-hashing",
    "selective-hashing", "lsr-hash", "weighted-ecmp",
)  # fmt: skip
"""What else goes into the hash: parts of the header that a session keeps, or constants of the box."""


def system_balancing(draft: Draft, node: Node) -> None:
    """`system load-balancing`."""
    read(draft, node, {"l4-load-balancing": _layer_4, **dict.fromkeys(_NEUTRAL, use)})


def _layer_4(draft: Draft, node: Node) -> None:
    draft.use_all(node)
    value = node.only()
    if value is None or value.word != "false":
        draft.layer_4 = Sourced[str](value="l4-load-balancing", where=draft.where(said(node)))


def interface_balancing(name: str) -> Statements:
    """`load-balancing` of an interface, and the classic forms of its parts."""

    def flow_label(draft: Draft, node: Node) -> None:
        draft.use_all(node)
        value = node.only()
        if value is not None and value.word == "false":
            return
        draft.choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.INGRESS,
                spread=Spread.FLOW,
                statement="flow-label-load-balancing",
                fields=ADDRESSES | {HashField.FLOW_LABEL},
                interface=name,
                family=6,
                where=draft.where(said(node)),
            )
        )

    table: Statements = {"flow-label-load-balancing": flow_label, **dict.fromkeys(_NEUTRAL, use)}

    def balancing(draft: Draft, node: Node) -> None:
        for found in read(draft, node, table, "interface", name):
            _unknown(draft, found)

    parts: dict[str, Handler | str] = {
        word: handler for word, handler in table.items() if word != "no"
    }
    return {"load-balancing": balancing, **parts}


def _unknown(draft: Draft, node: Node) -> None:
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.UNKNOWN,
            statement=node.word,
            in_effect=None,
            reason="no document read says what the statement does",
            where=draft.where(said(node)),
        )
    )


def finish_balancing(draft: Draft) -> None:
    """The platform's default, and which choices have no effect because there is one path only."""
    fields = ADDRESSES | PORTS if draft.layer_4 is not None else ADDRESSES
    several = [fact for fact in draft.ecmp.values() if fact.value > 1]
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement=draft.layer_4.value if draft.layer_4 is not None else "ECMP hash",
            fields=fields,
            reason="SR OS hashes the addresses, and the ports with l4-load-balancing",
            where=draft.layer_4.where if draft.layer_4 is not None else None,
        )
    )
    if several:
        return
    draft.choices = [
        choice.model_copy(update={"in_effect": False, "reason": ONE_WAY})
        if choice.scope is Scope.INGRESS
        else choice
        for choice in draft.choices
    ]
