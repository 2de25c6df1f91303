"""An MTU or a segment size that no packet can have.

What it finds
    An MTU below 68 or above 65535 bytes, or an MSS clamp that belongs to such a packet, on an interface that
    sessions may use.

Why it matters
    Devices refuse such numbers, so the text was damaged or written by hand, and the size that is really in force
    is not in it. The other rules then go on with the default.

When it is unknown
    Always: the real size is not known.

Examples
    mtu010_unknown_impossible_size

Remedy
    Look at the device: the MTU as its interface command prints it.

References
    RFC 791 section 3.2 (68 bytes), RFC 791 section 3.1 (65535 bytes)
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.interfaces import Interface
from parsers.model.source import Where
from rules import pmtud
from rules.finding import Finding, Outcome, Severity
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "MTU010",
    "size-impossible",
    "A size that no packet can have",
    Severity.HIGH,
    ("RFC 791",),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per interface; clamps on all transit count once."""
    names = dict.fromkeys(
        i.name for crossing in view.crossings for i in (*crossing.outside, *crossing.inside)
    )
    for name in names:
        found = _of(view.interface(name))
        if found:
            yield _finding(name, found)
    everywhere = [
        (f"MSS {c.value}", c.where)
        for c in view.device.global_clamps
        if not pmtud.is_possible_segment(c.value)
    ]
    if everywhere and names:
        yield _finding("all transit", everywhere)


def _of(interface: Interface) -> list[tuple[str, Where | None]]:
    sizes = (interface.mtu, interface.ip_mtu, interface.ipv6_mtu)
    return [
        *((f"MTU {s.value}", s.where) for s in sizes if s and not pmtud.is_possible(s.value)),
        *(
            (f"MSS {c.value}", c.where)
            for c in interface.clamps
            if not pmtud.is_possible_segment(c.value)
        ),
    ]


def _finding(name: str, found: list[tuple[str, Where | None]]) -> Finding:
    words = ", ".join(dict.fromkeys(word for word, _ in found))
    return Finding(
        code=RULE.code,
        title=RULE.title,
        severity=Severity.HIGH,
        outcome=Outcome.UNKNOWN,
        subject=name,
        message=f"{name} has {words}: no packet can have that size, so the one in force is not known; it is "
        "judged as if the line were missing.",
        evidence=tuple(dict.fromkeys(where for _, where in found if where is not None)),
        advice=("Look at the size that the device itself prints for the interface.",),
        references=RULE.references,
    )
