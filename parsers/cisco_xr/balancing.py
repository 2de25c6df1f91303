"""Load balancing of IOS-XR: the ingress card hashes per flow; statements choose what it hashes."""

from __future__ import annotations

import re

from parsers.cisco_style.draft import Draft
from parsers.cisco_style.interface_lines import current
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage

Found = re.Match[str]

ADDRESSES = frozenset({HashField.SRC, HashField.DST})
FLOW = ADDRESSES | {HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
KNOWN_PROFILES = frozenset(
    {"L3-only", "gtp", "gtp-mpls", "ip-tunnel", "layer2", "mpls-safe-speculative-parsing"}
)
"""`hw-module profile load-balance algorithm` of NCS 5500, 7.0.2: hash inputs, all of them per flow."""
DEFAULT = "cef load-balancing"


def _hash(
    state: Draft, match: Found, line: int, fields: frozenset[HashField], family: int = 0
) -> None:
    state.choices.append(
        PathChoice(
            stage=Stage.ECMP,
            scope=Scope.DEVICE,
            spread=Spread.FLOW,
            statement=match[0],
            fields=fields,
            family=family,
            where=state.where(line),
        )
    )


def hash_fields(state: Draft, match: Found, line: int) -> None:
    """`cef load-balancing fields L3|L4 [global]`: addresses, or addresses and ports."""
    _hash(state, match, line, ADDRESSES if match["layer"].upper() == "L3" else FLOW)


def flow_label(state: Draft, match: Found, line: int) -> None:
    """`cef load-balancing fields ipv6 flow-label`: a sender may change it within a session."""
    _hash(state, match, line, FLOW | {HashField.FLOW_LABEL}, family=6)


def rotation(state: Draft, match: Found, line: int) -> None:
    """`cef load-balancing algorithm adjust N`: turns the hash, which stays one."""
    _hash(state, match, line, FLOW)


def profile(state: Draft, match: Found, line: int) -> bool | None:
    """`hw-module profile load-balance algorithm A`; what nobody documented stays unread."""
    if match["what"] not in KNOWN_PROFILES:
        return False
    _hash(state, match, line, ADDRESSES if match["what"] == "L3-only" else FLOW)
    return None


def bundle_hash(state: Draft, match: Found, line: int) -> bool | None:
    """`bundle load-balancing hash src-ip|dst-ip|auto`: members by a hash of addresses."""
    fields = {
        "src-ip": frozenset({HashField.SRC}),
        "dst-ip": frozenset({HashField.DST}),
        "auto": FLOW,
    }.get(match["what"])
    if fields is None:
        return False
    state.choices.append(
        PathChoice(
            stage=Stage.BUNDLE,
            scope=Scope.BUNDLE,
            spread=Spread.FLOW,
            statement=match[0],
            fields=fields,
            interface=current(state).name,
            where=state.where(line),
        )
    )
    return None


def default_choice() -> PathChoice:
    """What XR does without a word: a hash of the flow, for routes and bundles."""
    return PathChoice(
        stage=Stage.ECMP,
        scope=Scope.DEVICE,
        spread=Spread.FLOW,
        statement=DEFAULT,
        fields=FLOW,
        reason="the ingress line card hashes each flow",
    )
