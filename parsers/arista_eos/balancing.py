"""Statements of EOS about how flows are spread over bundles and equal-cost paths."""

from __future__ import annotations

import re

from parsers.arista_eos.state import eos
from parsers.cisco_style.blocks import block_last
from parsers.cisco_style.draft import Draft
from parsers.cisco_style.filter_lines import block_lines
from parsers.model.balancing import HashField, PathChoice, Scope, Spread, Stage
from parsers.model.interfaces import InterfaceKind

Found = re.Match[str]

FIVE_TUPLE = frozenset(
    {HashField.SRC, HashField.DST, HashField.PROTOCOL, HashField.SRC_PORT, HashField.DST_PORT}
)
FIELDS: dict[str, frozenset[HashField]] = {
    "source-ip": frozenset({HashField.SRC}),
    "src-ip": frozenset({HashField.SRC}),
    "destination-ip": frozenset({HashField.DST}),
    "dst-ip": frozenset({HashField.DST}),
    "source-port": frozenset({HashField.SRC_PORT}),
    "src-port": frozenset({HashField.SRC_PORT}),
    "destination-port": frozenset({HashField.DST_PORT}),
    "dst-port": frozenset({HashField.DST_PORT}),
    "ip-protocol": frozenset({HashField.PROTOCOL}),
    "protocol": frozenset({HashField.PROTOCOL}),
    "next-header": frozenset({HashField.PROTOCOL}),
    "flow-label": frozenset({HashField.FLOW_LABEL}),
    "ttl": frozenset({HashField.TTL}),
    "hop-limit": frozenset({HashField.TTL}),
    "ingress-interface": frozenset({HashField.INGRESS}),
    "ip-tcp-udp-header": FIVE_TUPLE,
}
"""Words of hash statements and the fields that they put into the hash."""
NEUTRAL = frozenset(
    {
        "fields", "ip", "ipv6", "ip-in-ip", "mac", "mac-header", "src-mac", "dst-mac",
        "source-mac", "destination-mac", "vlan", "vlan-id", "vlan-priority", "eth-type", "mpls",
        "hash-seed", "hash", "seed", "profile", "trident", "fm6000", "arad", "sand", "petraA",
        "tcp", "udp", "inner", "outer", "gre", "vxlan", "symmetric", "symmetric-hash",
        "polynomial", "labels",
    }
)  # fmt: skip
"""Words of such statements that do not vary within a session: addresses of layer 2, platforms,
seeds."""
SCATTERING = frozenset({"round-robin", "random", "per-packet", "dynamic", "spray"})
UNDOCUMENTED = "no document read says what the statement does"
DEFAULT_REASON = "EOS hashes addresses, protocol and ports by default"


def hash_fields(words: list[str]) -> frozenset[HashField] | None:
    """The fields that a hash statement names; None if a word is not known."""
    found: set[HashField] = set()
    previous = ""
    for word in words:
        if word in FIELDS:
            found |= FIELDS[word]
        elif word not in NEUTRAL and not word.isdigit() and previous != "profile":
            return None
        previous = word
    return frozenset(found)


def _choice(state: Draft, line: int, spread: Spread, statement: str, reason: str = "",
            stage: Stage = Stage.ECMP, fields: frozenset[HashField] = frozenset(),
            in_effect: bool | None = True, trap: bool = False,
            family: int = 0) -> None:  # fmt: skip
    state.choices.append(
        PathChoice(
            stage=stage,
            scope=Scope.DEVICE,
            spread=spread,
            statement=statement,
            fields=fields,
            in_effect=in_effect,
            reason=reason,
            trap=trap,
            family=family,
            where=state.where(line),
        )
    )


def _unknown(state: Draft, line: int, statement: str) -> bool:
    """Notes a choice that nothing read documents; words of scattering speak for per-packet."""
    scatters = SCATTERING & set(statement.split())
    _choice(
        state, line, Spread.PER_PACKET if scatters else Spread.UNKNOWN, statement, UNDOCUMENTED,
        in_effect=None,
    )  # fmt: skip
    return False


def ecmp_hash(state: Draft, match: Found, line: int) -> bool | None:
    """`ip load-sharing PLATFORM fields ip|ipv6 …`: the hash of equal-cost routes of one family."""
    words = match["rest"].split()
    fields = hash_fields(words)
    if fields is None:
        return _unknown(state, line, match[0])
    family = 6 if "ipv6" in words else 4 if "ip" in words else 0
    _choice(state, line, Spread.FLOW, match[0], fields=fields, family=family)
    return None


