"""MSS clamps and DF: what mangle rules do to the size of forwarded sessions.

`tcp-flags=syn` is met by SYN and SYN-ACK, `syn,!ack` by the SYN only; an interface in the rule limits
it to one direction (RouterOS manual, Mangle; RFC 9293 section 3.7.1).
"""

from __future__ import annotations

from parsers.mikrotik_routeros.draft import Draft
from parsers.mikrotik_routeros.statements import Statement
from parsers.model.device import MssRaise
from parsers.model.interfaces import MssClamp
from parsers.model.source import TextFact

_FREE = frozenset(
    ("action", "chain", "comment", "disabled", "in-interface", "in-interface-list", "log",
     "log-prefix", "new-mss", "out-interface", "out-interface-list", "passthrough", "protocol",
     "tcp-flags", "tcp-mss")
)  # fmt: skip
"""Properties of a clamp that leave no session out, their values aside."""


def mangled_sizes(draft: Draft) -> tuple[tuple[MssClamp, ...], list[tuple[str, MssClamp]]]:
    """The clamps on all transit, and those on one interface by its name."""
    everywhere: list[MssClamp] = []
    by_interface: list[tuple[str, MssClamp]] = []
    for family, statement in draft.tables.enabled("mangle"):
        if statement.words.get("action") == "change-mss":
            _clamp(draft, family, statement, everywhere, by_interface)
    return tuple(everywhere), by_interface


def _clamp(
    draft: Draft,
    family: int,
    statement: Statement,
    everywhere: list[MssClamp],
    by_interface: list[tuple[str, MssClamp]],
) -> None:
    words = statement.words
    chain, size = words.get("chain"), words.get("new-mss", "")
    value = int(size) if size.isdecimal() else None
    if chain not in ("forward", "postrouting", "prerouting") or (
        value is None and size != "clamp-to-pmtu"
    ):
        draft.note("mss-clamp", statement, "a clamp that acts on a part of the sessions")
        return
    if "tcp-mss" not in words and value is not None:
        draft.note("mss-raise", statement, "without tcp-mss= it may raise a smaller MSS")
    places = _places(draft, words)
    partial = bool(set(words) - _FREE) or not _reaches(words, value) or places is None
    syn_only = "!ack" in words.get("tcp-flags", "").split(",")
    if partial or places is None or (not places and syn_only):
        draft.note("mss-clamp", statement, "a clamp that acts on a part of the sessions")
        return
    where = draft.where(statement)
    if not places:
        everywhere.append(MssClamp(family=family, value=value, where=where))
    for name, direction in places:
        clamp = MssClamp(family=family, value=value, direction=direction, where=where)
        by_interface.append((name, clamp))


def _reaches(words: dict[str, str], value: int | None) -> bool:
    """Whether the rule takes the SYNs that announce too much."""
    flags = set(words.get("tcp-flags", "").split(","))
    if words.get("protocol") not in ("tcp", "6") or "syn" not in flags:
        return False
    if not flags <= {"syn", "!rst", "!fin", "!ack"}:
        return False
    low, dash, high = words.get("tcp-mss", "0-65535").partition("-")
    if not low.isdecimal() or not (dash and high.isdecimal()):
        return False
    return int(high) >= 1460 and (value is None or int(low) <= value + 1)


def _places(draft: Draft, words: dict[str, str]) -> list[tuple[str, str]] | None:
    """The interfaces and directions of a rule; empty for all transit, None where that is not clear."""
    out: list[tuple[str, str]] = []
    named = 0
    for word, direction in (("in-interface", "in"), ("out-interface", "out")):
        name = words.get(word)
        if name is not None:
            named += 1
            if name[:1] in ("!", "*") or name.startswith("all"):
                return None
            out.append((name, direction))
        listed = words.get(f"{word}-list")
        if listed is not None:
            named += 1
            found = draft.interface_lists.find(listed.removeprefix("!"))
            if listed[0] == "!" or found.negated or found.open is not None:
                return None
            out += [(one, direction) for one in sorted(found.names)]
    return out if named < 2 else None


def raised_sizes(draft: Draft) -> tuple[MssRaise, ...]:
    """The rules that write their number into every SYN, also in place of a smaller one: those without `tcp-mss=`
    (RouterOS manual, Mangle: `new-mss` is the new value; its examples limit the rule to larger ones)."""
    found = []
    for _, statement in draft.tables.enabled("mangle"):
        words = statement.words
        size = words.get("new-mss", "")
        if words.get("action") != "change-mss" or "tcp-mss" in words or not size.isdecimal():
            continue
        if words.get("chain") not in ("forward", "postrouting", "prerouting"):
            continue
        if "!ack" in words.get("tcp-flags", "").split(","):
            continue  # the client's SYN only: what the service announces stays
        reason = f"change-mss new-mss={size} without tcp-mss="
        found.append(MssRaise(value=int(size), where=draft.where(statement), reason=reason))
    return tuple(found)


def cleared_df(draft: Draft) -> list[TextFact]:
    """The mangle rules that clear DF of packets in transit."""
    return [
        TextFact(value="mangle action=clear-df", where=draft.where(statement))
        for _, statement in draft.tables.enabled("mangle")
        if statement.words.get("action") == "clear-df"
        and statement.words.get("chain") in ("prerouting", "forward", "postrouting")
    ]
