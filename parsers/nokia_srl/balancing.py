"""`system load-balancing`: what goes into the hash that chooses among equal paths.

By default addresses, protocol and ports do (state of a 25.3.3 device). No statement spreads packet by packet in the
models read. Source: Nokia SR Linux YANG `srl_nokia-system-load-balancing`, as far as configurations show it.
"""

from __future__ import annotations

from parsers.hierarchy.interpret import read
from parsers.hierarchy.tree import Node
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.nokia_srl.draft import Draft, Statements, use
from parsers.nokia_style.statements import said

FIELDS = {
    "source-address": HashField.SRC,
    "destination-address": HashField.DST,
    "protocol": HashField.PROTOCOL,
    "source-port": HashField.SRC_PORT,
    "destination-port": HashField.DST_PORT,
    "ipv6-flow-label": HashField.FLOW_LABEL,
}
_NEUTRAL = ("hash-seed", "per-complex-randomization", "vlan", "ipv6-normalize", "mpls-label-stack")
_OFF = frozenset({HashField.FLOW_LABEL})
REASON = "SR Linux hashes addresses, protocol and ports"


def read_balancing(draft: Draft, node: Node) -> None:
    """`load-balancing { hash-options { ... } }`."""
    unknown = read(draft, node, {"hash-options": _options, "resilient-hash": use})
    for found in unknown:
        _unknown(draft, found)


def _options(draft: Draft, node: Node) -> None:
    chosen = set(FIELDS.values()) - _OFF
    draft.use(node)
    table: Statements = dict.fromkeys((*FIELDS, *_NEUTRAL), use)
    for child in node.children.values():
        field = FIELDS.get(child.word)
        value = child.only()
        if field is not None and value is not None:
            (chosen.add if value.word == "true" else chosen.discard)(field)
    for found in read(draft, node, table):
        _unknown(draft, found)
    label = HashField.FLOW_LABEL in chosen
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement="hash-options",
            fields=frozenset(chosen - {HashField.FLOW_LABEL}),
            family=4 if label else 0,
            reason=REASON,
            where=draft.where(said(node)),
        )
    )
    if label:
        draft.choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.DEVICE,
                spread=Spread.FLOW,
                statement="hash-options ipv6-flow-label",
                fields=frozenset(chosen),
                family=6,
                where=draft.where(said(node.children["ipv6-flow-label"])),
            )
        )


def _unknown(draft: Draft, node: Node) -> None:
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.UNKNOWN,
            statement=f"load-balancing {node.word}",
            in_effect=None,
            reason="no document read says what the statement does",
            where=draft.where(said(node)),
        )
    )


def finish_balancing(draft: Draft) -> None:
    """The platform's default, where no statement says otherwise."""
    if any(choice.statement == "hash-options" for choice in draft.choices):
        return
    draft.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement="ECMP hash",
            fields=frozenset(set(FIELDS.values()) - _OFF),
            reason=REASON,
        )
    )
