"""Something on the path may drop packets, and the auditor does not model it.

What it finds
    Statements that are recognised and can deny transit packets, beside the filters that are judged: classes
    that drop in a quality-of-service policy, layer 2 filters, inspection, traffic flow specifications.

Why it matters
    Such a statement can block sessions as an access list does; a verdict that leaves it out would be a pass
    that nobody has earned.

When it is unknown
    It is always unknown: the statement has to be read by hand.

Examples
    acl006_unknown_class_that_drops

Remedy
    Read the statement; exempt the published ranges where it drops them.

References
    None: the statements are the platforms' own.
"""

from __future__ import annotations

from collections.abc import Iterator

from parsers.model.source import Sourced
from rules.finding import Finding, Outcome, Severity
from rules.recognised import DROPS, can_drop
from rules.rule import Rule
from rules.view import View

RULE = Rule(
    "ACL006",
    "drop-not-modelled",
    "Something that can drop packets is not modelled",
    Severity.HIGH,
    (),
)


def check(view: View) -> Iterator[Finding]:
    """One finding per kind, with all its statements that act on the path or on the whole device."""
    groups: dict[str, list[Sourced[str]]] = {}
    for fact in view.device.recognised:
        if can_drop(fact.value) and _on_path(view, fact):
            groups.setdefault(fact.value, []).append(fact)
    known = any(crossing.known for crossing in view.crossings)
    for kind, facts in groups.items():
        shown = "; ".join(dict.fromkeys(fact.note or fact.value for fact in facts[:4]))
        yield Finding(
            code=RULE.code,
            title=RULE.title,
            severity=Severity.HIGH if known else Severity.MEDIUM,
            outcome=Outcome.UNKNOWN,
            subject=kind,
            message=f"{DROPS.get(kind, kind)} may deny sessions, and which packets it denies is not worked out: "
            f"{shown}.",
            evidence=tuple(fact.where for fact in facts[:12] if fact.where is not None),
            advice=("Read these statements by hand.",),
            references=RULE.references,
        )


def _on_path(view: View, fact: Sourced[str]) -> bool:
    """Whether a statement acts on an interface that sessions may use; statements of the whole device do."""
    name, colon, _ = fact.note.partition(": ")
    if not colon or name not in view.interfaces:
        return True
    if fact.value == "l2-filter" and not view.interfaces[name].routed:
        return view.interfaces[name].enabled  # a port carries the sessions of its VLANs
    used = {i.name for c in view.crossings for i in (*c.inside, *c.outside)}
    return name in used or view.interfaces[name].parent in used
