"""System-view statements about load balancing, `load-balance packet` aside.

Sources: Huawei YANG network-router 8.22 (huawei-loadbalance: hash keys and `dynamic-adjust` of a board), CloudEngine
command reference "load balancing configuration commands" (`ecmp rocev2 per-packet`), S-series `ecmp load-balance`.
"""

from __future__ import annotations

import re

from parsers.model.balancing import PathChoice, Scope, Spread, Stage
from parsers.vrp_style.draft import Draft

_PER_FLOW = re.compile(
    r"(?:flow|hash-arithmetic|hash-algorithm|hash-fields|hash-key|hash-mode|hash|ip|ipv6|l2|l3|l4|src-ip|dst-ip"
    r"|src-dst-ip|src-mac|dst-mac|src-dst-mac|src-port|dst-port|src-dst-port|random|crc|xor|seed|ecmp|eth-trunk"
    r"|trunk|stateful|consistency|consistent|diffluence|unequal-cost|ucmp|profile|mpls|unicast|all|slot|enable"
    r"|disable|local-preference|enhanced|default|board|\d[\d/]*)"
)
"""Words of statements that choose how a hash is worked out (`random` is the name of one)."""


def system_balance(state: Draft, match: re.Match[str], line: int) -> bool | None:
    """`[ecmp] load-balance WORDS`: a hash, RoCEv2 alone, buckets that follow the load, or unknown."""
    words = match["words"].split()
    spread, reason, trap, known = Spread.UNKNOWN, "no document read says what it does", False, False
    if "rocev2" in words and "per-packet" in words:
        spread, reason, trap, known = Spread.FLOW, "it acts on RoCEv2 alone", True, True
    elif "dynamic-adjust" in words:
        spread, reason, known = Spread.ADAPTIVE, "", True
    elif all(_PER_FLOW.fullmatch(word) for word in words):
        return None
    state.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=spread,
            statement=match[0],
            in_effect=True if known else None,
            reason=reason,
            trap=trap,
            where=state.where(line),
        )
    )
    return None if known else False
