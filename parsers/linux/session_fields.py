"""What nft expressions look at: fields that are the same in all packets of a TCP session, and those that are not.

A choice of path that depends on one of the latter can move a live session (knowledge: load balancing, section 1.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from parsers.linux.nft_terms import described
from parsers.model.balancing import HashField

_STEADY = {
    **{f"{ip} {end}addr": side for ip in ("ip", "ip6")
       for end, side in (("s", HashField.SRC), ("d", HashField.DST))},
    **{f"{name} {end}port": side for name in ("tcp", "th")
       for end, side in (("s", HashField.SRC_PORT), ("d", HashField.DST_PORT))},
    "ip protocol": HashField.PROTOCOL, "ip6 nexthdr": HashField.PROTOCOL,
    "meta l4proto": HashField.PROTOCOL, "meta iif": HashField.INGRESS,
    "meta iifname": HashField.INGRESS,
}  # fmt: skip
_CHANGING = {
    "ip ttl": HashField.TTL, "ip6 hoplimit": HashField.TTL,
    "ip dscp": HashField.DSCP, "ip6 dscp": HashField.DSCP,
    "ip ecn": HashField.DSCP, "ip6 ecn": HashField.DSCP,
    "ip6 flowlabel": HashField.FLOW_LABEL, "ip id": HashField.IP_ID,
    "ip length": HashField.LENGTH, "ip6 length": HashField.LENGTH, "meta length": HashField.LENGTH,
}  # fmt: skip
CHANGING = frozenset(_CHANGING.values())
"""Fields that can differ between the packets of one session."""
_FIELDS = _STEADY | _CHANGING
_SYMMETRIC = frozenset(
    {HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
)


class Looked(NamedTuple):
    """The fields that an expression looks at, and what else in its words."""

    fields: frozenset[HashField]
    others: frozenset[str] = frozenset()


def looked_at(expression: Any) -> Looked:
    """What an expression's value depends on."""
    fields: set[HashField] = set()
    others: set[str] = set()
    for kind, leaf in _leaves(expression):
        if kind == "symhash":
            fields |= _SYMMETRIC
        elif (name := described({kind: leaf})) in _FIELDS:
            fields.add(_FIELDS[name])
        else:
            others.add(name)
    return Looked(frozenset(fields), frozenset(others))


def _leaves(expression: Any) -> Iterator[tuple[str, Any]]:
    """The expressions inside that read something of a packet."""
    if isinstance(expression, list):
        for part in expression:
            yield from _leaves(part)
    if not isinstance(expression, dict) or len(expression) != 1:
        return
    ((kind, body),) = expression.items()
    if kind in ("concat", "&", "|", "^", "<<", ">>"):
        yield from _leaves(body)
    elif kind == "jhash" and isinstance(body, dict):
        yield from _leaves(body.get("expr"))
    elif kind == "map" and isinstance(body, dict):
        yield from _leaves(body.get("key"))
    elif kind not in ("set", "prefix", "range", "numgen"):
        yield kind, body
