"""What an iptables rule does beside its verdict: MSS clamps, marks, packet spreading, NAT."""

from __future__ import annotations

from parsers.linux.chains import NO_EFFECT, Effect
from parsers.model.balancing import HashField
from parsers.model.filters import Action, FlagTest, Match, State
from parsers.netfilter_style.xt_rule import Parts
from parsers.netfilter_style.xt_words import NAT_TARGETS

_SYN, _ACK = 2, 16
_PLAIN_TARGETS = frozenset({None, "ACCEPT", "DROP", "REJECT", "RETURN"})
_HARMLESS = frozenset({"tcp", "comment", "tcpmss"})
_CHANGING = {
    "ttl": HashField.TTL, "hl": HashField.TTL, "dscp": HashField.DSCP, "tos": HashField.DSCP,
    "ecn": HashField.DSCP, "length": HashField.LENGTH,
}  # fmt: skip
"""Modules that look at a field which can change within one TCP session (iptables-extensions(8))."""


def effect_of(parts: Parts, action: Action) -> Effect:
    """The effect of the rule with these parts; NO_EFFECT for the plain ones."""
    target, options = parts.target, parts.options
    jumps = action in (Action.JUMP, Action.GOTO)
    if not options and not jumps and target in _PLAIN_TARGETS and "statistic" not in parts.modules:
        return NO_EFFECT
    spread = None
    if "statistic" in parts.modules:
        spread = " ".join(options.get("mode", ())) or "unknown"
    if target == "HMARK":
        spread = "hash"
    interesting = spread or jumps or target in ("TCPMSS", "MARK", "CONNMARK", "CT", "NOTRACK")
    if not interesting and target not in NAT_TARGETS and "mark" not in options:
        return NO_EFFECT
    states = {match.states for match in parts.matches}
    mark = " ".join(options.get("mark", ()))
    return Effect(
        mss=_mss(parts) if target == "TCPMSS" else None,
        mss_syn_ack=any(_clamps_syn_ack(match) for match in parts.matches),
        spread=spread,
        sets_mark=target in ("MARK", "HMARK") or (target == "CONNMARK" and _sets(options)),
        restores=target == "CONNMARK" and "restore-mark" in options,
        saves=target == "CONNMARK" and ("save-mark" in options or _sets(options)),
        new_only=states == {frozenset({State.NEW})},
        zero_mark=_zero(mark) and not parts_negates_mark(parts),
        nonzero_mark=_zero(mark) and parts_negates_mark(parts),
        limited=limited(parts),
        notrack=target == "NOTRACK" or "notrack" in options,
        nat=target if target in NAT_TARGETS else None,
        mark=_mark(options) if target in ("MARK", "CONNMARK") else None,
        fields=frozenset(_CHANGING[name] for name in parts.modules if name in _CHANGING),
    )


def parts_negates_mark(parts: Parts) -> bool:
    """Whether the rule says `! --mark`."""
    return "!mark" in parts.options


def _zero(mark: str) -> bool:
    return mark.split("/")[0].lower() in ("0", "0x0", "0x00", "0x00000000")


def _mark(options: dict[str, list[str]]) -> int | None:
    """The mark that is set, if it is one number: `VALUE`, or `VALUE/MASK` with all bits in the mask."""
    words = options.get("set-xmark") or options.get("set-mark") or ["/"]
    value, _, mask = words[0].partition("/")
    try:
        return int(value, 0) if int(mask or "0xffffffff", 0) == 0xFFFFFFFF else None
    except ValueError:
        return None


def _sets(options: dict[str, list[str]]) -> bool:
    return "set-mark" in options or "set-xmark" in options


def _mss(parts: Parts) -> int | None:
    if "clamp-mss-to-pmtu" in parts.options:
        return 0
    value = " ".join(parts.options.get("set-mss", ()))
    return int(value) if value.isdecimal() else None


def limited(parts: Parts) -> bool:
    """Whether the rule names less than all SYNs of both families' sessions on its interfaces.

    A `-m tcpmss` range does not limit where it reaches from the clamp to 1460 or above.
    """
    doubts = parts.modules - _HARMLESS
    if doubts or ("tcpmss" in parts.modules and not _tcpmss_wide(parts)):
        return True
    return any(
        match._replace(
            family=0, protocols=None, flags=None, in_interfaces=None, out_interfaces=None
        )
        != Match()
        or not _clamps_syn(match)
        for match in parts.matches
    )


def _tcpmss_wide(parts: Parts) -> bool:
    low, _, high = " ".join(parts.options.get("mss", ())).partition(":")
    value = _mss(parts)
    if not (low.isdecimal() and high.isdecimal()) or "!mss" in parts.options:
        return False
    return int(high) >= 1460 and (value == 0 or value is None or int(low) <= value + 1)


def _clamps_syn(match: Match) -> bool:
    protocols = match.protocols
    if protocols is not None and not any(low <= 6 <= high for low, high in protocols):
        return False
    return _takes(match.flags, _SYN)


def _clamps_syn_ack(match: Match) -> bool:
    return _takes(match.flags, _SYN | _ACK)


def _takes(tests: tuple[FlagTest, ...] | None, flags: int) -> bool:
    return tests is None or any(flags & test.mask == test.value for test in tests)