def bundle_hash(state: Draft, match: Found, line: int) -> bool | None:
    """`port-channel load-balance PLATFORM …`: the hash of bundles. What `udf` puts in by its
    offset is not resolved, so such a line is not understood.
    """
    words = match["rest"].split()
    fields = hash_fields(words)
    if fields is None:
        return _unknown(state, line, match[0])
    eos(state).bundle_hash.append((match[0], line))
    return None


def fib(state: Draft, match: Found, line: int) -> bool | None:
    """`ip hardware fib load-balance distribution dynamic [flow-set-size N]`: equal-cost members by
    load (dynamic load balancing, EOS 4.30).
    """
    if re.fullmatch(r"distribution dynamic(?: flow-set-size \d+)?", match["rest"]):
        _choice(
            state, line, Spread.FLOWLET, match[0],
            "dynamic load balancing gives a flow another member when the load of the ports changes",
        )  # fmt: skip
        return None
    if re.fullmatch(r"distribution hash", match["rest"]):
        _choice(state, line, Spread.FLOW, match[0], fields=FIVE_TUPLE)
        return None
    return _unknown(state, line, match[0])


def platform_line(state: Draft, match: Found, line: int) -> bool:
    """A platform's own statement about hashing: none was found documented, so none "
    "is understood.
    """
    return _unknown(state, line, match[0])


def policies_block(state: Draft, match: Found, first: int, last: int) -> None:
    """`load-balance policies`: hash profiles; `distribution random` in one scatters packets."""
    state.ledger.use(first)
    for line, text in block_lines(state, first, block_last(state.lines, first, last)):
        words = text.split()
        known = True
        if set(words) & SCATTERING:
            known = _unknown(state, line, text)
        elif re.fullmatch(r"load-balance \S+ profile \S+", text):
            pass
        elif words[0] in ("fields", "no") and (fields := hash_fields(words[1:])) is not None:
            if words[0] == "fields" and fields:
                _choice(state, line, Spread.FLOW, text, fields=fields)
        elif words[0] in ("payload", "match") or text.startswith(("fields udp dst-port", "hash ")):
            pass  # bytes of UDP payloads, and seeds
        else:
            known = _unknown(state, line, text)
        if known:
            state.ledger.use(line)
        else:
            state.ledger.miss(line, "other")


def cluster_block(state: Draft, match: Found, first: int, last: int) -> None:
    """`load-balance cluster`: flows of hosts are placed on uplinks; `flow round-robin` places whole
    flows, one after the other.
    """
    state.ledger.use(first)
    for line, text in block_lines(state, first, block_last(state.lines, first, last)):
        state.ledger.use(line)
        if text.startswith("load-balance method"):
            per_flow = text == "load-balance method flow round-robin"
            if per_flow:
                _choice(state, line, Spread.FLOW, text, "flows are placed in turn", trap=True)
            elif not _unknown(state, line, text):
                state.ledger.miss(line, "other")


def path_selection(state: Draft, line: int, text: str) -> None:
    """`load-balance policy P` of `router path-selection`: WAN path groups by flow."""
    _choice(
        state, line, Spread.FLOW, text, "path selection places flows, not packets",
        stage=Stage.TUNNEL, trap=True,
    )  # fmt: skip


def finished_choices(state: Draft) -> list[PathChoice]:
    """The choices of the device: what the text states, the bundles' hash, and the default."""
    choices = list(state.choices)
    for text, line in eos(state).bundle_hash:
        fields = hash_fields(text.split()[2:]) or FIVE_TUPLE
        choices.extend(
            PathChoice(
                stage=Stage.BUNDLE,
                scope=Scope.BUNDLE,
                spread=Spread.FLOW,
                statement=text,
                fields=fields,
                interface=interface.name,
                where=state.where(line),
            )
            for interface in state.interfaces.values()
            if interface.kind is InterfaceKind.BUNDLE
        )
    if not any(choice.stage is Stage.ECMP for choice in choices):
        choices.append(
            PathChoice(
                stage=Stage.ECMP,
                scope=Scope.DEVICE,
                spread=Spread.FLOW,
                statement="hash of equal-cost routes",
                fields=FIVE_TUPLE,
                reason=DEFAULT_REASON,
            )
        )
    return choices
